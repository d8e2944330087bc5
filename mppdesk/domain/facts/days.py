"""Facts about service days and the counters in them."""

from dataclasses import dataclass

from mppdesk.domain.entries import Sealed
from mppdesk.domain.facts.decision import Decision


@dataclass(frozen=True, slots=True, kw_only=True)
class CounterOpened(Decision):
    """`services` are codes; empty means all that the counter is set up for."""

    counter: str
    label: str
    services: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakStarted(Decision):
    """`until` is the local time announced, as 13.00."""

    until: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BreakEnded(Decision):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class NewNumbersStopped(Decision):
    """The counter serves those who wait; nobody gets a number because of it any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewNumbersResumed(Decision):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftNoteLeft(Decision):
    """What whoever works at this counter should know, until it closes or a later note takes its place.

    `agency` is the counter's: its stations get the key of the note.
    """

    agency: str
    note: Sealed | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CounterClosed(Decision):
    pass


@dataclass(frozen=True, slots=True)
class NumberBlock:
    """The numbers first..last of every prefix belong to this issuer for the day."""

    issuer_no: int
    first: int
    last: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DayOpened(Decision):
    """`leftovers` counts yesterday's tickets that nobody decided; `confirmed` when a person vouched for the date."""

    blocks: tuple[NumberBlock, ...]
    leftovers: int = 0
    confirmed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DayOpenedAlone(Decision):
    """A station that is not the hub goes on with a date of which it has not heard from the hub.

    It opens the day for nobody else: the hub opens that date by itself, and the station obeys that as soon as it hears.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class DayClosed(Decision):
    """`counts` are the tickets of the day by their state at the signature."""

    counts: dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class DayReopened(Decision):
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class DayMisdated(Decision):
    """Who leads says that a wrong clock opened this day: it is over, and `really` was the date at that moment.

    Its tickets keep their date and numbers; `counts` are they by their state. When the date really comes it opens anew.
    """

    really: str
    counts: dict[str, int]
