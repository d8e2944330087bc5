"""Calls whose station has not confirmed them: what the hub looks at each second."""

from dataclasses import dataclass

from sqlalchemy import bindparam, select

from mppdesk.db import tables
from mppdesk.db.reading.moment import Moment
from mppdesk.db.sql import Statement

_visits = tables.view_visits.c
_called = Statement(
    select(_visits.visit_id, _visits.last_act).where(
        _visits.site_id == bindparam("site_id"),
        _visits.day == bindparam("day"),
        _visits.status == "called",
        _visits.since_ms <= bindparam("before"),
    )
)


@dataclass(frozen=True, slots=True)
class UnconfirmedCall:
    """A called visit and the entry of its call."""

    visit: str
    call: str


class UnconfirmedCalls:
    """Finds calls that are older than a moment and were never shown; folds each call that was shown only once."""

    def __init__(self) -> None:
        self._shown: set[str] = set()

    def older_than(self, moment: Moment, before_ms: int) -> tuple[UnconfirmedCall, ...]:
        """List them; `before_ms` in UTC milliseconds."""
        rows = moment.store.all(_called, site_id=moment.site_id, day=moment.day, before=before_ms)
        acts = {row[1] for row in rows}
        self._shown &= acts
        found = []
        for visit_id, act in rows:
            if act in self._shown:
                continue
            visit = moment.view.visit(visit_id)
            if visit is None or visit.is_shown or not visit.calls:
                self._shown.add(act)
            else:
                found.append(UnconfirmedCall(visit_id, visit.calls[-1].entry_id))
        return tuple(found)
