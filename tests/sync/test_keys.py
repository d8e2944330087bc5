"""Data keys beside the journal: both sides have them afterwards, nobody more than he may read, and none comes back."""

from collections import defaultdict
from collections.abc import Generator
from contextlib import AbstractContextManager
from dataclasses import replace
from typing import Any

import pytest
import sqlcipher3.dbapi2 as driver
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateTable

from mppdesk.db.privacy.key_days import day_of_key, weight
from mppdesk.db.privacy.key_ids import proving_id
from mppdesk.db.privacy.private_tables import local_data_keys, local_forgotten_keys, local_key_days
from mppdesk.db.privacy.sealing import KEY_BYTES, DataKeys
from mppdesk.db.replication import key_parcels
from mppdesk.db.replication.key_parcels import Agencies, KeyDay, KeyParcel
from mppdesk.db.replication.replica_store import ReplicaStore
from mppdesk.db.replication.sync_tables import local_arrival_heads, local_sync_troubles
from mppdesk.db.sql import Store
from mppdesk.db.tables import journal_entries
from mppdesk.domain.station import Station
from mppdesk.sync import keys
from mppdesk.sync.keys import (
    KeyAnswerer,
    KeyReply,
    KeyRequest,
    KeyRights,
    KeysHello,
    KeysPush,
    exchange_keys,
    rights_of,
)
from mppdesk.sync.protocol import pack, unpack
from tests.sync.replicas import NOW_MS, everybody

SITE = "5" * 32
DAY_MS = 86_400_000
TODAY = 20_780
AGENCIES = ("DUKA", "POLI", "PAJA")


def parcel(number: int, agency: str, days_ago: int = 0) -> KeyParcel:
    made = f"{(TODAY - days_ago) * DAY_MS + number:012x}"
    key, subject = number.to_bytes(KEY_BYTES), ("visit", f"{number:032x}")
    return KeyParcel(proving_id(made, key, agency, subject), agency, *subject, key)


POOL = tuple(parcel(number, AGENCIES[number % 3], number % 4) for number in range(1, 25))
SETS = st.frozensets(st.sampled_from(POOL))
ALLOWED = st.one_of(st.none(), st.frozensets(st.sampled_from(AGENCIES)))


_TABLES = (
    local_data_keys, local_forgotten_keys, local_key_days, local_arrival_heads, local_sync_troubles, journal_entries
)  # fmt: skip


class KeyDatabase:
    """In memory, the tables that keys need."""

    duplicate: type[Exception] = driver.IntegrityError

    def __init__(self) -> None:
        self._store = Store(driver.connect(":memory:", isolation_level=None), "sqlite")
        for table in _TABLES:
            self._store.connection.execute(str(CreateTable(table).compile(dialect=sqlite.dialect())))

    def writing(self) -> AbstractContextManager[Store]:
        return self._store.writing()

    def reading(self) -> AbstractContextManager[Store]:
        return self._store.writing()

    def outside(self) -> AbstractContextManager[Store]:
        return self._store.writing()


def store_of(parcels: frozenset[KeyParcel], forgotten: frozenset[KeyParcel] = frozenset()) -> ReplicaStore:
    here = ReplicaStore(KeyDatabase(), SITE, everybody, lambda: NOW_MS)
    with here.database.writing() as store:
        for each in forgotten:
            DataKeys(store).destroy(each.key_id, 1)
    here.take_keys(tuple(parcels))
    return here


def held(here: ReplicaStore) -> frozenset[KeyParcel]:
    with here.database.reading() as store:
        return frozenset(key_parcels.by_ids(here.shelf(store), [each.key_id for each in POOL], None))


def meet(asker: ReplicaStore, answerer: ReplicaStore, allowed: Agencies = None, from_day: int = 0) -> tuple[int, int]:
    """Run one exchange over messages that are packed and read again."""
    return meet_with(asker, KeyAnswerer(answerer), allowed, from_day)


def meet_with(
    asker: ReplicaStore, answering: KeyAnswerer, allowed: Agencies = None, from_day: int = 0
) -> tuple[int, int]:
    """Run one exchange with whoever answers."""
    asking: Generator[KeyRequest, KeyReply, tuple[int, int]] = exchange_keys(asker, from_day)
    try:
        request = next(asking)
        while True:
            request = asking.send(answer(answering, unpack(pack(request), type(request)), allowed))
    except StopIteration as ended:
        done: tuple[int, int] = ended.value
        return done


def answer(answering: KeyAnswerer, request: KeyRequest, allowed: Agencies) -> KeyReply:
    rights = KeyRights("d" * 32, allowed)
    return answering.hello(request, rights) if isinstance(request, KeysHello) else answering.push(request, rights)


@given(mine=SETS, theirs=SETS)
def test_two_that_may_read_all_have_all(mine: frozenset[KeyParcel], theirs: frozenset[KeyParcel]) -> None:
    here, there = store_of(mine), store_of(theirs)

    assert meet(here, there) == (len(mine - theirs), len(theirs - mine))
    assert held(here) == held(there) == mine | theirs
    assert meet(here, there) == (0, 0)


