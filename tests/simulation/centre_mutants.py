"""What may go wrong at the centre (C1), as patches of the real code."""

from typing import Any

from sqlalchemy import false

from mppdesk.db.central import folding
from mppdesk.db.sql import Statement


def arrived_is_folded() -> list[tuple[Any, str, Any]]:
    """Whatever is stored counts as folded when a batch is."""
    core = folding._first_waiting._core
    return [(folding, "_first_waiting", Statement(core.where(false())))]  # type: ignore[attr-defined]
