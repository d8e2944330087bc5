"""A station whose clock is a day ahead: it shows the hub's day, also when it starts while it is cut off."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from mppdesk.app.station import Station, open_station
from mppdesk.db.privacy.secret_store import SecretPlace
from mppdesk.domain import commands
from mppdesk.sync.joining import join
from tests.fakes.clock import CountedIds, FakeClock
from tests.fakes.office import Office, open_office
from tests.fakes.running_hub import hub_of
from tests.server.test_central import until

A_DAY_MS = 86_400_000


@contextmanager
def started(folder: Path, clock: FakeClock, lane: str) -> Iterator[Station]:
    """The station after its first word of the hub, be it that it cannot be reached."""
    with open_station(folder, clock, CountedIds(lane), lambda slip: None) as opened:
        loop = opened.link.loop if opened.link else None
        until(lambda: loop is not None and bool(loop.state.is_reached or loop.state.why))
        yield opened


def shown(station: Station, office: Office) -> tuple[str | None, int]:
    """Whom the counter of this station has called, and how many wait."""
    screen = station.readers.counter_screen(office.counter("Loket 1"))
    return screen.current.row.number if screen.current else None, len(screen.waiting)


def test_a_station_a_day_ahead_shows_the_hubs_day_also_when_it_starts_while_cut_off(tmp_path: Path) -> None:
    with open_office(tmp_path / "hub") as office:
        right, folder = FakeClock(), tmp_path / "station"
        ahead = FakeClock(right.now() + timedelta(days=1))
        office.open("Loket 1")
        office.issue()
        office.issue()
        office.hub.ask(commands.CallNext(command_id="call", counter=office.counter("Loket 1")), office.actor)
        with hub_of(office) as hub:
            join(folder, hub.url, hub.code(label="Loket 1"), ahead, CountedIds("join"), place=SecretPlace.FILE)
            with started(folder, ahead, "first start") as station:
                assert shown(station, office) == ("B-001", 1)
                assert station.now().date() == right.now().date()
                assert station.link is not None
                assert station.link.standing().offset_ms == -A_DAY_MS

        with started(folder, ahead, "second start") as station:
            assert station.link is not None
            standing = station.link.standing()
            assert (standing.is_cut_off, standing.offset_ms) == (True, -A_DAY_MS)
            assert shown(station, office) == ("B-001", 1)
            finish = commands.FinishTicket(command_id="finish", counter=office.counter("Loket 1"))
            station.hub.ask(finish, office.actor)
            (first, _) = station.readers.tickets()
            assert (first.status, station.in_zone(first.since_ms)) == ("finished", station.now())
