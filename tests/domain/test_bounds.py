"""What one log may say of numbers and dates: all that a day of work needs, and no flood."""

from typing import Any

import pytest

from mppdesk.domain import facts
from mppdesk.domain.bounds import MOST_PAPER_CLAIMS, is_too_much

PAPER = facts.ShownPaper("B", 1, 3, 1024, facts.Stop("DUKA-01", "DUKA", "v"))


def claims(count: int, day: str = "2026-11-23", paper: facts.ShownPaper | None = PAPER) -> list[Any]:
    claim = facts.TicketClaimedOffline(
        command_id="", term=1, day=day, number="B-001", service="DUKA-01", counter="c", counter_label="L", paper=paper
    )
    return [claim] * count


def alone(*days: str) -> list[Any]:
    return [facts.DayOpenedAlone(command_id="", term=1, day=day) for day in days]


def test_every_day_has_room_for_all_that_a_counter_can_serve() -> None:
    days = [f"2026-11-{day}" for day in range(10, 30)]
    assert not is_too_much([*alone(*days), *(fact for day in days for fact in claims(MOST_PAPER_CLAIMS, day))])
    assert not is_too_much(claims(5000, paper=None))


@pytest.mark.parametrize(
    "flood",
    [
        claims(MOST_PAPER_CLAIMS + 1),
        alone(*["2026-11-23"] * 4),
        alone(*(f"{year}-01-01" for year in range(2027, 2428))),
    ],
)
def test_a_flood_is_one(flood: list[Any]) -> None:
    assert is_too_much(flood)
