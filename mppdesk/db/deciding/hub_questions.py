"""What a deciding transaction asks of the view tables, each question written once."""

from sqlalchemy import bindparam, func, or_, select

from mppdesk.db import tables
from mppdesk.db.sql import Statement, one_of
from mppdesk.domain.office_day import MISDATED, NO_TERM

_visits = tables.view_visits.c
_calls = tables.view_calls.c
_counter_days = tables.view_counter_days.c
_days = tables.view_service_days.c
_register = tables.view_register.c
_submissions = tables.view_submissions.c

_OPEN_STATUSES = ("waiting", "called", "serving", "on_hold", "no_show")

_a_day = select(_days.day_id, _days.day, _days.is_open, _days.term, _days.blocks, _days.leftovers)
LAST_DAY = Statement(
    _a_day.where(_days.site_id == bindparam("site_id"), _days.term > NO_TERM)
    .order_by(_days.day.desc(), _days.opened_hlc.desc())
    .limit(1)
)
DAYS_SINCE = Statement(
    _a_day.where(_days.site_id == bindparam("site_id"), _days.term > NO_TERM, _days.day >= bindparam("day")).order_by(
        _days.day, _days.opened_hlc
    )
)
DAY_ALONE = Statement(
    _a_day.where(_days.site_id == bindparam("site_id"), _days.day <= bindparam("until"), _days.term == NO_TERM)
    .order_by(_days.day.desc(), _days.opened_hlc.desc())
    .limit(1)
)
COUNTER_DAY = Statement(
    select(
        _counter_days.counter_day_id,
        _counter_days.day,
        _counter_days.counter,
        _counter_days.label,
        _counter_days.services,
        _counter_days.state,
        _counter_days.user_id,
        _counter_days.opened_ms,
        _counter_days.break_until,
    )
    .where(
        _counter_days.site_id == bindparam("site_id"),
        _counter_days.day == bindparam("day"),
        _counter_days.counter == bindparam("counter"),
        _counter_days.state != "closed",
    )
    .order_by(_counter_days.counter_day_id.desc())
    .limit(1)
)
SHIFTS = Statement(
    select(_counter_days.counter, _counter_days.label, _counter_days.state, _counter_days.services)
    .where(_counter_days.site_id == bindparam("site_id"), _counter_days.day == bindparam("day"))
    .order_by(_counter_days.counter_day_id)
)
OPEN_COUNTERS = Statement(
    select(_counter_days.counter).where(
        _counter_days.site_id == bindparam("site_id"),
        _counter_days.day == bindparam("day"),
        _counter_days.state == "open",
    )
)
AT_COUNTER = Statement(
    select(_visits.visit_id).where(
        _visits.site_id == bindparam("site_id"),
        _visits.day == bindparam("day"),
        _visits.counter == bindparam("counter"),
        one_of(_visits.status, ("called", "serving")),
    )
)
WAITING = Statement(
    select(_visits.visit_id, _visits.label, _visits.service, _visits.position, _visits.issued_ms, _visits.is_priority)
    .where(
        _visits.site_id == bindparam("site_id"),
        _visits.day == bindparam("day"),
        _visits.status == "waiting",
        _visits.agency == bindparam("agency"),
        _visits.is_priority == bindparam("is_priority"),
    )
    .order_by(_visits.position)
)
RECENT_CALLS = Statement(
    select(_calls.visit_id, _calls.is_priority, _calls.service)
    .where(_calls.site_id == bindparam("site_id"), _calls.day == bindparam("day"), _calls.times > 0)
    .order_by(_calls.ordinal.desc())
)
QUEUE_LENGTH = Statement(
    select(func.count()).where(
        _visits.site_id == bindparam("site_id"),
        _visits.day == bindparam("day"),
        _visits.status == "waiting",
        _visits.agency == bindparam("agency"),
    )
)
POSITIONS = Statement(
    select(_visits.position)
    .where(
        _visits.site_id == bindparam("site_id"),
        _visits.day == bindparam("day"),
        _visits.status == "waiting",
        _visits.agency == bindparam("agency"),
    )
    .order_by(_visits.position)
)
HIGHEST_POSITION = Statement(
    select(func.max(_visits.position)).where(_visits.site_id == bindparam("site_id"), _visits.day == bindparam("day"))
)
HIGHEST_CALL = Statement(
    select(func.max(_calls.ordinal)).where(_calls.site_id == bindparam("site_id"), _calls.day == bindparam("day"))
)
SUBMISSION_OF = Statement(
    select(_submissions.submission_id)
    .where(_submissions.site_id == bindparam("site_id"), _submissions.visit_id == bindparam("visit_id"))
    .order_by(func.coalesce(_submissions.decided_ms, 0).desc(), _submissions.submission_id.desc())
    .limit(1)
)
SUBMISSION_FOR = Statement(
    select(_submissions.submission_id)
    .where(
        _submissions.site_id == bindparam("site_id"),
        _submissions.visit_id == bindparam("visit_id"),
        _submissions.service == bindparam("service"),
    )
    .order_by(_submissions.submission_id.desc())
    .limit(1)
)
HIGHEST_REGISTER = Statement(
    select(func.max(_register.n)).where(
        _register.site_id == bindparam("site_id"),
        _register.agency == bindparam("agency"),
        _register.year == bindparam("year"),
    )
)
LAST_REGISTERED = Statement(
    select(func.max(_register.registered_ms)).where(
        _register.site_id == bindparam("site_id"), _register.agency == bindparam("agency"), _register.n > 0
    )
)
PROVISIONAL = Statement(
    select(_register.register_number).where(
        _register.site_id == bindparam("site_id"),
        _register.agency == bindparam("agency"),
        _register.year == bindparam("year"),
        _register.n == 0,
    )
)
# By the days that were opened, so that a million old tickets are not looked at one by one. A misdated day is over, and
# its date is still to come.
UNDECIDED = Statement(
    select(_visits.visit_id)
    .where(
        _visits.site_id == bindparam("site_id"),
        _visits.day.in_(
            select(_days.day).where(
                _days.site_id == bindparam("site_id"), or_(_days.day <= bindparam("day"), _days.term == MISDATED)
            )
        ),
        one_of(_visits.status, _OPEN_STATUSES),
    )
    .order_by(_visits.day, _visits.position)
)
COUNTS = Statement(
    select(_visits.status, func.count())
    .where(_visits.site_id == bindparam("site_id"), _visits.day == bindparam("day"))
    .group_by(_visits.status)
)
