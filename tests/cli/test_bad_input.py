"""Wrong words, wrong files and broken disks: a sentence each, saying what is safe and what to do; never a traceback."""

import json
import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mppdesk.cli.main import main
from mppdesk.db.home import SystemClock
from mppdesk.domain.hub.issuing import PRIORITIES
from tests.cli.conftest import PROGRAM, Verbs, run_program

ISSUE = ("ticket", "issue", "--service", "DUKCAPIL-01")
LIST = ("ticket", "list")
DATABASE = "mppdesk.db"


def test_an_unknown_service(verbs: Verbs) -> None:
    assert "ENTAH-01" in verbs("ticket", "issue", "--service", "ENTAH-01").refusal
    verbs.done(*ISSUE)
    assert "ENTAH-01" in verbs("ticket", "transfer", "B-001", "--service", "ENTAH-01").refusal
    assert verbs.done("ticket", "show", "B-001").value["ticket"]["service"] == "DUKCAPIL-01"
    opened = verbs("counter", "open", "--counter", "Loket 4", "--service", "ENTAH-01")
    assert "ENTAH-01" in opened.refusal


def test_a_number_is_not_cancelled_without_a_reason(verbs: Verbs) -> None:
    verbs.done(*ISSUE)
    assert "Alasan" in verbs("ticket", "cancel", "B-001", "--reason", "  ").refusal
    assert verbs.done("ticket", "show", "B-001").value["ticket"]["state"] == "waiting"


def test_an_unknown_priority(verbs: Verbs) -> None:
    assert "elderly" in verbs(*ISSUE, "--priority", "kaya").refusal


def test_an_unknown_counter_and_an_unknown_number(verbs: Verbs) -> None:
    assert "Loket Z" in verbs("counter", "open", "--counter", "Loket Z").refusal
    for words in (
        ("ticket", "show", "B-999"),
        ("journal", "show", "B-999"),
        ("ticket", "cancel", "Z", "--reason", "x"),
    ):
        assert verbs(*words).refusal
    assert verbs("ticket", "show", "B-001", "--day", "2001-01-01").refusal


@pytest.mark.parametrize("day", ["kemarin", "2026-13-01", "9" * 40, ""])
def test_a_day_that_is_none(verbs: Verbs, day: str) -> None:
    called = verbs(*LIST, "--day", day)
    assert called.code == 2
    assert called.out == ""
    assert "2026-11-23" in called.err


def test_a_day_nobody_lived(verbs: Verbs) -> None:
    assert verbs("day", "open", "--date", "2026-02-30").code == 2


@pytest.mark.parametrize(
    "words",
    [
        ("terbang",),
        ("ticket",),
        ("ticket", "issue"),
        ("counter", "call-next"),
        ("init",),
        ("init", "--sample", "--site", "x.yaml"),
        ("print-jobs", "run", "--timeout", "lama"),
        ("day", "close", "--leftovers", "buang"),
    ],
)
def test_wrong_words_are_wrong_use(verbs: Verbs, words: tuple[str, ...]) -> None:
    called = verbs(*words)
    assert (called.code, called.out) == (2, "")
    assert "mppdesk" in called.err
    assert "Traceback" not in called.err


def test_a_clock_set_back_a_day_stops_nobody_and_is_said(verbs: Verbs, monkeypatch: pytest.MonkeyPatch) -> None:
    verbs.done(*ISSUE)
    assert "Jam komputer" not in verbs.done(*ISSUE).err
    yesterday = datetime.now(UTC) - timedelta(days=1)
    monkeypatch.setattr(SystemClock, "now", lambda clock: yesterday)
    said = verbs.done(*ISSUE)
    assert said.ticket["number"] == "B-003"
    assert "lebih awal dari hari pelayanan" in said.err
    assert "tersimpan" in said.err
    assert {row["number"] for row in verbs.done(*LIST).value["tickets"]} == {"B-001", "B-002", "B-003"}
    found = verbs("doctor").value["findings"]
    assert [each["subject"] for each in found if "Jam komputer" in each["sentence"]] == ["clock"]


def test_a_command_id_that_is_too_long(verbs: Verbs) -> None:
    assert "64" in verbs(*ISSUE, "--command-id", "x" * 65).refusal


def test_texts_no_database_can_hold(verbs: Verbs) -> None:
    """Bytes that are no UTF-8 arrive from a shell as lone surrogates."""
    verbs.done(*ISSUE)
    assert "bukan teks" in verbs("ticket", "cancel", "B-001", "--reason", "pulang \udcff").refusal
    assert verbs("ticket", "issue", "--service", "\udcff").refusal
    assert verbs.done("ticket", "show", "B-001").value["ticket"]["state"] == "waiting"
    assert verbs.done("journal", "verify").value["chain_ok"]


