"""Days in one building from one seed: work under faults, healing in the evening, then the reckoning."""

import hashlib
import logging
import random
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial

from mppdesk.domain import commands
from mppdesk.domain.entries import SYSTEM_USER, Actor
from mppdesk.domain.errors import ClerkError
from tests.simulation.bounds import is_too_large, overgrown
from tests.simulation.building import SMALL, Building, Size, label_of
from tests.simulation.centre import folding_on_sqlite
from tests.simulation.chance import seeded
from tests.simulation.clerks import Clerk, take_number
from tests.simulation.disk import Row
from tests.simulation.faults import Faults
from tests.simulation.forgetting import notes_in_memory
from tests.simulation.machines import Machine
from tests.simulation.people import LAST_TICKET_S, OPENING_S, Hall, arrivals
from tests.simulation.privacy import overheard
from tests.simulation.rates import USUAL, Rates, Trouble
from tests.simulation.reckoning import Reckoning
from tests.simulation.stations import StationProcess
from tests.simulation.timeline import Timeline
from tests.simulation.versions import side_by_side
from tests.simulation.witness import Witness

DAY_S = 86_400.0
_HOUR = 3600.0
_HEALING_S = LAST_TICKET_S + 0.4 * _HOUR
_CLOSING_S = _HEALING_S + 0.1 * _HOUR
# Three polls after the healing everybody must know everything (I9), however much waited.
_SETTLED_S = _CLOSING_S + 0.2 * _HOUR
_QUIET_S = _SETTLED_S + 0.1 * _HOUR
_WORK_SHARE = 0.55
_HOURS = 7
BUG = "bug:"
_TRIED_AGAIN_S = 60.0
_LOOKED_AT_S = 600.0
_NEW_OFFICES = 0.1


@dataclass
class Outcome:
    """What a run did and what went wrong in it."""

    seed: str
    days: int
    steps: int = 0
    trace: str = ""
    counts: dict[str, int] = field(default_factory=dict)
    faults: dict[str, int] = field(default_factory=dict)
    violations: list[str] = field(default_factory=list)


class _Caught(Exception):
    """A hunt is over; the rest of the day need not be lived."""


class _Bugs(logging.Handler):
    """Hears what no part of the program expected, and went on after."""

    def __init__(self, accuse: Callable[[str], None]) -> None:
        super().__init__(logging.ERROR)
        self._accuse = accuse

    def emit(self, record: logging.LogRecord) -> None:
        bug = record.exc_info[1] if record.exc_info else None
        self._accuse(f"{BUG} {record.getMessage()}: {bug!r} at {_place_of(bug)}")


@contextmanager
def _only_bugs(accuse: Callable[[str], None]) -> Iterator[None]:
    """Leave out the warnings that the faults of a day bring; the invariants speak for themselves."""
    log, bugs = logging.getLogger("mppdesk"), _Bugs(accuse)
    before = log.level, log.propagate
    log.addHandler(bugs)
    log.setLevel(logging.ERROR)
    log.propagate = False
    try:
        yield
    finally:
        log.removeHandler(bugs)
        log.setLevel(before[0])
        log.propagate = before[1]


def _place_of(bug: BaseException | None) -> str:
    """Where it was raised."""
    frames = traceback.extract_tb(bug.__traceback__) if bug else []
    return f"{frames[-1].filename}:{frames[-1].lineno}" if frames else "?"


