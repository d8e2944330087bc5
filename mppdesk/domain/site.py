"""The building as its administrator set it up: name, zone, counters, kiosks, people, printers, rules of the queue."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

DEFAULT_REGISTER_TEMPLATE = "{agency}/{year}/{month}/{n:06}"


class Role(StrEnum):
    INFORMATION = "information"
    CLERK = "clerk"
    SUPERVISOR = "supervisor"
    ADMINISTRATOR = "administrator"


@dataclass(frozen=True, slots=True)
class QueuePolicy:
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
class Site:
    name: str
    heading: tuple[str, ...]
    zone: str
    policy: QueuePolicy = QueuePolicy()
    register_templates: dict[str, str] = field(default_factory=dict)
    holidays: frozenset[date] = frozenset()
    station_issuers: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class UserProfile:
    """A member of staff as the journal knows her."""

    user_name: str
    display_name: str
    roles: tuple[str, ...]
