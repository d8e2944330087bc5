"""What goes wrong on a day: lines, power, disks, clocks and old copies, each at its moment of the seed."""

import random
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from tests.simulation.building import CENTRE, CLONED, HUBS, STANDBY, Building
from tests.simulation.dates import Dates
from tests.simulation.forgetting import Forgetting
from tests.simulation.lost import Lost
from tests.simulation.machines import Machine
from tests.simulation.network import Weather
from tests.simulation.people import LAST_TICKET_S, OPENING_S
from tests.simulation.rates import USUAL, Rates, Trouble
from tests.simulation.replacing import Replacing
from tests.simulation.restoring import record_restore
from tests.simulation.revoking import Revoking
from tests.simulation.strangers import Strangers
from tests.simulation.takeovers import Takeovers
from tests.simulation.timeline import Killed
from tests.simulation.versions import OLDER

_MINUTE, _HOUR, _DAY = 60.0, 3600.0, 86_400.0
# So long after all is mended, or a restored hub is back, somebody looks whether there is a hub.
_NOTICED_S = 3 * _MINUTE
_AWAY_CHANCE = 0.1
_MANY_JUMPS = 30.0
# Pokes bring most news. The longer the pause between polls, the less a computer knows of what others did.
_POLLS_S = (120.0, 300.0, 600.0)

Kinds = tuple[tuple[Callable[[], None], float], ...]
"""What may happen, and how often on a mean day."""
# While the clock is days ahead, a hub asks a person first (decision 6) and a station waits for its new day.
_WITHIN_THE_DAY_S = (-_DAY, -5 * _MINUTE, 5 * _MINUTE)
_JUMPS_S = (-_DAY, -5 * _MINUTE, -5 * _MINUTE, 5 * _MINUTE, 365 * _DAY)


