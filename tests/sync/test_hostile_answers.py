"""An asker believes nothing of an answer: whatever the other side says, the exchange ends and this store stands."""

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mppdesk.db.journal.logs import Head
from mppdesk.db.replication.replica_store import ReplicaStore
from mppdesk.db.replication.segments import Segment
from mppdesk.sync.exchange import Exchanged, Reply, exchange
from mppdesk.sync.protocol import Hello, HelloAnswer, PushAnswer, Result, Want
from tests.sync.hostile import EDGES, MOST_INT64, MOST_UINT64, NASTY, HostileLog, log_id_of, stranger
from tests.sync.replicas import digests, empty_replica, heads

SITE = "5" * 32
MOST_ROUNDS = 30
LOG_IDS = st.sampled_from((*NASTY, "z" * 32, "F" * 32, "-" + "1" * 31, log_id_of(1), log_id_of(2)))
NUMBERS = st.sampled_from((*EDGES, MOST_UINT64))
PLACES = st.sampled_from((0, 1, 2, 3, MOST_INT64))
PIECES = st.lists(st.binary(max_size=40), max_size=2).map(tuple)
TEXTS = st.sampled_from((*NASTY, "stored", "need", "fork", "held", "refused"))
HEADS = st.builds(Head, LOG_IDS, NUMBERS, st.binary(max_size=40))
SEGMENTS = st.builds(Segment, LOG_IDS, NUMBERS, st.binary(max_size=40), PIECES, st.binary(max_size=70))
HELLOS = st.builds(
    HelloAnswer,
    TEXTS,
    NUMBERS,
    st.booleans(),
    st.lists(NUMBERS, max_size=3).map(tuple),
    st.lists(HEADS, max_size=4).map(tuple),
)
PUSHES = st.builds(
    PushAnswer,
    NUMBERS,
    st.lists(st.builds(Result, LOG_IDS, TEXTS, PLACES, TEXTS), max_size=4).map(tuple),
    st.lists(SEGMENTS, max_size=3).map(tuple),
)


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ReplicaStore]:
    with empty_replica(tmp_path_factory.mktemp("asker") / "store.db", SITE) as store:
        store.take(HostileLog(SITE, stranger(), log_id_of(1)).segment())
        yield store


@settings(max_examples=60, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_answers_of_any_content_end_the_exchange(here: ReplicaStore, data: st.DataObject) -> None:
    before = heads(here)

    assert isinstance(_asked(here, data), Exchanged)

    assert heads(here) == before
    assert digests(here)[0] == digests(here)[1]


def _asked(here: ReplicaStore, data: st.DataObject) -> Exchanged | None:
    asking = exchange(here)
    request = next(asking)
    for _ in range(MOST_ROUNDS):
        try:
            answer: Reply = data.draw(HELLOS) if isinstance(request, Hello) else data.draw(PUSHES)
            request = asking.send(answer)
        except StopIteration as ended:
            done: Exchanged = ended.value
            return done
        assert not any(isinstance(want, Want) and want.after < 0 for want in getattr(request, "wants", ()))
    return None
