"""Computers that nobody enrolled and that leave their log at another one: no other log may wait for it (I12)."""

import random
from collections.abc import Callable

from tests.simulation.building import Building
from tests.simulation.machines import Machine


class Strangers:
    """Those who came and are not admitted yet, by the ids of their logs; `rate` multiplies how many there are."""

    def __init__(
        self, building: Building, chance: random.Random, host: Callable[[], Machine], count: Callable[[str], None],
        rate: float,
    ) -> None:  # fmt: skip
        self._building = building
        self._chance = chance
        self._host = host
        self._count = count
        self.by_log: dict[str, Machine] = {}
        self.kinds = ((self._bring, 0.7 * rate),)

    def admit(self) -> None:
        """The supervisor enrols them in the evening."""
        for stranger in self.by_log.values():
            self._building.enrol_stranger(stranger)
        self.by_log.clear()

    def _bring(self) -> None:
        self._count("stranger's log")
        stranger = self._building.stranger(f"asing {len(self.by_log)}")
        log = self._building.log_of(stranger)
        host = self._chance.choice([self._host(), self._building.hub_machine])
        if not host.disk.is_full:
            self.by_log[log.log_id] = stranger
            host.guarded(lambda: self._building.leave_log(log, host))
