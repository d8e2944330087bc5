"""How much one log may say of what takes numbers and dates away from everybody else (decision 0022)."""

from collections import Counter
from collections.abc import Iterable

from mppdesk.domain.facts import DayOpenedAlone, TicketClaimedOffline

BOUNDED_KINDS = (DayOpenedAlone.__name__, TicketClaimedOffline.__name__)
MOST_PAPER_CLAIMS = 300
"""Slips of one service day that one log may claim: more than a counter can serve from morning to evening."""
_MOST_OPENINGS = 3
_MOST_DATES = 400


def is_too_much(facts: Iterable[object]) -> bool:
    """Whether the facts of one log are more than an honest computer records, however long it runs."""
    claims: Counter[str] = Counter()
    dates: Counter[str] = Counter()
    for fact in facts:
        if isinstance(fact, DayOpenedAlone):
            dates[fact.day] += 1
        elif isinstance(fact, TicketClaimedOffline) and fact.paper is not None:
            claims[fact.day] += 1
    most_claims, most_openings = (max(each.values(), default=0) for each in (claims, dates))
    return most_claims > MOST_PAPER_CLAIMS or most_openings > _MOST_OPENINGS or len(dates) > _MOST_DATES
