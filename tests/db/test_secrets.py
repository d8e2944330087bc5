"""Where the keys lie: a 0600 file said plainly, the real Secret Service, and a code on paper for an empty keyring."""

import stat
import subprocess
import sys
from pathlib import Path

import pytest

from mppdesk.db import home as homes
from mppdesk.db.privacy import secret_store
from mppdesk.db.privacy.secret_store import SecretPlace, Secrets
from mppdesk.db.safekeeping.backup import write_backup
from mppdesk.db.safekeeping.recovery import RecoverySheet, new_sheet, unwrap, wraps_of
from mppdesk.db.safekeeping.restore import restore
from mppdesk.domain.errors import BadInput, StorageTrouble
from tests.fakes.clock import CountedIds, FakeClock
from tests.fakes.keyring_session import SecretServiceSession
from tests.fakes.office import open_office

PROJECT = Path(__file__).parents[2]

BEGIN = """
import sys
from pathlib import Path
from mppdesk.db import home as homes
from mppdesk.db.safekeeping.restore import restore
from mppdesk.domain.errors import ClerkError
from tests.fakes.clock import CountedIds, FakeClock
home, rest = Path(sys.argv[1]), sys.argv[2:]
"""
CREATE = BEGIN + "homes.create(home, CountedIds(), FakeClock())\n"
TELL = """
with homes.reading(home) as opened:
    print(opened.file.secrets, opened.site_id, opened.secrets.database.hex())
"""
TRY_THEN_CREATE = (
    BEGIN
    + """
try:
    with homes.reading(home) as opened:
        pass
except ClerkError as error:
    print(error)
homes.create(Path(rest[0]), CountedIds(), FakeClock())
print(homes.HomeFile.read(Path(rest[0])).secrets)
"""
)
RESTORE = BEGIN + "restore(home, Path(rest[0]), FakeClock(), CountedIds('lain'), code=rest[1])\n" + TELL


def log_in(
    session: SecretServiceSession, source: str, *arguments: object, password: str | None = None
) -> "subprocess.CompletedProcess[str]":
    """Run a program of the project in a log-in of its own."""
    command = [sys.executable, "-c", source, *map(str, arguments)]
    there = {"PYTHONPATH": str(PROJECT)}
    if password is None:
        return session.run(command, environment=there)
    return session.run(command, environment=there, password=password)


@pytest.fixture
def sheet(tmp_path: Path) -> RecoverySheet:
    """A home with data in `home`, its backup in `cadangan`, and the recovery sheet printed for it."""
    with open_office(tmp_path / "home") as office:
        office.issue()
        printed = new_sheet(tmp_path / "home", office.home.secrets, "MPP Kabupaten Sukamaju")
        write_backup(
            office.home.database, tmp_path / "home", office.home.file.home_id, tmp_path / "cadangan", office.clock.now()
        )
    return printed


def test_without_a_keyring_the_key_lies_in_a_file_of_its_owner_and_this_is_said(tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert not secret_store.keyring_works()
    homes.create(home, CountedIds(), FakeClock())
    file = homes.HomeFile.read(home)
    assert file.secrets is SecretPlace.FILE
    assert "dalam berkas di folder data" in str(file.secrets.sentence)
    assert stat.S_IMODE((home / "secrets.json").stat().st_mode) == 0o600 or sys.platform == "win32"
    with homes.reading(home) as opened:
        assert opened.secrets.database.hex() in (home / "secrets.json").read_text(encoding="utf-8")


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"database": "00"}', "\x00\xff", "bukan json"])
def test_a_spoilt_key_file_is_said_and_nothing_is_touched(tmp_path: Path, content: str) -> None:
    home = tmp_path / "home"
    homes.create(home, CountedIds(), FakeClock(), place=SecretPlace.FILE)
    before = (home / homes.DATABASE_FILE).read_bytes()
    (home / "secrets.json").write_text(content, encoding="latin-1")
    with pytest.raises(StorageTrouble, match="Kunci basis data tidak dapat diambil"), homes.reading(home):
        pass
    assert (home / homes.DATABASE_FILE).read_bytes() == before