class Run:
    """One building for some days. `is_enough` says of a violation that the days may end with it, as in a hunt."""

    def __init__(
        self, seed: str, size: Size = SMALL, rates: Rates = USUAL, trouble: Trouble = Trouble.EVERYTHING
    ) -> None:
        self.seed = seed
        self.chance = random.Random(seed)
        self.timeline = Timeline()
        is_new = trouble is Trouble.EVERYTHING and self.chance.random() < _NEW_OFFICES
        self.building = Building(size, self.timeline, self.chance, is_new=is_new, updates=rates.updates)
        self.hall = Hall()
        self.violations: list[str] = []
        self.is_enough: Callable[[str], bool] = lambda violation: False
        self._is_caught = False
        self._trace = hashlib.sha256()
        self._day_start = 0.0
        luck = random.Random(self.chance.getrandbits(64))
        self.faults = Faults(self.building, luck, self.start, rates, trouble)
        self.building.accuse = self._accuse
        self.building.network.listen = self._overheard
        self._witness = Witness(self._accuse, self.faults.copied, self.faults.revoking.revoked)
        for machine in self.building.machines.values():
            self._witness.put_back(machine)
            machine.on_commit, machine.on_put_back = self._committed, self._witness.put_back
            machine.on_promise = self._witness.promised

    def days(self, count: int) -> Outcome:
        """Live through some days."""
        try:
            with _only_bugs(self._accuse), side_by_side(), folding_on_sqlite(), notes_in_memory(), seeded(self.chance):
                for day in range(count):
                    self._day(day, is_last=day == count - 1)
        except _Caught:
            pass
        except Exception as bug:  # noqa: BLE001 - told with the seed that finds it again
            self._accuse(f"{BUG} {bug!r} at {_place_of(bug)}")
        self.timeline.close()
        return Outcome(
            self.seed,
            count,
            self.timeline.steps,
            self._trace.hexdigest(),
            dict(sorted(self.hall.counts.items())),
            dict(sorted(self.building.network.faults.items())),
            self.violations,
        )

    def _day(self, day: int, *, is_last: bool) -> None:
        self._day_start = start = day * DAY_S
        self.hall.citizens.clear()
        self._witness.new_day()
        self._live_until(start)
        self.faults.plan(start)
        for machine in self.building.machines.values():
            self.timeline.after(self.chance.uniform(0, 300), partial(self.start, machine))
        for moment, service in arrivals(self.chance, self.building.size.tickets):
            self.timeline.at(start + moment, partial(self._comes, service))
        for hour in range(1, _HOURS):
            self.timeline.at(start + hour * _HOUR, self._check_bounds)
            self.timeline.at(start + hour * _HOUR, self.faults.dates.look)
        self._live_until(start + _HEALING_S)
        self.faults.heal(is_last=is_last)
        self._live_until(start + _CLOSING_S)
        self._close_day()
        self._live_until(start + _SETTLED_S)
        reckoning = Reckoning(self.building, self.hall, self.faults.lost, self._witness.apart, self._accuse)
        revoking = self.faults.revoking
        late, waiting = revoking.switch_off(), self._witness.logs_of(revoking.revoked)
        reckoning.check_vectors({*self.faults.strangers.by_log, *waiting})
        self.faults.strangers.admit()
        revoking.admit()
        self._live_until(start + _QUIET_S)
        reckoning.check()
        reckoning.check_late({log_id: late[log_id] for log_id in waiting & late.keys()})
        for machine in self.building.machines.values():
            machine.stop()

    def _live_until(self, moment: float) -> None:
        """Let everything happen up to a moment; raises _Caught soon after a violation that is enough."""
        while self.timeline.now < moment:
            self.timeline.run_until(min(moment, self.timeline.now + _LOOKED_AT_S))
            if self._is_caught:
                raise _Caught

    @property
    def decided(self) -> list[str]:
        """What the hub decided about visits, in its order: kind, number, counter."""
        return self._witness.decided

    def start(self, machine: Machine) -> None:
        """Switch a computer on; at a counter somebody sits down."""
        if self.faults.is_asleep(machine):
            return
        machine.start()
        process = machine.process
        if process is None:
            self.timeline.after(_TRIED_AGAIN_S, partial(self.start, machine))
            return
        label = label_of(machine.name)
        if label in self.building.counters and isinstance(process, StationProcess):
            size = self.building.size
            mean_s = _WORK_SHARE * (_CLOSING_S - OPENING_S) * size.counters / size.tickets
            clerk = Clerk(process, self.building.clerks[label], self.hall, self.chance, mean_s)
            process.run(clerk.work, max(0.0, self._day_start + OPENING_S - self.timeline.now))

    def _comes(self, service: str) -> None:
        process = self.building.machines[self.chance.choice(self.building.kiosks)].process
        if isinstance(process, StationProcess):
            process.run(lambda: take_number(process, self.hall, service, self.chance))

    def _check_bounds(self) -> None:
        for machine in self.building.machines.values():
            for what, count in overgrown(machine).items():
                self._accuse(f"I15: {machine.name} has {count} {what}")

    def _close_day(self) -> None:
        self.faults.dates.look()
        hubs = self.building.deciding
        if len(hubs) != 1:
            self._accuse(f"I11: {len(hubs)} computers hold themselves for the hub in the evening")
        for hub in hubs[:1]:
            command = commands.CloseDay(command_id=hub.writer.ids.new(), leftovers="outside")
            try:
                hub.home.required_hub().ask(command, Actor(SYSTEM_USER, "hub"))
            except ClerkError as refusal:
                self._accuse(f"the day could not be closed: {refusal}")

    def _accuse(self, violation: str) -> None:
        self.violations.append(f"{self.timeline.now:.3f} s: {violation}")
        self._is_caught = self._is_caught or self.is_enough(violation)

    def _overheard(self, path: str, body: bytes) -> None:
        if is_too_large(path, body):
            self._accuse(f"I15: {len(body)} bytes in a packet of {path}")
        if overheard(path, body):
            self._accuse(f"DESIGN 10: a person is named in the clear in a packet of {path}")

    def _committed(self, machine: Machine, rows: list[Row]) -> None:
        self._witness.committed(machine, rows)
        for row in rows:
            self._trace.update(f"{self.timeline.now:.6f} {machine.name} {row['log_id']}/{row['seq']}\n".encode())
