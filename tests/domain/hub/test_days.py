"""The service day: it opens by itself, follows a doubtful clock only by a person's word, and is closed by a person."""

from datetime import date

import pytest

from mppdesk.domain import commands, facts
from mppdesk.domain.facts import NumberBlock
from mppdesk.domain.visit import TicketStatus
from tests.domain.hub.building import Building


def day_facts(building: Building) -> list[str]:
    day = building.view.last_day()
    return [type(fact).__name__ for fact in building.view.facts_of(day.day_id)] if day else []


def close(building: Building, leftovers: str | None = None) -> commands.CloseDay:
    command: commands.CloseDay = building.command(commands.CloseDay, None, leftovers=leftovers)
    return command


def open_day(building: Building, day: str) -> commands.OpenDay:
    command: commands.OpenDay = building.command(commands.OpenDay, None, day=day)
    return command


def opened(building: Building) -> facts.DayOpened:
    day = building.view.last_day()
    assert day is not None
    fact = building.view.facts_of(day.day_id)[0]
    assert isinstance(fact, facts.DayOpened)
    return fact


def test_the_first_day_shares_out_the_numbers() -> None:
    building = Building()
    building.issue()
    day = building.view.last_day()
    assert day is not None
    assert (day.day, day.term, day.is_open, day.leftovers) == ("2026-11-23", 1, True, 0)
    assert day.blocks[:3] == (NumberBlock(0, 1, 599), NumberBlock(1, 600, 699), NumberBlock(2, 700, 724))
    assert day.blocks[-1] == NumberBlock(13, 975, 999)


def test_the_day_goes_on_with_the_next_command() -> None:
    building = Building()
    building.issue()
    building.forward(hours=8)
    building.issue()
    assert day_facts(building) == ["DayOpened"]


@pytest.mark.parametrize(
    ("last", "days", "holidays"),
    [
        ("Monday", 1, ()),
        ("Friday", 1, ()),
        ("Friday", 3, ()),
        ("Friday", 4, (date(2026, 11, 30),)),
    ],
)
def test_up_to_the_next_working_day_a_day_opens_by_itself(last: str, days: int, holidays: tuple[date, ...]) -> None:
    building = Building()
    building.holidays = frozenset(holidays)
    building.forward(days=0 if last == "Monday" else 4)
    building.issue()
    building.forward(days=days)
    assert building.issue().day == building.now.date().isoformat()


@pytest.mark.parametrize("days", [2, 365])
def test_a_clock_that_is_far_ahead_opens_a_day_only_by_a_persons_word(days: int) -> None:
    building = Building()
    building.issue()
    building.forward(days=days)
    refusal = building.refused(building.command(commands.IssueTicket, None, service="DUKA-01"))
    assert "hari pelayanan terakhir 23 November 2026" in refusal
    building.ask(open_day(building, building.now.date().isoformat()))
    assert building.issue().day == building.now.date().isoformat()
    assert opened(building).confirmed


@pytest.mark.parametrize("days", [1, 30])
def test_a_clock_that_was_set_back_never_reopens_an_earlier_day(days: int) -> None:
    building = Building()
    building.issue()
    building.forward(days=-days)
    visit = building.issue()
    assert (visit.day, visit.label) == ("2026-11-23", "B-002")


def test_who_vouches_for_a_date_is_its_author() -> None:
    building = Building()
    (draft,) = building.ask(open_day(building, "2026-11-23")).drafts
    assert not draft.by_system
    assert draft.fact.command_id


def test_tomorrow_may_be_opened_early_but_no_later_day() -> None:
    building = Building()
    building.issue()
    assert "lebih dari satu hari" in building.refused(open_day(building, "2026-11-25"))
    building.ask(open_day(building, "2026-11-24"))
    assert building.issue().day == "2026-11-24"


@pytest.mark.parametrize("day", ["2026-11-23", "2026-11-22"])
def test_a_day_that_is_over_or_open_is_not_opened_again(day: str) -> None:
    building = Building()
    building.issue()
    assert "sudah pernah dibuka" in building.refused(open_day(building, day))


@pytest.mark.parametrize("day", ["besok", "2026-13-01", "", "24-11-2026"])
def test_what_is_no_date_is_refused_in_words(day: str) -> None:
    building = Building()
    assert f'Tanggal "{day}" tidak terbaca.' in building.refused(open_day(building, day))


# --- closing ---------------------------------------------------------------------------------------------------------


def test_a_day_with_people_left_is_not_closed_before_they_are_decided() -> None:
    building = Building()
    building.issue()
    building.issue()
    assert "2 nomor belum selesai" in building.refused(close(building))
    assert "2 nomor belum selesai" in building.refused(close(building, "lupakan"))