@given(mine=SETS, theirs=SETS, allowed=ALLOWED)
def test_nobody_gets_more_than_he_may_read(
    mine: frozenset[KeyParcel], theirs: frozenset[KeyParcel], allowed: Agencies
) -> None:
    here, there = store_of(mine), store_of(theirs)
    meet(here, there, allowed)

    readable = {each for each in theirs if allowed is None or each.agency in allowed}
    assert held(here) == mine | readable
    assert held(there) == mine | theirs


@given(mine=SETS, theirs=SETS, gone_here=SETS, gone_there=SETS)
def test_a_forgotten_key_never_comes_back(
    mine: frozenset[KeyParcel],
    theirs: frozenset[KeyParcel],
    gone_here: frozenset[KeyParcel],
    gone_there: frozenset[KeyParcel],
) -> None:
    here, there = store_of(mine, gone_here), store_of(theirs, gone_there)
    for _ in range(2):
        meet(here, there)
        meet(there, here)

    whole = (mine - gone_here) | (theirs - gone_there)
    assert held(here) == whole - gone_here
    assert held(there) == whole - gone_there


@given(taken=SETS, gone=SETS)
def test_the_sums_are_those_of_the_keys_that_are_here(taken: frozenset[KeyParcel], gone: frozenset[KeyParcel]) -> None:
    here = store_of(taken)
    with here.database.writing() as store:
        for each in gone:
            DataKeys(store).destroy(each.key_id, 1)
    totals: dict[KeyDay, int] = defaultdict(int)
    for each in held(here):
        totals[KeyDay(each.agency, day_of_key(each.key_id))] += weight(each.key_id)

    with here.database.reading() as store:
        assert here.shelf(store).sums(0) == {day: total % 2**128 for day, total in totals.items()}


@given(mine=SETS, theirs=SETS, steps=st.integers(0, 3))
def test_an_exchange_that_was_cut_goes_on_the_next_time(
    mine: frozenset[KeyParcel], theirs: frozenset[KeyParcel], steps: int
) -> None:
    here, there = store_of(mine), store_of(theirs)
    cut, answering = exchange_keys(here), KeyAnswerer(there)
    request: Any = next(cut)
    for _ in range(steps):
        try:
            request = cut.send(answer(answering, request, None))
        except StopIteration:
            break
    cut.close()
    meet(here, there)

    assert held(here) == held(there) == mine | theirs


@pytest.mark.parametrize(("ids", "parcels"), [(2, 1), (1, 3)])
def test_many_keys_take_many_messages(monkeypatch: pytest.MonkeyPatch, ids: int, parcels: int) -> None:
    monkeypatch.setattr(keys, "_MOST_IDS", ids)
    monkeypatch.setattr(keys, "_MOST_PARCELS", parcels)
    here, there = store_of(frozenset(POOL[:10])), store_of(frozenset(POOL[8:]))

    assert meet(here, there) == (8, 14)
    assert held(here) == held(there) == frozenset(POOL)


def test_older_days_are_left_alone_when_only_the_newest_are_compared() -> None:
    here, there = store_of(frozenset()), store_of(frozenset(POOL))
    meet(here, there, from_day=TODAY)

    assert held(here) == {each for each in POOL if day_of_key(each.key_id) == TODAY}


@given(
    key_id=st.text(max_size=40), agency=st.text(max_size=200), subject=st.text(max_size=200), key=st.binary(max_size=40)
)
def test_a_broken_parcel_is_left_out_and_breaks_nothing(key_id: str, agency: str, subject: str, key: bytes) -> None:
    here = store_of(frozenset())
    with here.database.writing() as store:
        key_parcels.take(here.shelf(store), [KeyParcel(key_id, agency, subject, subject, key), POOL[0]])

    assert held(here) == {POOL[0]}
    assert meet(here, store_of(frozenset())) == (1, 0)


def station(role: str, *agencies: str, **more: bool) -> Station:
    return Station("d", b"", "label", role, agencies, 2, "", 0, **more)


def test_kiosk_and_board_may_have_none_a_counter_those_of_its_agencies() -> None:
    for hall in (station("kiosk"), station("board", "DUKA")):
        assert rights_of(hall) == KeyRights("d", frozenset(), may_bring=False)
    assert rights_of(station("counter", "DUKA")) == KeyRights("d", frozenset({"DUKA"}))
    assert rights_of(station("counter")) == rights_of(station("hub")) == KeyRights("d")


def test_a_revoked_station_has_none_and_brings_what_it_wrote_once_that_is_admitted() -> None:
    revoked = station("counter", is_revoked=True, are_facts_admitted=False)
    assert rights_of(revoked) == KeyRights("d", frozenset(), may_bring=False)
    assert rights_of(replace(revoked, are_facts_admitted=True)) == KeyRights("d", frozenset())
    assert not rights_of(station("kiosk", is_revoked=True)).may_bring


def test_who_may_bring_none_is_given_what_it_may_have() -> None:
    here = store_of(frozenset(POOL[:2]))
    given = KeyAnswerer(here).push(KeysPush(SITE, POOL[2:], (POOL[0].key_id,)), KeyRights("d", may_bring=False))
    assert given.parcels == (POOL[0],)
    assert held(here) == frozenset(POOL[:2])
