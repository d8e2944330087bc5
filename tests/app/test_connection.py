"""The bar of a counter at a station: reached, lost with what waits, and back again for ten seconds."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from mppdesk.app.connection import ConnectionBar
from mppdesk.app.station import CONNECTION
from mppdesk.sync.centre_place import CENTRE
from mppdesk.sync.protocol import CentreStanding
from mppdesk.sync.standing import Standing
from mppdesk.ui.shared.banner import BannerStack
from mppdesk.ui.shared.changes import Changes
from mppdesk.ui.shared.connection import Connection
from mppdesk.ui.shared.tasks import OnClerkError

SINCE_MS = 1_795_401_840_000
WELL = Standing(is_cut_off=False, since_ms=0)
LOST = Standing(is_cut_off=True, since_ms=SINCE_MS, waiting=3, oldest_ms=SINCE_MS + 60_000)
REACHED = CentreStanding(is_reached=True, since_ms=SINCE_MS)
AWAY = CentreStanding(is_reached=False, since_ms=SINCE_MS, waiting=143, oldest_ms=SINCE_MS + 120_000)
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
        self.clock_difference: timedelta | None = None

    def set_connection(self, connection: Connection) -> None:
        self.shown = connection

    def set_clock_difference(self, difference: timedelta | None) -> None:
        self.clock_difference = difference

    @property
    def words(self) -> tuple[str, str]:
        assert self.shown is not None
        return str(self.shown.word), str(self.shown.note or "")

    @property
    def banner(self) -> str:
        now = self.banners.current()
        return f"{now.what_happened} {now.what_to_do}" if now else ""


class Hub:
    """How the hub is reached, told when it changes; the time is what a test says."""

    def __init__(self, *, tells_of_centre: bool = False) -> None:
        self._standing = WELL
        self.time_ms = SINCE_MS + 13 * 60_000
        self.changes = Changes()
        self.window = Window()
        self.bar = ConnectionBar(
            self, self.window, self.window, AtOnce(), self.changes, tells_of_centre=tells_of_centre
        )  # fmt: skip

    def standing(self) -> Standing:
        return self._standing

    def now(self) -> datetime:
        return self.in_zone(self.time_ms)

    def in_zone(self, wall_ms: int) -> datetime:
        return in_jakarta(wall_ms)

    def becomes(self, standing: Standing, topic: str = CONNECTION) -> None:
        self._standing = standing
        self.changes.tell(frozenset({topic}))


def in_jakarta(wall_ms: int) -> datetime:
    return datetime.fromtimestamp(wall_ms / 1000, ZoneInfo("Asia/Jakarta"))


@pytest.fixture
def hub(qtbot: QtBot) -> Iterator[Hub]:
    made = Hub()
    qtbot.addWidget(made.window)
    yield made


@pytest.fixture
def leading(qtbot: QtBot) -> Iterator[Hub]:
    """As the window of somebody who leads."""
    made = Hub(tells_of_centre=True)
    qtbot.addWidget(made.window)
    yield made


def test_all_well_is_a_quiet_word(hub: Hub) -> None:
    assert hub.window.words == ("Tersambung", "hub gedung")
    assert hub.window.banner == ""


def test_a_lost_hub_is_said_with_its_time_and_what_waits(hub: Hub) -> None:
    hub.becomes(LOST)

    assert hub.window.words == ("Terputus dari hub", "3 catatan menunggu, tertua 12 menit")
    assert hub.window.shown is not None and hub.window.shown.lost_at == in_jakarta(SINCE_MS)
    assert hub.window.banner.startswith("Terputus dari hub sejak 09.44. Semua pekerjaan tersimpan di komputer ini.")


def test_what_waits_grows_with_the_work_that_is_done_meanwhile(hub: Hub) -> None:
    hub.becomes(WELL, "visit")
    hub.becomes(LOST)
    hub.becomes(replace(LOST, waiting=5), "visit")

    assert hub.window.words == ("Terputus dari hub", "5 catatan menunggu, tertua 12 menit")


def test_what_waits_grows_old_although_nothing_happens(hub: Hub) -> None:
    assert not hub.bar.again.isActive()
    hub.becomes(LOST)
    hub.time_ms += 5 * 60_000
    hub.bar.again.timeout.emit()

    assert hub.window.words == ("Terputus dari hub", "3 catatan menunggu, tertua 17 menit")
    hub.becomes(BACK)
    assert not hub.bar.again.isActive()


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
    assert hub.window.clock_difference == timedelta(minutes=4)

    hub.becomes(WELL)
    assert hub.window.banner == ""
    assert hub.window.clock_difference is None


def test_a_clock_that_is_a_day_off_is_said_while_cut_off_as_well(hub: Hub) -> None:
    hub.becomes(replace(LOST, offset_ms=-86_400_000))
    assert hub.window.banners.more == 1

    hub.becomes(replace(BACK, offset_ms=-86_400_000))
    hub.window.banners.end("hub_back")
    assert hub.window.banner.startswith("Jam komputer ini berselisih 1 hari dari hub. Waktu hub yang dipakai.")


@pytest.mark.parametrize(
    ("is_hub", "centre", "said"),
    [
        (False, None, ("Tersambung", "hub gedung")),
        (False, REACHED, ("Tersambung", "hub dan pusat")),
        (False, AWAY, ("Tanpa pusat", "sejak 09.44 · antrean berjalan normal")),
        (True, None, ("Hub di komputer ini", "")),
        (True, REACHED, ("Hub di komputer ini", "pusat tersambung")),
        (True, AWAY, ("Tanpa pusat", "sejak 09.44 · antrean berjalan normal")),
    ],
)
def test_what_is_known_of_the_centre_is_said(
    hub: Hub, centre: CentreStanding | None, said: tuple[str, str], *, is_hub: bool
) -> None:
    hub.becomes(replace(WELL, is_hub=is_hub, centre=centre), CENTRE)

    assert hub.window.words == said
    assert hub.window.banner == "", "no clerk has anything to do"


def test_a_lost_hub_is_said_before_its_centre(hub: Hub) -> None:
    hub.becomes(replace(WELL, centre=AWAY))
    hub.becomes(LOST)
    assert hub.window.words[0] == "Terputus dari hub"

    hub.becomes(replace(BACK, centre=AWAY))
    hub.bar.fresh.timeout.emit()
    assert hub.window.words[0] == "Tanpa pusat"


def test_who_leads_is_told_what_waits_for_the_centre(leading: Hub) -> None:
    leading.becomes(replace(WELL, centre=AWAY), CENTRE)
    assert leading.window.banner == (
        "143 catatan menunggu dikirim ke pusat, tertua 11 menit. Tidak ada yang perlu dilakukan."
    )
    assert leading.window.shown is not None
    assert str(leading.window.shown.more) == "143 catatan menunggu dikirim ke pusat, tertua 11 menit."

    leading.becomes(replace(WELL, centre=REACHED), CENTRE)
    assert leading.window.banner == ""
