"""The bar of a counter at a station: reached, lost with what waits, and back again for ten seconds."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from mppdesk.app.connection import ConnectionBar
from mppdesk.app.station import CONNECTION
from mppdesk.sync.standing import Standing
from mppdesk.ui.shared.banner import BannerStack
from mppdesk.ui.shared.changes import Changes
from mppdesk.ui.shared.connection import Connection
from mppdesk.ui.shared.tasks import OnClerkError

SINCE_MS = 1_795_401_840_000
WELL = Standing(is_cut_off=False, since_ms=0)
LOST = Standing(is_cut_off=True, since_ms=SINCE_MS, waiting=3)
BACK = Standing(is_cut_off=False, since_ms=SINCE_MS + 60_000, returned=14, returned_ms=SINCE_MS + 60_000)
Found = TypeVar("Found")


class AtOnce:
    """Runs everything where it is asked."""

    def run(self, work: Callable[[], Found], on_done: Callable[[Found], None], on_clerk_error: OnClerkError) -> None:
        on_done(work())

    run_beside = run


class Window(QWidget):
    """A bar and banners, as every window has them."""

    def __init__(self) -> None:
        super().__init__()
        self.banners = BannerStack()
        self.banners.setParent(self)
        self.shown: Connection | None = None

    def set_connection(self, connection: Connection) -> None:
        self.shown = connection

    @property
    def words(self) -> tuple[str, str]:
        assert self.shown is not None
        return str(self.shown.word), str(self.shown.note or "")

    @property
    def banner(self) -> str:
        now = self.banners.current()
        return f"{now.what_happened} {now.what_to_do}" if now else ""


class Hub:
    """How the hub is reached, told when it changes."""

    def __init__(self) -> None:
        self.standing = WELL
        self.changes = Changes()
        self.window = Window()
        self.bar = ConnectionBar(
            lambda: self.standing, in_jakarta, self.window, self.window, AtOnce(), self.changes
        )  # fmt: skip

    def becomes(self, standing: Standing, topic: str = CONNECTION) -> None:
        self.standing = standing
        self.changes.tell(frozenset({topic}))


def in_jakarta(wall_ms: int) -> datetime:
    return datetime.fromtimestamp(wall_ms / 1000, ZoneInfo("Asia/Jakarta"))


@pytest.fixture
def hub(qtbot: QtBot) -> Iterator[Hub]:
    made = Hub()
    qtbot.addWidget(made.window)
    yield made


def test_all_well_is_a_quiet_word(hub: Hub) -> None:
    assert hub.window.words == ("Tersambung", "hub gedung")
    assert hub.window.banner == ""


def test_a_lost_hub_is_said_with_its_time_and_what_waits(hub: Hub) -> None:
    hub.becomes(LOST)

    assert hub.window.words == ("Terputus dari hub", "3 catatan menunggu")
    assert hub.window.shown is not None and hub.window.shown.lost_at == in_jakarta(SINCE_MS)
    assert hub.window.banner.startswith("Terputus dari hub sejak 09.44. Semua pekerjaan tersimpan di komputer ini.")


def test_what_waits_grows_with_the_work_that_is_done_meanwhile(hub: Hub) -> None:
    hub.becomes(WELL, "visit")
    hub.becomes(LOST)
    hub.becomes(Standing(is_cut_off=True, since_ms=SINCE_MS, waiting=5), "visit")

    assert hub.window.words == ("Terputus dari hub", "5 catatan menunggu")


def test_a_return_is_told_for_ten_seconds(hub: Hub) -> None:
    hub.becomes(LOST)
    hub.becomes(BACK)
    assert hub.window.words == ("Tersambung", "Menyamakan 14 catatan...")
    assert hub.window.banner == "Tersambung kembali. 14 catatan terkirim."

    hub.bar.fresh.timeout.emit()
    assert hub.window.words == ("Tersambung", "hub gedung")


def test_a_clock_that_is_minutes_off_is_said_until_it_is_right(hub: Hub) -> None:
    hub.becomes(Standing(is_cut_off=False, since_ms=0, offset_ms=-4 * 60_000))
    assert "berselisih 4 menit" in hub.window.banner

    hub.becomes(WELL)
    assert hub.window.banner == ""
