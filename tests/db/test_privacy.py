"""Forgetting a person: the history stays whole, and the person stands in no byte that is left."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from mppdesk.db.engine import Database, open_connection
from mppdesk.db.journal.verify import verify
from mppdesk.db.paper.jobs import StoredPrintJobs
from mppdesk.db.privacy import forgetting as privacy
from mppdesk.db.privacy import forgotten
from mppdesk.db.privacy.search import SearchTable
from mppdesk.db.projections import views
from mppdesk.db.safekeeping.backup import write_backup
from mppdesk.db.safekeeping.restore import restore
from mppdesk.domain import commands
from mppdesk.domain.errors import Refused, StorageTrouble
from mppdesk.domain.print_job import JobState
from mppdesk.domain.submission import CheckState
from mppdesk.operations import submissions
from mppdesk.operations.readings import CurrentTicket
from mppdesk.operations.submissions import ApplicantData, Check
from tests.fakes.office import PRINTER, Office, open_office

NAME, NIK, PHONE = "Melati Contohwati", "9999014107900001", "081999000111"
PROXY, HOLD, TRANSFER, CANCEL = (
    "Wakil Contohman",
    "catatan tunda rahasia",
    "catatan alih rahasia",
    "alasan batal rahasia",
)
CHECK_NOTE = "catatan periksa rahasia"
MARKERS = (NAME, NIK, PHONE, PROXY, HOLD, TRANSFER, CANCEL, CHECK_NOTE)
PAGE, RESERVED, SALT = 4096, 80, 16


def decrypted(path: Path, key: bytes) -> bytes:
    """Every page of an SQLCipher 4 database or WAL as it lies there, the free ones too (sqlcipher.net/design)."""
    raw = path.read_bytes() if path.exists() else b""
    is_wal = path.name.endswith("-wal")
    start, header = (32, 24) if is_wal else (0, 0)
    pages = []
    for at in range(start, len(raw), PAGE + header):
        page = raw[at + header : at + header + PAGE]
        is_first = int.from_bytes(raw[at : at + 4]) == 1 if is_wal else at == 0
        vector = page[PAGE - RESERVED :][:SALT]
        cipher = Cipher(algorithms.AES(key), modes.CBC(vector)).decryptor()
        pages.append(cipher.update(page[SALT if is_first else 0 : PAGE - RESERVED]))
    return b"".join(pages)


def everything(office: Office) -> bytes:
    """The decrypted database with its WAL."""
    path = office.home.database.path
    key = office.home.secrets.database
    return decrypted(path, key) + decrypted(path.with_name(f"{path.name}-wal"), key)


def current(office: Office, label: str = "Loket 1") -> CurrentTicket:
    ticket = office.readers.counter_screen(office.counter(label)).current
    assert ticket is not None
    return ticket


def serve(office: Office, code: str = "DUKA-01") -> CurrentTicket:
    office.issue(code)
    office.act(commands.CallNext)
    office.act(commands.StartService)
    return current(office)


def register_somebody(office: Office, data: ApplicantData) -> str:
    """Register a person's complete file at Loket 1; answers the visit."""
    ticket = serve(office)
    desk = office.desk("Loket 1")
    checks = tuple(
        Check(row.requirement.code, CheckState.FULFILLED, note=CHECK_NOTE if data.name == NAME else None)
        for row in ticket.checklist.rows
    )
    submissions.check_requirements(desk, office.writer, office.ids, ticket, checks)
    submissions.record_applicant(desk, office.writer, office.ids, ticket, data)
    submissions.register(desk, office.hub, office.readers, office.ids, current(office))
    return ticket.row.visit


def tell_everything(office: Office) -> tuple[str, ...]:
    """Three visits that hold a marker in every field that a person types; answers the visits."""
    office.open("Loket 1", "Loket 3")
    registered = register_somebody(office, ApplicantData(NAME, NIK, PHONE, PROXY))
    held = serve(office).row.visit
    office.act(commands.HoldTicket, note=HOLD)
    office.act(commands.ResumeTicket, visit=held)
    office.ask(
        commands.TransferTicket(
            command_id=office.ids.new(),
            visit=held,
            service="POLI-01",
            counter=office.counter("Loket 1"),
            note=TRANSFER,
        )
    )
    cancelled = office.issue().ticket
    assert cancelled is not None
    office.ask(commands.CancelTicket(command_id=office.ids.new(), visit=cancelled.id, reason=CANCEL))
    return registered, held, cancelled.id


def keys_of(office: Office) -> list[bytes]:
    with office.home.database.reading() as store:
        return [bytes(row[0]) for row in store.connection.execute("SELECT key FROM local_data_keys")]


