"""A station at the centre: its own token, the keys of its agencies, pokes of what others bring, and the hub's place."""

from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import httpx
import pytest

from mppdesk.db.central.data_keys import CentralKeys
from mppdesk.db.central.database import PostgresDatabase
from mppdesk.db.central.news import Herald
from mppdesk.db.home import OpenHome
from mppdesk.db.journal.logs import Journal
from mppdesk.db.replication import key_parcels
from mppdesk.db.replication.key_parcels import KeyParcel
from mppdesk.db.replication.local_keys import LocalKeys
from mppdesk.db.replication.replica_store import Databases
from mppdesk.db.replication.stations import StationBook
from mppdesk.domain import commands
from mppdesk.domain.visit import TicketStatus
from mppdesk.operations.submissions import ApplicantData
from mppdesk.server import admission
from mppdesk.sync import centre_link, link_notes
from mppdesk.sync.centre_place import CentrePlace, keep, told_place
from mppdesk.sync.link import Link, Unreachable
from mppdesk.sync.link_notes import LinkNote, write
from mppdesk.sync.loop import LinkState
from tests.db.test_privacy import register_somebody
from tests.fakes.far_desk import joined
from tests.fakes.office import Office, open_office
from tests.fakes.running_centre import WRAPPING, centre_here, registered
from tests.fakes.running_hub import RunningHub, StationOf, hub_of, signer_of
from tests.server.test_central import until
from tests.server.test_events import listening
from tests.sync.replicas import empty_replica, heads, replica_of

PERSON = ApplicantData("Melati Contohwati", "9999014107900001")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with open_office(tmp_path / "hub") as opened:
        yield opened


def enrolled(hub: RunningHub, lane: int, role: str, *agencies: str) -> StationOf:
    code = hub.itself.post("/v1/codes", {"role": role, "label": f"Komputer {lane}", "agencies": agencies})
    signer = signer_of(lane)
    asked = {"code": code.json()["code"], "device_id": signer.device_id, "public_key": signer.public_key.hex()}
    welcome = httpx.post(f"{hub.url}/v1/enrol", json=asked).json()
    return StationOf(hub.url, welcome["token"], welcome)


def keys_of(database: Databases, site_id: str | None = None) -> frozenset[KeyParcel]:
    """All data keys of a computer, or of a site at the centre."""
    with database.reading() as store:
        shelf = CentralKeys(store, site_id, WRAPPING) if site_id else LocalKeys(store, "")
        days = [each.of for each in key_parcels.digests(shelf, 0, None)]
        return frozenset(key_parcels.by_ids(shelf, key_parcels.ids_of(shelf, days), None))


def test_who_may_have_which_keys(postgres_url: str, office: Office, tmp_path: Path) -> None:
    """The hub all, an empty computer with its token too; stations by role and agency; a revoked one none at all."""
    with hub_of(office) as hub, centre_here(postgres_url) as url:
        counter, other, kiosk = (
            enrolled(hub, lane, role, *agencies)
            for lane, role, agencies in ((11, "counter", ("DUKA",)), (12, "counter", ("POLI",)), (13, "kiosk", ()))
        )
        office.open("Loket 1")
        register_somebody(office, PERSON)
        here, mine = replica_of(office), keys_of(office.home.database)
        assert mine and {each.agency for each in mine} == {"DUKA"}
        token = registered(postgres_url, office)
        with Link(url, token) as link:
            link.exchange(here)
            assert link.exchange_keys(here, 0) == (len(mine), 0)
            assert link.exchange_keys(here, 0) == (0, 0)

        def given(name: str, token: str) -> frozenset[KeyParcel]:
            with empty_replica(tmp_path / f"{name}.db", here.site_id) as empty, Link(url, token) as link:
                link.exchange(empty)
                assert heads(empty) == heads(here)
                link.exchange_keys(empty, 0)
                return keys_of(empty.database)

        assert given("again", token) == given("counter", counter.token) == mine
        assert given("other", other.token) == given("kiosk", kiosk.token) == frozenset()

        book = StationBook(office.home.database, here.site_id)
        admission.revoke(office.home, book, office.actor, signer_of(11).device_id)
        with Link(url, token) as link:
            link.exchange(here)
        with pytest.raises(Unreachable, match="403"):
            given("revoked", counter.token)
        with Link(url, "no station's") as link, pytest.raises(Unreachable, match="401"):
            link.exchange(here)
        for each in (counter, other, kiosk):
            each.close()


def test_a_station_asks_for_its_own_site_only(postgres_url: str, office: Office, tmp_path: Path) -> None:
    with hub_of(office) as hub, centre_here(postgres_url) as url, closing(enrolled(hub, 11, "counter")) as station:
        with Link(url, registered(postgres_url, office)) as link:
            link.exchange(replica_of(office))
        with empty_replica(tmp_path / "x.db", "f" * 32) as elsewhere, Link(url, station.token) as link:
            for ask in (link.exchange, lambda here: link.exchange_keys(here, 0)):
                with pytest.raises(Unreachable, match="403"):
                    ask(elsewhere)


