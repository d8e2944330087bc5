"""A hub that was told its centre brings it everything, goes on when it is away, and says how the link is."""

import json
import shutil
from collections.abc import Iterator
from contextlib import redirect_stdout
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from mppdesk.cli.main import main
from mppdesk.cli.output import DONE, REFUSED
from mppdesk.db import home as homes
from mppdesk.db.central.database import PostgresDatabase
from mppdesk.db.journal.logs import Journal
from mppdesk.db.replication import arrivals, troubles
from mppdesk.db.replication.copied_folders import COPIED_FOLDER
from mppdesk.db.safekeeping.backup import write_backup
from mppdesk.db.safekeeping.recovery import new_sheet
from mppdesk.db.safekeeping.restore import restore
from mppdesk.domain.entries import SubjectType
from mppdesk.operations.submissions import ApplicantData
from mppdesk.sync import centre_link
from mppdesk.sync.link import Link
from tests.db.test_journal import busy_morning
from tests.db.test_privacy import NAME, NIK, register_somebody
from tests.fakes.clock import CountedIds, FakeClock, stopped_now
from tests.fakes.office import Office, open_office
from tests.fakes.running_centre import ask_central, centre_here, registered
from tests.fakes.running_hub import hub_of
from tests.server.test_central import until
from tests.sync.replicas import heads, replica_of


@pytest.fixture
def database(postgres_url: str) -> Iterator[PostgresDatabase]:
    opened = PostgresDatabase(postgres_url)
    yield opened
    opened.close()


def told(*words: str) -> dict[str, Any]:
    with redirect_stdout(StringIO()) as said:
        assert main([*words, "--json"]) == DONE, said.getvalue()
    found: dict[str, Any] = json.loads(said.getvalue())
    return found


def status(home: Path) -> dict[str, Any]:
    return told("sync", "status", "--data", str(home))


def test_a_hub_and_its_centre(postgres_url: str, database: PostgresDatabase, tmp_path: Path) -> None:
    home, ids = tmp_path / "hub", CountedIds("linked")
    with open_office(home, ids=ids) as office:
        token = registered(postgres_url, office)
        author = office.writer.author
    alone = status(home)
    assert (alone["device_id"], alone["public_key"]) == (author.device_id, author.public_key.hex())
    assert alone["links"] == [] == alone["held"]
    with centre_here(postgres_url) as url:
        told("hub", "link", "--data", str(home), "--central", url, "--token", token)
        before = status(home)["links"]
        assert [(each["to"], each["is_reached"], each["why"]) for each in before] == [("centre", False, "not_running")]
        with open_office(home, stopped_now(), ids) as office, hub_of(office):
            busy_morning(office, 3)
            replica = replica_of(office)

            def has_all() -> bool:
                with database.reading() as store:
                    return Journal(store, office.home.site_id).heads() == heads(replica)

            until(has_all)
            until(lambda: status(home)["links"][0]["waiting"] == 0)
            link = status(home)["links"][0]
            assert link["is_reached"] and link["url"] == url and link["why"] == "" and link["oldest_waiting_s"] is None
            with database.reading() as store:
                assert arrivals.last(store, office.home.site_id) == sum(head.seq for head in heads(replica))

    after = status(home)["links"][0]
    assert after["why"] == "not_running" and after["waiting"] == 1, "the log was closed after the last exchange"


def test_a_centre_that_is_away_stops_nobody(tmp_path: Path) -> None:
    home, ids = tmp_path / "hub", CountedIds("away")
    with open_office(home, ids=ids):
        pass
    told("hub", "link", "--data", str(home), "--central", "http://127.0.0.1:1", "--token", "x")
    with open_office(home, stopped_now(), ids) as office, hub_of(office) as hub:
        until(lambda: status(home)["links"][0]["why"] == "ConnectError")
        office.open("Loket 1")
        office.issue()
        with Link(hub.url, hub.itself.token) as way:
            said = way.exchange(replica_of(office)).centre
        link = status(home)["links"][0]
    assert not link["is_reached"] and link["waiting"] > 10 and link["last_exchange"] is None
    assert said is not None and not said.is_reached, "who asks the hub hears of it"
    assert (said.waiting, moment(said.since_ms)) == (link["waiting"], link["since"])


