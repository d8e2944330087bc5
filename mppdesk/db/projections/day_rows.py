"""Rows of the views of a day as the values of the domain."""

import json
from functools import lru_cache

from mppdesk.db.sql import Row
from mppdesk.domain.facts import NumberBlock
from mppdesk.domain.office_day import CounterDay, CounterState, ServiceDay


def counter_day_of(row: Row) -> CounterDay:
    """Make the opening of a counter from a row in the order of the fields."""
    return CounterDay(
        counter_day_id=row[0],
        day=row[1],
        counter=row[2],
        label=row[3],
        services=chosen_services(row[4]),
        state=CounterState(row[5]),
        user=row[6],
        opened_ms=row[7],
        break_until=row[8],
    )


# Most counters choose nothing, and each ticket asks all of them.
@lru_cache(maxsize=64)
def chosen_services(text: str) -> tuple[str, ...]:
    """The services that a counter was opened for; none: all it is set up for."""
    return tuple(json.loads(text))


# Every command asks for the day, and its row is the same from morning to evening.
@lru_cache(maxsize=4)
def service_day_of(row: Row) -> ServiceDay:
    """Make the service day from a row in the order of the fields."""
    blocks = tuple(NumberBlock(*block) for block in json.loads(row[4]))
    return ServiceDay(row[0], row[1], bool(row[2]), row[3], blocks, row[5])
