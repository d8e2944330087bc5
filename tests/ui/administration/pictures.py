"""Takes pictures of the administration window in telling states, to be looked at beside the drawings.

`python -m tests.ui.administration.pictures FOLDER` writes them all.
"""

import os
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from PySide6.QtWidgets import QApplication

from mppdesk.domain.errors import StorageTrouble
from mppdesk.domain.print_job import PrinterState
from mppdesk.operations.far_printers import FarPrinter
from mppdesk.texts import msg
from mppdesk.ui.administration.view_state import Page
from mppdesk.ui.administration.window import AdministrationWindow
from mppdesk.ui.shared import connection as words
from mppdesk.ui.shared.application import application
from mppdesk.ui.shared.banner import Banner
from mppdesk.ui.shared.changes import Changes
from mppdesk.ui.shared.connection import Backlog, Connection
from mppdesk.ui.shared.dialogs import Question
from mppdesk.ui.shared.pictures import grab
from mppdesk.ui.shared.tasks import Tasks
from mppdesk.ui.shared.theme import DARK, LIGHT, apply_theme
from tests.ui.administration.fake_port import (
    AHEAD,
    BUILDING,
    NOW,
    OF_STATION,
    ONE_PC,
    STATION,
    TESTED,
    TROUBLED,
    FakeBuilding,
    minutes,
)

SIZES = ((1366, 697), (1920, 1080))
_GONE = StorageTrouble(
    msg("192.168.1.10 bukan alamat komputer ini sekarang."),
    msg("Periksa kabel jaringan, atau pilih alamat yang dimiliki komputer ini."),
)


def window_of(port: FakeBuilding, page: Page = Page.BUILDING) -> AdministrationWindow:
    window = AdministrationWindow(port, Tasks.inline(), lambda: NOW, "Ratna A.", Changes())
    window.open_page(page)
    return window


def inviting(*, has_joined: bool = False) -> AdministrationWindow:
    port = FakeBuilding()
    window = window_of(port)
    window.building.make_code()
    if has_joined:
        port.join("Loket 3")
        window.read()
    return window


def wrong_date() -> AdministrationWindow:
    return window_of(FakeBuilding(anomalies=AHEAD), Page.ANOMALIES)


def anomalies_seen() -> AdministrationWindow:
    window = anomalies()
    window.anomalies.meaning.note.setText("Orangnya satu; sudah dilayani di Loket 2.")
    window.press()
    window.anomalies.table.choose("e2")
    return window


def anomalies() -> AdministrationWindow:
    window = window_of(FakeBuilding(), Page.ANOMALIES)
    window.anomalies.table.choose("e2")
    return window


def standing(connection: Connection, cause: str = "", banner: Banner | None = None) -> AdministrationWindow:
    """The page of a station's links, under the bar that the program around the window keeps true."""
    window = window_of(FakeBuilding(STATION, sync=OF_STATION), Page.SYNC)
    window.set_connection(connection)
    if banner is not None:
        window.banners.show_banner(cause, banner)
    return window


def without_centre() -> AdministrationWindow:
    since, backlog = minutes(52), Backlog(143, timedelta(minutes=51))
    return standing(words.without_centre(since, NOW, backlog), "centre_lost", words.centre_banner(backlog))


def cut_off() -> AdministrationWindow:
    lost_at, backlog = minutes(12), Backlog(14, timedelta(minutes=11))
    return standing(words.cut_off_from_hub(backlog, lost_at), "hub_lost", words.cut_off_banner(lost_at, NOW))


def wrong_clock() -> AdministrationWindow:
    window = standing(words.CONNECTED, "clock_off", words.clock_banner(timedelta(minutes=4)))
    window.set_clock_difference(timedelta(minutes=4))
    return window


def printers(chosen: str = "Kiosk 1", port: FakeBuilding | None = None) -> AdministrationWindow:
    window = window_of(port or FakeBuilding(), Page.PRINTERS)
    window.printers.table.choose(chosen)
    return window


def printers_elsewhere() -> AdministrationWindow:
    """The page with what a kiosk and three counters say of their printers."""
    window = printers()
    window.set_far_printers(
        (
            FarPrinter("Kiosk 1", "Kiosk 1", PrinterState.PAPER_OUT, minutes(3), waiting=3),
            FarPrinter("Loket 5", "Printer lorong timur", PrinterState.COVER_OPEN, minutes(12)),
            FarPrinter("Loket 6", "Loket 6", PrinterState.READY, minutes(90), unsure=1),
            FarPrinter("Kiosk 2", "Kiosk 2", PrinterState.PAPER_NEAR_END),
        )
    )
    return window


