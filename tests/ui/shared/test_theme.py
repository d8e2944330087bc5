"""Colours can be told apart by weak eyes; the letters drawn are those of our files."""

import subprocess
import sys

import pytest
from PySide6.QtCore import QByteArray
from PySide6.QtGui import QRawFont
from PySide6.QtWidgets import QApplication, QWidget

from mppdesk.config import resource
from mppdesk.ui.shared.application import application
from mppdesk.ui.shared.fonts import Family, font, load_fonts, number_font
from mppdesk.ui.shared.theme import BOARD, DARK, KIOSK, LIGHT, Theme, apply_theme, theme_of
from mppdesk.ui.shared.tokens import contrast, tokens

_TEXT_PAIRS = [
    *((ink, ground) for ink in ("ink", "ink2") for ground in ("paper", "ground", "sunk")),
    *((kind, f"{kind}-t") for kind in ("ok", "warn", "bad", "prio", "pri")),
    *((kind, "paper") for kind in ("ok", "warn", "bad", "prio", "pri")),
    ("on-pri", "pri"),
    ("ink", "pri-t"),
    ("ink2", "pri-t"),
    ("ink", "ok-t"),
    ("ink", "warn-t"),
    ("on-bar", "bar"),
    ("on-bar2", "bar"),
    ("on-bar-ok", "bar"),
    ("on-sun", "sun"),
]
_EDGE_PAIRS = [("line2", "paper"), ("line2", "ground"), ("focus", "paper"), ("focus", "ground"), ("pri", "paper")]


def _contrast(palette: str, pair: tuple[str, str]) -> float:
    colours = tokens().colours[palette]
    return contrast(colours[pair[0]], colours[pair[1]])


def test_contrast_of_black_and_white_is_the_greatest_there_is() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21.0)
    assert contrast("#777777", "#777777") == pytest.approx(1.0)


@pytest.mark.parametrize(("palette", "least"), [("light", 4.5), ("dark", 4.5), ("kiosk", 7.0), ("board", 7.0)])
def test_texts_stand_out(palette: str, least: float) -> None:
    weak = {pair: round(_contrast(palette, pair), 2) for pair in _TEXT_PAIRS if _contrast(palette, pair) < least}
    assert weak == {}


def test_the_contrast_of_the_kiosk_is_high_but_for_signs_in_their_boxes() -> None:
    weak = {pair for pair in _TEXT_PAIRS if _contrast("dark", pair) < 7}
    assert weak == {("pri", "pri-t")}
    assert _contrast("dark", ("pri", "pri-t")) >= 4.5, "what WCAG asks for with letters of this size (1.4.6)"


def test_large_letters_of_the_kiosk_are_a_third_larger() -> None:
    letters = tokens().letters
    usual, large = letters["kiosk"], letters["kiosk-large"]
    assert {role: round(usual[role] * 1.35) for role in usual if role != "number"} == {
        role: large[role] for role in large if role != "number"
    }


@pytest.mark.parametrize("palette", ["light", "dark", "kiosk", "board"])
def test_edges_of_controls_and_the_focus_stand_out(palette: str) -> None:
    weak = {pair: round(_contrast(palette, pair), 2) for pair in _EDGE_PAIRS if _contrast(palette, pair) < 3}
    assert weak == {}


def test_every_palette_names_the_same_colours() -> None:
    assert len({frozenset(colours) for colours in tokens().colours.values()}) == 1


@pytest.mark.parametrize(
    ("family", "weight", "file"),
    [
        (Family.STAFF, 400, "atkinson-hyperlegible-next/AtkinsonHyperlegibleNext_400Regular.ttf"),
        (Family.STAFF, 600, "atkinson-hyperlegible-next/AtkinsonHyperlegibleNext_600SemiBold.ttf"),
        (Family.STAFF, 700, "atkinson-hyperlegible-next/AtkinsonHyperlegibleNext_700Bold.ttf"),
        (Family.STAFF, 800, "atkinson-hyperlegible-next/AtkinsonHyperlegibleNext_700Bold.ttf"),
        (Family.CITIZEN, 400, "plus-jakarta-sans/PlusJakartaSans_500Medium.ttf"),
        (Family.CITIZEN, 700, "plus-jakarta-sans/PlusJakartaSans_700Bold.ttf"),
        (Family.CITIZEN, 800, "plus-jakarta-sans/PlusJakartaSans_800ExtraBold.ttf"),
        (Family.PAPER, 500, "atkinson-hyperlegible-mono/AtkinsonHyperlegibleMono_500Medium.ttf"),
        (Family.PAPER, 700, "atkinson-hyperlegible-mono/AtkinsonHyperlegibleMono_700Bold.ttf"),
    ],
)
def test_the_chosen_font_file_is_the_drawn_one(qapp: QApplication, family: Family, weight: int, file: str) -> None:
    load_fonts()
    drawn = QRawFont.fromFont(font(24, weight, family))
    of_file = QRawFont(str(resource(f"fonts/{file}")), 24)
    for table in ("name", "OS/2", "head"):
        assert _table(drawn, table) == _table(of_file, table)


def _table(raw: QRawFont, name: str) -> QByteArray:
    return raw.fontTable(name)


def test_digits_of_numbers_are_equally_wide(qapp: QApplication) -> None:
    from PySide6.QtGui import QFontMetricsF

    metrics = QFontMetricsF(number_font(40))
    assert len({round(metrics.horizontalAdvance(digit), 2) for digit in "0123456789"}) == 1


@pytest.mark.parametrize("theme", [LIGHT, DARK, KIOSK, BOARD])
def test_everything_grows_by_one_factor(theme: Theme) -> None:
    larger = theme.scaled(1.5)
    assert larger.space("m") == 24
    assert all(larger.size(role) == round(px * 1.5) for role, px in tokens().letters[theme.letters].items())


def test_a_window_may_wear_its_own_theme(qapp: QApplication) -> None:
    window, other = QWidget(), QWidget()
    part = QWidget(window)
    apply_theme(window, BOARD)
    assert theme_of(part) == BOARD
    assert theme_of(other) == LIGHT


@pytest.mark.parametrize("theme", [LIGHT, DARK, KIOSK, BOARD])
def test_a_window_stands_on_the_ground_of_its_theme(qapp: QApplication, theme: Theme) -> None:
    window = QWidget()
    window.resize(40, 40)
    apply_theme(window, theme)
    picture = window.grab().toImage()
    assert picture.pixelColor(20, 20) == picture.pixelColor(39, 39) == theme.colour("ground")


def test_the_application_is_made_once_in_the_one_style() -> None:
    script = "from mppdesk.ui.shared.application import application as a; one = id(a()); "
    script += "raise SystemExit(id(a()) != one or a().style().name() != 'fusion')"
    assert subprocess.run([sys.executable, "-c", script]).returncode == 0


def test_the_application_of_somebody_else_is_taken(qapp: QApplication) -> None:
    assert application() is qapp
