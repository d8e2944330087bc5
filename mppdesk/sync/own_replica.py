"""An open data folder as the replica that this process writes."""

from mppdesk.db.home import OpenHome
from mppdesk.db.privacy import forgotten
from mppdesk.db.replication.local_keys import LocalKeys
from mppdesk.db.replication.replica_store import ReplicaStore
from mppdesk.db.replication.signing import Signer
from mppdesk.db.replication.stations import StationBook


def replica_of(home: OpenHome, book: StationBook) -> ReplicaStore:
    """A folder's own store as a replica that signs this device's logs."""
    writer = home.required_writer()
    return ReplicaStore(
        home.database,
        home.site_id,
        book.admits,
        writer.now_ms,
        signer=Signer(writer.author.device_id, home.secrets.device),
        own_log=writer.author.log_id,
        shelf=lambda store: LocalKeys(store, home.site_id, home.secrets.search),
        tell=writer.changes.tell,
        settle=lambda: forgotten.settle(home.path, home.database),
    )
