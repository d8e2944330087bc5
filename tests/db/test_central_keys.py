"""Data keys at the centre: all of them come back, its database alone opens nothing, a destroyed one stays away."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

import keyring
import pytest
from keyring.backend import KeyringBackend

from mppdesk.db.central import schema as central_schema
from mppdesk.db.central import wrapping_source
from mppdesk.db.central.data_keys import CentralKeys, shelf_of
from mppdesk.db.central.database import PostgresDatabase
from mppdesk.db.central.rewrapping import require_known, rewrap
from mppdesk.db.central.wrapping import Wrapping
from mppdesk.db.privacy.sealing import DataKeys
from mppdesk.db.replication import key_parcels
from mppdesk.db.replication.key_parcels import KeyDay, KeyDigest, KeyParcel
from mppdesk.db.replication.replica_store import ReplicaStore
from mppdesk.domain.errors import BadInput, StorageTrouble
from mppdesk.sync.keys import KeyAnswerer, KeyRights, KeysHello, KeysPush
from tests.db.test_privacy import MARKERS, NAME, forget, tell_everything
from tests.fakes.office import open_office
from tests.sync.replicas import NOW_MS, everybody, meet, replica_of
from tests.sync.test_keys import POOL, SITE, TODAY, held, meet_with, store_of

OTHER_SITE = "6" * 32
FIRST, SECOND = bytes(range(32)), bytes(range(1, 33))
WRAPPING = Wrapping([FIRST])
HUB = KeyRights("d" * 32)


@pytest.fixture
def database(postgres_url: str) -> Iterator[PostgresDatabase]:
    central_schema.upgrade(postgres_url)
    opened = PostgresDatabase(postgres_url)
    yield opened
    opened.close()


def centre(database: PostgresDatabase, site_id: str = SITE) -> KeyAnswerer:
    return KeyAnswerer(ReplicaStore(database, site_id, everybody, lambda: NOW_MS, shelf=shelf_of(site_id, WRAPPING)))


def kept(database: PostgresDatabase, site_id: str = SITE, wrapping: Wrapping = WRAPPING) -> frozenset[KeyParcel]:
    with database.reading() as store:
        shelf = CentralKeys(store, site_id, wrapping)
        return frozenset(key_parcels.by_ids(shelf, [each.key_id for each in POOL], None))


def dump_of(database: PostgresDatabase) -> str:
    """Every row of every table as text; bytes are hexadecimal, as in `pg_dump`."""
    found: list[str] = []
    with database.reading() as store:
        tables = store.connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        for (name,) in tables:
            found += map(str, store.connection.execute(f"SELECT each::text FROM {name} AS each").fetchall())
    return "\n".join(found)


def test_a_hub_that_lost_everything_gets_its_keys_back(database: PostgresDatabase) -> None:
    mine = frozenset(POOL)
    assert meet_with(store_of(mine), centre(database)) == (len(mine), 0)
    fresh = store_of(frozenset())

    assert meet_with(fresh, centre(database)) == (0, len(mine))
    assert held(fresh) == kept(database) == mine
    assert meet_with(fresh, centre(database)) == (0, 0)


def test_what_is_compared_is_what_a_hub_would_compare(database: PostgresDatabase) -> None:
    meet_with(store_of(frozenset(POOL)), centre(database))
    gone = [POOL[0].key_id, POOL[5].key_id]
    hub = store_of(frozenset(POOL))
    with database.writing() as store:
        CentralKeys(store, SITE, WRAPPING).destroy(gone, 1)
    with hub.database.writing() as store:
        for key_id in gone:
            DataKeys(store).destroy(key_id, 1)
    with database.reading() as there, hub.database.reading() as here:
        for day in (0, TODAY - 1, TODAY, TODAY + 1):
            central = key_parcels.digests(CentralKeys(there, SITE, WRAPPING), day, None)
            assert central == key_parcels.digests(hub.shelf(here), day, None)
    assert meet_with(store_of(frozenset(POOL)), centre(database)) == (2, 0), "offered, and not taken"
    assert {each.key_id for each in kept(database)} == {each.key_id for each in POOL} - set(gone)


def test_a_station_gets_the_keys_of_its_agencies_and_another_site_none(database: PostgresDatabase) -> None:
    meet_with(store_of(frozenset(POOL)), centre(database))
    counter, kiosk, elsewhere = (store_of(frozenset()) for _ in range(3))
    meet_with(counter, centre(database), frozenset({"DUKA"}))
    meet_with(kiosk, centre(database), frozenset())
    meet_with(elsewhere, centre(database, OTHER_SITE))

    assert held(counter) == {each for each in POOL if each.agency == "DUKA"}
    assert held(kiosk) == held(elsewhere) == frozenset()


def test_the_dump_alone_opens_nothing_and_has_nothing_of_the_forgotten(
    database: PostgresDatabase, tmp_path: Path
) -> None:
    with open_office(tmp_path / "hub") as office:
        visit, *_ = tell_everything(office)
        hub = replica_of(office)
        site_id = office.home.site_id
        central = ReplicaStore(
            database, site_id, everybody, lambda: NOW_MS, is_folded=False, shelf=shelf_of(site_id, WRAPPING)
        )
        meet(hub, central)
        with office.home.database.reading() as store:
            local = hub.shelf(store)
            days = [each.of for each in key_parcels.digests(local, 0, None)]
            keys = key_parcels.by_ids(local, key_parcels.ids_of(local, days), None)
        central.take_keys(keys)
        before = dump_of(database)
        of_visit = {subject.id for subject in office.readers.subjects_of(visit)}
        mine = [each for each in keys if each.subject_id in of_visit]
        wrapped = [_wrapped(database, each.key_id) for each in mine]
        assert mine and all(each in before for each in wrapped)
        assert not any(marker in before for marker in MARKERS)
        assert not any(secret.hex() in before for secret in (*(each.key for each in keys), FIRST))

        forget(office, visit)
        meet(hub, central)

        after = dump_of(database)
        assert not any(each in after for each in wrapped)
        assert not any(each.key.hex() in after or _wrapped(database, each.key_id) for each in mine)
        central.take_keys(keys)
        assert dump_of(database) == after, "what was forgotten does not come back, the rest is here already"
        others = [each for each in keys if each not in mine]
        assert others and all(_wrapped(database, each.key_id) for each in others)
        assert NAME not in after


def _wrapped(database: PostgresDatabase, key_id: str) -> str:
    with database.reading() as store:
        row = store.connection.execute("SELECT wrapped FROM central_data_keys WHERE key_id = %s", (key_id,)).fetchone()
    return bytes(row[0]).hex() if row else ""


def test_hostile_requests_raise_nothing(database: PostgresDatabase) -> None:
    meet_with(store_of(frozenset(POOL)), centre(database))
    answering = centre(database)
    days = [KeyDay("\0", 1), KeyDay("DUKA", -(2**63)), KeyDay("x" * 9999, 2**64 - 1)]
    for from_day in (-(2**63), 2**64 - 1):
        differ = answering.hello(KeysHello(SITE, from_day, tuple(KeyDigest(day, b"") for day in days)), HUB)
        assert set(days) <= set(differ.days)
    broken = KeyParcel("\0" * 32, "\0", "\0", "\0", bytes(32))
    assert answering.push(KeysPush(SITE, (broken,), ("\0", "", POOL[0].key_id)), HUB).parcels == (POOL[0],)
    with database.writing() as store:
        CentralKeys(store, SITE, WRAPPING).destroy(["\0", "x"], 1)
    assert kept(database) == frozenset(POOL)


def test_a_row_under_another_site_or_another_wrapping_key_does_not_open(database: PostgresDatabase) -> None:
    meet_with(store_of(frozenset(POOL[:1])), centre(database))
    with pytest.raises(StorageTrouble, match="kunci pembungkus"):
        kept(database, wrapping=Wrapping([SECOND]))
    with database.writing() as store:
        store.connection.execute("UPDATE central_data_keys SET site_id = %s", (OTHER_SITE,))
    with pytest.raises(StorageTrouble, match="kunci pembungkus"):
        kept(database, OTHER_SITE)


def test_a_wrapping_key_is_replaced_and_the_old_one_is_needed_no_more(database: PostgresDatabase) -> None:
    with database.writing() as store:
        require_known(store, WRAPPING, NOW_MS)
    meet_with(store_of(frozenset(POOL)), centre(database))
    with database.writing() as store, pytest.raises(StorageTrouble, match="bukan yang dipakai"):
        require_known(store, Wrapping([SECOND]), NOW_MS)
    both = Wrapping([SECOND, FIRST])
    with database.writing() as store:
        require_known(store, both, NOW_MS)

    assert rewrap(database, both) == len(POOL)
    assert rewrap(database, both) == 0

    with database.writing() as store:
        require_known(store, Wrapping([SECOND]), NOW_MS)
    assert kept(database, wrapping=Wrapping([SECOND])) == frozenset(POOL)


def test_a_wrapping_key_is_made_in_front_of_an_earlier_one(tmp_path: Path) -> None:
    path = tmp_path / "wrapping.key"
    with pytest.raises(StorageTrouble, match="make-key"):
        wrapping_source.read(f"file:{path}")
    wrapping_source.make(f"file:{path}")
    first = wrapping_source.read(f"file:{path}")
    wrapping_source.make(f"file:{path}")
    both = wrapping_source.read(f"file:{path}")

    assert not wrapping_source.is_open_to_others(f"file:{path}")
    assert both.mark != first.mark and both.marks == {both.mark, first.mark}
    assert wrapping_source.read("env:KEY", {"KEY": path.read_text()}).marks == both.marks
    path.chmod(0o640)
    assert wrapping_source.is_open_to_others(f"file:{path}") == (sys.platform != "win32")
    assert not wrapping_source.is_open_to_others("env:KEY")


class Vault(KeyringBackend):
    """A keyring in memory."""

    priority = 1.0

    kept: ClassVar[dict[tuple[str, str], str]] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password


def test_a_wrapping_key_may_lie_in_the_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(StorageTrouble, match="Brankas"):
        wrapping_source.make("keyring:centre")
    monkeypatch.setattr(keyring.core, "_keyring_backend", Vault())  # type: ignore[no-untyped-call]
    wrapping_source.make("keyring:centre")
    assert len(wrapping_source.read("keyring:centre").marks) == 1
    with pytest.raises(StorageTrouble, match=re.escape("keyring:other")):
        wrapping_source.read("keyring:other")


@pytest.mark.parametrize("text", ["", "12", "g" * 64, f"{'0' * 64} x"])
def test_what_is_no_key_is_refused_without_repeating_it(text: str) -> None:
    with pytest.raises(BadInput) as refused:
        wrapping_source.read("env:KEY", {"KEY": text})
    assert not text or text not in str(refused.value)
    for source in ("/etc/key", "https://x"):
        with pytest.raises(BadInput):
            wrapping_source.read(source)
    with pytest.raises(BadInput):
        wrapping_source.make("env:KEY")
