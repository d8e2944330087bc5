"""One moment of the building: a store in a reading transaction, the reference data, and the hub's clock."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from mppdesk.db.deciding.hub_view import StoredHubView
from mppdesk.db.journal.logs import Journal
from mppdesk.db.privacy.sealing import DataKeys, unseal
from mppdesk.db.reading.reference import Reference
from mppdesk.db.sql import Row, Store
from mppdesk.domain.entries import Sealed
from mppdesk.domain.office_day import ServiceDay
from mppdesk.domain.visit import TicketStatus, Visit
from mppdesk.operations.readings import QueueRow


@dataclass(frozen=True)
class Moment:
    """What the answers to one question have in common."""

    store: Store
    site_id: str
    reference: Reference
    now_utc: datetime

    @property
    def now(self) -> datetime:
        return self.now_utc.astimezone(ZoneInfo(self.reference.site.zone))

    @property
    def now_ms(self) -> int:
        return int(self.now_utc.timestamp() * 1000)

    @cached_property
    def view(self) -> StoredHubView:
        return StoredHubView(self.store, self.site_id, self.reference)

    @cached_property
    def journal(self) -> Journal:
        return Journal(self.store, self.site_id)

    @cached_property
    def service_day(self) -> ServiceDay | None:
        """The service day that goes on: the last opened one, unless today's date is already later.

        Where the hub cannot be heard that is also one which only a station opened, for itself.
        """
        last, today = self.view.last_day(), self.now.date().isoformat()
        if last is not None and last.day >= today:
            return last
        alone = self.view.day_alone(today)
        return alone if alone is not None and alone.day == today else None

    @property
    def day(self) -> str:
        """The day whose queue is shown, as 2026-11-23."""
        return self.service_day.day if self.service_day else self.now.date().isoformat()

    @property
    def date(self) -> date:
        return date.fromisoformat(self.day)

    def opened(self, sealed: Sealed | None, entry_id: str | None, field: str) -> str | None:
        """Open a personal field; None when there is none, or when its key is not here or destroyed."""
        if sealed is None or entry_id is None:
            return None
        key = DataKeys(self.store).key(sealed.key_id)
        return unseal(key, entry_id, field, sealed) if key else None

    def list_name(self, service: str) -> str:
        version = self.reference.catalog.services.get(service)
        return version.service.name_in_lists if version else service

    def row_of(self, visit: Visit) -> QueueRow:
        """The list row of a visit, with its note opened."""
        return QueueRow(
            visit=visit.visit_id,
            number=visit.label,
            service=self.list_name(visit.stop.service),
            service_code=visit.stop.service,
            issued_ms=visit.issued_ms,
            since_ms=visit.since_ms,
            is_priority=visit.priority is not None,
            status=visit.status,
            counter_label=visit.counter_label,
            note=self.opened(visit.note, visit.note_entry, "note"),
        )

    def queue_row(self, row: Row) -> QueueRow:
        """The list row of (visit_id, label, service, issued_ms, since_ms, is_priority, status, counter_label)."""
        return QueueRow(
            visit=row[0],
            number=row[1],
            service=self.list_name(row[2]),
            service_code=row[2],
            issued_ms=row[3],
            since_ms=row[4],
            is_priority=bool(row[5]),
            status=TicketStatus(row[6]),
            counter_label=row[7],
        )
