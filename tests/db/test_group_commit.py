"""Several commands in one commit: each is answered as if it had been alone, also when one fails in its middle."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from mppdesk.db.deciding.hub import Answered, Asked
from mppdesk.db.engine import Database
from mppdesk.db.journal.verify import verify
from mppdesk.db.projections import views
from mppdesk.domain.commands import CallNext, IssueTicket, OpenDay
from mppdesk.domain.errors import Refused
from tests.fakes.office import Office, open_office

LOANS, POLICE = "DUKA-01", "POLI-01"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with open_office(tmp_path / "office") as opened:
        opened.open("Loket 1")
        yield opened


def ask(office: Office, *services: str) -> list[str | type[Exception]]:
    """Ask for a number each, and for one call at a counter that is closed; the numbers, or what was raised."""
    asked = [Asked(IssueTicket(command_id=f"i{n}", service=each), office.actor) for n, each in enumerate(services)]
    asked.insert(1, Asked(CallNext(command_id="closed", counter=office.counter("Loket 2")), office.actor))
    told = office.home.required_hub().ask_many(asked)
    return [_number(each) if isinstance(each, Answered) else type(each) for each in told]


def _number(told: Answered) -> str:
    assert told.answer.ticket is not None
    return told.answer.ticket.number


def spoil(office: Office, number: int) -> None:
    """Let the row of a number be refused by the database, after its entry is written."""
    with office.home.database.writing() as store:
        store.connection.execute(
            f"CREATE TRIGGER spoiled BEFORE INSERT ON view_visits WHEN new.number = {number}"
            " BEGIN SELECT raise(ABORT, 'spoiled'); END"
        )


def numbers(database: Database) -> int:
    with database.reading() as store:
        row = store.connection.execute("SELECT count(*) FROM view_visits").fetchone()
    return int(row[0])


def test_what_is_refused_touches_nobody_else(office: Office) -> None:
    assert ask(office, LOANS, LOANS, POLICE) == ["B-001", Refused, "B-002", "C-001"]


def test_what_fails_in_its_middle_leaves_nothing_and_the_others_are_decided(office: Office) -> None:
    spoil(office, 2)

    told = ask(office, LOANS, LOANS, POLICE)

    assert (told[0], told[1], told[3]) == ("B-001", Refused, "C-001")
    assert isinstance(told[2], type) and issubclass(told[2], Exception)
    assert numbers(office.home.database) == 2
    with office.home.database.reading() as store:
        assert views.live_digest(store, office.home.site_id) == views.rebuilt_digest(store, office.home.site_id)


def test_those_in_one_commit_stand_in_the_order_they_asked_in(office: Office) -> None:
    office.issue(POLICE)
    ask(office, LOANS, POLICE, LOANS)
    office.issue(LOANS)
    with office.home.database.reading() as store:
        found = store.connection.execute("SELECT label, position FROM view_visits ORDER BY position").fetchall()
    assert [label for label, _ in found] == ["C-001", "B-001", "C-002", "B-002", "B-003"]
    assert len({position for _, position in found}) == len(found)


def test_a_day_that_one_command_opens_is_the_day_of_the_next_in_the_same_commit(office: Office) -> None:
    office.clock.forward(24 * 3600)
    tomorrow = office.writer.now().date().isoformat()
    asked = [
        Asked(IssueTicket(command_id="before", service=LOANS), office.actor),
        Asked(OpenDay(command_id="open", day=tomorrow), office.actor),
        Asked(IssueTicket(command_id="after", service=LOANS), office.actor),
    ]
    office.home.required_hub().ask_many(asked)
    with office.home.database.reading() as store:
        days = store.connection.execute("SELECT DISTINCT day FROM view_visits ORDER BY day").fetchall()
        checked = verify(store, office.home.site_id)
    assert days[-1] == (tomorrow,)
    assert checked.is_sound
