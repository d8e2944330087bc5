"""The windows that nobody signs in to: kiosk and display board."""

from PySide6.QtGui import QGuiApplication

from mppdesk.app.hall_ports import HallBoardPort, HallKioskPort
from mppdesk.app.station import Station
from mppdesk.domain.site import KioskPlace
from mppdesk.sync.place import place_of
from mppdesk.ui.display_board.chime import chime_here
from mppdesk.ui.display_board.window import BoardWindow
from mppdesk.ui.kiosk.window import KioskWindow
from mppdesk.ui.shared.changes import Changes
from mppdesk.ui.shared.tasks import Runner

_ANY_KIOSK = KioskPlace("Kiosk")
_UNSEEN = frozenset({"offscreen", "minimal"})


def kiosk_window(
    station: Station, tasks: Runner, changes: Changes | None = None, *, asks_for_pins: bool = True
) -> KioskWindow:
    """The kiosk of this station's name, else the first of the site; without one, a kiosk that has no printer."""
    place = _kiosk_place(station)
    port = HallKioskPort(station, place, asks_for_pins=asks_for_pins)
    window = KioskWindow(port, tasks, station.now, station.ids.new)
    if changes is not None:
        changes.changed.connect(lambda _topics: window.refresh())
    window.begin()
    return window


def board_window(station: Station, tasks: Runner, changes: Changes | None = None) -> BoardWindow:
    """The board of the hall, with the chime this computer can play; silent where no screen shows it."""
    chime = None if QGuiApplication.platformName() in _UNSEEN else chime_here()
    window = BoardWindow(HallBoardPort(station), tasks, station.now, chime=chime)
    if changes is not None:
        changes.changed.connect(lambda _topics: window.refresh())
    window.begin()
    return window


def _kiosk_place(station: Station) -> KioskPlace:
    kiosks, here = station.site.kiosks, place_of(station.home)
    named = [each for each in kiosks if here is not None and each.label == here.welcome.label]
    return next(iter((*named, *kiosks)), _ANY_KIOSK)