def test_the_keyring_keeps_the_key_for_the_next_log_in(secret_service: SecretServiceSession, tmp_path: Path) -> None:
    made = log_in(secret_service, CREATE + TELL, tmp_path / "home")
    assert made.returncode == 0, made.stderr
    assert made.stdout.startswith("keyring ")
    assert not (tmp_path / "home" / "secrets.json").exists()
    key = made.stdout.split()[-1]
    assert not [path for path in (tmp_path / "home").iterdir() if key.encode() in path.read_bytes()]

    locked = log_in(secret_service, TRY_THEN_CREATE, tmp_path / "home", tmp_path / "lain", password="sandi lain")
    assert locked.returncode == 0, locked.stderr
    refused, place = locked.stdout.splitlines()
    assert refused.startswith("Kunci basis data tidak dapat diambil. Data tetap utuh dan terkunci.")
    assert place == "file", "where the keyring is locked a new folder uses a file"

    again = log_in(secret_service, BEGIN + TELL, tmp_path / "home")
    assert again.stdout == made.stdout, again.stderr


def test_the_paper_opens_a_backup_where_the_keyring_is_empty(
    secret_service: SecretServiceSession, tmp_path: Path, sheet: RecoverySheet
) -> None:
    done = log_in(secret_service, RESTORE, tmp_path / "baru", tmp_path / "cadangan", sheet.code)
    assert done.returncode == 0, done.stderr
    with homes.reading(tmp_path / "home") as original:
        assert done.stdout.split() == ["keyring", original.site_id, original.secrets.database.hex()]
    assert log_in(secret_service, BEGIN + TELL, tmp_path / "baru").stdout == done.stdout


def test_another_folder_needs_the_code(tmp_path: Path, sheet: RecoverySheet) -> None:
    with pytest.raises(BadInput, match="kode pemulihan diperlukan"):
        restore(tmp_path / "baru", tmp_path / "cadangan", FakeClock(), CountedIds(), code=None)
    assert not homes.exists(tmp_path / "baru")


def test_a_wrong_code_changes_nothing(tmp_path: Path, sheet: RecoverySheet) -> None:
    wrong = new_sheet(tmp_path, Secrets.fresh(), "MPP lain").code
    with pytest.raises(BadInput, match="bukan untuk cadangan ini"):
        restore(tmp_path / "baru", tmp_path / "cadangan", FakeClock(), CountedIds(), code=wrong)
    assert not homes.exists(tmp_path / "baru")


@pytest.mark.parametrize("typed", ["", "A" * 31, "A" * 33, "!" * 32, "é" * 32, "ß" * 16 + "A" * 16])
def test_what_is_no_code_is_said(tmp_path: Path, sheet: RecoverySheet, typed: str) -> None:
    with pytest.raises(BadInput, match="Kode pemulihan"):
        unwrap(typed, wraps_of(tmp_path / "home"))


def test_a_code_may_be_typed_as_people_read_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    signs = iter("0011V0A1" * 4)
    monkeypatch.setattr("mppdesk.db.safekeeping.recovery.secrets.choice", lambda _: next(signs))
    kept = Secrets.fresh()
    sheet = new_sheet(tmp_path, kept, "MPP Kabupaten Sukamaju")
    assert sheet.code == "-".join(["0011", "V0A1"] * 4)
    for typed in (
        sheet.code,
        sheet.code.lower(),
        sheet.code.replace("-", ""),
        sheet.code.replace("-", " "),
        f"  {sheet.code}\n",
        sheet.code.replace("-", "\N{EN DASH}"),
        "ooil-uoal-" * 3 + "OOLI-UOAI",
    ):
        assert unwrap(typed, [sheet.wrapped]) == kept, typed


def test_an_earlier_sheet_still_opens(tmp_path: Path) -> None:
    kept = Secrets.fresh()
    sheets = [new_sheet(tmp_path, kept, "MPP Kabupaten Sukamaju") for _ in range(3)]
    assert len({sheet.code for sheet in sheets}) == 3
    assert all(unwrap(sheet.code, wraps_of(tmp_path)) == kept for sheet in sheets)


@pytest.mark.parametrize("wrapped", ["", "zz", "00", "00" * 44, "00" * 172])
def test_a_spoilt_wrap_opens_nothing(wrapped: str) -> None:
    with pytest.raises(BadInput, match="bukan untuk cadangan ini"):
        unwrap("A" * 32, [wrapped])