def test_who_listens_is_poked_by_what_others_bring_to_any_process(postgres_url: str, office: Office) -> None:
    here = replica_of(office)
    with (
        hub_of(office) as hub,
        centre_here(postgres_url) as one,
        centre_here(postgres_url) as two,
        closing(enrolled(hub, 11, "counter")) as station,
        closing(PostgresDatabase(postgres_url)) as database,
    ):
        token = registered(postgres_url, office)
        with Link(one, token) as link:
            link.exchange(here)
        herald = Herald(database)
        listener, own = StationOf(two, token), StationOf(two, station.token)
        with listening(listener) as to_hub, listening(own) as to_station:
            first = next(to_hub)
            assert (first.kind, first.data) == ("news", {"seq": herald.last_seq(here.site_id)})
            assert next(to_station).seq == first.seq
            office.open("Loket 1")
            with Link(one, station.token) as link:
                link.exchange(here)
            poke = next(to_hub)
            assert poke.seq == poke.data["seq"] == herald.last_seq(here.site_id) > first.seq
            office.open("Loket 2")
            with Link(one, token) as link:
                link.exchange(here)
            later = next(to_station)
            assert later.seq == herald.last_seq(here.site_id) > poke.seq, "not poked by what it brought itself"
        for each in (listener, own):
            each.close()


def test_a_stream_ends_with_its_process(postgres_url: str, office: Office) -> None:
    with ExitStack() as running, ExitStack() as asking:
        url = running.enter_context(centre_here(postgres_url))
        listener = asking.enter_context(closing(StationOf(url, registered(postgres_url, office))))
        events = asking.enter_context(listening(listener))
        assert next(events).data == {"seq": 0}
        running.close()
        assert list(events) == []


def test_a_stations_entries_reach_the_centre_when_its_hub_is_no_more(
    postgres_url: str, office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The hub told its building of the centre; then it is gone, and a counter finishes whom it has.

    It comes back where the counter does not find it: only the centre's pokes join the two.
    """
    monkeypatch.setattr(centre_link, "_LOOK_S", 0.02)
    monkeypatch.setattr(centre_link, "LEAST_S", 0.02)
    monkeypatch.setattr(centre_link, "_LOST_MS", 0)
    with centre_here(postgres_url) as url, closing(PostgresDatabase(postgres_url)) as database:
        keep(office.home, CentrePlace(url, registered(postgres_url, office)), None)
        with hub_of(office) as hub, joined(hub, tmp_path / "station") as desk:
            desk.ask(commands.OpenCounter, counter=desk.counter)
            for _ in range(2):
                desk.ask(commands.IssueTicket, service="DUKA-01")
            desk.ask(commands.CallNext, counter=desk.counter)
            until(lambda: told_place(desk.home, "token") == CentrePlace(url, "token"))
            until(lambda: _is_there(database, desk.home))
        with joined(hub, tmp_path / "station", "second start") as desk:
            desk.ask(commands.FinishTicket, counter=desk.counter)
            until(lambda: _is_there(database, desk.home))
            until(lambda: link_notes.read(desk.home.path)["centre"].state.is_reached)
            with hub_of(office):
                until(lambda: _is_there(office.home.database, desk.home))
                waiting = next(row.visit for row in desk.readers.tickets() if row.status is TicketStatus.WAITING)
                desk.ask(commands.ClaimTicket, counter=desk.counter, visit=waiting)
                until(lambda: _is_there(office.home.database, desk.home))
            with hub_of(office, hub.port):
                until(lambda: "centre" not in link_notes.read(desk.home.path))


def _is_there(database: Databases, home: OpenHome) -> bool:
    """Whether another store has all that this start of a computer recorded."""
    log_id = home.required_writer().author.log_id
    with home.database.reading() as here, database.reading() as there:
        head = Journal(here, home.site_id).head(log_id)
        return head is not None and Journal(there, home.site_id).head(log_id) == head


def test_a_hub_that_only_pauses_is_not_replaced(office: Office) -> None:
    now_ms = 10**12
    for is_reached, since, why in ((True, 10**6, ""), (False, 59_000, "ConnectError"), (False, 10**6, "")):
        state = LinkState(is_reached=is_reached, since_ms=now_ms - since, why=why)
        write(office.home.path, "hub", LinkNote("http://hub", now_ms, state))
        assert not centre_link.is_hub_lost(office.home, now_ms)
    write(
        office.home.path,
        "hub",
        LinkNote("http://hub", now_ms, LinkState(is_reached=False, since_ms=now_ms - 60_000, why="x")),
    )
    assert centre_link.is_hub_lost(office.home, now_ms)


def test_the_queue_at_the_centre_is_that_of_the_hub(postgres_url: str, office: Office) -> None:
    with (
        hub_of(office) as hub,
        centre_here(postgres_url, office.clock) as url,
        closing(enrolled(hub, 11, "board")) as board,
    ):
        token, here = registered(postgres_url, office), replica_of(office)
        at_centre = StationOf(url, token)
        empty = at_centre.client.get("/v1/queue")
        assert empty.status_code == httpx.codes.CONFLICT and "belum sampai" in empty.text
        office.open("Loket 1")
        for _ in range(3):
            office.issue()
        with Link(url, token) as link:
            link.exchange(here)
        shown = board.client.get("/v1/queue").json()
        own = StationOf(url, board.token)

        def is_shown() -> bool:
            found = own.client.get("/v1/queue").json()
            return {each: found.get(each) for each in shown} == {**shown, "place": found.get("place")}

        until(is_shown)
        assert len(shown["tickets"]) == 3
        assert httpx.get(f"{url}/v1/queue").status_code == httpx.codes.UNAUTHORIZED
        for each in (at_centre, own):
            each.close()