def count(office: Office, table: str) -> int:
    with office.home.database.reading() as store:
        return int(store.connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def forget(office: Office, *visits: str) -> int:
    subjects = tuple(subject for visit in visits for subject in office.readers.subjects_of(visit))
    return privacy.forget(office.home, office.actor, subjects)


def papers(office: Office) -> str:
    jobs = StoredPrintJobs(office.home.database, office.writer.changes, {})
    return str(jobs.recent(100))


def shown(office: Office, visits: tuple[str, ...]) -> str:
    """Everything the readers tell of the visits."""
    histories = [line for visit in visits for line in office.readers.history(visit)]
    return str([str(line.what) for line in histories]) + str(office.readers.tickets())


def test_a_forgotten_person_stands_in_no_byte(tmp_path: Path) -> None:
    with open_office(tmp_path / "home") as office:
        visits = tell_everything(office)
        office.home.database.checkpoint()
        keys = keys_of(office)
        assert len(keys) == 3
        assert all(key in everything(office) for key in keys), "the search must see what is there"
        assert NAME in papers(office)
        assert TRANSFER in shown(office, visits) and CANCEL in shown(office, visits)

        assert forget(office, *visits) == 3
        left = everything(office)
        assert not [key for key in keys if key in left]
        assert not [marker for marker in MARKERS if marker.encode() in left]
        assert count(office, "local_data_keys") == count(office, "local_search") == 0
        assert not [marker for marker in MARKERS if marker in papers(office) + shown(office, visits)]
        with office.home.database.reading() as store:
            assert SearchTable(store, office.home.secrets.search).find("nik", NIK) == ()


def test_the_history_of_a_forgotten_person_verifies_and_counts(tmp_path: Path) -> None:
    with open_office(tmp_path / "home") as office:
        visits = tell_everything(office)
        site_id = office.home.site_id
        with office.home.database.reading() as store:
            entries, digest = verify(store, site_id).entries, views.live_digest(store, site_id)
        before = [(row.number, row.status) for row in office.readers.tickets()]
        forget(office, *visits)
        with office.home.database.reading() as store:
            found = verify(store, site_id)
            assert found.is_sound, found.findings
            assert found.entries == entries + 3
            assert views.live_digest(store, site_id) == digest
        assert [(row.number, row.status) for row in office.readers.tickets()] == before
        told = [str(line.what) for line in office.readers.history(visits[0])]
        assert told[-1] == "Data pribadi dihapus."


def test_the_desk_is_told_that_the_data_is_gone(tmp_path: Path) -> None:
    with open_office(tmp_path / "home") as office:
        office.open("Loket 1")
        ticket = serve(office)
        desk = office.desk("Loket 1")
        submission = submissions.record_applicant(desk, office.writer, office.ids, ticket, ApplicantData(NAME, NIK))
        assert current(office).checklist.applicant.name == NAME
        forget(office, ticket.row.visit)
        applicant = current(office).checklist.applicant
        assert (applicant.name, applicant.masked_nik, applicant.is_forgotten) == (None, None, True)
        assert office.readers.full_nik(submission) is None
        with pytest.raises(Refused, match="Tidak ada data pribadi"):
            forget(office, ticket.row.visit)


def test_a_note_about_somebody_is_forgotten_with_its_hand_over(tmp_path: Path) -> None:
    with open_office(tmp_path / "home") as office:
        office.open("Loket 1")
        counter = office.counter("Loket 1")
        office.ask(commands.LeaveShiftNote(command_id=office.ids.new(), counter=counter, note=f"{NAME} kembali nanti."))
        office.act(commands.CloseCounter)
        office.open("Loket 1")
        (key,) = keys_of(office)
        assert privacy.forget(office.home, office.actor, office.readers.counter_days_of(counter)) == 1
        assert key not in everything(office) and NAME.encode() not in everything(office)
        with office.home.database.reading() as store:
            assert verify(store, office.home.site_id).is_sound
            assert count(office, "view_anomalies") == 0


def test_others_keep_their_data_and_papers(tmp_path: Path) -> None:
    with open_office(tmp_path / "home") as office:
        office.open("Loket 1")
        somebody = register_somebody(office, ApplicantData(NAME, NIK))
        register_somebody(office, ApplicantData("Kenanga Contohsari", "9999014107900002"))
        forget(office, somebody)
        assert "Kenanga Contohsari" in papers(office)
        with office.home.database.reading() as store:
            assert len(SearchTable(store, office.home.secrets.search).find("nik", "9999014107900002")) == 1


def test_a_paper_with_personal_data_is_sealed_where_it_waits(tmp_path: Path) -> None:
    """SQLite leaves copies behind when it moves long rows, so no paper may lie there in the clear at all."""
    with open_office(tmp_path / "home") as office:
        office.open("Loket 1")
        register_somebody(office, ApplicantData(NAME, NIK, PHONE, PROXY))
        jobs = StoredPrintJobs(office.home.database, office.writer.changes, {PRINTER: "screen:"})
        receipt = next(job for job in jobs.recent(10) if NAME in str(job.slip))
        jobs.settle(receipt.job_id, JobState.PRINTED, None, 400, office.writer.now_ms())
        with office.writer.begin(office.actor) as unit:
            copied = jobs.reprint(unit, receipt.job_id, office.writer.now())
        assert NAME in str(copied.slip) and copied.copy_number == 1
        assert not [marker for marker in MARKERS if marker.encode() in everything(office)]


def rows_between_pages(connection: Any, seed: int) -> list[bytes]:
    """Fill, move and delete rows of many lengths; answers the marks of the deleted ones."""
    chance = random.Random(seed)
    connection.execute("CREATE TABLE moved (id TEXT PRIMARY KEY, body BLOB) WITHOUT ROWID")
    marks = {}
    for number in range(1500):
        name = f"{number // 3:012x}{chance.getrandbits(80):020x}"
        marks[name] = chance.randbytes(12)
        body = chance.randbytes(chance.randint(10, 900)) + marks[name] + chance.randbytes(chance.randint(10, 900))
        connection.execute("INSERT INTO moved VALUES (?, ?)", (name, body))
    gone = chance.sample(sorted(marks), 500)
    connection.executemany("DELETE FROM moved WHERE id = ?", [(name,) for name in gone])
    return [marks[name] for name in gone]


def test_the_search_sees_what_a_plain_delete_leaves(tmp_path: Path) -> None:
    """Proves the detector: without `secure_delete` the deleted rows are found in the free bytes."""
    key = bytes(range(32))
    connection = open_connection(tmp_path / "plain.db", key)
    connection.execute("PRAGMA secure_delete = OFF")
    gone = rows_between_pages(connection, 1)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    left = decrypted(tmp_path / "plain.db", key)
    assert sum(mark in left for mark in gone) > len(gone) // 4


@contextmanager
def a_long_reader(database: Database) -> Iterator[None]:
    """Another program that holds one moment of the database and does not end."""
    connection = open_connection(database.path, database.key, read_only=True)
    connection.execute("BEGIN")
    connection.execute("SELECT count(*) FROM local_data_keys").fetchone()
    yield
    connection.close()


def test_a_reader_in_the_way_is_told_and_the_next_start_finishes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mppdesk.db.engine._BUSY_TIMEOUT_S", 0.05)
    with open_office(tmp_path / "home") as office:
        office.open("Loket 1")
        visit = register_somebody(office, ApplicantData(NAME, NIK))
        (key,) = keys_of(office)
        with a_long_reader(office.home.database):
            with pytest.raises(StorageTrouble, match="sudah dihapus"):
                forget(office, visit)
            assert key in everything(office)
        assert forgotten.noted(tmp_path / "home") == frozenset()
    with open_office(tmp_path / "home") as office:
        assert key not in everything(office)
        assert len(forgotten.noted(tmp_path / "home")) == 1


@pytest.mark.parametrize("note_is_lost", [False, True])
def test_an_older_backup_does_not_bring_a_person_back(tmp_path: Path, note_is_lost: bool) -> None:
    home, backup = tmp_path / "home", tmp_path / "cadangan.mppdesk"
    with open_office(home) as office:
        office.open("Loket 1")
        visit = register_somebody(office, ApplicantData(NAME, NIK))
        keys = keys_of(office)
        write_backup(office.home.database, home, office.home.file.home_id, backup, office.clock.now())
        forget(office, visit)
        clock, ids = office.clock, office.ids
    if note_is_lost:
        (home / "forgotten.json").unlink()
    restored = restore(home, backup, clock, ids, code=None)
    assert restored.set_aside is not None
    with open_office(home, clock, ids) as office:
        assert not [key for key in keys if key in everything(office)]
        assert NAME not in papers(office) + shown(office, (visit,))
        with office.home.database.reading() as store:
            assert SearchTable(store, office.home.secrets.search).find("nik", NIK) == ()
            assert verify(store, office.home.site_id).is_sound


def test_no_file_of_the_data_folder_names_anybody(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    home = tmp_path / "home"

    def named() -> list[str]:
        files = [path for path in home.rglob("*") if path.is_file()]
        assert files
        return [
            f"{path.name}: {marker}" for path in files for marker in MARKERS if marker.encode() in path.read_bytes()
        ]

    with open_office(home) as office:
        tell_everything(office)
        write_backup(office.home.database, home, "0" * 32, home / "cadangan", office.clock.now())
        assert not named()
    assert not named()
    assert not [marker for marker in MARKERS if marker in caplog.text]
