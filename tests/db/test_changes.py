"""What changed, as every screen hears it: each subject once, as it stands, in the very words of the whole queue."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from mppdesk.db.reading.changes import Change, Changes
from mppdesk.db.reading.queue_reader import counters, open_tickets
from mppdesk.domain.commands import CallNext, OpenDay
from mppdesk.domain.entries import SubjectType
from tests.fakes.office import Office, open_office

LOANS = "DUKA-01"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with open_office(tmp_path / "office") as opened:
        yield opened


@pytest.fixture
def changes(office: Office) -> Changes:
    return Changes(office.home.database, office.home.site_id, office.writer.author.log_id)


def shown(found: tuple[Change, ...], kind: SubjectType) -> list[object]:
    return [msgspec.json.decode(each.stands) for each in found if each.type == kind and each.stands is not None]


def test_tickets_and_counters_are_told_in_the_words_of_the_queue(office: Office, changes: Changes) -> None:
    office.open("Loket 1")
    office.issue(LOANS)
    office.issue(LOANS, priority="elderly")
    office.act(CallNext)

    told = changes.read()

    with office.readers.moment() as moment:
        queue = {each.id: each for each in open_tickets(moment)}
        tickets = {subject.id: queue[subject.id] for subject in told if subject.type == SubjectType.VISIT}
        assert len(tickets) == 2
        assert shown(told, SubjectType.VISIT) == msgspec.to_builtins(list(tickets.values()))
        assert shown(told, SubjectType.COUNTER_DAY) == msgspec.to_builtins(list(counters(moment)))


def test_each_subject_is_told_once_and_in_the_order_of_its_first_change(office: Office, changes: Changes) -> None:
    office.open("Loket 1")
    first, second = office.issue(LOANS), office.issue(LOANS)
    office.act(CallNext)

    told = [each.id for each in changes.read() if each.type == SubjectType.VISIT]

    assert first.ticket is not None
    assert second.ticket is not None
    assert told == [first.ticket.id, second.ticket.id]
    assert changes.read() == ()


def test_what_no_screen_shows_is_named_only(office: Office, changes: Changes) -> None:
    office.ask(OpenDay(command_id="morning", day=office.clock.now().date().isoformat()))

    assert [(each.type, each.stands) for each in changes.read() if each.type != SubjectType.LOG] == [
        (SubjectType.SERVICE_DAY, None)
    ]
