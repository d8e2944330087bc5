"""Who is next, and why: a pure rule that a standby repeats alike from the same journal."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from mppdesk.domain.site import QueuePolicy
from mppdesk.texts import Text, msg


class Why(StrEnum):
    """The rule that chose, as it stands in the journal."""

    LONGEST_WAIT = "longest_wait"
    PRIORITY_TURN = "priority_turn"
    NO_ORDINARY = "no_ordinary"
    ORDINARY_CAP = "ordinary_cap"
    OUT_OF_TURN = "out_of_turn"


@dataclass(frozen=True, slots=True)
class Waiting:
    """One waiting person; `position` orders the queue, `issued_ms` is the hub's clock at the ticket."""

    visit: str
    label: str
    service: str
    position: int
    issued_ms: int
    is_priority: bool


@dataclass(frozen=True, slots=True)
class RecentCall:
    """A call of today at a counter of the same agency."""

    visit: str
    is_priority: bool


@dataclass(frozen=True, slots=True)
class Choice:
    ticket: Waiting
    why: Why


def choose_next(
    waiting: Sequence[Waiting], recent_calls: Sequence[RecentCall], policy: QueuePolicy, now_ms: int
) -> Choice | None:
    """Choose from the waiting people; `recent_calls` newest first.

    One call in `priority_ratio` goes to somebody with priority, unless the first ordinary person has waited longer
    than `max_ordinary_wait_minutes`. Within a class the lowest position comes first.
    """
    ordinary = min((each for each in waiting if not each.is_priority), key=_position, default=None)
    priority = min((each for each in waiting if each.is_priority), key=_position, default=None)
    if ordinary is None:
        return None if priority is None else Choice(priority, Why.NO_ORDINARY)
    if priority is None or priority.position < ordinary.position:
        return Choice(priority or ordinary, Why.LONGEST_WAIT)
    if now_ms - ordinary.issued_ms > policy.max_ordinary_wait_minutes * 60_000:
        return Choice(ordinary, Why.ORDINARY_CAP)
    since_priority = recent_calls[: policy.priority_ratio - 1]
    if any(call.is_priority for call in since_priority):
        return Choice(ordinary, Why.LONGEST_WAIT)
    return Choice(priority, Why.PRIORITY_TURN)


def explain(choice: Choice, then: Choice | None) -> Text:
    """Say in one sentence why this person is next, and who comes by priority afterwards."""
    if then is not None and then.why is Why.PRIORITY_TURN:
        return msg(
            "{why} Sesudahnya giliran prioritas: {number}.", why=_SENTENCES[choice.why], number=then.ticket.label
        )
    return _SENTENCES[choice.why]


def _position(each: Waiting) -> tuple[int, int]:
    return (each.position, each.issued_ms)


_SENTENCES = {
    Why.LONGEST_WAIT: msg("Paling lama menunggu."),
    Why.PRIORITY_TURN: msg("Giliran prioritas."),
    Why.NO_ORDINARY: msg("Prioritas, dan tidak ada antrean biasa."),
    Why.ORDINARY_CAP: msg("Antrean biasa sudah terlalu lama menunggu."),
    Why.OUT_OF_TURN: msg("Dipanggil di luar urutan."),
}