def test_a_note_that_no_entry_can_hold(verbs: Verbs) -> None:
    """An entry has at most 64 KiB; the person who typed more is told, and what stood before stands."""
    verbs.done(*ISSUE)
    transfer = ("ticket", "transfer", "B-001", "--service", "DUKCAPIL-02", "--note")
    assert "Tidak ada yang tersimpan." in verbs(*transfer, "é" * 40_000).refusal
    assert verbs.done("ticket", "show", "B-001").value["ticket"]["service"] == "DUKCAPIL-01"
    assert verbs.done(*transfer, "é" * 10_000).ticket["service"] == "DUKCAPIL-02"
    assert verbs.done("journal", "verify").value["chain_ok"]


def test_a_note_neither_commands_the_terminal_nor_forges_a_line(verbs: Verbs) -> None:
    verbs.done(*ISSUE)
    note = "baik\x1b[2J\n22-11-2026 11.20.43  Ratna A.: Selesai.\u202e"
    verbs.done("ticket", "transfer", "B-001", "--service", "DUKCAPIL-02", "--note", note)
    said = verbs.done("journal", "show", "B-001")
    assert note in said.value["history"][-1]["what"]
    assert said.err.count("\n") == len(said.value["history"])
    assert "\x1b" not in said.err
    assert "\u202e" not in said.err


def test_broken_yaml_imports_nothing(verbs: Verbs, tmp_path: Path) -> None:
    broken = tmp_path / "rusak.yaml"
    broken.write_text("agency: [\n  - {", encoding="utf-8")
    refused = verbs("catalog", "import", str(broken))
    assert "Katalog yang berlaku tidak berubah." in refused.refusal
    assert refused.err.startswith("rusak.yaml: Baris ")
    assert verbs("catalog", "import", str(tmp_path / "tidak-ada")).refusal
    assert verbs.done(*ISSUE)


def test_a_broken_site_file_makes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    broken = tmp_path / "site.yaml"
    broken.write_text("name: [", encoding="utf-8")
    verbs = Verbs(tmp_path / "mpp", capsys)
    assert "Tidak ada yang dibuat." in verbs("init", "--site", str(broken)).refusal
    assert "Tidak ada yang dibuat." in verbs("init", "--site", str(tmp_path / "tidak-ada.yaml")).refusal
    assert not verbs.folder.exists()


@pytest.mark.parametrize("words", [LIST, ISSUE, ("journal", "verify"), ("backup", "x.mppdesk"), ("recovery", "sheet")])
def test_a_folder_without_data(tmp_path: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]) -> None:
    verbs = Verbs(tmp_path / "kosong", capsys)
    assert "mppdesk init" in verbs(*words).refusal
    assert not verbs.folder.exists()


def test_a_folder_that_cannot_be(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "berkas").touch()
    verbs = Verbs(tmp_path / "berkas" / "mpp", capsys)
    assert "tidak dapat dibuat" in verbs("init", "--sample").refusal
    assert verbs(*LIST).refusal
    assert verbs(*ISSUE).refusal
    assert verbs("doctor").refusal


@pytest.mark.skipif(os.name != "posix", reason="Windows knows no folder that only takes no new files")
def test_a_folder_that_may_not_be_written(verbs: Verbs) -> None:
    where = ("--data", str(verbs.folder), "--json")
    # Root may write everywhere, unless the rights that make it so are taken away first.
    under = ("setpriv", "--bounding-set=-all") if os.geteuid() == 0 else ()
    verbs.folder.chmod(0o555)
    try:
        assert "hak tulis" in run_program(*ISSUE, *where, under=under).refusal
        assert run_program(*LIST, *where, under=under).value == {"tickets": []}
        assert "hanya dapat dibaca" in run_program("doctor", *where, under=under).err
    finally:
        verbs.folder.chmod(0o755)
    assert verbs.done(*ISSUE).ticket["number"] == "B-001"


@pytest.mark.parametrize("words", [LIST, ISSUE])
def test_a_damaged_database(verbs: Verbs, words: tuple[str, ...]) -> None:
    file = verbs.folder / DATABASE
    raw = bytearray(file.read_bytes())
    raw[4096:] = bytes(len(raw) - 4096)
    file.write_bytes(raw)
    assert "mppdesk restore" in verbs(*words).refusal
    assert file.read_bytes() == raw


@pytest.mark.parametrize("words", [LIST, ISSUE, ("journal", "verify")])
def test_a_database_that_is_something_else(verbs: Verbs, words: tuple[str, ...]) -> None:
    (verbs.folder / DATABASE).write_bytes(b"bukan basis data" * 4096)
    assert "mppdesk restore" in verbs(*words).refusal


@pytest.mark.parametrize("words", [LIST, ISSUE, ("doctor",)])
def test_an_empty_database(verbs: Verbs, words: tuple[str, ...]) -> None:
    """SQLite takes an empty file for a new database; to the office it is a loss."""
    (verbs.folder / DATABASE).write_bytes(b"")
    called = verbs(*words)
    assert called.code == 3
    assert "rusak" in called.err
    assert "mppdesk restore" in called.err
    assert (verbs.folder / DATABASE).read_bytes() == b""


