"""Data keys on their way between stores: beside the journal, only to those who may read (DESIGN 10)."""

import re
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

import msgspec

from mppdesk.db.privacy.key_days import SUM_BYTES
from mppdesk.db.privacy.sealing import KEY_BYTES
from mppdesk.domain.entries import Entry

_LONGEST_NAME = 128
_ID = re.compile(r"[0-9a-f]{32}")
Agencies = frozenset[str] | None
"""The agencies whose keys somebody may have, None for all."""


class KeyParcel(msgspec.Struct, frozen=True):
    """The key of a visit or submission, for the stations of one agency."""

    key_id: str
    agency: str
    subject_type: str
    subject_id: str
    key: bytes


class KeyDay(msgspec.Struct, frozen=True, order=True):
    """The keys that were made for one agency on one day since 1970 (UTC), by the time in their ids."""

    agency: str
    day: int


class KeyDigest(msgspec.Struct, frozen=True):
    """What is there of a day's keys: the sum modulo 2^128 of SHA-256 of their ids, in 16 bytes."""

    of: KeyDay
    digest: bytes


class Proof(StrEnum):
    """What is known of a key: right, wrong, or that what it opens has not come yet."""

    RIGHT = "right"
    WRONG = "wrong"
    NOT_YET = "not_yet"


@dataclass(frozen=True, slots=True)
class KeysTaken:
    """How many keys were new, and whether one came that is not what its id says."""

    new: int
    has_wrong: bool


class KeyShelf(Protocol):
    """Where a store keeps the data keys of a site, in the caller's transaction."""

    def lock(self) -> None:
        """Keep everybody else from adding and destroying until the transaction ends."""

    def sums(self, from_day: int) -> Mapping[KeyDay, int]:
        """The sum modulo 2^128 of the weights of the keys of each day since one; days without keys are left out."""

    def ids_of(self, of: KeyDay) -> Iterable[str]:
        """The ids of a day's keys, in their order."""

    def find(self, key_ids: Sequence[str]) -> Iterable[KeyParcel]:
        """Those of some keys that are here."""

    def known(self, key_ids: Sequence[str]) -> Container[str]:
        """Those of some ids whose keys are here, or were destroyed here, so that they must never come back."""

    def proof(self, parcel: KeyParcel) -> Proof:
        """Judge a key whose parcel is sound."""

    def add(self, parcels: Sequence[KeyParcel]) -> None:
        """Keep keys that are not known, and derive what is searched from what they open."""

    def learn(self, entries: Iterable[Entry]) -> None:
        """Derive what is searched from entries that came, as far as their keys are here."""

    def destroy(self, key_ids: Iterable[str], now_ms: int) -> None:
        """Delete keys and whatever is derived from what they guard, and remember that they must stay deleted."""


def digests(shelf: KeyShelf, from_day: int, agencies: Agencies) -> tuple[KeyDigest, ...]:
    """Summarise the keys made since a day; only those of `agencies`."""
    sums = sorted(shelf.sums(from_day).items())
    return tuple(
        KeyDigest(of, total.to_bytes(SUM_BYTES)) for of, total in sums if agencies is None or of.agency in agencies
    )


def ids_of(shelf: KeyShelf, days: Iterable[KeyDay]) -> tuple[str, ...]:
    """The ids of some days' keys; they are no secret, every sealed field names its own."""
    return tuple(key_id for each in days for key_id in shelf.ids_of(each))


def by_ids(shelf: KeyShelf, key_ids: Iterable[str], agencies: Agencies) -> tuple[KeyParcel, ...]:
    """The keys of some ids that are here; only those of `agencies`."""
    parcels = shelf.find([each for each in key_ids if is_key_id(each)])
    return tuple(parcel for parcel in parcels if agencies is None or parcel.agency in agencies)


def missing(shelf: KeyShelf, key_ids: Iterable[str]) -> tuple[str, ...]:
    """Those of some ids whose keys are neither here nor forgotten."""
    asked = tuple(key_ids)
    known = shelf.known(asked)
    return tuple(each for each in asked if each not in known)


def take(shelf: KeyShelf, parcels: Iterable[KeyParcel]) -> KeysTaken:
    """Keep keys that are not here yet and proved to be the right ones; forgotten ones never."""
    shelf.lock()
    proofs = [(each, shelf.proof(each) if _is_sound(each) else Proof.WRONG) for each in parcels]
    right = {parcel.key_id: parcel for parcel, proof in proofs if proof is Proof.RIGHT}
    known = shelf.known(tuple(right))
    new = [parcel for key_id, parcel in right.items() if key_id not in known]
    shelf.add(new)
    return KeysTaken(len(new), any(proof is Proof.WRONG for _, proof in proofs))


def is_key_id(text: str) -> bool:
    """Whether a text that came from outside can be the id of a key."""
    return _ID.fullmatch(text) is not None


def _is_sound(parcel: KeyParcel) -> bool:
    names = (parcel.agency, parcel.subject_type, parcel.subject_id)
    if not is_key_id(parcel.key_id) or len(parcel.key) != KEY_BYTES:
        return False
    return all(name.isprintable() and len(name) <= _LONGEST_NAME for name in names)
