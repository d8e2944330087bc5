"""The stations of the building: who may command, whose logs are taken, and the one-time codes that make a new one."""

import hashlib
import hmac
import json
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from threading import Lock
from typing import Protocol

from sqlalchemy import bindparam, delete, insert, select, update

from mppdesk.db.journal.logs import Journal
from mppdesk.db.replication.replica import Admits
from mppdesk.db.replication.sync_tables import local_enrolment_codes
from mppdesk.db.sql import Row, Statement, Store
from mppdesk.db.tables import view_stations
from mppdesk.domain.entitlement import Rank, rank_of_role
from mppdesk.domain.entries import Subject, SubjectType
from mppdesk.domain.facts import HubTakenOver
from mppdesk.domain.station import Station

CODE_DIGITS = 6
_ID_DIGITS = 32
CODE_LIFE_MS = 15 * 60_000
# A six-digit code bears few guesses: after these all open codes are void and the supervisor makes a new one.
MOST_WRONG_CODES = 10

_stations = view_stations.c
_codes = local_enrolment_codes.c
_COLUMNS = (
    _stations.device_id, _stations.public_key, _stations.label, _stations.role, _stations.agencies,
    _stations.issuer_no, _stations.token_hash, _stations.enrolled_ms, _stations.is_revoked,
    _stations.are_facts_admitted, _stations.hub_term,
)  # fmt: skip
_all = Statement(select(*_COLUMNS).where(_stations.site_id == bindparam("site_id")).order_by(_stations.issuer_no))
_by_token = Statement(select(_stations.site_id, *_COLUMNS).where(_stations.token_hash == bindparam("token_hash")))
_add_code = Statement(insert(local_enrolment_codes))
_code = Statement(
    select(_codes.role, _codes.label, _codes.agencies, _codes.expires_ms, _codes.device_id).where(
        _codes.code_hash == bindparam("code_hash")
    )
)
_use_code = Statement(
    update(local_enrolment_codes).where(_codes.code_hash == bindparam("of_code")).values(device_id=bindparam("by"))
)
_drop_unused = Statement(delete(local_enrolment_codes).where(_codes.device_id.is_(None)))
_drop_old = Statement(delete(local_enrolment_codes).where(_codes.expires_ms < bindparam("before")))


class Readable(Protocol):
    def reading(self) -> AbstractContextManager[Store]: ...


@dataclass(frozen=True, slots=True)
class EnrolmentCode:
    """What a code allows: the place of one new station; `device_id` is the station that used it."""

    role: str
    label: str
    agencies: tuple[str, ...]
    expires_ms: int
    device_id: str | None


class StationBook:
    """The stations by token and by device, read again when `forget` says that they changed; for any thread."""

    def __init__(self, database: Readable, site_id: str, root: tuple[str, bytes] | None = None) -> None:
        """`root` is the device whose logs are believed before any station is known: the hub that set the site up.

        A centre may know only one that took over: then also the root that its takeover names (docs/sync.md).
        """
        self._database = database
        self._site_id = site_id
        self.root = root
        self._lock = Lock()
        self._book: _Book | None = None

    def forget(self) -> None:
        """Read the stations again at the next question."""
        with self._lock:
            self._book = None

    def all(self) -> tuple[Station, ...]:
        """List the stations by their issuer numbers, as of the last commit: the same tuple until they change."""
        return self._known().stations

    def by_token(self, token: str) -> Station | None:
        """The station that holds a bearer token; revoked ones too."""
        return self._known().by_token.get(token_hash(token))

    def by_device(self, device_id: str) -> Station | None:
        return next((each for each in self.all() if each.device_id == device_id), None)

    def admits(self) -> Admits:
        """Whose logs are taken now, with the rank of their place; the root leads before any enrolment says so."""
        admitted = self._known().admitted
        return lambda device_id, public_key: admitted.get((device_id, public_key))

    def _known(self) -> "_Book":
        with self._lock:
            if self._book is None:
                with self._database.reading() as store:
                    stations = tuple(map(_station, store.all(_all, site_id=self._site_id)))
                    roots = _roots(Journal(store, self._site_id), self.root)
                by_token = {station.token_hash: station for station in stations}
                self._book = _Book(stations, by_token, _admitted(stations, roots))
            return self._book


