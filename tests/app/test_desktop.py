"""The desktop over a real office: sign in, call, check, register, print, by keyboard alone."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from mppdesk.app.desktop import Desktop
from mppdesk.app.paper_tray import PaperTray
from mppdesk.app.printer_watch import PrinterWatch
from mppdesk.app.station import Station, open_station
from mppdesk.db.privacy.verifiers import PinCheck
from mppdesk.domain.print_job import JobState
from mppdesk.domain.site import Role
from mppdesk.domain.slip_layout import slip_text
from mppdesk.operations.readings import SignedIn
from mppdesk.ui.administration.window import AdministrationWindow
from mppdesk.ui.counter.window import CounterWindow
from mppdesk.ui.sign_in.view_state import ADMINISTRATION
from mppdesk.ui.sign_in.window import SignInWindow
from tests.fakes.clock import CountedIds, FakeClock
from tests.fakes.memory_print_jobs import print_job
from tests.fakes.office import make_home, open_office
from tests.printing.stored_jobs import fill

PIN, OTHER_PIN = "271828", "314159"
WAIT_MS = 20_000


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An office with two people waiting and a PIN for Dewi."""
    folder, clock, ids = tmp_path / "home", FakeClock(), CountedIds("maker")
    make_home(folder, clock, ids)
    with open_office(folder, clock, ids) as office:
        office.issue("DUKA-01")
        office.issue("DUKA-02")
        with office.readers.moment() as moment:
            users = {user.user_name: key for key, user in moment.reference.users.items()}
        pins = PinCheck(office.home.database, office.home.secrets.pepper)
        pins.set_pin(users["dewi"], PIN)
        pins.set_pin(users["admin"], OTHER_PIN)
    return folder


@pytest.fixture
def desktop(home: Path, qtbot: QtBot) -> Iterator[Desktop]:
    clock, ids = FakeClock(), CountedIds("desktop")

    def open_it(exit_: ExitStack, paper: PaperTray) -> Station:
        return exit_.enter_context(open_station(home, clock, ids, paper.receive, "screen:"))

    running = Desktop(open_it, full_screen=False)
    yield running
    running.close()


def signed_in(desktop: Desktop, qtbot: QtBot, user_name: str = "dewi", pin: str = PIN) -> CounterWindow:
    """Type user, PIN and Enter; the first free counter is chosen by the arrow keys' owner, the port."""
    window = desktop.show_sign_in()
    qtbot.waitUntil(lambda: bool(window.places.buttons()), timeout=WAIT_MS)
    QTest.keyClicks(window.user_field, user_name)
    QTest.keyClicks(window.pin_field, pin)
    first = next(button for button in window.places.buttons() if button.isEnabled())
    QTest.keyClick(first, Qt.Key.Key_Space)
    QTest.keyClick(window.pin_field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: counter_of(desktop) is not None, timeout=WAIT_MS)
    found = counter_of(desktop)
    assert found is not None
    qtbot.waitUntil(lambda: found.view is not None, timeout=WAIT_MS)
    return found


def counter_of(desktop: Desktop) -> CounterWindow | None:
    return next((window for window in desktop.windows if isinstance(window, CounterWindow)), None)


def test_a_clerk_signs_in_and_serves_two_people_by_keyboard(desktop: Desktop, qtbot: QtBot) -> None:
    counter = signed_in(desktop, qtbot)
    station = desktop.station
    assert station is not None

    def status_of(number: str) -> str:
        row = station.readers.find_ticket(number)
        return str(row.status) if row else "unknown"

    QTest.keyClick(counter, Qt.Key.Key_F2)
    qtbot.waitUntil(lambda: status_of("B-001") == "called", timeout=WAIT_MS)
    qtbot.waitUntil(lambda: counter.acts.screen is not None and counter.acts.screen.current is not None)
    for row in range(3):
        QTest.keyClick(counter.desk.checklist, Qt.Key.Key_Space)
        qtbot.waitUntil(partial(is_undecided, counter, 2 - row), timeout=WAIT_MS)
    press_until(qtbot, lambda: counter, Qt.Key.Key_F9, counter.outcome.isVisible)
    press_until(qtbot, QApplication.focusWidget, Qt.Key.Key_Return, lambda: status_of("B-001") == "finished")
    qtbot.waitUntil(lambda: status_of("B-001") == "finished", timeout=WAIT_MS)
    qtbot.waitUntil(lambda: len(desktop.paper.slips()) == 4, timeout=WAIT_MS)
    receipts = [slip_text(slip) for slip in desktop.paper.slips() if slip.kind == "receipt"]
    assert len(receipts) == 2
    assert all("DUKA/2026/11/000001" in text for text in receipts)
    assert all(job.state is JobState.PRINTED for job in station.jobs.recent(10))


