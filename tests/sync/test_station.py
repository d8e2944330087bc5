"""A station asks the hub over a real socket: what it is told is stored here, confirmed, and queued for its printer."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from mppdesk.db import home as homes
from mppdesk.db.deciding.hub import Answered, Asked, LocalHub
from mppdesk.db.home import OpenHome
from mppdesk.db.journal.logs import Journal
from mppdesk.db.privacy.secret_store import SecretPlace
from mppdesk.db.projections import views
from mppdesk.db.replication.outbox import Outbox, Pending
from mppdesk.domain import commands
from mppdesk.domain.entries import Subject, SubjectType
from mppdesk.domain.errors import NotAllowed, Refused
from mppdesk.domain.submission import CheckState, LackReason
from mppdesk.domain.visit import TicketStatus, fold_visit
from mppdesk.operations import submissions
from mppdesk.operations.desk import Desk
from mppdesk.operations.submissions import Check
from mppdesk.sync.command_messages import write_command
from mppdesk.sync.joining import join
from mppdesk.sync.place import place_of
from tests.fakes.clock import CountedIds, FakeClock
from tests.fakes.far_desk import FarDesk, joined
from tests.fakes.office import PRINTER, open_office
from tests.fakes.running_hub import RunningHub, hub_of
from tests.server.test_central import until


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[RunningHub]:
    with open_office(tmp_path / "hub") as office, hub_of(office) as running:
        yield running


def test_a_second_computer_joins_with_a_code_and_knows_the_building(hub: RunningHub, tmp_path: Path) -> None:
    with joined(hub, tmp_path / "station") as desk:
        desk.link.loop.poke()
        desk.ask(commands.OpenCounter, counter=desk.counter)

        with desk.home.database.reading() as store:
            assert desk.home.reference.current(store).site.name == "MPP Kabupaten Sukamaju"


def test_a_call_is_shown_confirmed_and_known_on_both_sides(hub: RunningHub, tmp_path: Path) -> None:
    with joined(hub, tmp_path / "station") as desk:
        desk.ask(commands.OpenCounter, counter=desk.counter)
        desk.ask(commands.IssueTicket, service="DUKA-01")
        called = desk.ask(commands.CallNext, counter=desk.counter)
        assert called.ticket is not None and called.ticket.number == "B-001"
        with desk.home.database.reading() as store:
            entries = Journal(store, desk.home.site_id).entries_of(Subject(SubjectType.VISIT, called.ticket.id))
        visit = fold_visit(entries).state
        assert visit is not None and visit.is_shown

        desk.ask(commands.StartService, counter=desk.counter)
        desk.ask(commands.FinishTicket, counter=desk.counter)

        assert digest(desk.home) == digest(hub.office.home)


def test_the_station_prints_what_it_asked_for_once(hub: RunningHub, tmp_path: Path) -> None:
    with joined(hub, tmp_path / "station") as desk:
        command = commands.IssueTicket(command_id="once", service="DUKA-01", printer=PRINTER)
        first = desk.link.hub.ask(command, desk.actor)
        assert desk.link.hub.ask(command, desk.actor) == first

        assert desk.jobs() == ["B-001"]


def test_a_number_that_only_the_journal_tells_of_is_on_no_paper(hub: RunningHub, tmp_path: Path) -> None:
    """The hub's answer with the slip got lost, its entry came by the exchange: the kiosk gives another number."""
    with joined(hub, tmp_path / "station", role="kiosk") as desk:
        hub.office.open("Loket 1")
        asked = commands.IssueTicket(command_id="once", service="DUKA-01")
        told = desk.link.hub.ask(asked, desk.actor)
        place = place_of(desk.home)
        assert place is not None
        wish = replace(asked, printer=PRINTER, issuer_no=place.welcome.issuer_no)
        writer = desk.home.required_writer()
        alone = LocalHub(writer, desk.home.reference, is_cut_off=True)
        assert alone.ask(wish, desk.actor) == told

        with writer.begin(desk.actor) as unit:
            Outbox(unit.store).add(Pending("once", b"{}", desk.actor, 0))
        given = alone.ask(wish, desk.actor)
        assert given.ticket is not None
        assert [given.ticket.number] == desk.jobs() == ["B-700"]
        assert alone.ask(wish, desk.actor) == given
        assert desk.link.hub.ask(replace(asked, printer=PRINTER), desk.actor) == given
        assert desk.jobs() == ["B-700"]
        assert hub.office.hub.withdraw("once") == told


