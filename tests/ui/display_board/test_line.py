"""Words of the board are drawn once and kept, until words, size or theme change."""

from itertools import pairwise

import pytest
from PySide6.QtGui import QImage, QPainter
from pytestqt.qtbot import QtBot

from mppdesk.ui.display_board import lettering
from mppdesk.ui.display_board.line import Line
from mppdesk.ui.shared.look import Theme
from mppdesk.ui.shared.theme import BOARD, apply_theme


class CountedLine(Line):
    """Counts how often its words are drawn."""

    times = 0

    def draw_words(self, painter: QPainter, theme: Theme) -> None:
        self.times += 1
        super().draw_words(painter, theme)


@pytest.fixture
def line(qtbot: QtBot) -> CountedLine:
    made = CountedLine(lettering.HOUSE)
    qtbot.addWidget(made)
    apply_theme(made, BOARD.scaled(0.5))
    made.show_text("Nomor terlewat? Lapor ke petugas informasi.")
    made.resize(900, 42)
    made.show()
    return made


def picture(line: CountedLine) -> QImage:
    return line.grab().toImage()


def test_words_that_stay_are_drawn_once(line: CountedLine) -> None:
    first = picture(line)
    drawn = line.times

    assert picture(line) == first
    assert line.times == drawn


def test_other_words_size_or_theme_are_drawn_anew(line: CountedLine) -> None:
    seen = [picture(line)]
    line.show_text("Papan terputus dari hub sejak 09.42.")
    seen.append(picture(line))
    apply_theme(line, BOARD.scaled(0.3))
    seen.append(picture(line))
    line.resize(100, 42)
    seen.append(picture(line))

    assert all(one != other for one, other in pairwise(seen))


def test_drawn_word_by_word_a_line_is_as_long_as_measured(line: CountedLine) -> None:
    area, image = line.drawn_area(), picture(line)
    ground = image.pixelColor(image.width() - 1, 0)
    inked = [x for x in range(image.width()) if any(image.pixelColor(x, y) != ground for y in range(image.height()))]

    assert area.left() <= inked[0] < area.left() + 8
    assert area.right() - 8 < inked[-1] <= area.right() + 1
