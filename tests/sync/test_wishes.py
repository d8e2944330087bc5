"""A wish whose answer got lost waits in the folder; what is pressed again and again waits once."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from mppdesk.db.deciding.hub import LocalHub
from mppdesk.db.replication.outbox import Outbox
from mppdesk.domain.commands import Command, IssueTicket, OpenCounter, RecallTicket
from mppdesk.sync.hub_client import CutOff, RemoteHub
from mppdesk.sync.link import Link
from mppdesk.sync.pace import Breaker
from tests.fakes.office import Office, open_office
from tests.sync.replicas import replica_of

THERE = "http://10.0.0.1:8731"


def _silence(request: httpx.Request) -> httpx.Response:
    raise httpx.ReadTimeout("silence", request=request)


class CutOffDesk:
    """A station whose hub answers nothing, and that decides alone what it may."""

    def __init__(self, office: Office, link: Link) -> None:
        self.office = office
        link.client = httpx.Client(base_url=THERE, transport=httpx.MockTransport(_silence))
        self._remote = RemoteHub(link, office.writer, replica_of(office), Breaker(), lambda: self._now)
        self._alone = LocalHub(office.writer, office.home.reference, is_cut_off=True)
        self._now = 0.0

    def press(self, command: Command, *, decides_alone: bool = False) -> None:
        self._now += 60.0  # the breaker lets a probe through
        with pytest.raises(CutOff):
            self._remote.ask(command, self.office.actor)
        if decides_alone:
            self._alone.ask(command, self.office.actor)

    @property
    def waiting(self) -> list[str]:
        with self.office.writer.database.reading() as store:
            return [pending.command_id for pending in Outbox(store).all()]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[CutOffDesk]:
    with open_office(tmp_path / "home") as office, Link(THERE, "token") as link:
        yield CutOffDesk(office, link)


def opened(desk: CutOffDesk, command_id: str, label: str = "Loket 1") -> OpenCounter:
    return OpenCounter(command_id=command_id, counter=desk.office.counter(label))


def test_a_counter_that_is_opened_again_and_again_without_an_answer_waits_once(desk: CutOffDesk) -> None:
    for command_id in ("first", "second", "third"):
        desk.press(opened(desk, command_id))

    assert desk.waiting == ["first"]


def test_a_person_who_is_called_again_and_again_without_an_answer_waits_once(desk: CutOffDesk) -> None:
    for command_id in ("first", "second"):
        desk.press(RecallTicket(command_id=command_id, counter=desk.office.counter("Loket 1")))

    assert desk.waiting == ["first"]


def test_another_counter_is_another_wish(desk: CutOffDesk) -> None:
    desk.press(opened(desk, "first"))
    desk.press(opened(desk, "second", "Loket 2"))

    assert desk.waiting == ["first", "second"]


def test_a_counter_that_was_opened_and_closed_meanwhile_is_opened_anew(desk: CutOffDesk) -> None:
    """Under the first id the hub would give the answer of the first opening, and leave the counter closed."""
    desk.press(opened(desk, "first"), decides_alone=True)
    desk.press(opened(desk, "second"))

    assert desk.waiting == ["first", "second"]


def test_two_people_who_want_the_same_are_two_wishes(desk: CutOffDesk) -> None:
    for command_id in ("first", "second"):
        desk.press(IssueTicket(command_id=command_id, service="DUKA-01"))

    assert desk.waiting == ["first", "second"]
