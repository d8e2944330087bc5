"""Segments in any cut, in any order, any number of times, give the same store."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mppdesk.db.journal.logs import Head
from mppdesk.db.replication.replica import Outcome
from mppdesk.db.replication.replica_store import ReplicaStore
from mppdesk.db.replication.segments import Segment
from mppdesk.db.replication.signing import Signer
from tests.db.test_journal import busy_morning
from tests.fakes.office import open_office
from tests.sync.hostile import segment_of
from tests.sync.replicas import digests, empty_replica, heads, replica_of


@dataclass(frozen=True)
class Morning:
    """The logs of an office after a busy morning, as bytes in their order, and what its store has then."""

    site_id: str
    signer: Signer
    logs: dict[str, tuple[bytes, ...]]
    heads: tuple[Head, ...]
    digest: str

    def segment(self, log_id: str, first: int, last: int) -> Segment:
        raws = self.logs[log_id]
        before = Segment(log_id, 1, b"", raws[: first - 1], b"").heads()[-1].hash if first > 1 else bytes(32)
        return segment_of(self.site_id, log_id, first, raws[first - 1 : last], self.signer, before)


@pytest.fixture(scope="module")
def morning(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Morning]:
    with open_office(tmp_path_factory.mktemp("office") / "home") as office:
        busy_morning(office, 11)
        hub, home = replica_of(office), office.home
        signer = Signer(home.setting("device_id") or "", home.secrets.device)
        logs: dict[str, tuple[bytes, ...]] = {}
        for head in heads(hub):
            while len(logs.get(head.log_id, ())) < head.seq:
                cut = hub.cut(head.log_id, len(logs.get(head.log_id, ())))
                assert cut is not None
                logs[head.log_id] = (*logs.get(head.log_id, ()), *cut.entries)
        yield Morning(home.site_id, signer, logs, heads(hub), digests(hub)[0])


@settings(max_examples=8, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_any_cut_order_and_repetition_give_the_same_store(morning: Morning, data: st.DataObject) -> None:
    pieces = [piece for log_id in morning.logs for piece in _cuts(morning, log_id, data)]
    arriving = data.draw(st.permutations([*pieces, *data.draw(st.lists(st.sampled_from(pieces), max_size=4))]))
    with (
        TemporaryDirectory(prefix="mppdesk-cuts-") as folder,
        empty_replica(Path(folder) / "store.db", morning.site_id) as store,
    ):
        _bring(store, arriving)
        assert heads(store) == morning.heads
        assert digests(store) == (morning.digest, morning.digest)


def _cuts(morning: Morning, log_id: str, data: st.DataObject) -> list[Segment]:
    """Overlapping pieces that together hold the whole log."""
    length = len(morning.logs[log_id])
    edges = sorted({0, length, *data.draw(st.lists(st.integers(1, length), max_size=6))})
    overlap = data.draw(st.integers(0, 3))
    return [morning.segment(log_id, max(1, first + 1 - overlap), last) for first, last in pairwise(edges)]


def _bring(store: ReplicaStore, arriving: list[Segment]) -> None:
    """Bring segments until none is refused for a gap; each round brings at least one on."""
    while arriving:
        outcomes = [(segment, store.take(segment).outcome) for segment in arriving]
        assert {outcome for _, outcome in outcomes} <= {Outcome.STORED, Outcome.NEED}
        again = [segment for segment, outcome in outcomes if outcome is Outcome.NEED]
        assert len(again) < len(arriving)
        arriving = again
