"""A centre that was told only of the hub that took over: the hub before it, and all that it enrolled, are believed."""

from contextlib import closing
from pathlib import Path

from mppdesk.db.central.database import PostgresDatabase
from mppdesk.db.journal.logs import Head, Journal
from mppdesk.db.replication import held
from mppdesk.db.replication.replica_store import Databases
from mppdesk.domain import commands
from mppdesk.server.takeover import take_over
from mppdesk.sync.link import Link
from mppdesk.sync.own_replica import replica_of
from tests.fakes.office import Office, open_office
from tests.fakes.running_centre import centre_here, registered
from tests.fakes.running_hub import hub_of
from tests.server.test_central import until
from tests.server.test_takeover import book_of, desk_of, digest, joined, standby_of


def heads(database: Databases, site_id: str) -> tuple[Head, ...]:
    with database.reading() as store:
        return Journal(store, site_id).heads()


def test_the_logs_of_the_hub_before_and_of_its_stations_are_taken(postgres_url: str, tmp_path: Path) -> None:
    with (
        open_office(tmp_path / "hub") as office,
        centre_here(postgres_url) as url,
        closing(PostgresDatabase(postgres_url)) as database,
        hub_of(office) as hub,
    ):
        standby = joined(hub, tmp_path / "standby", "standby", "Cadangan")
        counter = joined(hub, tmp_path / "counter", "counter", "Loket 1")
        with desk_of(counter, office, "desk") as desk:
            desk.ask(commands.OpenCounter, counter=desk.counter)
            desk.number()
        with standby_of(standby, office, "warm") as (opened, _):
            until(lambda: digest(opened) == digest(office.home))
            take_over(opened, book_of(opened), office.actor, 0)
            site_id, here = opened.site_id, replica_of(opened, book_of(opened))
            token = registered(postgres_url, Office(opened, office.clock, office.ids))
            with Link(url, token) as link:
                link.exchange(here)
            assert heads(database, site_id) == heads(opened.database, site_id)
            with database.reading() as store:
                assert held.devices(store, site_id) == ()
