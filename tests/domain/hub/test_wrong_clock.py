"""A day that a wrong clock opened: it goes on, until whoever leads says what date it really is."""

from datetime import date

import pytest

from mppdesk.domain import commands, facts
from mppdesk.domain.errors import NotAllowed
from mppdesk.domain.office_day import HUB_ISSUER
from mppdesk.domain.site import Role, UserProfile
from mppdesk.domain.visit import TicketStatus
from tests.domain.hub.building import Building

TODAY = "2026-11-23"
A_YEAR = 365


def correct(building: Building, day: str = TODAY, leftovers: str | None = None) -> commands.CorrectDate:
    command: commands.CorrectDate = building.command(commands.CorrectDate, None, day=day, leftovers=leftovers)
    return command


def opened_by_a_wrong_clock(days_ahead: int = A_YEAR) -> Building:
    """An office whose very first day was opened by a clock that stood ahead, and was then put right."""
    building = Building()
    building.forward(days=days_ahead)
    building.open("Loket 1")
    building.serve()
    building.do(commands.FinishTicket)
    building.forward(days=-days_ahead)
    return building


def test_until_somebody_says_so_the_day_of_the_wrong_date_goes_on() -> None:
    building = opened_by_a_wrong_clock()
    assert (building.issue().day, building.today) == ("2027-11-23", "2027-11-23")


def test_the_right_date_opens_by_the_word_of_who_leads_and_the_wrong_one_is_over() -> None:
    building = opened_by_a_wrong_clock()
    wrong = building.view.last_day()
    assert wrong is not None
    misdated, opened = building.ask(correct(building)).drafts
    assert (misdated.subject.id, misdated.fact.really, misdated.fact.counts["finished"]) == (wrong.day_id, TODAY, 1)
    assert (opened.fact.day, opened.fact.confirmed, opened.by_system) == (TODAY, True, False)
    assert building.today == TODAY


def test_the_hall_never_sees_a_number_twice_on_the_day_of_the_correction() -> None:
    building = opened_by_a_wrong_clock()
    building.ask(correct(building))
    day = building.view.last_day()
    assert day is not None
    assert (day.block(HUB_ISSUER), building.issue().label) == (facts.NumberBlock(HUB_ISSUER, 2, 599), "B-002")
    building.forward(days=1)
    assert building.issue().label == "B-001"


def test_the_date_is_opened_anew_when_it_really_comes_and_gives_no_number_a_second_time() -> None:
    building = opened_by_a_wrong_clock(days_ahead=1)
    building.ask(correct(building))
    building.forward(days=1)
    assert (building.issue().label, building.today) == ("B-002", "2026-11-24")


def test_whoever_is_left_is_decided_first() -> None:
    building = opened_by_a_wrong_clock()
    left = building.issue()
    assert "1 nomor belum selesai" in building.refused(correct(building))
    building.ask(correct(building, leftovers="outside"))
    assert building.again(left).status is TicketStatus.FINISHED


def test_a_week_of_wrong_dates_is_put_right_at_once() -> None:
    building = Building()
    building.forward(days=A_YEAR)
    for _ in range(3):
        building.issue()
        building.forward(days=1)
    building.forward(days=-A_YEAR)
    drafts = building.ask(correct(building, "2026-11-26", "cancel")).drafts
    kinds = [type(each.fact).__name__ for each in drafts]
    assert kinds == ["TicketCancelled"] * 3 + ["DayMisdated"] * 3 + ["DayOpened"]
    assert len({each.fact.command_id for each in drafts}) == len(drafts)
    assert building.today == "2026-11-26"


def test_a_date_that_was_opened_rightly_before_goes_on() -> None:
    building = Building()
    building.issue()
    building.forward(days=A_YEAR)
    building.ask(building.command(commands.OpenDay, None, day=building.now.date().isoformat()))
    building.issue()
    building.forward(days=-A_YEAR)
    drafts = building.ask(correct(building, leftovers="cancel")).drafts
    assert [type(each.fact).__name__ for each in drafts] == ["TicketCancelled", "TicketCancelled", "DayMisdated"]
    assert building.issue().label == "B-002"


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2026-11-24", "Jam komputer menunjukkan 23 November 2026"),
        ("2027-11-23", "Jam komputer menunjukkan 23 November 2026"),
        ("kemarin", "tidak terbaca"),
    ],
)
def test_the_date_that_is_said_must_be_that_of_the_clock(day: str, said: str) -> None:
    building = opened_by_a_wrong_clock()
    assert said in building.refused(correct(building, day))


def test_there_is_nothing_to_put_right_on_a_day_that_is_not_ahead() -> None:
    building = Building()
    assert "Belum ada hari pelayanan" in building.refused(correct(building))
    building.issue()
    assert "tidak mendahului" in building.refused(correct(building))


def test_a_clock_whose_battery_died_takes_no_day_back() -> None:
    building = Building()
    building.issue()
    building.forward(days=(date(2020, 1, 1) - date(2026, 11, 23)).days)
    assert "1 Januari 2020" in building.refused(correct(building, "2020-01-01"))


@pytest.mark.parametrize("user", ["dewi", "system"])
def test_a_clerk_and_a_machine_may_not_say_so(user: str) -> None:
    building = opened_by_a_wrong_clock()
    building.view.users["dewi"] = UserProfile("dewi", "Dewi Contohwati", (Role.CLERK,))
    building.user = user
    with pytest.raises(NotAllowed, match="penyelia"):
        building.decide(correct(building))
