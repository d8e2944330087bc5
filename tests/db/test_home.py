"""The data folder on a bad day: taken, damaged, full, forgetful, with a clock that lies."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlcipher3.dbapi2 as driver

from mppdesk.db import home as homes
from mppdesk.db.engine import DiskFull, check_sqlite_version, open_connection, require_durable
from mppdesk.db.journal.verify import verify
from mppdesk.db.privacy.secret_store import SecretPlace, Secrets
from mppdesk.db.reading.readers import StoredReaders
from mppdesk.domain.errors import Refused, StorageTrouble
from tests.fakes.clock import CountedIds, FakeClock
from tests.fakes.office import Office, make_home, open_office

KEY = bytes(range(32))


def logs(office: homes.OpenHome) -> int:
    with office.database.reading() as store:
        return int(store.connection.execute("SELECT count(*) FROM journal_heads").fetchone()[0])


def tickets(office: Office) -> list[str]:
    return [row.number for row in office.readers.tickets()]


def test_who_holds_the_folder_is_said_after_the_wait(tmp_path: Path) -> None:
    with open_office(tmp_path / "home") as office:
        refused = pytest.raises(StorageTrouble, match="sedang dipakai di komputer ini oleh")
        with refused as error, homes.writing(tmp_path / "home", office.clock, office.ids, wait_s=0.05):
            pass
        assert f"proses {os.getpid()}" in str(error.value)
        office.issue()
    with open_office(tmp_path / "home") as office:
        assert tickets(office) == ["B-001"]


def test_reading_takes_no_lock_and_writes_nothing(tmp_path: Path) -> None:
    with open_office(tmp_path / "home") as office:
        office.issue()
        before = logs(office.home)
        with homes.reading(tmp_path / "home") as opened:
            readers = StoredReaders(opened.database, opened.site_id, opened.reference, office.clock)
            assert [row.number for row in readers.tickets()] == ["B-001"]
            assert opened.writer is None and opened.hub is None
            with opened.database.reading() as store, pytest.raises(Exception, match="readonly"):
                store.connection.execute("DELETE FROM journal_entries")
        assert logs(office.home) == before


def test_a_start_that_writes_nothing_opens_no_log(tmp_path: Path) -> None:
    with open_office(tmp_path / "home") as office:
        before = logs(office.home)
    with open_office(tmp_path / "home") as office, pytest.raises(Refused):
        office.issue("ENTAH-01")
    with homes.reading(tmp_path / "home") as opened:
        assert logs(opened) == before


@pytest.mark.parametrize(
    "pragma", ["synchronous = NORMAL", "synchronous = OFF", "secure_delete = OFF", "journal_mode = DELETE"]
)
def test_a_connection_that_could_forget_is_refused(tmp_path: Path, pragma: str) -> None:
    connection = open_connection(tmp_path / "x.db", KEY)
    require_durable(connection)
    connection.execute(f"PRAGMA {pragma}")
    with pytest.raises(StorageTrouble, match="tidak menjamin data tahan mati listrik"):
        require_durable(connection)
    connection.close()


def test_the_writer_starts_only_with_full_synchronous(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An SQLite that was asked for FULL and gives less writes nothing."""
    real = driver.connect

    class ForgetfulConnection:
        def __init__(self, connection: Any) -> None:
            self._connection = connection

        def execute(self, sql: str, *parameters: Any) -> Any:
            return self._connection.execute(sql.replace("synchronous = FULL", "synchronous = NORMAL"), *parameters)

        def close(self) -> None:
            self._connection.close()

    make_home(tmp_path / "home", FakeClock(), CountedIds())
    before = (tmp_path / "home" / homes.DATABASE_FILE).read_bytes()
    monkeypatch.setattr(driver, "connect", lambda *a, **k: ForgetfulConnection(real(*a, **k)))
    refused = pytest.raises(StorageTrouble, match="tidak menjamin data")
    with refused, homes.writing(tmp_path / "home", FakeClock(), CountedIds("b")):
        pass
    monkeypatch.undo()
    assert (tmp_path / "home" / homes.DATABASE_FILE).read_bytes() == before


def test_an_sqlite_with_the_wal_bug_is_refused() -> None:
    check_sqlite_version((3, 51, 3))
    with pytest.raises(StorageTrouble, match=r"SQLite 3\.51\.2 yang dapat merusak"):
        check_sqlite_version((3, 51, 2))


