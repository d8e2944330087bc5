"""What may go wrong between an answer, the disk and a screen (A1, A2), as patches of the real code."""

from typing import Any

from mppdesk.db.replication.replica import Outcome, Taken
from mppdesk.db.replication.replica_store import ReplicaStore
from mppdesk.db.replication.segments import Segment
from mppdesk.domain.entries import Entry
from mppdesk.domain.errors import StorageTrouble
from mppdesk.domain.fold import Folding


def taken_before_it_is_kept() -> list[tuple[Any, str, Any]]:
    """What a full disk could not keep is acknowledged all the same."""
    take = ReplicaStore.take

    def taken(self: ReplicaStore, segment: Segment) -> Taken:
        try:
            return take(self, segment)
        except StorageTrouble:
            return Taken(segment.log_id, Outcome.STORED, segment.heads()[-1])

    return [(ReplicaStore, "take", taken)]


def doubles_hidden() -> list[tuple[Any, str, Any]]:
    """What does not fit is passed over, and nobody is told."""

    def take(self: Folding[Any], entry: Entry) -> None:
        after = self._step(self._state, entry)
        if not isinstance(after, str):
            self._state = after

    return [(Folding, "_take", take)]
