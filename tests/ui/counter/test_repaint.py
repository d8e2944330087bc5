"""Repainting is cheap: rows are drawn once for each look, and the strip has room for what it says."""

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QTabBar
from pytestqt.qtbot import QtBot

from mppdesk.texts import msg
from mppdesk.ui.counter.row_pictures import RowPictures
from mppdesk.ui.counter.undo_place import UndoPlace
from mppdesk.ui.shared.undo_strip import UndoStrip
from tests.ui.counter import scenes
from tests.ui.counter.pictures import open_window
from tests.ui.counter.scenes import HandClock

_AREA = QRect(4, 2, 20, 10)


class Drawing:
    """Fills a row with red, and counts how often it had to."""

    def __init__(self) -> None:
        self.times = 0
        self.image = QImage(40, 20, QImage.Format.Format_RGB32)
        self.image.fill(QColor("white"))

    def __call__(self, painter: QPainter, area: QRect) -> None:
        self.times += 1
        painter.fillRect(area, QColor("red"))

    def paint_with(self, pictures: RowPictures, look: object, area: QRect = _AREA) -> None:
        painter = QPainter(self.image)
        pictures.paint(painter, area, look, 1.0, self)
        painter.end()


def test_a_row_is_drawn_once_for_each_look_and_size(qtbot: QtBot) -> None:
    pictures, drawing = RowPictures(), Drawing()

    for look in ("A-001", "A-001", "A-002", "A-001"):
        drawing.paint_with(pictures, look)
    drawing.paint_with(pictures, "A-001", QRect(0, 0, 30, 10))

    assert drawing.times == 3


def test_the_picture_covers_its_area_and_nothing_else(qtbot: QtBot) -> None:
    pictures, drawing = RowPictures(), Drawing()

    drawing.paint_with(pictures, "A-001")

    corners = (_AREA.topLeft(), _AREA.bottomRight())
    assert all(drawing.image.pixelColor(corner) == QColor("red") for corner in corners)
    assert drawing.image.pixelColor(3, 2) == drawing.image.pixelColor(24, 11) == QColor("white")


def test_pictures_of_a_long_day_do_not_pile_up(qtbot: QtBot) -> None:
    pictures, drawing = RowPictures(), Drawing()

    for number in range(500):
        drawing.paint_with(pictures, number)

    assert pictures.count == 64


def test_the_tabs_have_room_for_counts_of_two_digits(qtbot: QtBot) -> None:
    clock = HandClock()
    window = open_window(scenes.idle(clock), clock)
    qtbot.addWidget(window)
    (tabs,) = window.queue.findChildren(QTabBar)

    for at, words in enumerate(("Menunggu 12", "Ditunda 10", "Tidak hadir 10")):
        tabs.setTabText(at, words)

    assert tabs.tabRect(2).right() < tabs.width()
    assert all(
        tabs.tabRect(at).width() >= tabs.fontMetrics().horizontalAdvance(tabs.tabText(at)) for at in range(tabs.count())
    )


def test_the_room_of_the_undo_strip_outlasts_an_offer_until_the_next(qtbot: QtBot) -> None:
    clock = HandClock()
    strip = UndoStrip(clock.seconds)
    place = UndoPlace(strip)
    qtbot.addWidget(place)
    place.show()
    strip.offer(msg("A-018 selesai."), None, msg("Batalkan"))
    height = place.sizeHint().height()

    strip.withdraw()
    assert place.isVisible() and place.sizeHint().height() == height
    strip.offer(msg("A-019 dipanggil."), None, msg("Batalkan"))
    assert place.isVisible()

    strip.withdraw()
    qtbot.waitUntil(lambda: not place.isVisible())
