"""The building as its administrator set it up: name, zone, counters, kiosks, people, printers, hours, queue rules.

The values are made of plain parts only, so that a site survives the way through the journal and back.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum

from mppdesk.domain.opening_hours import Opening, OpeningHours, opening_at
from mppdesk.domain.printer_address import paper_columns, prints_a5
from mppdesk.domain.printer_models import GENERIC_80
from mppdesk.domain.register import DEFAULT_TEMPLATE


class Role(StrEnum):
    INFORMATION = "information"
    CLERK = "clerk"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True, slots=True)
class QueuePolicy:
    """How the queue decides: one call in `priority_ratio` is for priority, `no_show_calls` calls make a no-show."""

    priority_ratio: int = 3
    max_ordinary_wait_minutes: int = 60
    no_show_calls: int = 3
    requeue_behind: int = 2


@dataclass(frozen=True, slots=True)
class CounterPlace:
    """A counter: its label, its agency, and the codes of its services (empty: all of the agency)."""

    label: str
    agency: str
    services: tuple[str, ...] = ()
    printer: str | None = None


@dataclass(frozen=True, slots=True)
class KioskPlace:
    """A ticket kiosk: its label, its printer, and the codes of the agencies it offers (empty: all)."""

    label: str
    printer: str | None = None
    agencies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PrinterPlace:
    """A printer by the name that counters and kiosks call it; its URL such as `tcp://host:9100` or `screen:`.

    `instead` are the names of the printers that take over for it, the best first; empty: none does, None: any of them.
    """

    name: str
    url: str
    instead: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Site:
    """One building. `zone` is an IANA name, `heading` the lines at the top of paper, `register_templates` by agency."""

    name: str
    heading: tuple[str, ...]
    zone: str
    policy: QueuePolicy = QueuePolicy()
    register_templates: dict[str, str] = field(default_factory=dict)
    holidays: frozenset[date] = frozenset()
    station_issuers: tuple[int, ...] = ()
    hours: OpeningHours = field(default_factory=OpeningHours)
    kiosks: tuple[KioskPlace, ...] = ()
    printers: tuple[PrinterPlace, ...] = ()

    def opening(self, agency: str, moment: datetime) -> Opening:
        """Tell whether tickets of an agency are issued at a moment of the site's zone, and if not why."""
        return opening_at(self.hours.of_agency(agency), moment, self.holidays)

    def last_ticket_time(self, agency: str, day: date) -> time | None:
        """Until when tickets of an agency are issued on a date; None on a closed day or where no hours are set."""
        hours = self.hours.of_agency(agency)
        return None if hours is None or day in self.holidays else hours.last_ticket_time(day)

    def register_template(self, agency: str) -> str:
        """The form of an agency's register numbers."""
        return self.register_templates.get(agency, DEFAULT_TEMPLATE)

    def taking_over(self, printer: str) -> tuple[str, ...]:
        """The printers that may print instead of one, the best first: those it names, or else all others in order."""
        others = tuple(each.name for each in self.printers if each.name != printer)
        named = next((each.instead for each in self.printers if each.name == printer), None)
        return others if named is None else tuple(name for name in named if name in others)

    def printer_url(self, name: str | None) -> str | None:
        """The URL of a printer by its name; None for an unknown one."""
        return next((printer.url for printer in self.printers if printer.name == name), None)

    def paper_columns(self, printer: str | None) -> int:
        """How many characters a line of a printer's paper holds; of one that nobody knows, those of 80 mm."""
        url = self.printer_url(printer)
        return paper_columns(url) if url else GENERIC_80.columns

    def prints_a5(self, printer: str | None) -> bool:
        """Whether a printer is one of A5 sheets."""
        url = self.printer_url(printer)
        return url is not None and prints_a5(url)


@dataclass(frozen=True, slots=True)
class UserProfile:
    """A member of staff as the journal knows her.

    `agencies` (codes) and `counters` (labels) are where she may sign in; with neither, everywhere in the building.
    """

    user_name: str
    display_name: str
    roles: tuple[str, ...]
    agencies: tuple[str, ...] = ()
    counters: tuple[str, ...] = ()

    @property
    def is_leading(self) -> bool:
        """Whether she is a supervisor or an administrator."""
        return not {Role.SUPERVISOR, Role.ADMINISTRATOR}.isdisjoint(self.roles)

    @property
    def workplaces(self) -> tuple[str, ...]:
        """The labels and codes of her workplaces, as they were written down; none: everywhere."""
        return (*self.counters, *self.agencies)

    def may_work_at(self, place: CounterPlace) -> bool:
        return not self.workplaces or place.label in self.counters or place.agency in self.agencies
