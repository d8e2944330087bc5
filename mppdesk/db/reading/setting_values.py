"""Settings as values that this program can work with: of each name the last readable one holds.

A setting comes from the journal, so also from another version and from whoever leads; nonsense in it must stop nobody.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import msgspec
from sqlalchemy import bindparam, select

from mppdesk.db.journal.codec import decode_value
from mppdesk.db.journal.logs import Journal
from mppdesk.db.sql import Statement, Store
from mppdesk.db.tables import view_settings
from mppdesk.domain.catalog import Agency
from mppdesk.domain.entries import Subject, SubjectType
from mppdesk.domain.facts import SettingChanged
from mppdesk.domain.opening_hours import WeekHours
from mppdesk.domain.paper_logo import LOGO_SETTING, PaperLogo
from mppdesk.domain.site import CounterPlace, QueuePolicy, Site

SITE = "site"
AGENCY = "agency/"
COUNTER = "counter/"
WORKPLACES = "workplaces/"

_MOST = 10_000
_MOST_PREFIX = 8
_MINUTES_OF_A_DAY = 24 * 60
_settings = view_settings.c
_all = Statement(
    select(_settings.setting_id, _settings.name, _settings.value, _settings.changed_hlc)
    .where(_settings.site_id == bindparam("site_id"))
    .order_by(_settings.changed_hlc, _settings.setting_id)
)
Kind = TypeVar("Kind")


@dataclass(frozen=True, slots=True)
class Workplaces:
    """The setting `workplaces/<user name>`: where a member of staff may sign in."""

    agencies: tuple[str, ...] = ()
    counters: tuple[str, ...] = ()


_WHOLE: dict[str, type[Any]] = {SITE: Site, LOGO_SETTING: PaperLogo}
_KINDS: dict[str, type[Any]] = {AGENCY: Agency, COUNTER: CounterPlace, WORKPLACES: Workplaces}


@dataclass(frozen=True)
class Settings:
    """Values and ids by name; `unreadable` are the names whose last value cannot be worked with."""

    values: dict[str, Any] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)
    unreadable: tuple[str, ...] = ()

    @property
    def site(self) -> Site | None:
        """The building itself; None where none was set up."""
        return self.values.get(SITE)

    @property
    def logo(self) -> PaperLogo | None:
        """For printers that get it with each paper; None where nobody gave one."""
        return self.values.get(LOGO_SETTING)

    def of_kind(self, prefix: str, kind: type[Kind]) -> dict[str, Kind]:
        """The values whose names begin so."""
        return {name: value for name, value in self.values.items() if name.startswith(prefix) and type(value) is kind}


def read_settings(store: Store, site_id: str) -> Settings:
    """Read every setting in the caller's transaction; where the last value is unreadable, the last readable one."""
    last: dict[str, tuple[int, str, Any]] = {}
    unreadable: set[str] = set()
    for setting_id, name, value, changed_hlc in store.all(_all, site_id=site_id):
        found = readable(name, decode_value(value))
        standing = (changed_hlc, setting_id, found)
        if found is None:
            unreadable.add(name)
            standing = _last_readable(store, site_id, setting_id, name)
        if standing[2] is not None and (name not in last or standing[:2] >= last[name][:2]):
            last[name] = standing
    values = {name: value for name, (_, _, value) in last.items()}
    ids = {name: setting_id for name, (_, setting_id, _) in last.items()}
    return Settings(values, ids, tuple(sorted(unreadable)))


def readable(name: str, value: Any) -> Any:
    """The value of a setting, made of the domain's types where its name says which; None when it makes no sense."""
    kind = _WHOLE.get(name) or next((kind for prefix, kind in _KINDS.items() if name.startswith(prefix)), None)
    if kind is None:
        return value
    try:
        made = msgspec.convert(value, kind, strict=False)
    except (msgspec.ValidationError, ValueError, OverflowError):
        return None
    return made if _makes_sense(name, made) else None


def _last_readable(store: Store, site_id: str, setting_id: str, name: str) -> tuple[int, str, Any]:
    entries = Journal(store, site_id).entries_of(Subject(SubjectType.SITE_SETTING, setting_id))
    for entry in sorted(entries, key=lambda each: each.order, reverse=True):
        if isinstance(entry.fact, SettingChanged) and entry.fact.name == name:
            found = readable(name, entry.fact.value)
            if found is not None:
                return entry.hlc, setting_id, found
    return 0, setting_id, None


def _makes_sense(name: str, value: Any) -> bool:
    match value:
        case Site():
            return _is_zone(value.zone) and _is_policy(value.policy) and all(map(_is_week, _weeks(value)))
        case PaperLogo():
            return value.makes_sense
        case Agency():
            return name == f"{AGENCY}{value.code}" and len(value.queue_prefix) <= _MOST_PREFIX
    return True


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (OSError, ValueError, LookupError):  # missing names, names of folders, names that leave the folder
        return False
    return True


def _is_policy(policy: QueuePolicy) -> bool:
    counts = (policy.priority_ratio, policy.no_show_calls)
    return (
        all(1 <= each <= _MOST for each in counts)
        and 0 <= policy.max_ordinary_wait_minutes <= _MOST
        and 0 <= policy.requeue_behind <= _MOST
    )


def _weeks(site: Site) -> Iterator[WeekHours]:
    yield from site.hours.agencies.values()
    if site.hours.building is not None:
        yield site.hours.building


def _is_week(week: WeekHours) -> bool:
    days = (week.monday, week.tuesday, week.wednesday, week.thursday, week.friday, week.saturday, week.sunday)
    moments = (moment for day in days for span in day for moment in (span.opens, span.closes))
    is_local = all(moment.tzinfo is None for moment in moments)
    return is_local and 0 <= week.last_ticket_minutes <= _MINUTES_OF_A_DAY
