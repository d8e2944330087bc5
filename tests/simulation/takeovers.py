"""Dead hubs, broken cables and split buildings, and the supervisor who then makes the other computer the hub."""

import random
from collections.abc import Callable
from functools import partial

from mppdesk.domain.errors import ClerkError
from tests.simulation.building import HUBS, Building
from tests.simulation.machines import Machine
from tests.simulation.people import OPENING_S
from tests.simulation.servers import HubProcess

_MINUTE = 60.0
_NOTICED_S = (2 * _MINUTE, 5 * _MINUTE)
_OVERSLEEPS = 0.08
_REASON = "kabel ke hub lama putus"


class Takeovers:
    """What makes a supervisor act; `start` switches a computer on, `is_over` says that the day's faults are mended.

    `rate` multiplies how many there are of each kind, `splits` those in which both hubs live.
    """

    def __init__(
        self,
        building: Building,
        chance: random.Random,
        start: Callable[[Machine], None],
        is_over: Callable[[], bool],
        rate: float,
        splits: float,
    ) -> None:
        self._building = building
        self._chance = chance
        self._start = start
        self._is_over = is_over
        self._overslept: Machine | None = None
        self._oversleeps = _OVERSLEEPS * rate
        self.kinds: tuple[tuple[Callable[[], None], float], ...] = (
            (self._hub_dies, 0.4 * rate),
            (self._hub_unplugged, 0.4 * rate),
            (self._building_splits, 0.4 * rate * splits),
            (self._change_over, 0.3 * rate),
        )

    def plan(self, day_start: float) -> None:
        """Some mornings nobody switches the other computer on before the hub is gone: it saw nothing of the day."""
        if self._chance.random() < self._oversleeps:
            self._overslept = self._building.spare_machine
            moment = day_start + OPENING_S + self._chance.uniform(5 * _MINUTE, 90 * _MINUTE)
            self._building.timeline.at(moment, self._wake)

    def is_asleep(self, machine: Machine) -> bool:
        """Whether nobody has switched it on yet."""
        return machine is self._overslept

    def wake(self) -> None:
        """Switch the computer on that was forgotten."""
        machine, self._overslept = self._overslept, None
        if machine is not None:
            self._start(machine)

    def _wake(self) -> None:
        if self._overslept is not None and not self._is_over():
            self._count("standby overslept")
            self._hub_dies() if self._chance.random() < 0.5 else self._hub_unplugged()
            self.wake()

    def _hub_dies(self) -> None:
        """It comes back after long, and must not go on as if nothing had been."""
        self._count("hub died")
        hub, other = self._building.hub_machine, self._building.spare_machine
        hub.crash()
        self._building.timeline.after(self._chance.uniform(10 * _MINUTE, 90 * _MINUTE), partial(self._start, hub))
        self._supervise(other)

    def _hub_unplugged(self) -> None:
        """It lives behind a broken cable, and believes that it is the hub."""
        self._count("hub unplugged")
        hub, other = self._building.hub_machine, self._building.spare_machine
        self._building.network.cut_for(self._building.lines_of(hub), self._a_while())
        self._supervise(other)

    def _building_splits(self) -> None:
        """The hubs do not reach each other; a station reaches both, or one and, plugged anew, the other."""
        self._count("building split")
        network, seconds = self._building.network, self._a_while()
        network.cut_for([frozenset(HUBS)], seconds)
        for name in self._building.stations:
            lost = self._chance.sample(HUBS, 2) if self._chance.random() < 0.7 else []
            for half, hub in enumerate(lost):
                cut = partial(network.cut_for, [frozenset((name, hub))], seconds / 2)
                self._building.timeline.after(half * seconds / 2, cut)
        self._supervise(self._building.spare_machine)

    def _change_over(self) -> None:
        """Nothing is broken; the supervisor wants the other computer to be the hub."""
        self._take_over(self._building.spare_machine)

    def if_nobody_decides(self) -> None:
        """The supervisor sees that no computer is the hub: what made one so is on no disk any more."""
        machine = self._building.machines[self._chance.choice(HUBS)]
        if not self._building.deciding and isinstance(machine.process, HubProcess):
            machine.guarded(partial(self._ordered, machine.process))

    def _supervise(self, other: Machine) -> None:
        self._building.timeline.after(self._chance.uniform(*_NOTICED_S), partial(self._take_over, other))

    def _take_over(self, machine: Machine) -> None:
        if isinstance(machine.process, HubProcess) and not self._is_over():
            machine.guarded(partial(self._ordered, machine.process))

    def _ordered(self, process: HubProcess) -> None:
        try:
            process.take_over(_REASON)
        except ClerkError:
            self._count("takeover refused")
        else:
            self._count("takeover")

    def _a_while(self) -> float:
        return self._chance.uniform(10 * _MINUTE, 60 * _MINUTE)

    def _count(self, kind: str) -> None:
        self._building.network.faults[kind] += 1
