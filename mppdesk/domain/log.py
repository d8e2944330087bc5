"""A log, the writings of one device one after the other, folded from what it says of itself."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from mppdesk.domain.entries import Entry
from mppdesk.domain.facts import DatabaseRestored
from mppdesk.domain.fold import Folded, fold


@dataclass(frozen=True, slots=True)
class Log:
    """`opened_ms` and `restored_ms` are UTC milliseconds of the writer's clock; `restored` is the last such fact."""

    log_id: str
    device_id: str
    app_version: str
    opened_ms: int
    is_closed: bool = False
    restored: DatabaseRestored | None = None
    restored_ms: int | None = None


def fold_log(entries: Iterable[Entry]) -> Folded[Log]:
    """Fold the entries about one log; total: it never raises. Another log says nothing about this one."""
    return fold(entries, _step)


def _step(state: Log | None, entry: Entry) -> Log | str:
    if entry.log_id != entry.subject.id:
        return "another_log"
    if entry.kind == "LogOpened":
        return _opened(entry) if entry.seq == 1 else "opened_twice"
    if state is None:
        return "not_opened"
    match entry.kind:
        case "LogClosed":
            return replace(state, is_closed=True)
        case "DatabaseRestored":
            return replace(state, restored=entry.fact, restored_ms=entry.wall_ms)
    return "unknown_kind"


def _opened(entry: Entry) -> Log:
    return Log(entry.subject.id, entry.fact.device_id, entry.fact.app_version, entry.wall_ms)
