"""A hub dies, a standby takes over, the stations find it, the old hub comes back: over real sockets."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from sqlalchemy import bindparam, select

from mppdesk.db import home as homes
from mppdesk.db.home import OpenHome
from mppdesk.db.privacy.secret_store import SecretPlace
from mppdesk.db.projections import views
from mppdesk.db.replication.stations import StationBook
from mppdesk.db.sql import Statement
from mppdesk.db.tables import view_anomalies
from mppdesk.domain import commands
from mppdesk.domain.errors import Refused
from mppdesk.server.takeover import announce, answering, hub_before, rehearse, take_over
from mppdesk.sync.addresses import HUB_HEADER, TERM_HEADER
from mppdesk.sync.joining import join
from mppdesk.sync.place import place_of
from mppdesk.sync.station import StationLink, linked
from tests.fakes.clock import CountedIds, followed
from tests.fakes.office import Office, open_office
from tests.fakes.running_hub import RunningHub, hub_of, served
from tests.server.test_central import until

_anomalies = Statement(
    select(view_anomalies.c.subject_type, view_anomalies.c.kind)
    .where(view_anomalies.c.site_id == bindparam("site_id"))
    .order_by(view_anomalies.c.entry_id)
)


class Desk:
    """A station's folder at work."""

    def __init__(self, home: OpenHome, link: StationLink, office: Office, ids: CountedIds) -> None:
        self.home, self.link, self.ids = home, link, ids
        self.actor, self.counter = office.actor, office.counter("Loket 1")

    def ask(self, kind: type[commands.Command], **more: object) -> commands.Answer:
        values = {"command_id": self.ids.new(), **more}
        return self.link.hub.ask(kind(**values), self.actor)  # type: ignore[arg-type]

    def number(self) -> str:
        ticket = self.ask(commands.IssueTicket, service="DUKA-01").ticket
        assert ticket is not None
        return ticket.number


def joined(hub: RunningHub, folder: Path, role: str, label: str) -> Path:
    ids = CountedIds(f"join {label}")
    join(folder, hub.url, hub.code(role, label), hub.office.clock, ids, place=SecretPlace.FILE)
    return folder


@contextmanager
def desk_of(folder: Path, office: Office, lane: str) -> Iterator[Desk]:
    ids, clock = CountedIds(lane), followed(office.clock)
    with homes.writing(folder, clock, ids) as opened:
        place = place_of(opened)
        assert place is not None
        with linked(opened, place, lambda: 0.5, clock) as link:
            yield Desk(opened, link, office, ids)


@contextmanager
def standby_of(folder: Path, office: Office, lane: str, port: int = 0) -> Iterator[tuple[OpenHome, RunningHub]]:
    with homes.writing(folder, office.clock, CountedIds(lane)) as opened, served(opened, office, port) as running:
        announce(opened, running.url)
        yield opened, running


def book_of(home: OpenHome) -> StationBook:
    place = place_of(home)
    return StationBook(home.database, home.site_id, place.root if place else None)


def digest(home: OpenHome) -> str:
    with home.database.reading() as store:
        return views.live_digest(store, home.site_id)


def anomalies(home: OpenHome) -> list[tuple[str, str]]:
    with home.database.reading() as store:
        rows = store.all(_anomalies, site_id=home.site_id)
    return [(subject, kind) for subject, kind in rows]


def test_only_a_standby_takes_over_and_only_once(tmp_path: Path) -> None:
    with open_office(tmp_path / "hub") as office:
        with hub_of(office) as hub:
            standby = joined(hub, tmp_path / "standby", "standby", "Cadangan")
            counter = joined(hub, tmp_path / "station", "counter", "Loket 1")
            assert answering([hub.url], None) == hub.url
            with pytest.raises(Refused, match="sudah menjadi hub"):
                take_over(office.home, book_of(office.home), office.actor, 0)
        assert answering([hub.url], None) is None

        with (
            homes.writing(counter, office.clock, CountedIds("counter")) as opened,
            pytest.raises(Refused, match="bukan hub cadangan"),
        ):
            take_over(opened, book_of(opened), office.actor, 0)
        with homes.writing(standby, office.clock, CountedIds("standby")) as opened:
            before = hub_before(opened)
            assert before is not None
            assert (before.label, before.entries_until_ms > 0) == ("Hub", True)
            take_over(opened, book_of(opened), office.actor, 0)
            assert hub_before(opened) is None
            with pytest.raises(Refused, match="sudah menjadi hub"):
                take_over(opened, book_of(opened), office.actor, 0)


def test_a_hub_whose_disk_was_rolled_back_has_all_of_it_again_before_it_serves(tmp_path: Path) -> None:
    home, standby, old = tmp_path / "hub", tmp_path / "standby", tmp_path / "old"
    with open_office(home, ids=CountedIds("first")) as office, hub_of(office) as hub:
        joined(hub, standby, "standby", "Cadangan")
        with standby_of(standby, office, "standby 1") as (opened, running):
            until(lambda: digest(opened) == digest(office.home))
    shutil.copytree(home, old)
    with standby_of(standby, office, "standby 2", running.port) as (opened, _):
        with open_office(home, ids=CountedIds("second")) as office, hub_of(office, hub.port) as hub:
            hub.itself.ticket("told-to-somebody")
            until(lambda: digest(opened) == digest(office.home))
        shutil.rmtree(home)
        old.rename(home)
        with open_office(home, ids=CountedIds("third")) as office, hub_of(office, hub.port) as hub:
            assert [row.number for row in office.readers.tickets()] == ["B-001"]
            assert hub.itself.ticket("told-to-somebody")["number"] == "B-001"
            assert hub.itself.ticket("another")["number"] == "B-002"