class Faults:
    """Plans the faults of each day and mends them in the evening."""

    def __init__(
        self,
        building: Building,
        chance: random.Random,
        start: Callable[[Machine], None],
        rates: Rates = USUAL,
        trouble: Trouble = Trouble.EVERYTHING,
    ) -> None:
        self._building = building
        self._chance = chance
        self._start = start
        self._images: dict[str, Any] = {}
        self._made_at: dict[str, datetime] = {}
        self._is_evening = False
        self._days_away = 0
        self.lost = Lost()
        self.copied: set[str] = set()
        self._trouble = trouble
        self._takeovers = Takeovers(building, chance, start, lambda: self._is_evening, rates.takeovers, rates.splits)
        self.dates = Dates(building, chance, self._count)
        self.strangers = Strangers(building, chance, self._station, self._count, rates.strangers)
        forgetting = Forgetting(building, chance, self.lost.key_ids, self._count)
        self._replacing = Replacing(building, chance, self._lose_for_good, start, self._count)
        self.revoking = Revoking(
            building, chance, self._replacing, start, self._drop_image, self.lost, self._count, rates.revocations
        )
        self._kinds: Kinds = (
            (self._cut_station, 6.0),
            (self._cut_island, 0.7),
            (self._deafen, 2.0),
            (self._cut_hub, 2.0),
            (self._cut_centre, 2.0 * rates.centre),
            (self._crash, 4.0),
            (self._switch_off, 3.0),
            (self._crash_at_commit, 8.0),
            (self._crash_hub, 2.0),
            (self._crash_hub_at_commit, 4.0),
            (self._fill_disk, 3.0),
            (self._hold_disk, 3.0),
            (self._jump_clock, 5.0 * rates.clocks),
            (self._old_file, 1.0),
            (self._clone, 1.0),
            (self._restore_centre, 0.5 * rates.restores),
            (self._restore_hub, 0.3 * rates.restores),
            (self._update, 2.0 * rates.updates),
            *self._takeovers.kinds,
            *self.strangers.kinds,
            *forgetting.kinds,
            *self._replacing.kinds,
            *self.revoking.kinds,
        )

    def plan(self, day_start: float) -> None:
        """Spread the faults of a day."""
        self._is_evening = False
        self.copied.clear()
        self.revoking.plan()
        self._made_at = {name: machine.clock.now() for name, machine in self._building.machines.items()}
        self._building.network.weather = Weather(mean_delay_s=0.0)
        if self._trouble is not Trouble.NOTHING:
            self._set_clocks_wrong()
        if self._trouble is Trouble.CLOCKS:
            self._spread(day_start, ((self._jump_clock, _MANY_JUMPS),), OPENING_S + _MINUTE)
        if self._trouble is Trouble.EVERYTHING:
            self._images = {name: machine.disk.image() for name, machine in self._building.machines.items()}
            self._set_weather()
            self.dates.plan()
            self._takeovers.plan(day_start)
            self._spread(day_start, self._kinds)

    def _set_clocks_wrong(self) -> None:
        for machine in self._building.machines.values():
            machine.clock.set_wrong(self._chance.gauss(0, 50e-6), self._chance.gauss(0, 20))

    def _set_weather(self) -> None:
        """How bad the lines are today; the centre may be away for days."""
        chance = self._chance
        self._building.network.weather = Weather(
            drop=chance.uniform(0, 0.2) ** 2 / 0.2,
            repeat=chance.uniform(0, 0.1),
            slow=chance.uniform(0, 0.04),
            poll_s=chance.choice(_POLLS_S),
        )
        if not self._days_away and chance.random() < _AWAY_CHANCE:
            self._count("centre away for days")
            self._days_away = chance.randint(2, 7)
            self._building.network.cuts.update(_to_centre())

    def _spread(self, day_start: float, kinds: Kinds, first_s: float = 0.2 * OPENING_S) -> None:
        for act, mean in kinds:
            for _ in range(_how_many(self._chance, mean)):
                moment = day_start + self._chance.uniform(first_s, LAST_TICKET_S)
                self._building.timeline.at(moment, partial(self._do, act))

    def is_asleep(self, machine: Machine) -> bool:
        """Whether a computer was forgotten this morning."""
        return self._takeovers.is_asleep(machine)

    def heal(self, *, is_last: bool) -> None:
        """Mend everything; from now on all must come right by itself. Only the centre may be away for days."""
        self._is_evening = True
        network = self._building.network
        network.weather = Weather()
        network.mend()
        self._takeovers.wake()
        self._days_away = 0 if is_last else max(0, self._days_away - 1)
        if self._days_away:
            network.cuts.update(_to_centre())
        for machine in list(self._building.machines.values()):
            if machine.is_clone:
                self._remove(machine)
                continue
            machine.disk.is_full = machine.disk.is_held = False
            machine.disk.before_commit = _nothing
            machine.clock.set_right()
            self._start(machine)
        self.revoking.heal()
        self._building.timeline.after(_NOTICED_S, self._takeovers.if_nobody_decides)
        self._building.timeline.after(1.5 * _NOTICED_S, self._replacing.take_in_the_unknown)

    def _do(self, act: Callable[[], None]) -> None:
        if not self._is_evening:
            act()

    def _count(self, kind: str) -> None:
        self._building.network.faults[kind] += 1

    def _cut_station(self) -> None:
        self._count("station cut off")
        name = self._station().name
        lines = [frozenset((name, hub)) for hub in HUBS if hub != name]
        self._building.network.cut_for(lines, self._chance.uniform(5, 20 * _MINUTE))

    def _cut_island(self) -> None:
        """A switch between some stations and the hubs is without power."""
        self._count("island cut off")
        stations = self._building.stations
        names = self._chance.sample(stations, self._chance.randint(2, len(stations)))
        lines = [frozenset((name, hub)) for name in names for hub in HUBS]
        self._building.network.cut_for(lines, self._chance.uniform(5, 10 * _MINUTE))

    def _deafen(self) -> None:
        self._count("line half broken")
        pair = (self._station().name, self._building.hub_machine.name)
        here, there = pair if self._chance.random() < 0.5 else pair[::-1]
        self._building.network.deafen(here, there, self._chance.uniform(5, 10 * _MINUTE))

    def _cut_hub(self) -> None:
        self._count("hub cut off")
        lines = self._building.lines_of(self._building.hub_machine)
        self._building.network.cut_for(lines, self._chance.uniform(5, 10 * _MINUTE))

    def _cut_centre(self) -> None:
        self._count("centre cut off")
        self._building.network.cut_for(_to_centre(), self._chance.uniform(5, 4 * _HOUR))

    def _crash(self) -> None:
        self._count("crash")
        self._power_off(self._chance.choice([self._station(), self._building.centre]))

    def _switch_off(self) -> None:
        """Somebody switches a computer off in order, and on again after lunch."""
        self._count("switched off")
        machine = self._station()
        machine.stop()
        self._switch_on_later(machine)

    def _crash_hub(self) -> None:
        self._count("crash of the hub")
        self._power_off(self._building.hub_machine)

    def _crash_at_commit(self) -> None:
        self._count("crash at a commit")
        self._arm(self._building.centre if self._chance.random() < 0.1 else self._station())

    def _crash_hub_at_commit(self) -> None:
        self._count("crash of the hub at a commit")
        self._arm(self._building.hub_machine)

    def _arm(self, machine: Machine) -> None:
        """Lose power just before the next commit, or just after it, before anybody was told."""
        is_after = self._chance.random() < 0.5
        process = machine.process
        if process is None:
            return

        def power_cut() -> None:
            machine.disk.before_commit = _nothing
            machine.disk.after_commit = told
            self._switch_on_later(machine)
            raise Killed

        told = machine.disk.after_commit
        if is_after:

            def committed(rows: list[dict[str, Any]]) -> None:
                told(rows)
                if not self._is_evening:
                    power_cut()

            machine.disk.after_commit = committed
        else:
            machine.disk.before_commit = power_cut

    def _power_off(self, machine: Machine) -> None:
        if machine.process is not None:
            machine.crash()
            self._switch_on_later(machine)

    def _switch_on_later(self, machine: Machine) -> None:
        seconds = self._chance.uniform(2, 5 * _MINUTE)
        self._building.timeline.after(seconds, partial(self._start, machine))

    def _fill_disk(self) -> None:
        self._count("disk full")
        machine = self._any_machine()
        machine.disk.is_full = True
        self._building.timeline.after(self._chance.uniform(5, 15 * _MINUTE), partial(_make_room, machine))

    def _hold_disk(self) -> None:
        """A virus scanner reads the file, and nothing can be written for as long."""
        self._count("disk held")
        machine = self._any_machine()
        machine.disk.is_held = True
        self._building.timeline.after(self._chance.uniform(1, 5), partial(_let_go, machine))

    def _jump_clock(self) -> None:
        self._count("clock jumped")
        machine = self._chance.choice([self._station(), self._building.hub_machine])
        machine.clock.jump(self._chance.choice(_JUMPS_S if self._trouble is Trouble.EVERYTHING else _WITHIN_THE_DAY_S))
        self._building.timeline.after(self._chance.uniform(_MINUTE, _HOUR), machine.clock.set_right)

    def _old_file(self) -> None:
        """Somebody copies this morning's file of a station back."""
        machine = self._station()
        if machine.name in self._images and machine is not self._building.hub_machine:
            self._count("old file copied back")
            self.copied.add(machine.device_id)
            self.lost.copied.add(machine.device_id)
            self._overwrite(machine)

    def _restore_centre(self) -> None:
        self._count("centre restored")
        machine = self._building.centre
        machine.home_id = machine.ids.new()
        self._overwrite(machine)

    def _restore_hub(self) -> None:
        """The hub's disk is gone; `mppdesk restore` brings this morning's backup back."""
        self._count("hub restored")
        machine = self._building.hub_machine
        machine.home_id = machine.ids.new()
        self._overwrite(machine)
        _make_room(machine)  # another disk, which nobody has filled or reads yet
        _let_go(machine)
        record_restore(machine, self._made_at[machine.name])
        self._building.timeline.after(5 * _MINUTE + _NOTICED_S, self._takeovers.if_nobody_decides)

    def _overwrite(self, machine: Machine) -> None:
        machine.crash()
        self._lose(machine)
        machine.disk.put_back(self._images[machine.name])
        machine.on_put_back(machine)
        self._switch_on_later(machine)

    def _update(self) -> None:
        """One more computer gets the newer version of the program, and starts again."""
        older = [each for each in self._building.machines.values() if each.disk.version is OLDER]
        if older:
            self._count("program updated")
            machine = self._chance.choice(older)
            machine.update()
            self._switch_on_later(machine)

    def _clone(self) -> None:
        """A copy of a station's disk is started in another computer, which then has the same device and token."""
        original = self._building.machines[self._chance.choice(self._building.stations)]
        if f"{original.name}{CLONED}" in self._building.machines:
            return
        self._count("disk cloned")
        self.copied.add(original.device_id)
        self.lost.copied.add(original.device_id)
        clone = self._building.clone(original)
        clone.on_put_back(clone)
        self._start(clone)
        self._building.timeline.after(self._chance.uniform(5 * _MINUTE, _HOUR), partial(self._remove, clone))

    def _remove(self, clone: Machine) -> None:
        if clone.name in self._building.machines:
            clone.crash()
            self._lose(clone)
            del self._building.machines[clone.name]

    def _lose(self, machine: Machine) -> None:
        self.lost.entry_ids |= self._building.only_on(machine)
        self.lost.key_ids |= self._building.keys_only_on(machine)

    def _lose_for_good(self, machine: Machine) -> None:
        """Lose a disk with the copy of this morning."""
        self._lose(machine)
        self._drop_image(machine)

    def _drop_image(self, machine: Machine) -> None:
        """This morning another computer stood there."""
        self._images.pop(machine.name, None)

    def _any_machine(self) -> Machine:
        return self._chance.choice([self._station(), self._building.hub_machine, self._building.centre])

    def _station(self) -> Machine:
        return self._building.machines[self._chance.choice((*self._building.stations, STANDBY))]


def _to_centre() -> list[frozenset[str]]:
    return [frozenset((hub, CENTRE)) for hub in HUBS]


def _how_many(chance: random.Random, mean: float) -> int:
    """A Poisson number: how many independent events of a mean."""
    count, left = 0, chance.expovariate(1.0)
    while left < mean:
        count += 1
        left += chance.expovariate(1.0)
    return count


def _make_room(machine: Machine) -> None:
    machine.disk.is_full = False


def _let_go(machine: Machine) -> None:
    machine.disk.is_held = False


def _nothing() -> None:
    """Commit as usual."""
