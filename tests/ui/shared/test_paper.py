"""The paper on the screen: same columns as the printer, a QR code that can be read, words for the screen reader."""

import segno
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from mppdesk.domain.slip import Align, Line, Pair, QrCode, Rule, Slip, SlipKind
from mppdesk.ui.shared.paper import PaperView

_COLUMN = 8
_MARGIN = round(2.5 * _COLUMN)
TICKET = Slip(
    SlipKind.TICKET,
    (Line("DUKCAPIL", Align.CENTER), Line("B-042", Align.CENTER, 6), Pair("Senin", "09.18"), Rule(), QrCode("T0KEN")),
)


def test_every_line_begins_and_ends_in_its_column(qtbot: QtBot) -> None:
    full = _drawn(qtbot, Slip(SlipKind.TEST, (Line("M" * 48),)))
    halved = _drawn(qtbot, Slip(SlipKind.TEST, (Line("M" * 8, size=3),)))
    right = _drawn(qtbot, Slip(SlipKind.TEST, (Pair("", "MM"),)))

    assert _close(_inked_columns(full), (_MARGIN, _MARGIN + 48 * _COLUMN))
    assert _close(_inked_columns(halved), (_MARGIN, _MARGIN + 24 * _COLUMN))
    assert _close(_inked_columns(right), (_MARGIN + 46 * _COLUMN, _MARGIN + 48 * _COLUMN))


def test_the_code_on_the_screen_is_the_code_of_the_token(qtbot: QtBot) -> None:
    dots_of_a_module = 12
    image = _drawn(qtbot, Slip(SlipKind.TEST, (QrCode("T0KEN", dots_of_a_module),)))
    expected = [[bool(module) for module in row] for row in segno.make_qr("T0KEN", error="m", boost_error=False).matrix]

    left = _MARGIN + 24 * _COLUMN - len(expected) * _COLUMN // 2
    top = _MARGIN + _COLUMN
    seen = [
        [_is_dark(image, left + x * _COLUMN + 4, top + y * _COLUMN + 4) for x in range(len(expected))]
        for y in range(len(expected))
    ]
    assert seen == expected


def test_the_screen_reader_says_the_words_and_not_the_dashes(qtbot: QtBot) -> None:
    view = PaperView(TICKET)
    qtbot.addWidget(view)

    assert view.accessibleName() == "DUKCAPIL\nB-042\nSenin 09.18"


def test_paper_grows_with_its_lines_and_fits_the_width_it_is_given(qtbot: QtBot) -> None:
    view = PaperView(Slip(SlipKind.TEST, (Line("satu"),)))
    qtbot.addWidget(view)
    short = view.sizeHint().height()

    view.show_slip(TICKET)
    view.fit_width(300)

    assert view.sizeHint().height() > short
    assert view.sizeHint().width() == 300


def _drawn(qtbot: QtBot, slip: Slip) -> QImage:
    view = PaperView(slip, _COLUMN)
    qtbot.addWidget(view)
    view.resize(view.sizeHint())
    return view.grab().toImage()


def _inked_columns(image: QImage) -> tuple[int, int]:
    dark = [x for x in range(2, image.width() - 2) for y in range(2, image.height() - 2) if _is_dark(image, x, y)]
    return min(dark), max(dark)


def _close(seen: tuple[int, int], expected: tuple[int, int]) -> bool:
    return all(abs(one - other) <= _COLUMN // 2 for one, other in zip(seen, expected, strict=True))


def _is_dark(image: QImage, x: int, y: int) -> bool:
    return image.pixelColor(x, y).lightness() < 128