def test_a_hub_without_a_centre_says_nothing_of_one(tmp_path: Path) -> None:
    with open_office(tmp_path / "hub") as office, hub_of(office) as hub, Link(hub.url, hub.itself.token) as way:
        assert way.exchange(replica_of(office)).centre is None


def moment(ms: int) -> str:
    """As `sync status` writes it."""
    return datetime.fromtimestamp(ms / 1000, UTC).isoformat(timespec="seconds")


@pytest.mark.parametrize("wrong", ["ftp://pusat", "pusat.example.go.id"])
def test_an_address_that_is_none_is_refused(tmp_path: Path, wrong: str) -> None:
    home = tmp_path / "hub"
    with open_office(home):
        pass
    words = ["hub", "link", "--data", str(home), "--central", wrong, "--token", "x"]
    assert main(words) == REFUSED
    assert status(home)["links"] == []


def test_a_burnt_hub_is_whole_again_from_an_old_backup_and_the_centre(postgres_url: str, tmp_path: Path) -> None:
    """The person came after the backup: her entries and the key of her NIK were on the burnt disk and at the centre."""
    home, anew, clock, ids = tmp_path / "hub", tmp_path / "anew", FakeClock(), CountedIds("burnt")
    with centre_here(postgres_url) as url:
        with open_office(home, clock, ids) as office:
            token = registered(postgres_url, office)
            sheet = new_sheet(home, office.home.secrets, "MPP Kabupaten Sukamaju")
            centre_link.keep(office.home, centre_link.CentrePlace(url, token), None)
            write_backup(office.home.database, home, office.home.file.home_id, tmp_path / "backup", clock.now())
            office.open("Loket 1")
            visit = register_somebody(office, ApplicantData(NAME, NIK))
            before = heads(replica_of(office))
            with Link(url, token) as link:
                link.exchange(replica_of(office))
                assert link.exchange_keys(replica_of(office), 0)[0] > 0
        shutil.rmtree(home)
        clock.forward(3600)
        restore(anew, tmp_path / "backup", clock, CountedIds("restored"), code=sheet.code)
        with homes.writing(anew, clock, CountedIds("again")) as opened:
            office = Office(opened, clock, CountedIds("again"))
            with hub_of(office):
                until(lambda: set(before) <= set(heads(replica_of(office))))
                (submission,) = {
                    each.id for each in office.readers.subjects_of(visit) if each.type == SubjectType.SUBMISSION
                }
                until(lambda: office.readers.full_nik(submission) == NIK)


def test_a_hubs_folder_that_works_twice_is_an_alarm_at_the_centre_and_in_the_building(
    postgres_url: str, tmp_path: Path
) -> None:
    """Neither copy hears of the other: only the centre sees both, and brings each to who has not seen it."""
    ids = CountedIds("copied")
    with open_office(tmp_path / "hub", ids=ids) as office:
        office.open("Loket 1")
        token = registered(postgres_url, office)
    shutil.copytree(tmp_path / "hub", tmp_path / "copy")
    with (
        centre_here(postgres_url) as url,
        Link(url, token) as link,
        open_office(tmp_path / "hub", ids=ids) as original,
        open_office(tmp_path / "copy", ids=ids) as copied,
    ):
        for office in (original, copied):
            office.issue()
            assert told_of_copies(postgres_url) == []
            link.exchange(replica_of(office))
        second = copied.writer.author.log_id
        assert told_of_copies(postgres_url) == [second]

        link.exchange(replica_of(original))
        with original.home.database.reading() as store:
            alarms = troubles.all_of(store, original.home.site_id)
        assert [(each.log_id, each.reason) for each in alarms] == [(second, COPIED_FOLDER)]


def told_of_copies(database: str) -> list[str]:
    """The logs that the centre's administrator is told of."""
    (site,) = ask_central("sites", "--database", database)["sites"]
    assert {each["reason"] for each in site["troubles"]} <= {COPIED_FOLDER}
    return [each["log_id"] for each in site["troubles"]]
