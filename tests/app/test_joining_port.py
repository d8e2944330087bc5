"""A PC joins a building by the window of the first start, keyboard alone, over a real socket."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from mppdesk.app.first_start import is_set_up
from mppdesk.app.joining_port import JoiningPort
from mppdesk.app.usual_windows import UsualWindows, usual_windows
from mppdesk.db import home as homes
from mppdesk.db.home import SystemClock
from mppdesk.db.identity import RandomIds
from mppdesk.db.privacy.secret_store import SecretPlace
from mppdesk.domain.errors import StorageTrouble
from mppdesk.domain.invitation import Invitation
from mppdesk.sync.place import place_of
from mppdesk.ui.shared.tasks import Tasks
from mppdesk.ui.sign_in.join_window import JoinWindow
from tests.fakes.office import open_office
from tests.fakes.running_hub import RunningHub, hub_of

Opens = Callable[[Path], JoinWindow]


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[RunningHub]:
    with open_office(tmp_path / "hub") as office, hub_of(office) as running:
        yield running


@pytest.fixture
def window_of(qtbot: QtBot) -> Iterator[Opens]:
    """Opens the window, and holds it until it is deleted: the hub's thread may collect what nobody holds."""
    opened: list[JoinWindow] = []

    def make(home: Path) -> JoinWindow:
        opened.append(JoinWindow(JoiningPort(home, SecretPlace.FILE), Tasks.inline()))
        opened[-1].show()
        return opened[-1]

    yield make
    for window in opened:
        window.close()
        window.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def test_a_pasted_invitation_and_enter_make_a_station(hub: RunningHub, tmp_path: Path, window_of: Opens) -> None:
    home = tmp_path / "station"
    window = window_of(home)

    QTest.keyClicks(window.line, Invitation(hub.url, hub.code(label="Loket 2")).line)
    QTest.keyClick(window.line, Qt.Key.Key_Return)

    assert window.sentence.words.startswith("Komputer ini sekarang Loket 2 di ")
    assert is_set_up(home)
    assert not list(tmp_path.glob("*.unfinished"))
    with homes.writing(home, SystemClock(), RandomIds()) as opened:
        place = place_of(opened)
    assert place is not None
    assert (place.url, place.welcome.role) == (hub.url, "counter")


def test_a_kiosk_opens_its_own_screen_from_then_on(hub: RunningHub, tmp_path: Path, window_of: Opens) -> None:
    home = tmp_path / "kiosk"
    window = window_of(home)

    QTest.keyClicks(window.line, f"{hub.url} {hub.code('kiosk', 'Kiosk 1')}")
    QTest.keyClick(window.line, Qt.Key.Key_Return)

    assert window.button.words == "Buka layarnya"
    assert usual_windows(home) == UsualWindows(("kiosk",), full_screen=True)


@pytest.mark.parametrize("written", ["", "[]", '{"show": ["safe"], "full_screen": true}', '{"show": 1}'])
def test_a_file_that_says_nothing_good_means_sign_in(tmp_path: Path, written: str) -> None:
    (tmp_path / "windows.json").write_text(written)
    assert usual_windows(tmp_path) == UsualWindows()


def test_a_wrong_code_leaves_nothing_and_says_what_to_do(hub: RunningHub, tmp_path: Path, window_of: Opens) -> None:
    home = tmp_path / "station"
    window = window_of(home)
    hub.code()

    QTest.keyClicks(window.line, f"{hub.url} 000000")
    QTest.keyClick(window.line, Qt.Key.Key_Return)

    assert window.sentence.words.startswith("Kode pendaftaran salah")
    assert list(tmp_path.iterdir()) == [tmp_path / "hub"]
    assert window.button.isEnabled()


def test_an_expired_code_is_told_from_a_wrong_one(hub: RunningHub, tmp_path: Path, window_of: Opens) -> None:
    window = window_of(tmp_path / "station")
    code = hub.code()
    hub.office.clock.forward(16 * 60)

    QTest.keyClicks(window.line, f"{hub.url} {code}")
    QTest.keyClick(window.line, Qt.Key.Key_Return)

    assert window.sentence.words.startswith("Kode ini sudah lewat waktu")


def test_a_hub_that_is_not_there_is_one_sentence(tmp_path: Path, window_of: Opens) -> None:
    window = window_of(tmp_path / "station")

    QTest.keyClicks(window.line, "http://127.0.0.1:9 123456")
    QTest.keyClick(window.line, Qt.Key.Key_Return)

    assert window.sentence.words.startswith("Hub tidak menjawab.")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_with_something_in_it_costs_no_code(hub: RunningHub, tmp_path: Path) -> None:
    home = tmp_path / "station"
    home.mkdir()
    (home / "note.txt").write_text("milik orang lain")
    code = hub.code()

    with pytest.raises(StorageTrouble, match="tidak kosong"):
        JoiningPort(home, SecretPlace.FILE).join(Invitation(hub.url, code))

    assert JoiningPort(tmp_path / "other", SecretPlace.FILE).join(Invitation(hub.url, code)).label == "Loket 2"
