"""The one way a subject's state is made: a pure, total function of the set of its entries."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from mppdesk.domain.entries import Entry, UnknownFact

State = TypeVar("State")


@dataclass(frozen=True, slots=True)
class Anomaly:
    """A step that did not fit: kept, shown to the supervisor, never hidden."""

    entry_id: str
    kind: str
    reason: str


@dataclass(frozen=True, slots=True)
class Folded(Generic[State]):
    """The state, or None as long as the first entry has not arrived, with what did not fit."""

    state: State | None
    anomalies: tuple[Anomaly, ...]


Step = Callable[[State | None, Entry], State | str | None]
"""Answers the state after an entry (None: as if there were none), or in a word why the entry does not fit."""


class Folding(Generic[State]):
    """A fold that goes on with entries that follow all those it has seen; it remembers the state after each."""

    def __init__(self, step: Step[State]) -> None:
        self._step = step
        self._last: tuple[int, int, str, int] | None = None
        self._state: State | None = None
        self._anomalies: list[Anomaly] = []
        self._after: dict[str, State | None] = {}

    @property
    def folded(self) -> Folded[State]:
        return Folded(self._state, tuple(self._anomalies))

    @property
    def state(self) -> State | None:
        return self._state

    def state_after(self, entry_id: str) -> State | None:
        """The state as it stood right after an entry; KeyError for one that was never folded."""
        return self._after[entry_id]

    def go_on(self, entries: Iterable[Entry]) -> None:
        """Fold further entries in their causal order; ValueError when one belongs before what is folded already.

        What this version cannot read is passed over; the storage lists it as quarantined.
        """
        for entry in sorted(entries, key=_order_of):
            if self._last is not None and entry.order < self._last:
                raise ValueError("an entry that belongs before what is folded already")
            self._last = entry.order
            if not isinstance(entry.fact, UnknownFact):
                self._take(entry)
            self._after[entry.entry_id] = self._state

    def _take(self, entry: Entry) -> None:
        after = self._step(self._state, entry)
        if isinstance(after, str):
            self._anomalies.append(Anomaly(entry.entry_id, entry.kind, after))
        else:
            self._state = after


def fold(entries: Iterable[Entry], step: Step[State]) -> Folded[State]:
    """Fold entries in their causal order, whatever order they arrived in; never raises for what an entry says."""
    folding = Folding(step)
    folding.go_on(entries)
    return folding.folded


def _order_of(entry: Entry) -> tuple[int, int, str, int]:
    return entry.order
