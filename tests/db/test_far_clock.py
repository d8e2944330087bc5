"""A clock that shows any year there is: an empty battery may, and nobody stops for it."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from mppdesk.db.journal.logs import furthest_hlc, hlcs_after
from mppdesk.domain import commands
from mppdesk.domain.entries import Draft, Subject, SubjectType
from mppdesk.domain.facts import LogOpened, UserDefined
from tests.fakes.clock import CountedIds, FakeClock
from tests.fakes.office import open_office

A_DAY_S, A_YEAR_S = 86_400, 365 * 86_400
LARGEST = 2**63 - 1  # what a column of SQLite or PostgreSQL holds


@pytest.mark.parametrize("year", [1970, 6430, 9981, 9999])
def test_a_person_is_served_from_ticket_to_end(tmp_path: Path, year: int) -> None:
    with open_office(tmp_path, FakeClock(datetime(year, 12, 31, 3, 0, tzinfo=UTC))) as office:
        office.open("Loket 1")
        number = office.ask(commands.IssueTicket(command_id=office.ids.new(), service="DUKA-01")).ticket
        counter = office.counter("Loket 1")
        called = office.ask(commands.CallNext(command_id=office.ids.new(), counter=counter)).ticket
        assert number is not None
        assert called is not None
        office.ask(commands.StartService(command_id=office.ids.new(), counter=counter, visit=called.id))
        office.ask(commands.FinishTicket(command_id=office.ids.new(), counter=counter, visit=called.id))

        assert called.number == number.number
        assert len(office.readers.history(called.id)) == 5
        assert office.readers.kiosk_screen().agencies
        assert office.readers.counter_screen(counter).today.finished == 1


def test_the_clock_of_the_journal_goes_on_counting_where_no_column_holds_more() -> None:
    far = int(datetime(9999, 12, 31, tzinfo=UTC).timestamp() * 1000)
    first = hlcs_after(0, far, 3)
    then = hlcs_after(first[-1], far, 1)
    assert [*first, *then] == sorted({*first, *then})
    assert then[0] < furthest_hlc(far) < LARGEST
    assert hlcs_after(furthest_hlc(far), far, 10**6)[-1] < LARGEST, "also after a clock that was followed"


class TimedIds(CountedIds):
    """Ids as the program makes them: first the time of a clock."""

    def __init__(self, clock: FakeClock) -> None:
        super().__init__()
        self._clock = clock

    def new(self) -> str:
        return f"{int(self._clock.now().timestamp() * 1000):012x}{super().new()[12:]}"


@pytest.mark.parametrize("jumps_s", [(0, -A_DAY_S, 60), (0, A_YEAR_S, -A_YEAR_S, 60)])
def test_each_start_names_the_one_before_it_wherever_the_clock_stood(tmp_path: Path, jumps_s: tuple[int, ...]) -> None:
    clock = FakeClock()
    ids, starts = TimedIds(clock), list[str]()
    for jump_s in jumps_s:
        clock.forward(jump_s)
        with open_office(tmp_path, clock, ids) as office:
            with office.writer.begin(office.actor) as unit:
                user = Subject(SubjectType.USER, unit.new_id())
                unit.record(
                    Draft(unit.new_id(), user, UserDefined(user_name="melati", display_name="Melati", roles=()))
                )
            starts.append(office.writer.author.log_id)

    with open_office(tmp_path, clock, ids) as office, office.readers.moment() as moment:
        opened = [moment.journal.entries_of(Subject(SubjectType.LOG, each))[0].fact for each in starts]
    named = [each.previous_log for each in opened if isinstance(each, LogOpened)]
    assert named[1:] == starts[:-1]
