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


Step = Callable[[State | None, Entry], State | str]
"""Answers the state after an entry, or in a word why the entry does not fit."""


def fold(entries: Iterable[Entry], step: Step[State]) -> Folded[State]:
    """Fold entries in their causal order, whatever order they arrived in; never raises for what an entry says.

    What this version cannot read is passed over; the storage lists it as quarantined.
    """
    state: State | None = None
    anomalies: list[Anomaly] = []
    for entry in sorted(entries, key=lambda each: each.order):
        if isinstance(entry.fact, UnknownFact):
            continue
        after = step(state, entry)
        if isinstance(after, str):
            anomalies.append(Anomaly(entry.entry_id, entry.kind, after))
        else:
            state = after
    return Folded(state, tuple(anomalies))
