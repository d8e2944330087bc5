"""Follows the queue of one computer by what it commits, and knows a second call and a person passed over (I5, I8)."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from mppdesk.domain import facts
from mppdesk.domain.calling import Why
from mppdesk.domain.entries import Entry

_RELEASES = (
    facts.CallExpired, facts.TicketNoShow, facts.TicketRequeued, facts.TicketTransferred, facts.TicketHeld,
    facts.TicketFinished, facts.TicketCancelled, facts.ActUndone,
)  # fmt: skip


@dataclass
class _Queued:
    """A ticket in the computer's own order of events, whatever its clock says.

    `day`: of which queue; a clock put right may open another day while people still wait on this one.
    `is_plain`: it went through this computer's queue without a detour until now. `step` is the highest that was seen.
    """

    day: str
    agency: str
    position: int
    is_priority: bool
    is_plain: bool
    is_waiting: bool = True
    called_at: str | None = None
    step: int = 0


class QueueWatch:
    """The queue as one hub or standby knows it. `accuse` hears each violation."""

    def __init__(self, accuse: Callable[[str], None]) -> None:
        self._accuse = accuse
        self._queue: dict[str, _Queued] = {}
        self._early: dict[str, list[Entry]] = defaultdict(list)

    def forget(self) -> None:
        """Yesterday's queue is over, or an older disk knows nothing of it."""
        self._queue.clear()
        self._early.clear()

    def committed(self, entry: Entry, *, is_own: bool) -> None:
        """Take an entry in the order of the commits here; `is_own` when the computer itself made it just now."""
        fact, queued = entry.fact, self._queue.get(entry.subject.id)
        if isinstance(fact, facts.TicketIssued):
            self._queue[entry.subject.id] = _Queued(
                fact.day, fact.stops[0].agency, len(self._queue), fact.priority is not None, is_plain=is_own
            )
            for early in sorted(self._early.pop(entry.subject.id, ()), key=lambda each: each.step):
                self.committed(early, is_own=False)
        elif queued is None:
            self._early[entry.subject.id].append(entry)  # another log came first; what it says counts all the same
        elif entry.step <= queued.step:
            self._came_late(queued, entry)
        else:
            queued.step = entry.step
            self._follow(queued, entry, is_own=is_own)

    def _came_late(self, queued: _Queued, entry: Entry) -> None:
        """Of what others did at the same time, a release may be what counts."""
        queued.is_plain = False
        if isinstance(entry.fact, _RELEASES):
            queued.called_at = None

    def _follow(self, queued: _Queued, entry: Entry, *, is_own: bool) -> None:
        fact = entry.fact
        if isinstance(fact, facts.TicketCalled):
            if is_own:
                self._check_call(queued, fact)
            queued.called_at = fact.counter
            queued.is_plain = queued.is_plain and is_own
        elif isinstance(fact, _RELEASES):
            queued.called_at, queued.is_plain = None, False
        else:
            queued.is_plain = False
        if not isinstance(fact, facts.CallExpired):
            queued.is_waiting = False

    def _check_call(self, queued: _Queued, fact: facts.TicketCalled) -> None:
        if queued.called_at is not None:
            self._accuse(f"I5: {fact.number} was called by {fact.counter} while called by {queued.called_at}")
        if fact.why == Why.OUT_OF_TURN or not queued.is_plain:
            return
        passed_over = [
            each
            for each in self._queue.values()
            if each.is_waiting and each.is_plain and each.position < queued.position
            and (each.day, each.agency, each.is_priority) == (queued.day, queued.agency, queued.is_priority)
        ]  # fmt: skip
        if passed_over:
            self._accuse(f"I8: {fact.number} was called before {len(passed_over)} who came earlier")
