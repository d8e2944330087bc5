"""One storm from the first computer to the last sum: build, storm, heal, wait until quiet, reckon."""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import msgspec

from tests.fakes.bad_line import CALM, BadLine, bad_line
from tests.scenarios.storm import building as buildings
from tests.scenarios.storm.building import STANDBY, Building, Lines, Size, answers
from tests.scenarios.storm.computers import Computer, Post, many, run_once, serve, work
from tests.scenarios.storm.reckoning import Reckoning, reckon
from tests.scenarios.storm.stores import CENTRE, HUB, Stores
from tests.scenarios.storm.weather import Storm

# Two processes of one database.
CENTRES = (CENTRE, f"{CENTRE} 2")
SERVERS = {HUB, STANDBY, *CENTRES}
_LOOK_AGAIN_S = 0.1
_START_S = 60.0
_FOR_EVER = "longer"
_CRASH, _SHOWN = "Traceback", 4000
_MUCH_LONGER_S = 60.0
_QUIET_S = 120.0


class Report(msgspec.Struct):
    """What one storm did and what it left; seconds are those of a wall clock."""

    seed: int
    seconds: float
    computers: int
    kills: dict[str, int]
    hangs: dict[str, int]
    faults: dict[str, int]
    seconds_to_build: float
    seconds_to_quiet: float
    waited_for: dict[str, float]
    is_quiet: bool
    seconds_in_all: float
    reckoning: Reckoning
    crashes: list[str]

    @property
    def is_good(self) -> bool:
        return self.is_quiet and not self.crashes and self.reckoning.is_good


@dataclass(frozen=True, slots=True)
class Plan:
    """A storm blows for `seconds`, and on until so much was acknowledged: a slow computer storms longer.

    `reuses_ids` makes the kiosks broken ones; `looks_again_s` spares a hurried run the polls of half a minute.
    """

    seed: int
    seconds: float
    size: Size
    acknowledged: int = 0
    reuses_ids: bool = False
    looks_again_s: float | None = None


def storm(folder: Path, database: str, plan: Plan) -> Report:
    """Let a storm go over a new building."""
    began = time.monotonic()
    building = buildings.build(folder, database, plan.size)
    with bad_line(plan.seed) as line:
        lines = buildings.lay_lines(building, line)
        computers = _computers(building, plan)
        with many(computers):
            _switch_on(building, computers, lines)
            built = time.monotonic()
            weather = Storm(random.Random(plan.seed), line, computers, SERVERS)
            _blow(weather, building, plan)
            healed = time.monotonic()
            _heal(computers, line)
            stores = Stores(building)
            waited_for = _waited_for(stores)
            for each in computers.values():
                each.kill()
            found = reckon(building, stores)
            stores.close()
    return Report(
        seed=plan.seed,
        seconds=round(healed - built, 1),
        computers=len(computers),
        kills=dict(weather.kills),
        hangs=dict(weather.hangs),
        faults=dict(line.counts),
        seconds_to_build=round(built - began, 1),
        seconds_to_quiet=max(waited_for.values(), default=0.0),
        waited_for=waited_for,
        is_quiet=_FOR_EVER not in waited_for,
        seconds_in_all=round(time.monotonic() - began, 1),
        reckoning=found,
        crashes=_crashes(computers),
    )


def _computers(building: Building, plan: Plan) -> dict[str, Computer]:
    programs = {HUB: building.hub_words}
    programs |= {name: building.centre_words(port) for name, port in zip(CENTRES, building.centre_ports, strict=True)}
    if plan.size.has_standby:
        programs[STANDBY] = building.standby_words
    made = {name: Computer(name, building.log_of(name), serve, words) for name, words in programs.items()}
    for name in building.stations:
        user, ledger = building.users.get(name), building.ledger_of(name)
        post = Post(building.home_of(name), name, user, ledger, plan.seed, plan.reuses_ids, plan.looks_again_s)
        made[name] = Computer(name, building.log_of(name), work, post)
    return made


def _switch_on(building: Building, computers: dict[str, Computer], lines: Lines) -> None:
    centre = buildings.register_at_centre(building, lines.centre)
    for name, port in zip(CENTRES, building.centre_ports, strict=True):
        _start(computers[name], port)
    _start(computers[HUB], building.hub_port)
    if building.size.has_standby:
        buildings.join_standby(building, lines, centre)
        _start(computers[STANDBY], building.standby_port)
    buildings.join_all(building, lines.hub)
    for name in building.stations:
        computers[name].switch_on()


def _start(server: Computer, port: int) -> None:
    server.switch_on()
    assert wait(lambda: answers(port), _START_S), server.said()[-_SHOWN:]


def _blow(weather: Storm, building: Building, plan: Plan) -> None:
    """With a standby the hub dies for good in the middle, is taken over, and comes back later."""
    parts = 3 if plan.size.has_standby else 1
    for part in range(parts):
        if part == 1:
            weather.leave_off(HUB)
            weather.thaw_all()
            assert wait(lambda: run_once(building.log_of("ambil alih"), building.takeover_words), _START_S)
        if part == 2:
            weather.bring_back(HUB)
        _blow_on(weather, building, plan.seconds / parts, plan.acknowledged * (part + 1) // parts)
    weather.thaw_all()


def _blow_on(weather: Storm, building: Building, seconds: float, acknowledged: int) -> None:
    least, most = (time.monotonic() + each for each in (seconds, seconds + _MUCH_LONGER_S))
    while time.monotonic() < least or (time.monotonic() < most and _acknowledged(building) < acknowledged):
        weather.step()
        time.sleep(weather.pause_s())  # the plan of the faults, not a wait for something


def _acknowledged(building: Building) -> int:
    ledgers = filter(Path.exists, map(building.ledger_of, building.stations))
    return sum(path.read_bytes().count(b"\n") for path in ledgers)


def _heal(computers: dict[str, Computer], line: BadLine) -> None:
    line.set_weather(CALM)
    for name, computer in computers.items():
        if name not in SERVERS:
            computer.rest()


def _waited_for(stores: Stores) -> dict[str, float]:
    """The seconds after which each thing was last waited for, until nothing was or the time was over."""
    waited: dict[str, float] = {}
    began = time.monotonic()

    def is_quiet() -> bool:
        waiting = _waiting_for(stores)
        if waiting is not None:
            waited[waiting] = round(time.monotonic() - began, 1)
        return waiting is None

    if not wait(is_quiet, _QUIET_S):
        waited[_FOR_EVER] = _QUIET_S
    return waited


def _waiting_for(stores: Stores) -> str | None:
    """Until everybody has everything, nobody waits for an answer, and the hubs owe nothing: what is missing."""
    heads = stores.heads(HUB)
    for name in stores.names:
        if stores.heads(name) != heads:
            return f"entries between hub and {name}"
        if stores.unsettled(name):
            return f"an answer at {name}"
    if not stores.is_folded():
        return "the views of the centre"
    return "what a hub owes" if stores.undone() or stores.heads(HUB) != heads else None


def _crashes(computers: dict[str, Computer]) -> list[str]:
    """Programs that ended with a traceback, or logged one."""
    said = {name: each.said() for name, each in computers.items()}
    return [f"{name}: {text[text.index(_CRASH) :][:_SHOWN]}" for name, text in said.items() if _CRASH in text]


def wait(is_so: Callable[[], bool], within_s: float) -> bool:
    """Look until it is so, or until the time is over."""
    until = time.monotonic() + within_s
    while not is_so():
        if time.monotonic() > until:
            return False
        time.sleep(_LOOK_AGAIN_S)
    return True
