"""A clock that shows any year there is: an empty battery may, and nobody stops for it."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from mppdesk.db.journal.logs import furthest_hlc, hlcs_after
from mppdesk.domain import commands
from tests.fakes.clock import FakeClock
from tests.fakes.office import open_office

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
