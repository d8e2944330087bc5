"""Revoking and admitting a station, with the name of who did it; a hub at home that answers beside other work."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from mppdesk.db.journal.logs import Journal
from mppdesk.db.replication.stations import StationBook
from mppdesk.domain.entries import SYSTEM_USER, Actor, Subject, SubjectType
from mppdesk.domain.errors import BadInput, NotAllowed, Refused
from mppdesk.operations.submissions import ApplicantData
from mppdesk.server import admission
from mppdesk.server.at_home import answering_beside, hub_at_home
from mppdesk.server.serving import Address
from mppdesk.sync.keys import ALL_DAYS
from mppdesk.sync.link import Link, Unreachable
from mppdesk.sync.own_replica import replica_of
from tests.db.test_privacy import NAME, NIK, register_somebody
from tests.fakes.office import Office, open_office
from tests.fakes.running_hub import RunningHub, StationOf, hub_of, signer_of
from tests.sync.replicas import empty_replica
from tests.sync.test_forgotten import keys_of
from tests.sync.test_keys import POOL

LANE = 7


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with open_office(tmp_path / "hub") as opened:
        yield opened


@pytest.fixture
def hub(office: Office) -> Iterator[RunningHub]:
    with hub_of(office) as running:
        yield running


@pytest.fixture
def station(hub: RunningHub) -> Iterator[StationOf]:
    made = hub.enrol(LANE)
    yield made
    made.close()


def book_of(office: Office) -> StationBook:
    return StationBook(office.home.database, office.home.site_id)


def test_a_revoked_station_commands_nothing_and_the_journal_says_who_did_it(office: Office, station: StationOf) -> None:
    device = signer_of(LANE).device_id

    admission.revoke(office.home, book_of(office), office.actor, device)

    assert station.command("c1", "issue", service="DUKA-01").status_code == httpx.codes.FORBIDDEN
    with office.home.database.reading() as store:
        entries = Journal(store, office.home.site_id).entries_of(Subject(SubjectType.STATION, device))
    assert [(each.kind, each.actor.user) for each in entries][-1] == ("StationRevoked", office.actor.user)


def test_an_admitted_station_is_believed_again_and_still_commands_nothing(office: Office, station: StationOf) -> None:
    device, book = signer_of(LANE).device_id, book_of(office)
    admission.revoke(office.home, book, office.actor, device)

    admission.admit(office.home, book, replica_of(office.home, book), office.actor, device)

    found = book.by_device(device)
    assert found is not None
    assert (found.is_revoked, found.are_facts_admitted) == (True, True)
    assert station.command("c1", "issue", service="DUKA-01").status_code == httpx.codes.FORBIDDEN


def test_what_an_admitted_station_wrote_about_persons_comes_with_its_keys(
    office: Office, hub: RunningHub, station: StationOf, tmp_path: Path
) -> None:
    office.open("Loket 1")
    register_somebody(office, ApplicantData(NAME, NIK))
    device, book = signer_of(LANE).device_id, book_of(office)
    admission.revoke(office.home, book, office.actor, device)
    with empty_replica(tmp_path / "station.db", office.home.site_id) as here, Link(hub.url, station.token) as link:
        here.take_keys(POOL[:1])
        with pytest.raises(Unreachable, match="403"):
            link.exchange_keys(here, ALL_DAYS)

        admission.admit(office.home, book, replica_of(office.home, book), office.actor, device)

        assert link.exchange_keys(here, ALL_DAYS) == (1, 0), "it brings, and is given none"
    assert POOL[0] in keys_of(replica_of(office.home, book))


def test_nobody_else_may_and_the_hub_stays(office: Office, station: StationOf, hub: RunningHub) -> None:
    device, book = signer_of(LANE).device_id, book_of(office)

    with pytest.raises(NotAllowed, match="Hanya penyelia"):
        admission.revoke(office.home, book, Actor(SYSTEM_USER, "desktop"), device)
    with pytest.raises(Refused, match="hub gedung"):
        admission.revoke(office.home, book, office.actor, office.writer.author.device_id)
    with pytest.raises(Refused, match="tidak terdaftar"):
        admission.revoke(office.home, book, office.actor, "f" * 32)


def test_who_asks_is_seen(hub: RunningHub, station: StationOf) -> None:
    sightings = hub.building.sightings
    assert sightings is not None
    assert sightings.of(signer_of(LANE).device_id) is None

    station.client.get("/v1/queue")

    assert sightings.of(signer_of(LANE).device_id) == hub.office.writer.now_ms()


def test_a_hub_at_home_answers_beside_other_work_and_takes_its_note_away(office: Office) -> None:
    with hub_at_home(office.home, office.clock, Address("127.0.0.1", 0)) as hub, answering_beside(hub):
        assert httpx.get(f"{hub.url}/health").json()["healthy"] is True
        assert (office.home.path / "hub.json").exists()
    assert not (office.home.path / "hub.json").exists()
    with pytest.raises(httpx.ConnectError):
        httpx.get(f"{hub.url}/health")


def test_no_network_without_a_certificate(office: Office) -> None:
    everywhere = Address("0.0.0.0", 0)
    with pytest.raises(BadInput, match="Tanpa sertifikat"), hub_at_home(office.home, office.clock, everywhere):
        pass
