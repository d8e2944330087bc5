"""A file is found by its NIK in every store that may read it, whichever came first: the fact or its key."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from mppdesk.db.home import OpenHome
from mppdesk.db.privacy import forgetting
from mppdesk.db.privacy.sealing import search_term
from mppdesk.db.privacy.search import SearchTable
from mppdesk.db.replication.local_keys import LocalKeys
from mppdesk.db.replication.replica_store import ReplicaStore
from mppdesk.domain import commands
from mppdesk.domain.entries import Subject, SubjectType
from mppdesk.operations import submissions
from mppdesk.operations.desk import Desk
from mppdesk.operations.submissions import ApplicantData
from mppdesk.sync.keys import ALL_DAYS
from mppdesk.sync.link import Link
from mppdesk.sync.place import place_of
from tests.db.test_privacy import NAME, NIK, decrypted, register_somebody, serve
from tests.fakes.far_desk import FarDesk, joined
from tests.fakes.office import Office, open_office
from tests.fakes.running_hub import hub_of
from tests.sync.replicas import NOW_MS, empty_replica, everybody, meet, replica_of
from tests.sync.test_forgotten import keys_of

OTHER_NIK = "9999014107900002"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with open_office(tmp_path / "office") as opened:
        opened.open("Loket 1")
        yield opened


def searched(replica: ReplicaStore, office: Office) -> ReplicaStore:
    """The same store as one that has the site's search key."""
    return ReplicaStore(
        replica.database,
        replica.site_id,
        everybody,
        lambda: NOW_MS,
        shelf=lambda store: LocalKeys(store, replica.site_id, office.home.secrets.search),
    )


def found(replica: ReplicaStore, office: Office, nik: str = NIK) -> tuple[str, ...]:
    with replica.database.reading() as store:
        return SearchTable(store, office.home.secrets.search).find("nik", nik)


@pytest.mark.parametrize("is_key_first", [True, False])
def test_a_file_is_found_whichever_came_first(office: Office, tmp_path: Path, is_key_first: bool) -> None:
    register_somebody(office, ApplicantData(NAME, NIK))
    here = replica_of(office)
    with empty_replica(tmp_path / "other.db", here.site_id) as empty:
        other = searched(empty, office)
        if is_key_first:
            other.take_keys(keys_of(here))
        meet(other, here)
        assert bool(found(other, office)) == is_key_first
        other.take_keys(keys_of(here))

        assert found(other, office) == found(here, office) != ()
        assert found(other, office, OTHER_NIK) == ()


def test_a_store_without_the_key_finds_nobody(office: Office, tmp_path: Path) -> None:
    register_somebody(office, ApplicantData(NAME, NIK))
    here = replica_of(office)
    with empty_replica(tmp_path / "other.db", here.site_id) as empty:
        meet(searched(empty, office), here)
        assert found(empty, office) == ()


def test_the_number_that_stands_there_last_is_found(office: Office, tmp_path: Path) -> None:
    ticket, desk = serve(office), office.desk("Loket 1")
    for nik in (NIK, OTHER_NIK):
        submission = submissions.record_applicant(desk, office.writer, office.ids, ticket, ApplicantData(NAME, nik))
    here = replica_of(office)
    with empty_replica(tmp_path / "other.db", here.site_id) as empty:
        other = searched(empty, office)
        meet(other, here)
        other.take_keys(keys_of(here))
        assert (found(other, office), found(other, office, OTHER_NIK)) == ((), (submission,))


def bytes_of(home: OpenHome) -> bytes:
    """The decrypted database with its WAL, as it lies there."""
    path, key = home.database.path, home.secrets.database
    return decrypted(path, key) + decrypted(path.with_name(f"{path.name}-wal"), key)


def traces_in(home: OpenHome) -> list[bytes]:
    """Which of the person's number and what finds it stand in a byte."""
    term = search_term(home.secrets.search, "nik", NIK)
    return [each for each in (term.encode(), NIK.encode()) if each in bytes_of(home)]


def of_home(home: OpenHome) -> tuple[str, ...]:
    with home.database.reading() as store:
        return SearchTable(store, home.secrets.search).find("nik", NIK)


def serve_somebody(desk: FarDesk, nik: str) -> str:
    """Record a person at a counter of the building; answers her submission."""
    desk.ask(commands.OpenCounter, counter=desk.counter)
    desk.ask(commands.IssueTicket, service="DUKA-01")
    desk.ask(commands.CallNext, counter=desk.counter)
    desk.ask(commands.StartService, counter=desk.counter)
    person = desk.readers.counter_screen(desk.counter).current
    assert person is not None
    clerk = Desk(desk.counter, "Loket 1", desk.actor, "Dewi C.", "printer")
    writer = desk.home.required_writer()
    return submissions.record_applicant(clerk, writer, desk.ids, person, ApplicantData(NAME, nik))


def exchange(*desks: FarDesk) -> None:
    """Bring the stations and their hub to the same journals and keys."""
    for desk in (*desks, *desks):
        place = place_of(desk.home)
        assert place is not None
        with Link(place.url, place.welcome.token, place.authority) as link:
            link.exchange(desk.link.replica)
            link.exchange_keys(desk.link.replica, ALL_DAYS)


def test_the_hub_finds_and_forgets_whom_a_counter_recorded(tmp_path: Path) -> None:
    with (
        open_office(tmp_path / "hub") as office,
        hub_of(office) as hub,
        joined(hub, tmp_path / "one") as one,
        joined(hub, tmp_path / "two", "second start", "Loket 2") as two,
    ):
        submission = serve_somebody(one, NIK)
        homes = (one.home, two.home, office.home)
        exchange(one, two)
        assert [of_home(home) for home in homes] == [(submission,)] * 3
        assert all(traces_in(home) for home in homes), "the search must see what is there"

        forgetting.forget(office.home, office.actor, (Subject(SubjectType.SUBMISSION, submission),))
        exchange(one, two)
        assert [of_home(home) for home in homes] == [()] * 3
        assert [traces_in(home) for home in homes] == [[]] * 3
