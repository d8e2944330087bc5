"""What may go wrong where two versions of the program meet (V1, V2), as patches of the real code."""

from typing import Any

from mppdesk.db.journal.codec import BrokenEntry, decode_entry
from mppdesk.db.projections import refolding
from mppdesk.db.replication import replica
from mppdesk.domain.entries import UnknownFact


def unread_for_ever() -> list[tuple[Any, str, Any]]:
    """An update leaves in quarantine whatever the older version could not read."""
    return [(refolding, "take_readable", lambda store, site_id: [])]


def unread_kept_back() -> list[tuple[Any, str, Any]]:
    """What this version cannot read is taken for broken."""

    def decoded(raw: bytes) -> Any:
        entry = decode_entry(raw)
        if isinstance(entry.fact, UnknownFact):
            raise BrokenEntry(entry.fact.reason)
        return entry

    return [(replica, "decode_entry", decoded)]
