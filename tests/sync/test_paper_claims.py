"""Counters cut off from each other take tickets unknown to them; when the journals meet, all know one story."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import select

from mppdesk.db.deciding.hub import LocalHub
from mppdesk.db.sql import Statement
from mppdesk.db.tables import view_anomalies
from mppdesk.domain import commands
from mppdesk.domain.commands import TicketView
from mppdesk.domain.errors import Refused
from tests.fakes.clock import CountedIds, FakeClock
from tests.fakes.far_desk import FarDesk, joined
from tests.fakes.office import Office, open_office
from tests.fakes.running_hub import hub_of
from tests.sync.replicas import digests, meet, replica_of

_anomalies = Statement(select(view_anomalies.c.kind, view_anomalies.c.reason))


@contextmanager
def torn_apart(folder: Path, *names: str) -> Iterator[list[Office]]:
    """Computers of one building that knew the same this morning, and hear nothing of each other from now on."""
    clock = FakeClock()
    with open_office(folder / "morning", clock) as office:
        office.open("Loket 1", "Loket 2")
    with ExitStack() as opened:
        yield [
            opened.enter_context(
                open_office(shutil.copytree(folder / "morning", folder / name), clock, CountedIds(name))
            )
            for name in names
        ]


def issue(kiosk: Office) -> TicketView:
    ticket = kiosk.issue().ticket
    assert ticket is not None
    return ticket


def claim(office: Office, number: str, label: str = "Loket 1") -> TicketView:
    office.clock.forward(seconds=1)
    alone = LocalHub(office.writer, office.home.reference, is_cut_off=True)
    command = commands.ClaimPaper(
        command_id=office.ids.new(), counter=office.counter(label), number=number, service="DUKA-01"
    )
    answer = alone.ask(command, office.actor)
    assert answer.ticket is not None and answer.ticket.state == "serving"
    return answer.ticket


def meet_each_other(offices: list[Office]) -> None:
    replicas = [replica_of(office) for office in offices]
    for asker in replicas:
        for answerer in replicas:
            if asker is not answerer:
                meet(asker, answerer)
    assert len({digest for replica in replicas for digest in digests(replica)}) == 1


def rows(office: Office) -> list[tuple[str, str, str | None]]:
    return [(row.number, str(row.status), row.counter_label) for row in office.readers.tickets()]


def anomalies(office: Office) -> list[tuple[str, str]]:
    with office.home.database.reading() as store:
        return [tuple(row) for row in store.all(_anomalies)]


def test_the_claim_meets_the_ticket_wherever_the_journals_do(tmp_path: Path) -> None:
    with torn_apart(tmp_path, "hub", "kiosk", "counter") as offices:
        hub, kiosk, counter = offices
        issued = issue(kiosk)
        assert claim(counter, issued.number).id == issued.id
        counter.act(commands.FinishTicket)
        meet_each_other(offices)
        assert rows(hub) == [("B-001", "finished", "Loket 1")]
        assert anomalies(hub) == []


def test_two_counters_that_took_one_ticket_are_told_of(tmp_path: Path) -> None:
    with torn_apart(tmp_path, "hub", "kiosk", "one", "two") as offices:
        hub, kiosk, one, two = offices
        number = issue(kiosk).number
        claim(one, number, "Loket 1")
        claim(two, number, "Loket 2")
        meet_each_other(offices)
        assert rows(hub) == [("B-001", "serving", "Loket 1")]
        assert anomalies(hub) == [("TicketClaimedOffline", "while_serving")]


def test_the_note_of_a_ticket_that_nobody_heard_of_is_sealed_for_its_agency(tmp_path: Path) -> None:
    with torn_apart(tmp_path, "counter") as (counter,):
        claim(counter, "B-001")
        counter.act(commands.HoldTicket, note="Menyalin KTP")
        (row,) = counter.readers.counter_screen(counter.counter("Loket 1")).on_hold
        assert (row.number, row.note) == ("B-001", "Menyalin KTP")


def test_a_ticket_of_a_kiosk_that_alone_is_cut_off_is_taken_by_the_hub(tmp_path: Path) -> None:
    with open_office(tmp_path / "hub") as office, hub_of(office) as hub, joined(hub, tmp_path / "one") as desk:
        desk.ask(commands.OpenCounter, counter=desk.counter)
        answer = desk.ask(commands.ClaimPaper, counter=desk.counter, number="B-700", service="DUKA-01")
        assert answer.ticket is not None
        assert rows(office) == [("B-700", "serving", "Loket 1")]


def test_what_a_kiosk_issued_alone_still_waits_when_the_hub_is_back(tmp_path: Path) -> None:
    """Its question to the hub never got an answer; settling that must not take back the number it gave itself."""
    with open_office(tmp_path / "hub") as office:
        with hub_of(office) as hub, joined(hub, tmp_path / "kiosk", "morning", role="kiosk") as kiosk:
            office.open("Loket 1")
            ask_and_be_refused(kiosk)
        with joined(hub, tmp_path / "kiosk", "cut off") as kiosk:
            alone = kiosk.ask(commands.IssueTicket, service="DUKA-01").ticket
            assert alone is not None and alone.number > "B-599"
        with hub_of(office, hub.port) as hub, joined(hub, tmp_path / "kiosk", "again") as kiosk:
            ask_and_be_refused(kiosk)
            kiosk.link.hub.settle(office.hub)
            assert rows(office) == [(alone.number, "waiting", None)]


def ask_and_be_refused(kiosk: FarDesk) -> None:
    """Before the first answer of a hub, whatever it is, both sides told each other everything."""
    with pytest.raises(Refused):
        kiosk.ask(commands.CancelTicket, visit="0" * 32, reason="Tidak jadi")
