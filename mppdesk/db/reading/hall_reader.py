"""What the hall shows: the kiosk's agencies and services, and the display board's calls."""

from collections import Counter
from datetime import timedelta

from sqlalchemy import bindparam, func, select

from mppdesk.db import tables
from mppdesk.db.reading.moment import Moment
from mppdesk.db.sql import Statement
from mppdesk.domain.catalog import Agency
from mppdesk.domain.office_day import NO_NEW_NUMBERS, CounterShift, takes_numbers
from mppdesk.operations.readings import BoardCall, BoardScreen, KioskAgency, KioskScreen, KioskService
from mppdesk.texts import Text

_visits = tables.view_visits.c
_calls = tables.view_calls.c

_waiting_by_service = Statement(
    select(_visits.service, func.count())
    .where(_visits.site_id == bindparam("site_id"), _visits.day == bindparam("day"), _visits.status == "waiting")
    .group_by(_visits.service)
)
_issued_by_agency = Statement(
    select(_visits.agency, func.count())
    .where(_visits.site_id == bindparam("site_id"), _visits.day >= bindparam("since"))
    .group_by(_visits.agency)
)
_last_calls = Statement(
    select(_calls.ordinal, _calls.label, _calls.counter_label, _calls.agency, _calls.called_ms, _calls.times)
    .where(_calls.site_id == bindparam("site_id"), _calls.day == bindparam("day"), _calls.times > 0)
    .order_by(_calls.ordinal.desc())
    .limit(bindparam("count"))
)
_MONTH_DAYS = 30


def kiosk_screen(moment: Moment) -> KioskScreen:
    """Agencies with their queues; the order is fixed for the day: most used in the month before it."""
    waiting: Counter[str] = Counter(dict(moment.store.all(_waiting_by_service, site_id=moment.site_id, day=moment.day)))
    shifts = moment.view.shifts(moment.day)
    agencies = [agency for agency in _by_use(moment) if moment.reference.catalog.of_agency(agency.code)]
    return KioskScreen(
        mpp_name=moment.reference.site.name,
        heading=moment.reference.site.heading,
        agencies=tuple(_kiosk_agency(moment, agency, waiting, shifts) for agency in agencies),
    )


def board_screen(moment: Moment, count: int) -> BoardScreen:
    """The last calls, newest first."""
    counts = moment.view.counts(moment.day)
    return BoardScreen(
        mpp_name=moment.reference.site.name,
        heading=moment.reference.site.heading,
        calls=tuple(
            _board_call(moment, *row)
            for row in moment.store.all(_last_calls, site_id=moment.site_id, day=moment.day, count=count)
        ),
        waiting=counts["waiting"],
        finished=counts["finished"],
    )


def _by_use(moment: Moment) -> list[Agency]:
    since = (moment.date - timedelta(days=_MONTH_DAYS)).isoformat()
    before: Counter[str] = Counter(dict(moment.store.all(_issued_by_agency, site_id=moment.site_id, since=since)))
    return sorted(
        moment.reference.catalog.agencies.values(),
        key=lambda agency: (-before[agency.code], -agency.counters_estimate, agency.short_name),
    )


def _kiosk_agency(
    moment: Moment, agency: Agency, waiting: Counter[str], shifts: tuple[CounterShift, ...]
) -> KioskAgency:
    services = tuple(
        KioskService(version.service, waiting[version.service.code], _closed(version.service.code, shifts))
        for version in moment.reference.catalog.of_agency(agency.code)
    )
    opening = moment.reference.site.opening(agency.code, moment.now)
    is_over = all(each.closed for each in services)
    return KioskAgency(
        agency=agency,
        services=services,
        waiting=sum(each.waiting for each in services),
        closed=opening.reason or (NO_NEW_NUMBERS if is_over else None),
    )


def _closed(service: str, shifts: tuple[CounterShift, ...]) -> Text | None:
    return None if takes_numbers(service, shifts) else NO_NEW_NUMBERS


def _board_call(
    moment: Moment, ordinal: int, number: str, counter_label: str, agency: str, called_ms: int, times: int
) -> BoardCall:
    known = moment.reference.catalog.agencies.get(agency)
    return BoardCall(
        ordinal=ordinal,
        number=number,
        counter_label=counter_label,
        agency=known.short_name if known else agency,
        spoken_agency=known.spoken_name if known else agency,
        called_ms=called_ms,
        times=times,
    )
