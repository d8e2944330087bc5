"""Which computer of a building is the hub, and what it recorded when it took over, as the store knows it."""

from collections.abc import Callable

from sqlalchemy import bindparam, func, or_, select

from mppdesk.db.sql import Statement, Store
from mppdesk.db.tables import view_stations
from mppdesk.domain.entries import Entry, Subject, SubjectType
from mppdesk.domain.facts import HubTakenOver
from mppdesk.domain.station import FIRST_STATION_ISSUER, FIRST_TERM, HubSeat, StationRole, seat_among, seat_of

_stations = view_stations.c
_hubs = Statement(
    select(_stations.device_id, _stations.label, _stations.role, _stations.hub_term, _stations.enrolled_ms).where(
        _stations.site_id == bindparam("site_id"), or_(_stations.hub_term > 0, _stations.role == StationRole.HUB.value)
    )
)

_kiosks = Statement(
    select(_stations.issuer_no).where(
        _stations.site_id == bindparam("site_id"),
        _stations.role == StationRole.KIOSK.value,
        _stations.is_revoked == 0,
    )
)
_highest_issuer = Statement(select(func.max(_stations.issuer_no)).where(_stations.site_id == bindparam("site_id")))


def seat_in(store: Store, site_id: str) -> HubSeat | None:
    """Who is the hub; None for a single PC without stations."""
    return seat_among(seat_of(*row) for row in store.all(_hubs, site_id=site_id))


def kiosk_issuers(store: Store, site_id: str) -> tuple[int, ...]:
    """The issuer numbers of the enrolled kiosks, without those that were revoked."""
    return tuple(row[0] for row in store.all(_kiosks, site_id=site_id))


def next_issuer(store: Store, site_id: str) -> int:
    """The issuer number of the next new station, never used before."""
    row = store.one(_highest_issuer, site_id=site_id)
    return max(FIRST_STATION_ISSUER, (row[0] or 0) + 1 if row else 0)


def takeover_of(seat: HubSeat | None, entries_of: Callable[[Subject], list[Entry]]) -> HubTakenOver | None:
    """What the hub recorded of its term; None for the first hub."""
    if seat is None or seat.term == FIRST_TERM:
        return None
    entries = entries_of(Subject(SubjectType.STATION, seat.device_id))
    taken = [each.fact for each in entries if isinstance(each.fact, HubTakenOver)]
    return next((fact for fact in taken if fact.term == seat.term), None)
