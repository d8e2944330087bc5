"""Where a member of staff worked last, so that sign-in can remind her of it."""

import json
from datetime import date

from sqlalchemy import bindparam, select

from mppdesk.db import tables
from mppdesk.db.reading.counter_reader import serves_words
from mppdesk.db.reading.moment import Moment
from mppdesk.db.sql import Statement
from mppdesk.operations.readings import LastShift

_counter_days = tables.view_counter_days.c
_last_opening = Statement(
    select(_counter_days.day, _counter_days.counter, _counter_days.services)
    .where(_counter_days.site_id == bindparam("site_id"), _counter_days.user_id == bindparam("user_id"))
    .order_by(_counter_days.day.desc(), _counter_days.opened_ms.desc(), _counter_days.counter_day_id)
    .limit(1)
)


def last_shift(moment: Moment, user_name: str) -> LastShift | None:
    """The last counter that somebody opened; None for who never did, or where that counter is no more."""
    users = moment.reference.users.items()
    user_id = next((key for key, user in users if user.user_name == user_name), None)
    row = moment.store.one(_last_opening, site_id=moment.site_id, user_id=user_id) if user_id else None
    if row is None:
        return None
    day, counter, opened_for = row
    place = moment.reference.counters.get(counter)
    agency = moment.reference.catalog.agencies.get(place.agency) if place else None
    if place is None or agency is None:
        return None
    services = frozenset(json.loads(opened_for)) or moment.reference.services_of(counter)
    return LastShift(place.label, date.fromisoformat(day), serves_words(moment, place, agency, services))
