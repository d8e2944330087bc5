"""What may go wrong with a station that was revoked (R1, R2), as patches of the real code."""

from collections.abc import Iterable
from typing import Any

from mppdesk.db.replication import held, stations
from mppdesk.domain.entitlement import Rank, rank_of_role
from mppdesk.domain.station import Station


def revoked_believed() -> list[tuple[Any, str, Any]]:
    """Whoever was a station once is taken for one."""
    return [(stations, "_admitted", _admitted)]


def waiting_not_kept() -> list[tuple[Any, str, Any]]:
    """What waits for a supervisor's word is said to be held, and kept nowhere."""
    return [(held, "keep", lambda *segment: False)]


def _admitted(known: Iterable[Station], roots: Iterable[tuple[str, bytes]]) -> dict[tuple[str, bytes], Rank]:
    ranks = {(each.device_id, each.public_key): rank_of_role(each.role) for each in known}
    return ranks | dict.fromkeys(roots, Rank.HUB)