def flipped(raw: bytes) -> bytes:
    """One bit in each page from the second half on."""
    spoilt = bytearray(raw)
    for at in range(len(raw) // 2, len(raw), 4096):
        spoilt[at] ^= 1
    return bytes(spoilt)


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "bits": flipped,
    "cut in half": lambda raw: raw[: len(raw) // 2],
    "cut within a page": lambda raw: raw[: len(raw) // 2 + 100],
    "first page": lambda raw: os.urandom(4096) + raw[4096:],
    "zeros": lambda raw: bytes(len(raw)),
    "text": lambda raw: b"ini bukan basis data\n" * 500,
}


@pytest.mark.parametrize("how", DAMAGES)
def test_a_damaged_database_is_said_and_not_touched(tmp_path: Path, how: str) -> None:
    with open_office(tmp_path / "home") as office:
        office.issue()
    path = tmp_path / "home" / homes.DATABASE_FILE
    spoilt = DAMAGES[how](path.read_bytes())
    path.write_bytes(spoilt)
    refused = pytest.raises(StorageTrouble)
    with refused as error, homes.reading(tmp_path / "home") as opened, opened.database.reading() as store:
        verify(store, opened.site_id)
    assert str(error.value).count(".") >= 2, "what happened and what to do"
    assert path.read_bytes() == spoilt


def test_another_key_is_said(tmp_path: Path) -> None:
    make_home(tmp_path / "home", FakeClock(), CountedIds())
    file = homes.HomeFile.read(tmp_path / "home")
    homes.adopt(tmp_path / "home", file, Secrets.fresh())
    with pytest.raises(StorageTrouble, match="tidak dapat dibuka dengan kunci"), homes.reading(tmp_path / "home"):
        pass


def test_a_folder_that_cannot_be_is_said(tmp_path: Path) -> None:
    (tmp_path / "berkas").write_text("x", encoding="utf-8")
    with pytest.raises(StorageTrouble, match="tidak dapat dibuat"):
        homes.create(tmp_path / "berkas" / "home", CountedIds(), FakeClock(), place=SecretPlace.FILE)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 24 MB; only root on Linux may have one."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", str(disk)]
    if sys.platform != "linux" or os.geteuid() != 0 or subprocess.run(mount, check=False).returncode != 0:
        pytest.skip("needs the right to mount")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def fill(path: Path) -> None:
    with path.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(bytes(4096))


def test_a_full_disk_is_said_and_the_reserve_finishes_the_person(
    small_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(homes, "RESERVE_BYTES", 4 << 20)
    with open_office(small_disk / "home") as office:
        office.issue()
        assert (small_disk / "home" / "reserve").exists()
        fill(small_disk / "isi")
        issued = 1
        with pytest.raises(DiskFull, match=r"penuh\. Yang sudah tersimpan aman"):
            for _ in range(500):
                office.issue()
                issued += 1
        assert len(tickets(office)) == issued
        assert not (small_disk / "home" / "reserve").exists()
        office.issue()
        with office.home.database.reading() as store:
            assert verify(store, office.home.site_id).is_sound
        assert len(tickets(office)) == issued + 1
    with open_office(small_disk / "home") as office:
        assert len(tickets(office)) == issued + 1
        assert not (small_disk / "home" / "reserve").exists(), "it is not what fills the disk again"


def test_a_disk_that_is_full_before_the_start_costs_the_reserve_and_not_the_day(
    small_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite calls it an I/O error when there is no room for the index of the WAL, which even a reader needs."""
    monkeypatch.setattr(homes, "RESERVE_BYTES", 4 << 20)
    with open_office(small_disk / "home") as office:
        office.issue()
        clock, ids = office.clock, office.ids
    fill(small_disk / "isi")
    with pytest.raises(DiskFull, match="mungkin karena penuh"), homes.reading(small_disk / "home"):
        pass
    with open_office(small_disk / "home", clock, ids) as office:
        office.issue()
        assert len(tickets(office)) == 2
    assert not (small_disk / "home" / "reserve").exists()


def test_a_full_database_rolls_back_and_the_program_lives(tmp_path: Path) -> None:
    """The same without a small disk: SQLite is told that it may not grow."""
    with open_office(tmp_path / "home") as office:
        office.issue()
        before = tickets(office)
        with office.home.database.writing() as store:
            connection = store.connection
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(DiskFull):
            for _ in range(500):
                office.issue()
                before = tickets(office)
        assert tickets(office) == before
        connection.execute(f"PRAGMA max_page_count = {pages + 1000}")
        office.issue()
        assert len(tickets(office)) == len(before) + 1
        with office.home.database.reading() as store:
            assert verify(store, office.home.site_id).is_sound


def test_a_clock_set_back_a_day_goes_on_with_the_day(tmp_path: Path) -> None:
    with open_office(tmp_path / "home") as office:
        office.issue()
        office.clock.set(office.clock.now() - timedelta(days=1))
        again = office.issue().ticket
        assert again is not None and again.number == "B-002"
        assert tickets(office) == ["B-001", "B-002"]
        with office.home.database.reading() as store:
            clocks = store.connection.execute("SELECT hlc FROM journal_entries ORDER BY log_id, seq").fetchall()
            assert clocks == sorted(clocks), "the hybrid clock never goes back"
            assert verify(store, office.home.site_id).is_sound


def test_a_clock_far_ahead_opens_no_day_by_itself(tmp_path: Path) -> None:
    with open_office(tmp_path / "home") as office:
        office.issue()
        office.clock.forward(40 * 24 * 3600)
        with pytest.raises(Refused, match="Periksa tanggalnya"):
            office.issue()
        office.clock.forward(-40 * 24 * 3600)
        again = office.issue().ticket
        assert again is not None and again.number == "B-002"
