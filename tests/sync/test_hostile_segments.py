"""Hostile segments stop their own log and no other; what only the future can read is kept to the byte."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from mppdesk.db.replication import held, troubles
from mppdesk.db.replication.replica import Outcome
from mppdesk.db.replication.replica_store import ReplicaStore
from mppdesk.db.replication.segments import Segment
from mppdesk.domain.entitlement import Rank
from mppdesk.domain.entries import Actor, Subject, SubjectType
from mppdesk.domain.facts import LogClosed
from tests.fakes.running_hub import signer_of
from tests.sync.hostile import MOST_INT64, MOST_UINT64, HostileLog, log_id_of, stranger
from tests.sync.replicas import NOW_MS, empty_replica, heads, meet

SITE = "5" * 32
Spoil = Callable[[HostileLog], Segment]


def sound_log(number: int = 1, site_id: str = SITE) -> HostileLog:
    log = HostileLog(site_id, stranger(), log_id_of(number))
    for _ in range(4):
        log.add(LogClosed(), Subject(SubjectType.LOG, log.log_id))
    return log


def _with(**more: Any) -> Spoil:
    """A second entry with something else in its envelope than an honest program writes."""

    def spoil(log: HostileLog) -> Segment:
        log.raws[1:] = []
        log.add(LogClosed(), Subject(SubjectType.LOG, log.log_id), **more)
        return log.segment()

    return spoil


def _huge_entry(log: HostileLog) -> Segment:
    return log.segment(entries=(*log.raws, b"\xc1" * (64 * 1024 + 1)))


def _body_of_rubbish(log: HostileLog) -> Segment:
    return log.segment(entries=(log.raws[0], b"\xc1rubbish"))


def _too_many(log: HostileLog) -> Segment:
    return log.segment(entries=tuple(log.raws) * 200)


REFUSED: dict[str, Spoil] = {
    "signature of another": lambda log: log.segment(signature=signer_of(9).sign(b"x")),
    "signature of no length": lambda log: log.segment(signature=b""),
    "signature too long": lambda log: log.segment(signature=b"\0" * 5000),
    "no entries": lambda log: log.segment(entries=()),
    "another log's name": lambda log: log.segment(log_id=log_id_of(99)),
    "no log id": lambda log: log.segment(log_id="\0"),
    "number 0": lambda log: log.segment(first_seq=0),
    "number below 0": lambda log: log.segment(first_seq=-MOST_INT64),
    "number of 64 bits": lambda log: log.segment(first_seq=MOST_UINT64),
    "hash before too short": lambda log: log.segment(prev_hash=b"x"),
    "begins in the middle": lambda log: log.segment(2, first_seq=1),
    "entries reversed": lambda log: log.segment(entries=tuple(reversed(log.raws))),
    "an entry left out": lambda log: log.segment(entries=(log.raws[0], *log.raws[2:])),
    "an entry twice": lambda log: log.segment(entries=(log.raws[0], log.raws[0])),
    "an entry cut off": lambda log: log.segment(entries=(log.raws[0], log.raws[1][:-1])),
    "an entry with more after it": lambda log: log.segment(entries=(log.raws[0], log.raws[1] + b"\0")),
    "an entry too large": _huge_entry,
    "too many entries": _too_many,
    "rubbish": _body_of_rubbish,
    "another site": _with(site_id="6" * 32),
    "a number of its own": _with(seq=7),
    "another log inside": _with(log_id=log_id_of(3)),
    "another chain": _with(prev_hash=b"y" * 32),
    "a last step": _with(step=MOST_INT64),
    "a step of 64 bits": _with(step=MOST_UINT64),
    "a clock of 64 bits": _with(hlc=MOST_UINT64),
    "a wall of 64 bits": _with(wall_ms=MOST_UINT64),
    "an actor with NUL": _with(actor=Actor("a\0b", "desktop")),
    "a subject with NUL": _with(subject=Subject("visit", "a\0b")),
    "an entry id with NUL": _with(entry_id="a\0b"),
    "a kind with NUL": _with(kind="Log\0Closed"),
    "a very long name": _with(actor=Actor("x" * 5000, "desktop")),
}
KEPT: dict[str, Spoil] = {
    "an unknown kind": _with(kind="SomethingOfTheFuture"),
    "a future version": _with(version=2**31),
    "an unknown field": _with(kind="LogClosed", fact={"reason": "future", "more": [1, {"a": None}]}),
    "a body of another type": _with(kind="LogClosed", fact=[1, 2, 3]),
    "a number too large in the body": _with(kind="CallShown", fact={"call": MOST_UINT64}),
    "a clock far ahead": _with(hlc=MOST_INT64),
    "a wall far back": _with(wall_ms=-MOST_INT64),
    "an odd name": _with(actor=Actor("Mélàti ✓ \u4e2d", "desktop")),
}


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ReplicaStore]:
    """One store for all cases, each with logs of its own."""
    with empty_replica(tmp_path_factory.mktemp("hostile") / "store.db", SITE) as opened:
        yield opened


def number_of(name: str) -> int:
    return 1000 + 10 * [*REFUSED, *KEPT].index(name)


@pytest.mark.parametrize("name", REFUSED)
def test_a_wrong_segment_is_refused_whole_and_noted(store: ReplicaStore, name: str) -> None:
    log = sound_log(number_of(name))
    before = heads(store)

    taken = store.take(REFUSED[name](log))

    assert taken.outcome is Outcome.REFUSED, taken
    assert heads(store) == before
    with store.database.reading() as reading:
        assert (taken.log_id, taken.reason) in {(each.log_id, each.reason) for each in troubles.all_of(reading, SITE)}
    assert store.take(sound_log(number_of(name) + 1).segment()).outcome is Outcome.STORED


@pytest.mark.parametrize("name", KEPT)
def test_what_the_future_may_write_is_kept_to_the_byte(store: ReplicaStore, name: str) -> None:
    segment = KEPT[name](sound_log(number_of(name)))

    assert store.take(segment).outcome is Outcome.STORED
    cut = store.cut(segment.log_id, 0)
    assert cut == segment


def test_a_gap_is_asked_for(store: ReplicaStore) -> None:
    log = sound_log(60)
    assert store.take(log.segment(3)).outcome is Outcome.NEED
    store.take(log.segment(1, 2))
    assert store.take(log.segment(4)).outcome is Outcome.NEED
    assert store.take(log.segment(2)).outcome is Outcome.STORED


def test_an_entry_id_used_in_another_log_stops_the_second_alone(store: ReplicaStore) -> None:
    store.take(sound_log(61).segment())
    twice = _with(entry_id=f"{log_id_of(61)[-16:]}{2:016x}")(sound_log(62))

    assert store.take(twice).reason == "entry_id_twice"
    assert store.take(sound_log(63).segment()).outcome is Outcome.STORED


def test_another_entry_at_the_same_number_is_a_fork_noted_on_both_sides(store: ReplicaStore, tmp_path: Path) -> None:
    """Two machines went on from one copy: each keeps its own, both raise the alarm, other logs go on."""
    one, two = sound_log(50), sound_log(50)
    one.add(LogClosed(), Subject(SubjectType.LOG, one.log_id))
    two.add(LogClosed(), Subject(SubjectType.LOG, two.log_id), hlc=1)
    two.add(LogClosed(), Subject(SubjectType.LOG, two.log_id))
    with empty_replica(tmp_path / "other.db", SITE) as other:
        store.take(one.segment())
        other.take(two.segment())
        other.take(sound_log(51).segment())

        done = meet(other, store)

        assert list(done.stopped) == [one.log_id]
        assert [head for head in heads(store) if head.log_id == one.log_id] == [one.segment().heads()[-1]]
        assert log_id_of(51) in {head.log_id for head in heads(store)}
        for side in (store, other):
            with side.database.reading() as reading:
                assert one.log_id in {each.log_id for each in troubles.all_of(reading, SITE)}


@pytest.mark.parametrize("order", [(2, 5), (5, 2), (5, 5), (2, 5, 2)])
def test_what_waits_is_kept_as_long_as_it_ever_came_and_says_since_when(tmp_path: Path, order: tuple[int, ...]) -> None:
    """A peer that heard of the revocation late has only the beginning of a log, and brings that again and again."""
    logs = [sound_log() for _ in order]
    for log, length in zip(logs, order, strict=True):
        log.raws[length:] = []
    with empty_replica(tmp_path / "here.db", SITE) as here, here.database.writing() as store:
        for minute, log in enumerate(logs):
            assert held.keep(store, SITE, stranger().device_id, log.segment(), NOW_MS + minute * 60_000)
        (kept,) = held.of_device(store, SITE, stranger().device_id)
        assert len(kept.entries) == max(order)
        assert held.devices(store, SITE) == (held.HeldDevice(stranger().device_id, 1, NOW_MS),)


def test_a_held_device_is_taken_whole_once_it_is_admitted(tmp_path: Path) -> None:
    admitted: set[str] = set()
    log = sound_log()
    with empty_replica(
        tmp_path / "store.db", SITE, lambda: lambda device_id, public_key: Rank.HUB if device_id in admitted else None
    ) as store:
        for first in (1, 3):
            assert store.take(log.segment(first, first + 1)).outcome is not Outcome.STORED
        assert store.take(log.segment()).outcome is Outcome.HELD
        with store.database.reading() as reading:
            assert [each.device_id for each in held.devices(reading, SITE)] == [stranger().device_id]
        assert heads(store) == ()

        admitted.add(stranger().device_id)
        store.admit(stranger().device_id)

        assert heads(store) == (log.segment().heads()[-1],)
        with store.database.reading() as reading:
            assert held.devices(reading, SITE) == ()
