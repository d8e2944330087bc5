"""The kiosk over a real office: when it stops, and whose PIN closes it."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from mppdesk.app.desktop import Desktop, Shown
from mppdesk.app.hall_ports import HallBoardPort, HallKioskPort
from mppdesk.app.paper_tray import PaperTray
from mppdesk.app.station import Station, open_station
from mppdesk.db.privacy.verifiers import PinCheck
from mppdesk.domain.commands import CallNext, CloseDay, OpenCounter, ReopenDay
from mppdesk.domain.errors import NotAllowed, Refused
from mppdesk.domain.site import KioskPlace
from mppdesk.sync.standing import Standing
from mppdesk.ui.kiosk.window import KioskWindow
from mppdesk.ui.sign_in.window import SignInWindow
from tests.fakes.clock import CountedIds, FakeClock
from tests.fakes.office import make_home, open_office

PIN, OF_A_CLERK = "271828", "161803"
WAIT_MS = 20_000
SINCE_MS = 1_795_401_840_000


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An office on an open day; its administrator and a clerk have a PIN."""
    folder, clock, ids = tmp_path / "home", FakeClock(), CountedIds("maker")
    make_home(folder, clock, ids)
    with open_office(folder, clock, ids) as office:
        office.issue("DUKA-01")
        with office.readers.moment() as moment:
            users = dict(moment.reference.users)
        pins = PinCheck(office.home.database, office.home.secrets.pepper)
        for user_id, user in users.items():
            pins.set_pin(user_id, PIN if "administrator" in user.roles else OF_A_CLERK)
    return folder


@pytest.fixture
def station(home: Path) -> Iterator[Station]:
    with open_station(home, FakeClock(), CountedIds("station"), lambda _slip: None, "screen:") as opened:
        yield opened


def test_a_kiosk_stops_with_the_day_and_goes_on_when_it_is_reopened(station: Station) -> None:
    port = HallKioskPort(station, KioskPlace("Kiosk"))
    assert port.screen().agencies
    station.hub.ask(CloseDay(command_id="close", leftovers="cancel"), station.kiosk)
    with pytest.raises(Refused, match="Kiosk ini berhenti"):
        port.screen()
    station.hub.ask(ReopenDay(command_id="reopen"), station.kiosk)
    assert port.screen().agencies


class LostHub:
    """The way to a hub that does not answer since a moment."""

    def standing(self) -> Standing:
        return Standing(is_cut_off=True, since_ms=SINCE_MS)


def test_a_board_that_is_cut_off_still_knows_the_calls_it_heard(station: Station) -> None:
    counter = next(each.counter for each in station.readers.counter_choices() if each.label == "Loket 1")
    station.hub.ask(OpenCounter(command_id="open", counter=counter), station.kiosk)
    station.hub.ask(CallNext(command_id="call", counter=counter), station.kiosk)
    lost: Any = LostHub()

    heard, silent = HallBoardPort(station).screen(), HallBoardPort(replace(station, link=lost)).screen()

    assert [call.number for call in silent.calls] == [call.number for call in heard.calls] == ["B-001"]
    assert (heard.lost_ms, silent.lost_ms) == (None, SINCE_MS)


def test_a_kiosk_stops_before_the_disk_is_full(station: Station, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mppdesk.app.hall_ports.RESERVE_BYTES", 1 << 62)
    with pytest.raises(Refused, match="Kiosk ini berhenti"):
        HallKioskPort(station, KioskPlace("Kiosk")).screen()


def test_only_who_leads_closes_a_kiosk_and_guesses_pause_nobodys_account(station: Station) -> None:
    port = HallKioskPort(station, KioskPlace("Kiosk"))
    for wrong in (OF_A_CLERK, *("000000",) * 6):
        with pytest.raises(NotAllowed):
            port.leave(wrong)
    port.leave(PIN)


def test_a_kiosk_alone_gives_its_place_to_sign_in(home: Path, qtbot: QtBot) -> None:
    def open_it(exit_: ExitStack, paper: PaperTray) -> Station:
        return exit_.enter_context(open_station(home, FakeClock(), CountedIds("desktop"), paper.receive, "screen:"))

    desktop = Desktop(open_it, full_screen=True)
    try:
        desktop.show(Shown.KIOSK)
        qtbot.waitUntil(lambda: len(desktop.windows) == 1, timeout=WAIT_MS)
        kiosk = desktop.windows[0]
        assert isinstance(kiosk, KioskWindow)
        assert not kiosk.close()
        for _ in range(5):
            kiosk.leaving.touch_clock()
        keypad = kiosk.leaving.keypad
        assert keypad is not None
        QTest.keyClicks(keypad, PIN)
        keypad.enter.click()
        qtbot.waitUntil(lambda: [type(each) for each in desktop.windows] == [SignInWindow], timeout=WAIT_MS)
    finally:
        desktop.close()
