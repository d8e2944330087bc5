"""A person forgotten in one store is forgotten in every store that hears of it: the key is in no byte there."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from mppdesk.db.engine import Database
from mppdesk.db.migrate import upgrade
from mppdesk.db.replication.key_parcels import KeyParcel
from mppdesk.db.replication.replica_store import ReplicaStore
from mppdesk.operations.submissions import ApplicantData
from tests.db.test_privacy import NAME, NIK, forget, register_somebody
from tests.fakes.office import Office, open_office
from tests.sync.replicas import NOW, NOW_MS, everybody, heads, meet, replica_of


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with open_office(tmp_path / "office") as opened:
        yield opened


@contextmanager
def readable_replica(path: Path, site_id: str) -> Iterator[ReplicaStore]:
    """A store without encryption, so that a test can read its bytes."""
    database = Database(path, None)
    upgrade(database, path.parent / "backups", NOW)
    try:
        yield ReplicaStore(
            database, site_id, everybody, lambda: NOW_MS, settle=lambda: database.checkpoint(truncate=True)
        )
    finally:
        database.close()


def keys_of(replica: ReplicaStore) -> tuple[KeyParcel, ...]:
    with replica.database.reading() as store:
        rows = store.connection.execute(
            "SELECT key_id, agency, subject_type, subject_id, key FROM local_data_keys ORDER BY key_id"
        ).fetchall()
    return tuple(KeyParcel(row[0], row[1], row[2], row[3], bytes(row[4])) for row in rows)


def bytes_of(path: Path) -> bytes:
    return b"".join(each.read_bytes() for each in sorted(path.parent.glob(f"{path.name}*")))


def test_the_key_of_a_forgotten_person_leaves_no_byte_in_the_other_store(office: Office, tmp_path: Path) -> None:
    office.open("Loket 1")
    visit = register_somebody(office, ApplicantData(NAME, NIK))
    hub, path = replica_of(office), tmp_path / "station.db"
    keys = keys_of(hub)
    with readable_replica(path, office.home.site_id) as station:
        meet(station, hub)
        station.take_keys(keys)
        assert keys and all(each.key in bytes_of(path) for each in keys)

        forget(office, visit)
        meet(station, hub)

        assert heads(station) == heads(hub)
        assert keys_of(station) == keys_of(hub) == ()
        assert not any(each.key in bytes_of(path) for each in keys)
        station.take_keys(keys)
        assert keys_of(station) == ()


def test_it_is_forgotten_also_where_the_key_comes_after_the_news(office: Office, tmp_path: Path) -> None:
    office.open("Loket 1")
    visit = register_somebody(office, ApplicantData(NAME, NIK))
    hub = replica_of(office)
    keys = keys_of(hub)
    forget(office, visit)
    with readable_replica(tmp_path / "late.db", office.home.site_id) as late:
        meet(late, hub)

        late.take_keys(keys)

        assert keys_of(late) == ()
        assert not any(each.key in bytes_of(tmp_path / "late.db") for each in keys)