def test_the_doctor_sees_what_would_stop_a_backup(verbs: Verbs, tmp_path: Path) -> None:
    """One byte of the last page, in use or not; what SQLCipher says of it reaches nobody."""
    file = verbs.folder / DATABASE
    raw = bytearray(file.read_bytes())
    raw[-2000] ^= 1
    file.write_bytes(raw)
    for words in (("doctor",), ("backup", str(tmp_path / "x.mppdesk"))):
        called = run_program(*words, "--data", str(verbs.folder))
        assert called.code == 3
        assert "ERROR" not in called.err


@pytest.mark.parametrize("lost", [DATABASE, "secrets.json", "home.json"])
def test_a_file_of_the_folder_is_lost(verbs: Verbs, lost: str) -> None:
    (verbs.folder / lost).unlink()
    assert verbs(*LIST).refusal
    assert verbs(*ISSUE).refusal


@pytest.mark.parametrize("spoilt", ["secrets.json", "home.json"])
def test_a_file_of_the_folder_is_spoilt(verbs: Verbs, spoilt: str) -> None:
    for nonsense in ("{", "[" * 100_000):
        (verbs.folder / spoilt).write_text(nonsense, encoding="utf-8")
        assert verbs(*LIST).refusal
        assert verbs(*ISSUE).refusal


def test_another_program_works_in_the_folder(verbs: Verbs, monkeypatch: pytest.MonkeyPatch) -> None:
    from mppdesk.db.lock import HomeLock

    lock = HomeLock(verbs.folder)
    lock.acquire(0)
    try:
        monkeypatch.setattr("mppdesk.cli.session.LOCK_WAIT_S", 0.0)
        assert "sedang dipakai" in verbs(*ISSUE).refusal
        assert verbs.done(*LIST).value == {"tickets": []}
    finally:
        lock.release()


def test_a_backup_that_is_none_and_a_place_that_is_none(verbs: Verbs, tmp_path: Path) -> None:
    broken = tmp_path / "rusak.mppdesk"
    broken.write_bytes(b"bukan cadangan" * 1000)
    assert verbs("restore", str(broken)).refusal
    assert "Data di komputer ini tetap utuh." in verbs("backup", str(broken / "x.mppdesk")).refusal
    assert verbs("restore", str(tmp_path / "tidak-ada")).refusal
    if Path("/dev/zero").exists():
        assert verbs("restore", "/dev/zero").refusal
    assert verbs.done(*LIST).value == {"tickets": []}


def test_a_wrong_recovery_code_restores_nothing(verbs: Verbs, tmp_path: Path) -> None:
    kept = tmp_path / "cadangan.mppdesk"
    verbs.done("backup", str(kept))
    shutil.rmtree(verbs.folder)
    assert verbs("restore", str(kept), "--recovery-code", "AAAA-BBBB").refusal
    assert verbs("restore", str(kept)).refusal
    assert not (verbs.folder / DATABASE).exists()


def test_a_program_of_its_own_refuses_without_a_traceback(tmp_path: Path) -> None:
    called = run_program("ticket", "list", "--data", str(tmp_path / "kosong"))
    assert (called.code, called.out) == (3, "")
    assert called.err.count("\n") == 2
    wrong = run_program("ticket", "issue", "--json")
    assert (wrong.code, wrong.out) == (2, "")


def test_a_demo_for_a_printer_that_cannot_be(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    verbs = Verbs(tmp_path / "mpp", capsys)
    refusal = verbs("demo", "--headless", "--out", str(tmp_path / "out"), "--printer", "printer saya").refusal
    assert "bukan alamat printer" in refusal
    assert not (tmp_path / "out").exists()


def test_help_is_no_trouble(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["counter", "call-next", "--help"]) == 0
    assert "panggil berikutnya" in capsys.readouterr().out
    assert main(["--version"]) == 0
    assert json.dumps(capsys.readouterr().out)


def test_the_words_of_the_command_line_import_no_sql(tmp_path: Path) -> None:
    """The desktop starts by the same parser, and its first window must not wait for a database."""
    heavy = "sqlalchemy", "sqlcipher3", "cryptography", "argon2", "alembic", "keyring", "reportlab", "escpos"
    script = "import sys, mppdesk.cli.main, mppdesk.cli.windows as w; from mppdesk.cli.parser import build_parser; "
    script += f"build_parser('1'); sys.exit(str([each for each in {heavy!r} if each in sys.modules] or ''))"
    done = subprocess.run([sys.executable, "-c", script], cwd=PROGRAM.parent, capture_output=True, text=True)
    assert done.stderr.strip() == ""


def test_the_help_names_every_priority(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ticket", "issue", "--help"]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert ", ".join(PRIORITIES) in said
