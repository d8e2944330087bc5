"""What is known of the numbers that were given: here, elsewhere, and before there was a table of them."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from mppdesk.db import numbers_issued
from mppdesk.domain.entries import Subject, SubjectType
from mppdesk.domain.facts import TicketIssued
from tests.fakes.office import Office, open_office
from tests.sync.replicas import empty_replica, meet, replica_of


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with open_office(tmp_path / "office") as opened:
        opened.open("Loket 1")
        for _ in range(3):
            opened.issue()
        yield opened


def test_another_store_learns_what_was_given(office: Office, tmp_path: Path) -> None:
    day = office.writer.now().date().isoformat()
    site = office.home.site_id
    with empty_replica(tmp_path / "standby.db", site) as standby:
        meet(standby, replica_of(office))

        with standby.database.reading() as store:
            assert numbers_issued.highest(store, site, day, "B", 1, 599) == 3
            assert numbers_issued.highest(store, site, day, "B", 600, 699) == 0
            assert numbers_issued.highest(store, site, day, "C", 1, 599) == 0
            assert numbers_issued.visit_of(store, site, day, "B", 4) is None


def test_a_visit_that_does_not_bear_its_number_teaches_nothing(office: Office) -> None:
    site = office.home.site_id
    with office.readers.moment() as moment:
        issued = next(
            each
            for visit in moment.store.connection.execute("SELECT visit_id FROM view_visits").fetchall()
            for each in moment.journal.entries_of(Subject(SubjectType.VISIT, visit[0]))
            if isinstance(each.fact, TicketIssued)
        )
    assert isinstance(issued.fact, TicketIssued)
    liar = replace(issued, fact=replace(issued.fact, number=599))

    with office.home.database.writing() as store:
        numbers_issued.learn(store, site, [liar, issued])

        assert numbers_issued.highest(store, site, issued.fact.day, "B", 1, 599) == 3
