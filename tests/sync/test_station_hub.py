"""A number whose answer got lost is taken back at the hub; what comes of that decides whether it is tried again."""

from collections.abc import Callable
from typing import Any, cast

import msgspec
import pytest

from mppdesk.db.replication.outbox import Pending
from mppdesk.domain.commands import Answer, CancelTicket, Command, IssueTicket, TicketView
from mppdesk.domain.entries import Actor
from mppdesk.domain.errors import ClerkError, NotAllowed, Refused, StorageTrouble
from mppdesk.sync.command_messages import write_command
from mppdesk.sync.hub_client import cut_off
from mppdesk.sync.link import Unreachable
from mppdesk.sync.station_hub import StationHub
from mppdesk.texts import msg

ACTOR = Actor("x" * 32, "kiosk")
ISSUE = IssueTicket(command_id="lost", service="DUKA-01")
GHOST = Answer(ticket=TicketView(id="v" * 32, number="B-007", service="DUKA-01", state="waiting"))


class Remote:
    """A hub that accepted one number, and answers what it is asked about it with one trouble or none."""

    def __init__(self, trouble: ClerkError | None) -> None:
        self.trouble = trouble
        self.asked: list[Command] = []

    def ask(self, command: Command, actor: Actor) -> Answer:
        self.asked.append(command)
        if self.trouble:
            raise self.trouble
        return GHOST

    def settle(self, way: object, clear_up: Callable[[Pending, Answer], None]) -> int:
        clear_up(Pending("lost", msgspec.json.encode(write_command(ISSUE)), ACTOR, 0), GHOST)
        return 1


def settled(trouble: ClerkError | None) -> list[Command]:
    remote = Remote(trouble)
    hub = StationHub(cast(Any, remote), cast(Any, remote), 7, lambda: "new")
    assert hub.settle(cast(Any, None)) == 1
    return remote.asked


def test_a_number_that_nobody_was_given_is_cancelled() -> None:
    (asked,) = settled(None)
    assert isinstance(asked, CancelTicket)
    assert (asked.command_id, asked.visit) == ("new", "v" * 32)


def test_what_somebody_decided_about_it_meanwhile_is_no_trouble() -> None:
    settled(Refused(msg("Sudah dipanggil."), msg("Lanjutkan.")))


@pytest.mark.expects_log("stays in the queue: NotAllowed")
def test_a_station_that_may_not_take_it_back_any_more_says_so() -> None:
    settled(NotAllowed(msg("Pendaftaran sudah dicabut."), msg("Hubungi penyelia.")))


@pytest.mark.parametrize("trouble", [cut_off(), StorageTrouble(msg("Disk penuh."), msg("Kosongkan."))])
def test_a_hub_that_cannot_take_it_back_now_is_asked_again_later(trouble: ClerkError) -> None:
    with pytest.raises(Unreachable):
        settled(trouble)