def printer_named() -> AdministrationWindow:
    """Printers that take over, one of them with narrower paper."""
    window = printers("Loket 9")
    window.printers.card.taking_over.names.setText("Loket 1, Loket 7")
    window.printers.card.taking_over.names.textEdited.emit("Loket 1, Loket 7")
    return window


def printer_tested() -> AdministrationWindow:
    window = printers("Loket 1")
    window.test_printer()
    return window


def printer_seen() -> AdministrationWindow:
    window = printer_tested()
    rows = window.printers.trial.rows
    for name, value in {"columns": 48, "has_all_signs": True, "has_qr": False, "has_odd_signs": False}.items():
        rows[name].button(value).click()
    rows["is_cut"].button(True).click()
    return window


def printer_stopped() -> AdministrationWindow:
    port = FakeBuilding()
    port.tested = replace(TESTED, state=PrinterState.PAPER_OUT, is_given=False)
    window = printers("Loket 1", port)
    window.test_printer()
    return window


def printer_moved() -> AdministrationWindow:
    window = printers("Loket 1")
    window.printers.card.url.setText("tcp://192.168.1.51:9100")
    window.printers.card.typed.emit()
    window.press()
    return window


def printer_saved() -> AdministrationWindow:
    window = printer_seen()
    window.press()
    return window


def printer_removed() -> AdministrationWindow:
    window = printers("Loket 7")
    window.printers.remove()
    next(iter(window.findChildren(Question))).button("remove").click()
    return window


def printer_in_use() -> AdministrationWindow:
    window = printers("Loket 1")
    window.printers.remove()
    return window


def printer_new() -> AdministrationWindow:
    window = printers()
    window.printers.add()
    return window


def places(typed: str = "", printer: str = "") -> AdministrationWindow:
    """The counters and kiosks, and one of them with another printer in hand."""
    window = window_of(FakeBuilding(), Page.PRINTERS)
    window.turn_printers()
    window.read()
    window.places.places.field.setText(typed)
    window.places.card.printers.field.setText(printer)
    return window


def place_moved() -> AdministrationWindow:
    window = places("37", "kiosk")
    window.press()
    return window


def place_saved() -> AdministrationWindow:
    window = place_moved()
    next(iter(window.findChildren(Question))).button("move").click()
    return window


SCENES: dict[str, Callable[[], AdministrationWindow]] = {
    "one-pc": lambda: window_of(FakeBuilding(ONE_PC)),
    "building": lambda: window_of(FakeBuilding()),
    "invited": inviting,
    "joined": lambda: inviting(has_joined=True),
    "not-listening": lambda: window_of(FakeBuilding(replace(BUILDING, trouble=_GONE))),
    "station": lambda: window_of(FakeBuilding(STATION)),
    "sync": lambda: window_of(FakeBuilding(), Page.SYNC),
    "sync-troubled": lambda: window_of(FakeBuilding(sync=TROUBLED), Page.SYNC),
    "connected": lambda: standing(words.CONNECTED),
    "own-hub": lambda: standing(words.HUB_AND_CENTRE),
    "without-centre": without_centre,
    "cut-off": cut_off,
    "wrong-clock": wrong_clock,
    "anomalies": anomalies,
    "anomalies-seen": anomalies_seen,
    "wrong-date": wrong_date,
    "printers": printers,
    "printers-elsewhere": printers_elsewhere,
    "printer-named": printer_named,
    "printer-tested": printer_tested,
    "printer-seen": printer_seen,
    "printer-stopped": printer_stopped,
    "printer-moved": printer_moved,
    "printer-new": printer_new,
    "printer-saved": printer_saved,
    "printer-removed": printer_removed,
    "printer-in-use": printer_in_use,
    "places": places,
    "place-found": lambda: places("duk", "layar"),
    "place-without": lambda: places("kiosk 1", "tanpa"),
    "place-not-found": lambda: places("bea cukai"),
    "place-moved": place_moved,
    "place-saved": place_saved,
}


def take_all(folder: Path) -> None:
    """Write a picture of every scene in both looks and sizes."""
    folder.mkdir(parents=True, exist_ok=True)
    for look, theme in (("light", LIGHT), ("dark", DARK), ("large", LIGHT.scaled(2.0))):
        apply_theme(application(), theme)
        for name, scene in SCENES.items():
            window = scene()
            window.show()
            for size in SIZES:
                window.resize(*size)
                QApplication.processEvents()
                grab(window, folder / f"{name}-{look}-{size[0]}x{size[1]}.png", size)
            window.hide()
            window.deleteLater()


if __name__ == "__main__":
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    take_all(Path(sys.argv[1]))