def test_the_paper_of_a_lost_answer_comes_out_when_the_hub_is_back(hub: RunningHub, tmp_path: Path) -> None:
    """The hub returned a file, its answer got lost, its entry came by the exchange: the list is still owed."""
    with joined(hub, tmp_path / "station") as desk:
        desk.ask(commands.OpenCounter, counter=desk.counter)
        desk.ask(commands.IssueTicket, service="DUKA-01")
        desk.ask(commands.CallNext, counter=desk.counter)
        desk.ask(commands.StartService, counter=desk.counter)
        returned = file_to_return(desk)
        desk.link.loop.poke()
        until(lambda: digest(desk.home) == digest(hub.office.home))
        (answered,) = hub.office.hub.ask_many([Asked(returned, desk.actor, prints_itself=True)])
        assert isinstance(answered, Answered), answered
        with desk.home.required_writer().begin(desk.actor) as unit:
            message = {**write_command(returned), "actor": {"user": desk.actor.user, "via": desk.actor.via}}
            Outbox(unit.store).add(Pending(returned.command_id, msgspec.json.encode(message), desk.actor, 0))
        assert desk.jobs() == []

        desk.link.loop.poke()
        until(lambda: desk.jobs() == ["B-001"])
        assert desk.link.hub.ask(returned, desk.actor) == answered.answer
        assert desk.jobs() == ["B-001"]


def file_to_return(desk: FarDesk) -> commands.ReturnSubmission:
    """The person at the counter lacks everything; the wish to hand her file back, with the list."""
    clerk = Desk(desk.counter, "Loket 1", desk.actor, "Dewi C.", PRINTER)
    person = desk.readers.counter_screen(desk.counter).current
    assert person is not None
    lacks = tuple(Check(row.requirement.code, CheckState.LACKING, LackReason.MISSING) for row in person.checklist.rows)
    submission = submissions.check_requirements(clerk, desk.home.required_writer(), desk.ids, person, lacks)
    return commands.ReturnSubmission(
        command_id="returned", counter=desk.counter, visit=person.row.visit, submission=submission,
        clerk_name=clerk.clerk_name, printer=PRINTER,
    )  # fmt: skip


def test_what_the_hub_refuses_is_said_in_its_words(hub: RunningHub, tmp_path: Path) -> None:
    with joined(hub, tmp_path / "station") as desk, pytest.raises(Refused, match="Loket 1"):
        desk.ask(commands.CallNext, counter=desk.counter)


def test_a_wrong_code_makes_no_folder(hub: RunningHub, tmp_path: Path) -> None:
    with pytest.raises(NotAllowed):
        join(tmp_path / "x", hub.url, "999999", FakeClock(), CountedIds("x"), place=SecretPlace.FILE)

    assert not homes.exists(tmp_path / "x")


def test_a_station_that_is_cut_off_finishes_whom_it_has_and_calls_nobody(tmp_path: Path) -> None:
    with open_office(tmp_path / "hub") as office:
        with hub_of(office) as hub, joined(hub, tmp_path / "station") as desk:
            desk.ask(commands.OpenCounter, counter=desk.counter)
            for _ in range(2):
                desk.ask(commands.IssueTicket, service="DUKA-01")
            called = desk.ask(commands.CallNext, counter=desk.counter)
            assert called.ticket is not None

        with joined(hub, tmp_path / "station", "second start") as desk:
            desk.ask(commands.FinishTicket, counter=desk.counter)
            with pytest.raises(Refused, match="menunjukkan karcis"):
                desk.ask(commands.CallNext, counter=desk.counter)
            with pytest.raises(Refused, match="menunggu hub"):
                desk.ask(commands.CloseDay)
            second = next(row.visit for row in desk.readers.tickets() if row.status is TicketStatus.WAITING)
            desk.ask(commands.ClaimTicket, counter=desk.counter, visit=second)
            desk.ask(commands.FinishTicket, counter=desk.counter)
            mine = digest(desk.home)

        with hub_of(office, hub.port) as hub, joined(hub, tmp_path / "station", "third start") as desk:
            desk.ask(commands.OpenCounter, counter=hub.office.counter("Loket 2"))
            assert digest(office.home) == digest(desk.home) != mine
            assert [row.status for row in office.readers.tickets()] == ["finished", "finished"]


def digest(home: OpenHome) -> str:
    with home.database.reading() as store:
        return views.live_digest(store, home.site_id)