@pytest.mark.parametrize(("choice", "status"), [("cancel", TicketStatus.CANCELLED), ("outside", TicketStatus.FINISHED)])
def test_whoever_is_left_is_decided_with_the_day(choice: str, status: TicketStatus) -> None:
    building = Building()
    building.open("Loket 1", "Loket 2")
    waiting, held = building.issue("POLI-01"), building.serve()
    building.do(commands.HoldTicket, visit=held.visit_id)
    served = building.serve()
    building.ask(close(building, choice))
    assert [building.again(each).status for each in (waiting, held, served)] == [status] * 3
    day = building.view.last_day()
    assert day is not None
    assert not day.is_open


def test_the_counts_are_signed_as_they_stood() -> None:
    building = Building()
    building.open("Loket 1")
    building.serve()
    building.do(commands.FinishTicket)
    building.issue()
    drafts = building.ask(close(building, "cancel")).drafts
    counts = drafts[-1].fact.counts
    assert (counts["finished"], counts["waiting"], counts["cancelled"], counts["leftovers"]) == (1, 1, 0, 1)


def test_every_decision_of_the_closing_is_told_apart_by_its_command_id() -> None:
    building = Building()
    building.issue()
    building.issue()
    command = close(building, "outside")
    ids = [draft.fact.command_id for draft in building.ask(command).drafts]
    assert ids == [f"{command.command_id}/B-001", f"{command.command_id}/B-002", command.command_id]


def test_yesterdays_and_todays_of_one_number_are_decided_under_ids_of_their_own() -> None:
    building = Building()
    building.issue()
    building.forward(days=1)
    building.issue()
    command = close(building, "cancel")
    ids = [draft.fact.command_id for draft in building.ask(command).drafts]
    assert ids == [f"{command.command_id}/{end}" for end in ("2026-11-23/B-001", "B-001")] + [command.command_id]


def test_after_the_closing_commands_are_refused_until_somebody_reopens_the_day() -> None:
    building = Building()
    building.open("Loket 1")
    building.issue()
    building.ask(close(building, "cancel"))
    for command in (
        building.command(commands.IssueTicket, None, service="DUKA-01"),
        building.command(commands.CallNext),
        building.command(commands.TakeBreak),
    ):
        assert "sudah ditutup" in building.refused(command)
    assert "sudah ditutup" in building.refused(close(building))
    building.ask(building.command(commands.ReopenDay, None))
    assert building.issue().label == "B-002"


def test_an_open_day_is_not_reopened_and_without_a_day_there_is_nothing_to_close() -> None:
    building = Building()
    assert "Belum ada hari pelayanan" in building.refused(close(building))
    assert "Belum ada hari pelayanan" in building.refused(building.command(commands.ReopenDay, None))
    building.issue()
    assert "masih dibuka" in building.refused(building.command(commands.ReopenDay, None))


def test_the_day_after_a_closed_one_opens_by_itself() -> None:
    building = Building()
    building.issue()
    building.ask(close(building, "cancel"))
    building.forward(days=1)
    assert building.issue().day == "2026-11-24"


def test_yesterdays_undecided_are_carried_as_such() -> None:
    building = Building()
    left = building.issue()
    building.issue()
    building.forward(days=1)
    building.issue()
    day = building.view.last_day()
    assert day is not None
    assert (day.day, day.leftovers) == ("2026-11-24", 2)
    assert building.again(left).status is TicketStatus.WAITING
    building.ask(close(building, "outside"))
    assert building.again(left).outcome == "outside"


# --- who belongs to which day ----------------------------------------------------------------------------------------


def test_yesterdays_ticket_is_not_called_transferred_or_put_back_today() -> None:
    building = Building()
    building.open("Loket 1")
    old, missed = building.issue(), building.issue()
    building.do(commands.CallTicket, visit=missed.visit_id, reason="companion")
    building.do(commands.MarkNoShow)
    building.forward(days=1)
    building.open("Loket 1")
    for command in (
        building.command(commands.CallTicket, visit=old.visit_id, reason="companion"),
        building.command(commands.TransferTicket, visit=old.visit_id, service="DUKA-02"),
        building.command(commands.RequeueTicket, None, visit=missed.visit_id),
    ):
        assert "nomor hari lain" in building.refused(command)


def test_yesterdays_person_at_the_desk_is_registered_in_the_new_day() -> None:
    building = Building()
    building.open("Loket 1")
    visit = building.serve()
    submission = building.file(visit)
    building.forward(days=1)
    drafts = building.ask(building.register(submission, visit)).drafts
    assert isinstance(drafts[0].fact, facts.DayOpened)
    assert {draft.fact.day for draft in drafts} == {"2026-11-24"}


def test_a_file_of_yesterday_is_handed_back_in_the_new_day() -> None:
    building = Building()
    building.open("Loket 1")
    visit = building.serve()
    submission = building.file(visit, lacking=("DUKA-01-R01",))
    building.forward(days=1)
    drafts = building.ask(building.hand_back(submission, visit)).drafts
    assert isinstance(drafts[0].fact, facts.DayOpened)


def test_midnight_is_that_of_the_sites_zone() -> None:
    building = Building()
    building.forward(hours=15)
    assert building.issue().day == "2026-11-24"
    assert building.now.hour == 0
