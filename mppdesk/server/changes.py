"""What changed, as the small values that every screen may know."""

from typing import Any

from mppdesk.db.reading.changes import Change, Changes
from mppdesk.domain.entries import SubjectType
from mppdesk.server.events import QUIET, Changed

_SHOWN_AS: dict[str, str] = {SubjectType.VISIT: "ticket", SubjectType.COUNTER_DAY: "counter"}
_TOLD_BY_NAME = (
    SubjectType.SERVICE_DAY, SubjectType.SITE_SETTING, SubjectType.SERVICE_VERSION, SubjectType.STATION,
    SubjectType.USER,
)  # fmt: skip


def shown(changes: Changes) -> Changed:
    """Read what changed since the last reading; blocks."""
    return [_shown(change) for change in changes.read()]


def _shown(change: Change) -> dict[str, Any]:
    if change.stands is not None:
        return {_SHOWN_AS[change.type]: change.stands}
    return {change.type: change.id} if change.type in _TOLD_BY_NAME else QUIET
