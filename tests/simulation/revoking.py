"""Stations that get another computer while the old one works on elsewhere: revoked, it is heard only once admitted."""

import random
from collections.abc import Callable
from contextlib import suppress
from functools import partial

from sqlalchemy import bindparam, select

from mppdesk.db.sql import Statement
from mppdesk.db.tables import view_stations
from mppdesk.domain.errors import ClerkError
from mppdesk.server import admission
from tests.simulation.building import FORMER, Building
from tests.simulation.chance import WallClock
from tests.simulation.disk import SimulatedDatabase
from tests.simulation.lost import Lost
from tests.simulation.machines import Machine
from tests.simulation.replacing import Replacing
from tests.simulation.servers import HubProcess

_MEAN = 0.6
_MINUTE = 60.0
_CARRIED_S = (2 * _MINUTE, 40 * _MINUTE)

_stations = view_stations.c
_is_admitted = Statement(
    select(_stations.are_facts_admitted).where(
        _stations.site_id == bindparam("site_id"), _stations.device_id == bindparam("device_id")
    )
)


def is_turned_away(machine: Machine, device_id: str) -> bool:
    """Whether a computer knows that nobody may take what a device wrote."""
    with SimulatedDatabase(machine.disk).reading() as store:
        row = store.one(_is_admitted, site_id=machine.site_id, device_id=device_id)
    return row is not None and not row[0]


class Revoking:
    """Somebody puts a new computer at a counter, and the supervisor revokes the one before, which is still in use.

    `start` switches a computer on, `left` hears of a place that has another one now; `revoked` gets the ids of the
    devices, `lost` the data keys that nobody brought.
    """

    def __init__(
        self,
        building: Building,
        chance: random.Random,
        replacing: Replacing,
        start: Callable[[Machine], None],
        left: Callable[[Machine], None],
        lost: Lost,
        count: Callable[[str], None],
        rate: float,
    ) -> None:
        self._building = building
        self._chance = chance
        self._replacing = replacing
        self._start = start
        self._left = left
        self._lost = lost
        self._count = count
        self._former: dict[str, Machine] = {}
        self.revoked: set[str] = set()
        self.kinds = ((self._exchange_computer, _MEAN * rate),)

    def plan(self) -> None:
        """A new day; those of yesterday are gone."""
        self.revoked.clear()
        self._former.clear()

    def heal(self) -> None:
        """Whoever still uses one of them has it on in the evening."""
        for machine in self._former.values():
            self._start(machine)

    def _exchange_computer(self) -> None:
        machine = self._building.machines[self._chance.choice(self._building.counters)]
        name = f"{machine.name}{FORMER}"
        for hub in self._building.deciding[:1]:
            former = machine.cloned(name, WallClock(machine.timeline))
            if name in self._former or not self._replacing.join(machine, hub, is_disk_lost=False):
                return
            self._left(machine)
            self._count("computer exchanged")
            self._former[name] = former
            self.revoked.add(former.device_id)
            former.on_put_back(former)
            hub.machine.guarded(partial(self._revoke, hub, former))
            machine.timeline.after(self._chance.uniform(*_CARRIED_S), partial(self._start, former))

    def _revoke(self, hub: HubProcess, former: Machine) -> None:
        with suppress(ClerkError):  # a full disk; it remains a station then
            admission.revoke(hub.home, hub.book, self._building.leader, former.device_id)

    def switch_off(self) -> dict[str, int]:
        """They are taken away for good, with the keys of what was typed on them alone; answers the heads there."""
        heads: dict[str, int] = {}
        for machine in self._former.values():
            machine.crash()
            heads |= machine.heads()
            self._lost.key_ids |= self._building.keys_only_on(machine)
        return heads

    def admit(self) -> None:
        """The supervisor lets their work count after all."""
        for hub in self._building.deciding[:1]:
            for machine in self._former.values():
                with suppress(ClerkError):  # a restored hub may never have heard of it
                    admission.admit(hub.home, hub.book, hub.replica, self._building.leader, machine.device_id)
