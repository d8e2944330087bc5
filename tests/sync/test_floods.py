"""A station that claims every number by paper, or opens every date for itself: what is beyond bounds waits alone."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from mppdesk.db.replication.replica import TOO_MUCH, Outcome
from mppdesk.domain import facts
from mppdesk.domain.bounds import MOST_PAPER_CLAIMS
from mppdesk.domain.entries import Subject, SubjectType
from mppdesk.domain.facts import ShownPaper, Stop
from mppdesk.domain.ticket_number import visit_name
from tests.sync.hostile import HostileLog
from tests.sync.replicas import digests
from tests.sync.rulers import COUNTER, KIOSK, Rulers, hearing_store

TODAY = "2026-11-23"


@pytest.fixture(scope="module")
def numbers() -> Iterator[int]:
    return iter(range(8001, 9000))


def claimed(rulers: Rulers, log_number: int, first: int, count: int) -> HostileLog:
    """A log of the counter that claims so many of the hub's numbers from one on."""
    log = rulers.log(COUNTER, log_number)
    for number in range(first, first + count):
        paper = ShownPaper("C", number, 3, number, Stop("POLI-01", "POLI", "v"))
        claim = facts.TicketClaimedOffline(
            command_id="", term=1, day=TODAY, number=f"C-{number:03}", service="POLI-01", counter="x",
            counter_label="X", paper=paper,
        )  # fmt: skip
        log.add(claim, Subject(SubjectType.VISIT, visit_name(TODAY, "C", number)))
    return log


def issued(rulers: Rulers) -> int:
    ticket = rulers.office.issue("POLI-01").ticket
    assert ticket is not None
    return int(ticket.number.rpartition("-")[2])


def test_numbers_beyond_what_a_counter_can_serve_wait_and_the_hub_goes_on(
    own_rulers: Rulers, numbers: Iterator[int], tmp_path: Path
) -> None:
    flood = claimed(own_rulers, next(numbers), 2, MOST_PAPER_CLAIMS + 50)
    edge = 1 + MOST_PAPER_CLAIMS
    assert own_rulers.hub.take(flood.segment(1, edge)).outcome is Outcome.STORED
    beyond = own_rulers.hub.take(flood.segment(edge + 1))

    assert (beyond.outcome, beyond.reason) == (Outcome.HELD, TOO_MUCH)
    assert (flood.log_id, TOO_MUCH) in own_rulers.troubles()
    assert (issued(own_rulers), issued(own_rulers)) == (1, edge + 1)
    with hearing_store(tmp_path / "other.db", own_rulers.office.home.site_id, own_rulers.root) as other:
        own = own_rulers.hub.cut(own_rulers.office.writer.author.log_id, 0)
        assert own is not None and other.take(own).added
        assert other.take(flood.segment(edge + 1)).outcome is Outcome.NEED
        assert other.take(flood.segment(1, edge)).added
        assert other.take(flood.segment(edge + 1)).reason == TOO_MUCH
        assert digests(other)[0] == digests(other)[1]


def test_nobody_is_sent_home_where_every_number_was_claimed_by_one_log_after_the_other(
    own_rulers: Rulers, numbers: Iterator[int]
) -> None:
    for first in (1, 201, 401):
        assert own_rulers.hub.take(claimed(own_rulers, next(numbers), first, 200).segment()).added
    assert issued(own_rulers) >= 3500


def test_a_kiosk_opens_a_date_for_itself_once_and_no_year_of_dates(rulers: Rulers, numbers: Iterator[int]) -> None:
    for days in ([TODAY] * 4, [f"{year}-01-01" for year in range(2027, 2428)]):
        log = rulers.log(KIOSK, next(numbers))
        for day in days:
            fact = facts.DayOpenedAlone(command_id="", term=1, day=day)
            log.add(fact, Subject(SubjectType.SERVICE_DAY, f"{len(log.raws):032x}"))
        assert rulers.hub.take(log.segment()).reason == TOO_MUCH
    honest = rulers.log(KIOSK, next(numbers))
    honest.add(facts.DayOpenedAlone(command_id="", term=1, day=TODAY), Subject(SubjectType.SERVICE_DAY, "e" * 32))
    assert rulers.hub.take(honest.segment()).outcome is Outcome.STORED