@dataclass(frozen=True, slots=True)
class _Book:
    stations: tuple[Station, ...]
    by_token: dict[str, Station]
    admitted: dict[tuple[str, bytes], Rank]


def _admitted(stations: Iterable[Station], roots: Iterable[tuple[str, bytes]]) -> dict[tuple[str, bytes], Rank]:
    ranks = {
        (station.device_id, station.public_key): rank_of_role(station.role)
        for station in stations
        if station.are_facts_admitted
    }
    return ranks | dict.fromkeys(roots, Rank.HUB)


def _roots(journal: Journal, root: tuple[str, bytes] | None) -> frozenset[tuple[str, bytes]]:
    """The root that is known, and those that its takeovers name, one after the other."""
    found: set[tuple[str, bytes]] = set()
    waiting = {root} if root is not None else set()
    while waiting:
        found |= waiting
        takeovers = (
            entry.fact
            for device_id, _ in waiting
            for entry in journal.entries_of(Subject(SubjectType.STATION, device_id))
            if isinstance(entry.fact, HubTakenOver)
        )
        waiting = {(fact.root_device, fact.root_key) for fact in takeovers if fact.root_device} - found
    return frozenset(found)


def station_anywhere(store: Store, token: str) -> tuple[str, Station] | None:
    """The station that holds a bearer token, with its site, in a store of many sites; revoked ones too."""
    row = store.one(_by_token, token_hash=token_hash(token))
    return (str(row[0]), _station(row[1:])) if row else None


def token_hash(token: str) -> str:
    """SHA-256 in hex; enough for a token of 256 random bits, which nobody can guess."""
    return hashlib.sha256(token.encode()).hexdigest()


class EnrolmentCodes:
    """The one-time codes of this hub, kept as keyed hashes: six digits alone could be tried out."""

    def __init__(self, store: Store, key: bytes) -> None:
        self._store = store
        self._key = key

    def make(self, random_below: Callable[[int], int], code: EnrolmentCode, now_ms: int) -> str:
        """Make a code of six digits; `random_below` gives a random number below its argument."""
        self._store.run(_drop_old, before=now_ms - CODE_LIFE_MS)
        while self._store.one(_code, code_hash=self._hash(text := f"{random_below(10**CODE_DIGITS):06d}")):
            pass
        self._store.run(
            _add_code,
            code_hash=self._hash(text),
            role=code.role,
            label=code.label,
            agencies=json.dumps(code.agencies),
            expires_ms=code.expires_ms,
            device_id=None,
        )
        return text

    def find(self, text: str) -> EnrolmentCode | None:
        row = self._store.one(_code, code_hash=self._hash(text))
        return EnrolmentCode(row[0], row[1], tuple(json.loads(row[2])), row[3], row[4]) if row else None

    def use(self, text: str, device_id: str) -> None:
        self._store.run(_use_code, of_code=self._hash(text), by=device_id)

    def void_all(self) -> None:
        """Make every code worthless that nobody used yet."""
        self._store.run(_drop_unused)

    def invitation(self, text: str) -> str:
        """The id under which the journal knows who made a code; it tells nothing of the code."""
        return self._hash(text)[:_ID_DIGITS]

    def token(self, text: str, device_id: str) -> str:
        """The bearer token that a code gives a device: the same again when its answer got lost."""
        return _token(self._key, text, device_id)

    def _hash(self, text: str) -> str:
        return hmac.new(self._key, f"code/{text}".encode(), hashlib.sha256).hexdigest()


def own_token(key: bytes, device_id: str) -> str:
    """The token of the hub's own verbs, which whoever may read the folder's secrets can make."""
    return _token(key, "hub", device_id)


def _token(key: bytes, text: str, device_id: str) -> str:
    return hmac.new(key, f"token/{text}/{device_id}".encode(), hashlib.sha256).hexdigest()


def _station(row: Row) -> Station:
    return Station(
        device_id=row[0],
        public_key=bytes(row[1]),
        label=row[2],
        role=row[3],
        agencies=tuple(json.loads(row[4])),
        issuer_no=row[5],
        token_hash=row[6],
        enrolled_ms=row[7],
        is_revoked=bool(row[8]),
        are_facts_admitted=bool(row[9]),
        hub_term=row[10],
    )