def test_a_rehearsal_shows_the_numbers_and_changes_nothing(tmp_path: Path) -> None:
    with open_office(tmp_path / "hub") as office:
        with hub_of(office) as hub:
            hub.itself.ticket("first")
            standby = joined(hub, tmp_path / "standby", "standby", "Cadangan")
        with homes.writing(standby, office.clock, CountedIds("standby")) as opened:
            place = place_of(opened)
            assert place is not None
            untouched = digest(opened)
            seen = rehearse(opened, place.root, office.actor, office.clock, CountedIds("copy"))
            assert seen.is_good
            assert (seen.taken.term, seen.block.first) == (2, 600)
            assert digest(opened) == untouched
            before = hub_before(opened)
            assert before is not None
            assert before.label == "Hub"


def test_a_standby_takes_over_stations_find_it_and_the_old_hub_steps_back(tmp_path: Path) -> None:
    with open_office(tmp_path / "hub") as office:
        with hub_of(office) as hub:
            standby = joined(hub, tmp_path / "standby", "standby", "Cadangan")
            station = joined(hub, tmp_path / "station", "counter", "Loket 1")
            with (
                standby_of(standby, office, "standby 1") as (opened, running),
                desk_of(station, office, "desk 1") as desk,
            ):
                desk.ask(commands.OpenCounter, counter=desk.counter)
                assert desk.number() == "B-001"
                refused = running.itself.command("at-standby", "issue", service="DUKA-01")
                assert refused.status_code == httpx.codes.CONFLICT
                assert "Hub sekarang: Hub." in refused.text
                until(lambda: digest(opened) == digest(office.home) == digest(desk.home))

        with (
            standby_of(standby, office, "standby 2", running.port) as (opened, running),
            desk_of(station, office, "desk 2") as desk,
        ):
            taken = take_over(opened, book_of(opened), office.actor, 0)
            assert taken.term == 2
            until(lambda: desk.link.loop.state.is_reached)
            assert desk.number() == "B-600"
            called = desk.ask(commands.CallNext, counter=desk.counter)
            assert called.ticket is not None and called.ticket.number == "B-001"

            with hub_of(office, hub.port) as old:
                answer = old.itself.command("at-old-hub", "issue", service="DUKA-01")
                assert answer.status_code == httpx.codes.CONFLICT
                assert "Hub sekarang: Cadangan." in answer.text
                assert desk.number() == "B-601"
                until(lambda: digest(opened) == digest(office.home) == digest(desk.home))


def test_what_two_hubs_decided_unseen_by_each_other_is_whole_and_told_when_they_meet(tmp_path: Path) -> None:
    with open_office(tmp_path / "hub") as office:
        with hub_of(office) as hub:
            standby = joined(hub, tmp_path / "standby", "standby", "Cadangan")
            hub.itself.command("open", "open_counter", counter="Loket 1", actor={"user": office.actor.user})
            hub.itself.ticket("first")
            with standby_of(standby, office, "standby 1") as (opened, running):
                until(lambda: digest(opened) == digest(office.home))

        with homes.writing(standby, office.clock, CountedIds("standby 2")) as opened:
            take_over(opened, book_of(opened), office.actor, 0, "latihan")
            for home, lane in ((office.home, "old"), (opened, "new")):
                ask, counter = home.required_hub().ask, office.counter("Loket 1")
                ask(commands.IssueTicket(command_id=f"{lane} issue", service="DUKA-01"), office.actor)
                called = ask(commands.CallNext(command_id=f"{lane} call", counter=counter), office.actor)
                assert called.ticket is not None
                assert called.ticket.number == "B-001"

        with (
            standby_of(standby, office, "standby 3", running.port) as (opened, running),
            hub_of(office, hub.port) as old,
        ):
            until(lambda: digest(opened) == digest(office.home))
            assert not old.building.is_hub
            assert running.building.is_hub
            numbers = {row.number for row in office.readers.tickets()}
            assert numbers == {"B-001", "B-002", "B-600"}
            assert anomalies(opened) == anomalies(office.home)
            assert ("visit", "TicketCalled") in anomalies(opened)
            with pytest.raises(Refused, match="Hub sekarang: Cadangan"):
                office.home.required_hub().ask(commands.IssueTicket(command_id="late", service="DUKA-01"), office.actor)


def test_only_a_station_of_the_building_is_believed_about_a_newer_hub(tmp_path: Path) -> None:
    with open_office(tmp_path / "hub") as office, hub_of(office) as hub:
        told = {TERM_HEADER: "7"}
        answer = httpx.get(f"{hub.url}/health", headers=told, timeout=10.0)
        assert (answer.headers[TERM_HEADER], answer.headers[HUB_HEADER]) == ("1", "1")

        answer = hub.itself.client.get("/v1/queue", headers=told)
        assert (answer.headers[TERM_HEADER], answer.headers[HUB_HEADER]) == ("7", "0")
        refused = hub.itself.command("late", "issue", service="DUKA-01")
        assert refused.status_code == httpx.codes.CONFLICT
        assert "komputer cadangan" in refused.text
