"""An update: what an older program kept unread, the newer one folds before it does anything else."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Semaphore

import pytest

from mppdesk.db.central import schema as central_schema
from mppdesk.db.central.database import PostgresDatabase
from mppdesk.db.central.folding import fold_next
from mppdesk.db.central.sites import CentralSite, register
from mppdesk.db.journal import codec
from mppdesk.db.projections import views
from mppdesk.db.projections.refolding import sites_to_refold
from mppdesk.db.replication.replica_store import ReplicaStore
from mppdesk.domain import commands
from mppdesk.domain.commands import TicketView
from mppdesk.server.central_applier import Applier
from tests.fakes.office import Office, open_office
from tests.sync.replicas import NOW_MS, digests, everybody, meet, replica_of


@contextmanager
def older_program(*unknown: str) -> Iterator[None]:
    """Let the program be one that has never heard of these kinds."""
    with pytest.MonkeyPatch.context() as patch:
        for kind in unknown:
            patch.delitem(codec._bodies, kind)
        codec._remembered.cache_clear()
        yield
    codec._remembered.cache_clear()


def serve(office: Office) -> TicketView:
    """Somebody is called twice before she comes."""
    ticket = office.issue().ticket
    assert ticket is not None
    office.act(commands.CallNext)
    office.act(commands.RecallTicket, visit=ticket.id)
    office.act(commands.StartService, visit=ticket.id)
    return ticket


def test_the_first_start_after_an_update_folds_what_was_unread(tmp_path: Path) -> None:
    with open_office(tmp_path / "office") as office:
        office.open("Loket 1")
        serve(office)
        with older_program("TicketRecalled", "ServiceStarted"), office.home.database.writing() as store:
            views.rebuild(store, office.home.site_id)
        assert len(set(digests(replica_of(office)))) == 2

    with open_office(tmp_path / "office", office.clock, office.ids) as office:
        assert len(set(digests(replica_of(office)))) == 1

        office.act(commands.FinishTicket)

        assert len(set(digests(replica_of(office)))) == 1


def test_what_stays_unread_is_left_alone(tmp_path: Path) -> None:
    with open_office(tmp_path / "office") as office:
        office.open("Loket 1")
        serve(office)
        with older_program("TicketRecalled", "ServiceStarted"), office.home.database.writing() as store:
            views.rebuild(store, office.home.site_id)

    with older_program("ServiceStarted"), open_office(tmp_path / "office", office.clock, office.ids) as office:
        assert len(set(digests(replica_of(office)))) == 1
        with office.readers.moment() as moment:
            unread = moment.store.connection.execute("SELECT kind FROM view_quarantine").fetchall()
    assert [row[0] for row in unread] == ["ServiceStarted"]


def test_the_centre_folds_it_with_its_next_batch(postgres_url: str, tmp_path: Path) -> None:
    """Also beside entries that arrived but are not folded yet, and where nothing new arrives."""
    central_schema.upgrade(postgres_url)
    database = PostgresDatabase(postgres_url)
    with open_office(tmp_path / "office") as office:
        hub = replica_of(office)
        with database.writing() as store:
            register(store, CentralSite(hub.site_id, "MPP", "", b"", NOW_MS), "token")
        centre = ReplicaStore(database, hub.site_id, everybody, lambda: NOW_MS, is_folded=False)
        office.open("Loket 1")
        serve(office)
        meet(hub, centre)
        with older_program("TicketRecalled", "ServiceStarted"):
            fold_all(database, hub.site_id)
        with older_program("ServiceStarted"):
            start_centre(database)
            with database.reading() as store:
                assert sites_to_refold(store) == []
        office.act(commands.FinishTicket)
        meet(hub, centre)

        fold_next(database, hub.site_id, most=1)
        fold_all(database, hub.site_id)

        assert set(digests(centre)) == set(digests(hub))
    database.close()


def start_centre(database: PostgresDatabase) -> None:
    """Start the folding of a centre and wait for its second round."""
    rounds = Semaphore(0)
    with Applier(database, rounds.release) as applier:
        applier.wake()
        assert all(rounds.acquire(timeout=30) for _ in range(2))


def fold_all(database: PostgresDatabase, site_id: str) -> None:
    while fold_next(database, site_id):
        pass
