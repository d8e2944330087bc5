"""The hub's time at a station: learned from the hub, gone on with steadily, kept for a start while cut off."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from mppdesk.db.deciding.hub import LocalHub
from mppdesk.db.reading.readers import StoredReaders
from mppdesk.domain import commands
from mppdesk.sync.hubs_clock import HubsClock, keep, kept
from tests.fakes.clock import FakeClock
from tests.fakes.office import Office, open_office

DAY_S, HOUR_S, MINUTE_S = 86_400, 3_600, 60
A_DAY_AHEAD_MS = 1000 * DAY_S


class Pc:
    """A computer whose clock may be set; `passes` is what really goes by."""

    def __init__(self, right: FakeClock, wrong_by_s: float = 0) -> None:
        self.right = right
        self.own = FakeClock(right.now() + timedelta(seconds=wrong_by_s))
        self.steady_s = 0.0
        self.clock = self.start()

    def start(self) -> HubsClock:
        self.clock = HubsClock(self.own, lambda: round(self.steady_s * 1000))
        return self.clock

    def passes(self, seconds: float) -> None:
        for clock in (self.right, self.own):
            clock.forward(seconds)
        self.steady_s += seconds

    def is_set_right(self) -> None:
        self.own.set(self.right.now())

    def meets_the_hub(self) -> None:
        self.clock.learn(round((self.right.now() - self.clock.now()).total_seconds() * 1000))


@pytest.fixture
def right() -> FakeClock:
    return FakeClock()


def test_before_the_hub_was_heard_the_own_clock_goes(right: FakeClock) -> None:
    pc = Pc(right, DAY_S)
    pc.passes(HOUR_S)

    assert (pc.clock.now(), pc.clock.ahead_ms) == (right.now() + timedelta(days=1), 0)


@pytest.mark.parametrize("wrong_by_s", [DAY_S, -DAY_S, 4 * MINUTE_S, 0])
def test_a_wrong_clock_shows_the_hubs_time(right: FakeClock, wrong_by_s: float) -> None:
    pc = Pc(right, wrong_by_s)
    pc.meets_the_hub()
    pc.passes(HOUR_S)

    assert (pc.clock.now(), pc.clock.ahead_ms) == (right.now(), -1000 * wrong_by_s)
    pc.meets_the_hub()
    assert pc.clock.now() == right.now()


def test_a_clock_that_is_set_right_after_the_hub_was_heard_moves_nothing(right: FakeClock) -> None:
    pc = Pc(right, DAY_S)
    pc.meets_the_hub()
    pc.passes(HOUR_S)
    pc.is_set_right()
    pc.passes(MINUTE_S)

    assert (pc.clock.now(), pc.clock.ahead_ms) == (right.now(), 0)


def test_a_clock_that_is_set_wrong_after_the_hub_was_heard_moves_nothing(right: FakeClock) -> None:
    pc = Pc(right)
    pc.meets_the_hub()
    pc.own.forward(DAY_S)

    assert (pc.clock.now(), pc.clock.ahead_ms) == (right.now(), -A_DAY_AHEAD_MS)


def test_a_start_while_cut_off_goes_on_with_what_was_kept(right: FakeClock) -> None:
    pc = Pc(right, DAY_S)
    pc.meets_the_hub()
    ahead_ms = pc.clock.ahead_ms
    pc.start().believe(ahead_ms)
    pc.passes(HOUR_S)

    assert pc.clock.now() == right.now()


@pytest.mark.parametrize("wrong_by_s", [DAY_S, -DAY_S])
def test_a_clock_that_is_set_right_while_cut_off_needs_what_was_kept_no_more(right: FakeClock, wrong_by_s: int) -> None:
    pc = Pc(right, wrong_by_s)
    pc.clock.believe(-1000 * wrong_by_s)
    pc.passes(MINUTE_S)
    assert pc.clock.now() == right.now()
    pc.is_set_right()
    pc.passes(MINUTE_S)

    assert (pc.clock.now(), pc.clock.ahead_ms) == (right.now(), 0)


def test_an_empty_battery_is_mended_by_the_network_although_the_hub_is_away(right: FakeClock) -> None:
    pc = Pc(right, -6 * 365 * DAY_S)
    pc.clock.believe(0)
    pc.passes(MINUTE_S)
    pc.clock.now()
    pc.is_set_right()

    assert pc.clock.now() == right.now()


@pytest.mark.parametrize("nonsense_ms", [2**63, -(2**63), 10**15])
def test_what_no_clock_shows_is_not_believed(right: FakeClock, nonsense_ms: int) -> None:
    pc = Pc(right)
    pc.clock.learn(nonsense_ms)
    pc.clock.believe(nonsense_ms)

    assert pc.clock.now() == right.now()


@pytest.fixture
def office(tmp_path: Path, right: FakeClock) -> Iterator[Office]:
    """A building in the middle of its day: B-001 is called, B-002 waits."""
    with open_office(tmp_path / "home", right) as made:
        made.open("Loket 1")
        for _ in range(2):
            made.issue()
        made.hub.ask(commands.CallNext(command_id="call", counter=made.counter("Loket 1")), made.actor)
        right.forward(22 * MINUTE_S)
        yield made


def readers_of(office: Office, clock: HubsClock) -> StoredReaders:
    """The readers of a station that has the same journal."""
    return StoredReaders(office.home.database, office.home.site_id, office.home.reference, clock)


def seen(readers: StoredReaders, counter: str) -> tuple[str | None, int]:
    """Whom a counter shows as called, and how many wait."""
    screen = readers.counter_screen(counter)
    return screen.current.row.number if screen.current else None, len(screen.waiting)


def test_a_station_a_day_ahead_shows_the_hubs_day(office: Office, right: FakeClock) -> None:
    pc = Pc(right, DAY_S)
    readers, counter = readers_of(office, pc.clock), office.counter("Loket 1")
    assert seen(readers, counter) == (None, 0), "its own day is empty"
    pc.meets_the_hub()

    assert seen(readers, counter) == ("B-001", 1)
    with readers.moment() as moment:
        assert (moment.day, moment.now_ms - readers.tickets()[1].issued_ms) == ("2026-11-23", 22 * MINUTE_S * 1000)


def test_a_start_while_cut_off_a_day_ahead_shows_the_hubs_day(office: Office, right: FakeClock) -> None:
    pc = Pc(right, DAY_S)
    pc.meets_the_hub()
    keep(office.home, pc.clock.ahead_ms)
    pc.start().believe(kept(office.home))

    assert seen(readers_of(office, pc.clock), office.counter("Loket 1")) == ("B-001", 1)


def test_what_was_kept_may_be_nothing_or_unreadable(office: Office) -> None:
    assert kept(office.home) == 0
    office.home.set_setting("hub_ahead_ms", "soon")
    assert kept(office.home) == 0
    keep(office.home, -5000)
    assert kept(office.home) == -5000


def test_who_decides_alone_a_day_ahead_goes_on_with_the_hubs_day(office: Office, right: FakeClock) -> None:
    """The person of a slip is claimed on the hub's day, and its entry says the hub's time."""
    pc = Pc(right, DAY_S)
    pc.meets_the_hub()
    office.home.required_writer().clock = pc.clock
    alone = LocalHub(office.home.required_writer(), office.home.reference, is_cut_off=True)
    counter, waiting = office.counter("Loket 1"), office.readers.tickets()[1].visit
    for act, more in ((commands.FinishTicket, {}), (commands.ClaimTicket, {"visit": waiting})):
        alone.ask(act(command_id=act.__name__, counter=counter, **more), office.actor)

    claimed = readers_of(office, pc.clock).tickets()[1]
    assert (claimed.status, claimed.since_ms) == ("serving", _ms(right.now()))


def _ms(moment: datetime) -> int:
    return round(moment.timestamp() * 1000)
