"""Repainting is cheap: rows are drawn once for each look, and the strip has room for what it says."""

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QListView, QTabBar
from pytestqt.qtbot import QtBot

from mppdesk.texts import msg
from mppdesk.ui.counter.queue_list import QueueDelegate, QueueModel
from mppdesk.ui.counter.queue_state import QueueRowView
from mppdesk.ui.counter.row_heights import RowHeights
from mppdesk.ui.counter.row_pictures import RowPictures
from mppdesk.ui.counter.undo_place import UndoPlace
from mppdesk.ui.shared.undo_strip import UndoStrip
from tests.ui.counter import scenes
from tests.ui.counter.pictures import open_window
from tests.ui.counter.scenes import HandClock

_AREA = QRect(4, 2, 20, 10)
_ROWS = 3


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
    pictures, drawing = RowPictures(lambda: _ROWS), Drawing()

    for look in ("A-001", "A-001", "A-002", "A-001"):
        drawing.paint_with(pictures, look)
    drawing.paint_with(pictures, "A-001", QRect(0, 0, 30, 10))

    assert drawing.times == 3


def test_the_picture_covers_its_area_and_nothing_else(qtbot: QtBot) -> None:
    pictures, drawing = RowPictures(lambda: _ROWS), Drawing()

    drawing.paint_with(pictures, "A-001")

    corners = (_AREA.topLeft(), _AREA.bottomRight())
    assert all(drawing.image.pixelColor(corner) == QColor("red") for corner in corners)
    assert drawing.image.pixelColor(3, 2) == drawing.image.pixelColor(24, 11) == QColor("white")


def test_pictures_of_a_long_day_do_not_pile_up(qtbot: QtBot) -> None:
    pictures, drawing = RowPictures(lambda: _ROWS), Drawing()

    for number in range(500):
        drawing.paint_with(pictures, number)

    assert pictures.count == 2 * _ROWS


def test_every_look_of_the_papers_waits_for_the_next_person_who_brings_them(qtbot: QtBot) -> None:
    pictures, drawing = RowPictures(lambda: _ROWS, looks_a_row=4), Drawing()

    for _person in range(3):
        for look in range(4 * _ROWS):
            drawing.paint_with(pictures, look)

    assert drawing.times == 4 * _ROWS


def test_of_a_list_longer_than_a_screen_only_what_a_screen_shows_is_kept(qtbot: QtBot) -> None:
    pictures, drawing = RowPictures(lambda: 500), Drawing()

    for number in range(500):
        drawing.paint_with(pictures, number)

    assert pictures.count == 64


def test_a_strip_that_got_shorter_keeps_no_picture_of_those_who_left(qtbot: QtBot) -> None:
    rows = [20]
    pictures, drawing = RowPictures(lambda: rows[-1]), Drawing()
    for number in range(40):
        drawing.paint_with(pictures, number)

    rows.append(1)
    drawing.paint_with(pictures, "A-001")

    assert pictures.count == 2


def test_heights_are_measured_once_and_those_of_a_long_day_do_not_pile_up() -> None:
    heights, measured = RowHeights(lambda: _ROWS), list[int]()

    def height(number: int) -> int:
        def measure() -> int:
            measured.append(number)
            return 52

        return heights.height(number, measure)

    assert [height(number) for number in (1, 2, 1, 2)] == [52] * 4
    assert measured == [1, 2]
    for number in range(500):
        height(number)
    assert heights.count <= 4 * _ROWS


def test_a_strip_keeps_nothing_of_the_hundreds_who_were_called_before(qtbot: QtBot) -> None:
    strip, people = QListView(), QueueModel()
    qtbot.addWidget(strip)
    strip.setModel(people)
    delegate = QueueDelegate(strip)
    strip.setItemDelegate(delegate)

    for number in range(100):
        people.show_people((_person(f"A-{number:03}"),))
        strip.grab()

    assert 1 <= delegate.pictures.count <= 2
    assert 1 <= delegate.heights.count <= 4


def _person(number: str) -> QueueRowView:
    return QueueRowView(
        visit=number,
        number=number,
        service="Akta Kelahiran",
        note=None,
        wait=msg("3 mnt"),
        is_priority=False,
        is_next=True,
        spoken=msg("{number}, 3 menit", number=number),
    )


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
