"""Stations whose disk broke: on an empty one they join the building again, with a new code, as nobody's successor."""

import random
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from mppdesk.domain.entries import SYSTEM_USER, Actor
from mppdesk.domain.errors import ClerkError
from mppdesk.server.enrolment import Enrolment
from tests.simulation.building import Building
from tests.simulation.machines import Identity, Machine
from tests.simulation.servers import HubProcess
from tests.simulation.stations import StationProcess
from tests.sync.replicas import meet

_MEAN = 0.7
_LEADER = Actor(SYSTEM_USER, "cli")


class Replacing:
    """Somebody in charge makes a code at the hub, and the station enrols with it.

    `lose` hears of a machine whose disk is about to be destroyed, `start` switches one on.
    """

    def __init__(
        self,
        building: Building,
        chance: random.Random,
        lose: Callable[[Machine], None],
        start: Callable[[Machine], None],
        count: Callable[[str], None],
    ) -> None:
        self._building = building
        self._chance = chance
        self._lose = lose
        self._start = start
        self._count = count
        self.kinds = ((self._replace_disk, _MEAN),)

    def take_in_the_unknown(self) -> None:
        """A station whose enrolment was lost with a hub's disk, before anybody else heard of it, joins once more.

        So does one that got nothing when it joined, and knows only a computer that is not the hub any more.
        """
        for hub in self._building.deciding[:1]:
            known = hub.machine.heads().keys()
            for name in self._building.stations:
                machine = self._building.machines[name]
                if hub.book.by_device(machine.device_id) is None or known.isdisjoint(machine.heads()):
                    self.join(machine, hub)

    def _replace_disk(self) -> None:
        machine = self._building.machines[self._chance.choice(self._building.stations)]
        for hub in self._building.deciding[:1]:
            self.join(machine, hub)

    def join(self, machine: Machine, hub: HubProcess, *, is_disk_lost: bool = True) -> bool:
        """What `mppdesk join` does: enrol, begin on an empty disk, and fill it with what the hub has.

        False where the hub did not welcome it, and nothing changed.
        """
        identity = machine.another_identity()
        welcome = self._welcomed(hub, machine.name, identity)
        if not welcome:
            return False
        machine.crash()
        if is_disk_lost:
            self._count("disk replaced")
            self._lose(machine)
        machine.begin_anew(identity)
        self._building.place(machine, welcome["token"], welcome["issuer_no"], hub.machine.name)
        machine.on_put_back(machine)
        self._start(machine)
        hub.machine.guarded(lambda: self._fill(machine, hub))
        return True

    def _fill(self, machine: Machine, hub: HubProcess) -> None:
        process = machine.process
        if isinstance(process, StationProcess):
            with suppress(ClerkError):
                meet(process.replica, hub.replica)

    def _welcomed(self, hub: HubProcess, label: str, identity: Identity) -> dict[str, Any]:
        """What the hub tells a new station; nothing where it has no room for it, or loses power meanwhile."""
        told: dict[str, Any] = {}

        def enrol() -> None:
            enrolment = Enrolment(hub.home, hub.book, self._building.root)
            role, agencies = self._building.role_of(label), self._building.enrolled_agencies(label)
            with suppress(ClerkError):
                code, _ = enrolment.make_code(_LEADER, role, label, agencies)
                asked = {"code": code, "device_id": identity.device_id, "public_key": identity.signer.public_key.hex()}
                told.update(enrolment.enrol(asked))

        hub.machine.guarded(enrol)
        return told
