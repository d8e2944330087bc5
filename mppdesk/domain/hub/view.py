"""What a decision may look at: the building as the store holds it in the deciding transaction."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol

from mppdesk.domain.calling import RecentCall, Waiting
from mppdesk.domain.catalog import Agency, ServiceVersion
from mppdesk.domain.commands import Command
from mppdesk.domain.entries import SYSTEM_USER, Actor, Draft, Subject, SubjectType
from mppdesk.domain.facts import DatabaseRestored, HubTakenOver
from mppdesk.domain.office_day import CounterDay, CounterShift, ServiceDay
from mppdesk.domain.site import CounterPlace, Site, UserProfile
from mppdesk.domain.slip import Slip
from mppdesk.domain.station import HubSeat
from mppdesk.domain.submission import Submission
from mppdesk.domain.visit import Visit


class HubView(Protocol):
    """Every answer is that of one transaction; ids are ids of subjects."""

    def site(self) -> Site: ...

    def term(self) -> int:
        """The term of the building: that of its hub, and never below that of the last day."""

    def seat(self) -> HubSeat | None:
        """Who is the hub; None for a single PC that has no stations."""

    def kiosk_issuers(self) -> tuple[int, ...]:
        """The issuer numbers of the enrolled kiosks that are not revoked: who issues alone when cut off."""

    def next_issuer(self) -> int:
        """The issuer number that the next new station gets."""

    def takeover(self) -> HubTakenOver | None:
        """What the hub recorded when it took over; None while the first one goes on."""

    def last_day(self) -> ServiceDay | None:
        """The day that the hub opened last."""

    def days_since(self, day: str) -> tuple[ServiceDay, ...]:
        """The days from a date on that the hub opened, in order; without those that a wrong clock had opened."""

    def day_alone(self, until: str) -> ServiceDay | None:
        """The last date, up to one, that a station opened for itself; it says nothing but the date."""

    def is_restored_since(self, day: str, device_id: str = "") -> bool:
        """Whether a hub of the building came from a backup on that date of the site's zone, or later.

        With a `device_id` whether that device did; where no other computer is known that is the same.
        """

    def last_restore(self) -> DatabaseRestored | None:
        """What the last restore said of itself."""

    def queue_prefixes(self) -> frozenset[str]:
        """The letters that numbers of this building begin with."""

    def service(self, code: str) -> tuple[Agency, ServiceVersion] | None: ...

    def service_version(self, version: str) -> ServiceVersion | None: ...

    def counter(self, counter_id: str) -> CounterPlace | None: ...

    def user(self, user_id: str) -> UserProfile | None:
        """A member of staff who works here; None for the system and for who left."""

    def counter_day(self, counter_id: str, day: str) -> CounterDay | None:
        """The last opening of a counter on a day that is not closed again."""

    def shifts(self, day: str) -> tuple[CounterShift, ...]:
        """The last opening of each counter that was opened on a day, closed again or not."""

    def serves(self, counter_id: str, day: str) -> frozenset[str]:
        """Codes of the services that the counter takes at this opening."""

    def visit(self, visit_id: str) -> Visit | None: ...

    def at_counter(self, counter_id: str, day: str) -> Visit | None:
        """The visit that a counter has called or serves."""

    def waiting(self, services: frozenset[str], day: str) -> tuple[Waiting, ...]:
        """The first two ordinary and the first two priority people who wait for these services."""

    def recent_calls(self, services: frozenset[str], day: str, count: int) -> tuple[RecentCall, ...]:
        """The last calls of the day for these services, newest first."""

    def queue_length(self, agency: str, day: str) -> int: ...

    def open_counters(self, agency: str, day: str) -> int: ...

    def nth_waiting_position(self, agency: str, day: str, n: int) -> tuple[int, int | None]:
        """Positions of the n-th waiting person of an agency (0 without one) and of the one behind (None at the end)."""

    def highest_number(self, day: str, prefix: str, first: int, last: int) -> int:
        """The highest number issued in a block, 0 when none; a slip that was only shown does not count."""

    def highest_position(self, day: str) -> int: ...

    def highest_call(self, day: str) -> int: ...

    def submission(self, submission_id: str) -> Submission | None: ...

    def submission_of(self, visit_id: str) -> Submission | None:
        """The submission that a visit decided last."""

    def submission_for(self, visit_id: str, service: str) -> Submission | None:
        """The submission that a visit has for one service."""

    def highest_register(self, agency: str, year: int) -> int:
        """The highest register number ever used of an agency and year, void ones included; 0 when none."""

    def provisional_numbers(self, agency: str, year: int) -> frozenset[str]:
        """The provisional register numbers of an agency and year, as this store knows them."""

    def hundreds_left_free(self, agency: str) -> int:
        """The hundreds that all restores since an agency's last registration keep free in its book; 0 without any."""

    def undecided_visits(self, day: str) -> tuple[Visit, ...]:
        """The visits up to a day that are neither finished nor cancelled."""

    def counts(self, day: str) -> Mapping[str, int]:
        """Tickets of a day by status."""


@dataclass(frozen=True, slots=True)
class SlipOrder:
    """A slip that is printed with the decision, in its transaction; `personal` names whose key guards it."""

    printer: str
    slip: Slip
    subject_id: str
    label: str
    personal: Subject | None = None
    copy_number: int = 0


@dataclass(frozen=True, slots=True)
class Decided:
    """The drafts of a decision, empty when nothing changes; `why` only then."""

    drafts: tuple[Draft, ...] = ()
    slips: tuple[SlipOrder, ...] = ()
    why: str | None = None


@dataclass(frozen=True, slots=True)
class Case:
    """One command before the hub: who asks, what the building looks like, the hub's clock and its source of ids.

    `now` is aware, in the site's zone; `holidays` are the days that are not working days. With `is_from_afar` another
    computer asks, over a network that may lose the answer; with `is_cut_off` a station decides alone.
    `device_id` is this computer, empty where there is only one.
    """

    view: HubView
    actor: Actor
    now: datetime
    new_id: Callable[[], str]
    new_token: Callable[[], str]
    holidays: frozenset[date] = frozenset()
    is_from_afar: bool = False
    is_cut_off: bool = False
    device_id: str = ""

    @property
    def is_alone(self) -> bool:
        """Whether who decides is not the hub of the building."""
        seat = self.view.seat()
        return self.is_cut_off if seat is None or not self.device_id else seat.device_id != self.device_id

    @property
    def now_ms(self) -> int:
        return int(self.now.timestamp() * 1000)

    def draft(
        self, kind: SubjectType, subject_id: str, fact: Any, secrets: Mapping[str, str | None] | None = None
    ) -> Draft:
        """Make a draft with a new entry id; a secret that is None or blank is left out."""
        written = {name: text for name, text in (secrets or {}).items() if text and text.strip()}
        return Draft(self.new_id(), Subject(kind, subject_id), fact, written)


@dataclass(frozen=True, slots=True)
class OpenDay:
    """The service day that a decision belongs to, the term now and, when it opens with it, the draft that opens it."""

    day: ServiceDay
    term: int
    opening: tuple[Draft, ...] = field(default=())

    def stamp(self, command: Command) -> dict[str, Any]:
        """The fields that every decision carries."""
        return {"command_id": command.command_id, "term": self.term, "day": self.day.day}


def is_system(actor: Actor) -> bool:
    return actor.user == SYSTEM_USER
