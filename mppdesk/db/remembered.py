"""What the one writing process has read of the journal and its views, and nobody else has changed since."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

from mppdesk.db.journal.logs import Head
from mppdesk.db.projections.projection import Row, Rows
from mppdesk.db.tables import view_calls, view_visits
from mppdesk.domain.entries import Entry, Subject, SubjectType
from mppdesk.domain.fold import Folding
from mppdesk.domain.visit import TicketStatus, Visit

Found = TypeVar("Found")
Question = tuple[str | int, ...]

# Everybody who waits in a large building; whoever has left is forgotten at once.
_MOST_VISITS = 512
# Several of each counter and agency; a bound for what a hostile station might ask.
_MOST_ANSWERS = 2_000
_AT_COUNTER = frozenset({TicketStatus.CALLED, TicketStatus.SERVING})
# Of a file none of the questions asks.
_ASKED_OF_NOBODY = frozenset({SubjectType.SUBMISSION})


class Remembered:
    """Answers that were read once and are moved on by what is recorded.

    Shared by all who write in one transaction, and by those who follow it: one program writes in a data folder
    (db.lock). Whoever changes the journal in another way than WriteUnit.record, or rolls a transaction back, leaves
    nothing to be remembered.
    """

    def __init__(self) -> None:
        self.end_of_log: tuple[Head | None, int] | None = None
        """What Journal.end_of gives for the own log."""
        self.entries: dict[Subject, list[Entry]] = {}
        """The entries of visits; only WriteUnit.record adds to a list."""
        self.visits: dict[Subject, Folding[Visit]] = {}
        self._found: dict[Question, Any] = {}
        self._numbers: dict[tuple[str, str], dict[tuple[int, int], int]] = {}
        self._touched: list[Subject] = []

    def recall(self, question: Question, read: Callable[[], Found]) -> Found:
        """What is known of days, openings and logs; any fact about one of these makes it be read again."""
        found: Found
        if question in self._found:
            found = self._found[question]
        else:
            if len(self._found) == _MOST_ANSWERS:
                self._found.clear()
            found = self._found[question] = read()
        return found

    def highest_position(self, day: str, read: Callable[[], int]) -> int:
        return self.recall(("highest_position", day), read)

    def highest_call(self, day: str, read: Callable[[], int]) -> int:
        return self.recall(("highest_call", day), read)

    def queue_length(self, agency: str, day: str, read: Callable[[], int]) -> int:
        return self.recall(("queue_length", agency, day), read)

    def at_counter(self, counter: str, day: str, read: Callable[[], Iterable[str]]) -> frozenset[str]:
        """The visits that a counter has called or serves: one, unless two computers decided apart."""
        return self.recall(("at_counter", counter, day), lambda: frozenset(read()))

    def highest_number(self, day: str, prefix: str, first: int, last: int, read: Callable[[], int]) -> int:
        blocks = self._numbers.setdefault((day, prefix), {})
        if (first, last) not in blocks:
            blocks[first, last] = read()
        return blocks[first, last]

    def note_number(self, day: str, prefix: str, number: int) -> None:
        """A number was given."""
        blocks = self._numbers.get((day, prefix), {})
        for (first, last), highest in blocks.items():
            if first <= number <= last:
                blocks[first, last] = max(highest, number)

    def note(self, subject: Subject, before: Rows, after: Rows) -> None:
        """Something was recorded about a subject, and its rows went from `before` to `after`."""
        if subject.type == SubjectType.VISIT:
            self._touched.append(subject)
            self._move_on(_visit_in(before), _visit_in(after))
            self._note_call(before, after)
        elif subject.type not in _ASKED_OF_NOBODY:
            self._found.clear()
            self._numbers.clear()

    def keep_visit(self, subject: Subject, entries: list[Entry]) -> None:
        self._touched.append(subject)
        self.entries[subject] = entries

    def settle(self) -> None:
        """The transaction is committed: keep those who are still in the building, for what happens to them next."""
        for subject in self._touched:
            folding = self.visits.get(subject)
            visit = folding.state if folding else None
            if visit is None or visit.status.is_final:
                self._drop(subject)
        self._touched.clear()
        while len(self.entries) > _MOST_VISITS:
            self._drop(next(iter(self.entries)))

    def _drop(self, visit: Subject) -> None:
        self.entries.pop(visit, None)
        self.visits.pop(visit, None)

    def _move_on(self, was: Row | None, stands: Row | None) -> None:
        """A row goes when the claim of a slip is undone that nobody else had heard of."""
        if stands is not None:
            self._raise(("highest_position", stands["day"]), was["position"] if was else None, stands["position"])
        elif was is not None:
            self._found.pop(("highest_position", was["day"]), None)
        for row, change in ((was, -1), (stands, 1)):
            if row is None:
                continue
            if row["status"] == TicketStatus.WAITING:
                self._count(("queue_length", row["agency"], row["day"]), change)
            elif row["status"] in _AT_COUNTER:
                self._seat(("at_counter", row["counter"], row["day"]), row["visit_id"], is_there=change > 0)

    def _note_call(self, before: Rows, after: Rows) -> None:
        calls = after.get(view_calls)
        if calls:
            was = max((call["ordinal"] for call in before.get(view_calls, ())), default=None)
            self._raise(("highest_call", calls[0]["day"]), was, max(call["ordinal"] for call in calls))

    def _raise(self, question: Question, was: int | None, stands: int) -> None:
        """Move a maximum on; when the one that made it goes down, nobody knows the next."""
        highest = self._found.get(question)
        if highest is None:
            return
        if stands >= highest:
            self._found[question] = stands
        elif was == highest:
            del self._found[question]

    def _count(self, question: Question, change: int) -> None:
        if question in self._found:
            self._found[question] += change

    def _seat(self, question: Question, visit: str, *, is_there: bool) -> None:
        if question in self._found:
            there: frozenset[str] = self._found[question]
            self._found[question] = there | {visit} if is_there else there - {visit}


def _visit_in(rows: Rows) -> Row | None:
    visits = rows.get(view_visits)
    return visits[0] if visits else None
