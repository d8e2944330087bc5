"""Several replicas of one site for tests: encrypted files, a signer each, and an exchange without a network."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from mppdesk.db.engine import Database
from mppdesk.db.journal.logs import Head, Journal
from mppdesk.db.migrate import upgrade
from mppdesk.db.projections import views
from mppdesk.db.replication.replica import Admits
from mppdesk.db.replication.replica_store import ReplicaStore
from mppdesk.db.replication.signing import Signer
from mppdesk.domain.entitlement import Rank
from mppdesk.sync.exchange import Answerer, Exchanged, Reply, Request, exchange
from mppdesk.sync.protocol import Hello
from tests.fakes.office import Office

KEY = bytes(range(32))
NOW = datetime(2026, 11, 23, 1, tzinfo=UTC)
NOW_MS = int(NOW.timestamp() * 1000)


def everybody() -> Admits:
    """Admit any device, and let it write whatever it likes."""
    return lambda device_id, public_key: Rank.HUB


def replica_of(office: Office) -> ReplicaStore:
    """The office's own store as a replica that signs its logs."""
    home = office.home
    signer = Signer(home.setting("device_id") or "", home.secrets.device)
    return ReplicaStore(
        home.database, home.site_id, everybody, lambda: NOW_MS, signer=signer, own_log=office.writer.author.log_id
    )


@contextmanager
def empty_replica(path: Path, site_id: str, admits: Callable[[], Admits] = everybody) -> Iterator[ReplicaStore]:
    """A store with nothing in it."""
    database = Database(path, KEY)
    upgrade(database, path.parent / "backups", NOW)
    try:
        yield ReplicaStore(database, site_id, admits, lambda: NOW_MS)
    finally:
        database.close()


def meet(asker: ReplicaStore, answerer: ReplicaStore) -> Exchanged:
    """Run one exchange as if the network were perfect."""
    asking, answering = exchange(asker), Answerer(answerer, "epoch")
    try:
        request = next(asking)
        while True:
            request = asking.send(answer(answering, request))
    except StopIteration as ended:
        done: Exchanged = ended.value
        return done


def answer(answering: Answerer, request: Request) -> Reply:
    return answering.hello(request) if isinstance(request, Hello) else answering.push(request)


def heads(replica: ReplicaStore) -> tuple[Head, ...]:
    with replica.database.reading() as store:
        return Journal(store, replica.site_id).heads()


def digests(replica: ReplicaStore) -> tuple[str, str]:
    """The views as they stand, and as the journal says they should be."""
    with replica.database.reading() as store:
        return views.live_digest(store, replica.site_id), views.rebuilt_digest(store, replica.site_id)
