"""People who ask to be forgotten during a day: the keys of what was written about them are destroyed everywhere."""

import random
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from unittest import mock

from sqlalchemy import select

from mppdesk.db.privacy import forgotten
from mppdesk.db.privacy.forgetting import forget
from mppdesk.db.privacy.private_tables import local_data_keys
from mppdesk.db.sql import Statement
from mppdesk.domain.entries import SYSTEM_USER, Actor, Entry, Subject
from mppdesk.domain.errors import ClerkError
from mppdesk.domain.facts import PersonForgotten
from tests.simulation.building import Building

_MEAN = 2.0
_LEADER = Actor(SYSTEM_USER, "cli")
_keys = local_data_keys.c
_known = Statement(select(_keys.subject_type, _keys.subject_id, _keys.key_id).order_by(_keys.key_id))


class Forgetting:
    """Somebody in charge runs `mppdesk person forget` at a computer that holds itself for the hub.

    `lost` gets the ids of the keys, which nobody needs to have any more.
    """

    def __init__(self, building: Building, chance: random.Random, lost: set[str], count: Callable[[str], None]) -> None:
        self._building = building
        self._chance = chance
        self._lost = lost
        self._count = count
        self.kinds = ((self._forget_somebody, _MEAN),)

    def _forget_somebody(self) -> None:
        hubs = self._building.deciding
        if not hubs:
            return
        hub = self._chance.choice(hubs)
        with hub.home.database.reading() as store:
            known = [(Subject(row[0], row[1]), row[2]) for row in store.all(_known)]
        if not known:
            return
        subject, _ = self._chance.choice(known)
        self._lost |= {key_id for of, key_id in known if of == subject}
        self._count("person forgotten")

        def act() -> None:
            with suppress(ClerkError):  # a full disk; the person asks again another day
                forget(hub.home, _LEADER, (subject,))

        hub.machine.guarded(act)


def keys_destroyed(entries: Iterable[Entry]) -> set[str]:
    """The ids of the keys that a journal says nobody may have."""
    return {entry.fact.key_id for entry in entries if isinstance(entry.fact, PersonForgotten)}


@contextmanager
def notes_in_memory() -> Iterator[None]:
    """Keep the notes of destroyed keys, which lie beside each database, here instead of in files."""
    notes: dict[Path, frozenset[str]] = {}

    def note(home: Path, key_ids: Iterable[str]) -> None:
        notes[home] = frozenset(key_ids)

    def noted(home: Path) -> frozenset[str]:
        return notes.get(home, frozenset())

    with mock.patch.object(forgotten, "noted", noted), mock.patch.object(forgotten, "_note", note):
        yield