def test_who_left_her_counter_comes_back_to_it(desktop: Desktop, qtbot: QtBot) -> None:
    counter = signed_in(desktop, qtbot)
    counter.leave_wanted.emit()
    window = next(each for each in desktop.windows if isinstance(each, SignInWindow))
    qtbot.waitUntil(lambda: bool(window.places.buttons()), timeout=WAIT_MS)
    assert window.places.buttons()[0].isEnabled()
    assert window.trouble.words.startswith("Hari ini Anda sudah di Loket 1. Melayani semua layanan ")
    qtbot.waitUntil(lambda: "Printer Loket 1 siap." in window.welcome.health_texts(), timeout=WAIT_MS)


def test_a_locked_counter_opens_with_its_clerks_pin_and_no_other(desktop: Desktop, qtbot: QtBot) -> None:
    counter = signed_in(desktop, qtbot)
    card = counter.locking.card
    QTest.keyClick(counter, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(card.pin_field, OTHER_PIN)
    QTest.keyClick(card.pin_field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: card.trouble != "", timeout=WAIT_MS)
    assert counter.locking.is_locked
    QTest.keyClicks(card.pin_field, PIN)
    QTest.keyClick(card.pin_field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not counter.locking.is_locked, timeout=WAIT_MS)
    assert counter_of(desktop) is counter


def test_the_next_clerk_takes_the_open_counter_with_her_own_pin(desktop: Desktop, qtbot: QtBot) -> None:
    counter = signed_in(desktop, qtbot)
    successor = counter.locking.successor
    counter.locking.hand_over()
    QTest.keyClicks(successor.user_field, "admin")
    QTest.keyClicks(successor.pin_field, OTHER_PIN)
    QTest.keyClick(successor.pin_field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: counter_of(desktop) is not counter, timeout=WAIT_MS)
    assert desktop.station is not None
    choices = desktop.station.readers.counter_choices()
    assert [each.taken_by for each in choices if each.taken_by] == ["Ratna A."]
    after = counter_of(desktop)
    assert after is not None
    qtbot.waitUntil(lambda: after.view is not None, timeout=WAIT_MS)


def press_until(qtbot: QtBot, widget: Callable[[], QWidget | None], key: Qt.Key, is_done: Callable[[], bool]) -> None:
    """Press a key as an impatient clerk does; a second press within 300 ms is ignored by the window."""

    def press() -> bool:
        if not is_done() and (target := widget()) is not None:
            QTest.keyClick(target, key)
        return is_done()

    qtbot.waitUntil(press, timeout=WAIT_MS)


def is_undecided(counter: CounterWindow, count: int) -> bool:
    screen = counter.acts.screen
    return screen is not None and screen.current is not None and len(screen.current.checklist.undecided) == count


def test_a_taken_counter_is_refused_by_name(desktop: Desktop, home: Path, qtbot: QtBot) -> None:
    with open_office(home, FakeClock(), CountedIds("other")) as office:
        office.open("Loket 1")
    window = desktop.show_sign_in()
    assert isinstance(window, SignInWindow)
    qtbot.waitUntil(lambda: bool(window.places.buttons()), timeout=WAIT_MS)
    assert not window.places.buttons()[0].isEnabled()
    assert "Ratna A." in window.places.buttons()[0].accessibleName()


def test_who_leads_opens_the_administration_by_f12_and_goes_back(desktop: Desktop, qtbot: QtBot) -> None:
    sign_in = desktop.show_sign_in()
    qtbot.waitUntil(lambda: sign_in.administration_button.isVisible(), timeout=WAIT_MS)
    QTest.keyClicks(sign_in.user_field, "admin")
    QTest.keyClicks(sign_in.pin_field, OTHER_PIN)
    QTest.keyClick(sign_in.pin_field, Qt.Key.Key_F12)
    assert sign_in.enter_button.words == "Masuk dan buka Administrasi"
    QTest.keyClick(sign_in.pin_field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: administration_of(desktop) is not None, timeout=WAIT_MS)
    window = administration_of(desktop)
    assert window is not None
    qtbot.waitUntil(lambda: window.building.state.screen is not None, timeout=WAIT_MS)
    assert window.building.hub.accessibleName().startswith("Satu komputer.")

    QTest.keyClick(window, Qt.Key.Key_F12)

    assert administration_of(desktop) is None


def test_who_leads_opens_the_administration_from_her_counter_and_comes_back(desktop: Desktop, qtbot: QtBot) -> None:
    counter = signed_in(desktop, qtbot, "admin", OTHER_PIN)

    for _ in range(2):
        QTest.keyClick(counter, Qt.Key.Key_F12)
        QTest.keyClick(counter.asking.choices, Qt.Key.Key_7)
        qtbot.waitUntil(lambda: administration_of(desktop) is not None, timeout=WAIT_MS)
        above = administration_of(desktop)
        assert above is not None
        assert above.leave_button.words == "Kembali ke Loket 1"
        assert above.windowModality() is Qt.WindowModality.WindowModal, "nobody is handed the counter beneath"
        qtbot.waitUntil(lambda: desktop.tasks.running == 0, timeout=WAIT_MS)
        QTest.keyClick(above, Qt.Key.Key_F12)
        assert desktop.windows == [counter]


def test_a_counter_left_alone_locks_and_takes_the_administration_away(desktop: Desktop, qtbot: QtBot) -> None:
    counter = signed_in(desktop, qtbot, "admin", OTHER_PIN)
    counter.administration_wanted.emit()
    qtbot.waitUntil(lambda: administration_of(desktop) is not None, timeout=WAIT_MS)

    desktop.leave_alone(counter)

    assert counter.locking.is_locked
    assert desktop.windows == [counter]


def administration_of(desktop: Desktop) -> AdministrationWindow | None:
    return next((each for each in desktop.windows if isinstance(each, AdministrationWindow)), None)


def test_a_clerk_is_not_let_into_the_administration(desktop: Desktop, qtbot: QtBot) -> None:
    sign_in = desktop.show_sign_in(ADMINISTRATION)
    qtbot.waitUntil(lambda: sign_in.administration_button.isVisible(), timeout=WAIT_MS)
    QTest.keyClicks(sign_in.user_field, "dewi")
    QTest.keyClicks(sign_in.pin_field, PIN)
    QTest.keyClick(sign_in.pin_field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: "bukan penyelia" in sign_in.trouble.words, timeout=WAIT_MS)
    assert administration_of(desktop) is None


@pytest.mark.parametrize(("role", "is_told"), [(Role.CLERK, False), (Role.SUPERVISOR, True)])
def test_who_leads_is_told_of_other_computers_printers(desktop: Desktop, role: Role, *, is_told: bool) -> None:
    counter = desktop.open().readers.counter_choices()[0].counter
    desktop.show_counter(SignedIn("dewi", "dewi", "Dewi C.", (role,)), counter)
    shown = counter_of(desktop)
    assert shown is not None
    assert bool(shown.findChildren(PrinterWatch)) is is_told


def test_slips_of_the_past_go_while_the_desktop_tidies(desktop: Desktop, qtbot: QtBot) -> None:
    desktop.show_sign_in()
    qtbot.waitUntil(lambda: desktop.station is not None, timeout=WAIT_MS)
    station = desktop.station
    assert station is not None
    fill(station.home.database, [print_job("of 1970", state=JobState.PRINTED)])
    assert len(station.jobs.recent(10)) == 1
    desktop.tidy()
    qtbot.waitUntil(lambda: station.jobs.recent(10) == (), timeout=WAIT_MS)
