"""Setting an office up, importing its catalogue, and looking after it from the command line."""

import io
import os
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from mppdesk.config import resource
from mppdesk.db import home as homes
from mppdesk.db.engine import Database
from mppdesk.domain import commands
from tests.cli.conftest import Sample, Verbs, run_program
from tests.fakes.clock import FakeClock
from tests.fakes.office import open_office

SITE = """
schema_version: 1
name: MPP Kota Contoh
heading: [MPP KOTA CONTOH]
zone: Asia/Makassar
hours:
  building: {monday: [08.00-15.00]}
printers:
- {name: Loket, url: "screen:"}
counters:
- {label: Loket 1, agency: DUKCAPIL, printer: Loket}
users:
- {user_name: ratna, display_name: Ratna A., roles: [administrator]}
"""


def test_init_makes_the_whole_sample_office(sample: Sample) -> None:
    made = sample.made.value
    assert (made["counters"], made["services"]) == (45, 162)
    assert made["key"] == "file"
    assert "dalam berkas di folder data" in sample.made.err  # said plainly: no keyring here
    assert all(len(pin) == 6 and pin.isdigit() for pin in made["pins"].values())
    assert set(made["recovery"]) == {"code", "wrapped"}
    if os.name == "posix":
        assert (sample.folder / "secrets.json").stat().st_mode & 0o077 == 0


def test_init_leaves_an_office_that_is_there_alone(verbs: Verbs) -> None:
    assert "sudah berisi data" in verbs("init", "--sample").refusal


def test_init_from_a_site_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    site = tmp_path / "site.yaml"
    site.write_text(SITE, encoding="utf-8")
    verbs = Verbs(tmp_path / "mpp", capsys)
    made = verbs.done("init", "--site", str(site)).value
    assert (made["site"], made["counters"], made["services"]) == ("MPP Kota Contoh", 1, 0)
    imported = verbs.done("catalog", "import", str(resource("sample/catalog/02-dukcapil.yaml"))).value
    assert imported["agencies"] == 1
    verbs.done("counter", "open", "--counter", "1")
    assert verbs.done("ticket", "issue", "--service", "DUKCAPIL-01").ticket["number"] == "B-001"


def test_who_may_work_where_is_kept_from_the_site_file_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    site = tmp_path / "site.yaml"
    more = "- {label: Loket 2, agency: DUKCAPIL}\nusers:\n"
    dewi = "- {user_name: dewi, display_name: Dewi C., roles: [clerk], counters: [Loket 2]}\n"
    site.write_text(SITE.replace("users:\n", more) + dewi, encoding="utf-8")
    verbs = Verbs(tmp_path / "mpp", capsys)
    monkeypatch.setenv("MPPDESK_PIN", verbs.done("init", "--site", str(site)).value["pins"]["dewi"])
    refusal = verbs("counter", "open", "--counter", "1", "--as", "dewi").refusal
    assert "Dewi C. tidak terdaftar di Loket 1." in refusal
    assert "Pilih tempat kerja yang terdaftar: Loket 2." in refusal
    verbs.done("counter", "open", "--counter", "2", "--as", "dewi")
    verbs.done("counter", "open", "--counter", "1")
    assert "tidak terdaftar" in verbs("counter", "call-next", "--counter", "1", "--as", "dewi").refusal
    assert verbs.done("journal", "verify").value["rebuild_equal"]


def test_a_catalogue_that_did_not_change_writes_nothing(verbs: Verbs) -> None:
    entries = verbs.done("journal", "verify").value["entries"]
    imported = verbs.done("catalog", "import", str(resource("sample/catalog"))).value
    assert (imported["agencies"], imported["services"], imported["requirements"]) == (37, 162, 889)
    assert (imported["new"], imported["changed"], imported["unchanged"]) == ([], [], 162)
    assert not [each for each in imported["problems"] if each["severity"] == "error"]
    assert imported["seconds"] < 5
    assert verbs.done("journal", "verify").value["entries"] == entries


def test_a_changed_service_becomes_one_new_version(verbs: Verbs, tmp_path: Path) -> None:
    catalog = copy_catalog(tmp_path)
    replace(catalog / "02-dukcapil.yaml", "mandatory: true", "mandatory: false")
    imported = verbs.done("catalog", "import", str(catalog)).value
    assert imported["changed"] == ["DUKCAPIL-01"]
    assert (imported["new"], imported["unchanged"]) == ([], 161)
    assert verbs.done("catalog", "import", str(catalog)).value["changed"] == []


def test_one_error_imports_nothing(verbs: Verbs, tmp_path: Path) -> None:
    catalog = copy_catalog(tmp_path)
    replace(catalog / "02-dukcapil.yaml", "copies: 1", "copies: -1")
    entries = verbs.done("journal", "verify").value["entries"]
    called = verbs("catalog", "import", str(catalog))
    assert "Katalog yang berlaku tidak berubah." in called.refusal
    errors = [each for each in called.value["problems"] if each["severity"] == "error"]
    assert [each["file"] for each in errors] == ["02-dukcapil.yaml"]
    assert set(errors[0]) == {"severity", "file", "path", "sentence"}
    assert verbs.done("journal", "verify").value["entries"] == entries


def test_verify_says_that_the_journal_is_whole(verbs: Verbs) -> None:
    verbs.done("ticket", "issue", "--service", "DUKCAPIL-01")
    found = verbs.done("journal", "verify").value
    assert (found["chain_ok"], found["rebuild_equal"], found["findings"]) == (True, True, [])
    assert len(found["digest"]) == 64


def test_who_acts_stands_in_the_history(verbs: Verbs, sample: Sample, monkeypatch: pytest.MonkeyPatch) -> None:
    by_default = verbs.done("ticket", "issue", "--service", "DUKCAPIL-01").ticket["number"]
    monkeypatch.setenv("MPPDESK_PIN", sample.made.value["pins"]["dewi"])
    by_dewi = verbs.done("ticket", "issue", "--service", "DUKCAPIL-01", "--as", "dewi").ticket["number"]
    assert verbs.done("journal", "show", by_default).value["history"][0]["who"] == "Ratna A. (cli)"
    assert verbs.done("journal", "show", by_dewi).value["history"][0]["who"] == "Dewi C. (cli)"


def test_what_concerns_the_whole_house_is_for_those_who_lead(
    verbs: Verbs, sample: Sample, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MPPDESK_PIN", sample.made.value["pins"]["dewi"])
    entries = verbs.done("journal", "verify").value["entries"]
    for words in (("catalog", "import", str(resource("sample/catalog"))), ("recovery", "sheet")):
        assert "penyelia atau administrator" in verbs(*words, "--as", "dewi").refusal
    assert verbs.done("journal", "verify").value["entries"] == entries


def test_a_wrong_pin_is_refused_and_the_fifth_pauses(
    verbs: Verbs, sample: Sample, monkeypatch: pytest.MonkeyPatch
) -> None:
    act = ("ticket", "issue", "--service", "DUKCAPIL-01", "--as", "dewi")
    monkeypatch.setenv("MPPDESK_PIN", "tidak benar")
    for _ in range(5):
        assert "PIN tidak cocok. Tidak ada yang berubah." in verbs(*act).refusal
    monkeypatch.setenv("MPPDESK_PIN", sample.made.value["pins"]["dewi"])
    assert "Tunggu" in verbs(*act).refusal
    assert verbs.done("ticket", "list").value["tickets"] == []


def test_an_unknown_user_and_a_missing_pin(verbs: Verbs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MPPDESK_PIN", raising=False)
    monkeypatch.setattr("sys.stdin", io.StringIO())
    act = ("ticket", "issue", "--service", "DUKCAPIL-01", "--as")
    assert "tidak dikenal" in verbs(*act, "entah").refusal
    assert "MPPDESK_PIN" in verbs(*act, "dewi").refusal


def test_a_backup_comes_back_on_another_machine(verbs: Verbs, sample: Sample, tmp_path: Path) -> None:
    verbs.done("ticket", "issue", "--service", "DUKCAPIL-01")
    kept = tmp_path / "cadangan.mppdesk"
    saved = verbs.done("backup", str(kept)).value
    assert saved == {"backup": str(kept), "bytes": kept.stat().st_size}
    code = sample.made.value["recovery"]["code"]
    other = str(tmp_path / "lain")
    restored = run_program("restore", str(kept), "--recovery-code", code, "--data", other, "--json")
    assert restored.code == 0, restored.err
    assert set(restored.value["restored"]) == {"entries", "logs", "made_at", "set_aside", "numbers_from"}
    listed = run_program("ticket", "list", "--data", other, "--json").value["tickets"]
    assert [row["number"] for row in listed] == ["B-001"]


def test_a_new_recovery_sheet_opens_the_backup_too(verbs: Verbs, tmp_path: Path) -> None:
    sheet = verbs.done("recovery", "sheet").value["recovery"]
    kept = tmp_path / "cadangan.mppdesk"
    verbs.done("backup", str(kept))
    shutil.rmtree(verbs.folder)
    assert verbs.done("restore", str(kept), "--recovery-code", sheet["code"]).value["restored"]["entries"] > 162
    assert verbs.done("journal", "verify").value["chain_ok"]


def test_only_the_first_restore_of_a_day_asks_whether_there_was_another(verbs: Verbs, tmp_path: Path) -> None:
    kept = tmp_path / "cadangan.mppdesk"
    verbs.done("backup", str(kept))
    first = verbs.done("restore", str(kept))
    assert first.value["restored"]["numbers_from"] == 600
    assert "nomor antrean dilanjutkan dari 600" in first.err
    assert "--again-today" in first.err
    second = verbs.done("restore", str(kept))
    assert second.value["restored"]["numbers_from"] >= 1000
    assert "--again-today" not in second.err
    elsewhere = ("restore", str(kept), "--again-today")
    assert verbs.done(*elsewhere).value["restored"]["numbers_from"] >= second.value["restored"]["numbers_from"]


def test_the_doctor_finds_a_sound_office(verbs: Verbs) -> None:
    called = verbs("doctor")
    found = {each["subject"]: each["is_fine"] for each in called.value["findings"]}
    assert found.pop("disk") == (called.code == 0)  # the disk of the machine that runs this test may be full
    assert found == {
        "sqlite": True,
        "key": True,
        "folder": True,
        "journal": True,
        "views": True,
        "pages": True,
        "clock": True,
        "settings": True,
        "recovery": True,
    }


def spoil(home: Path, sql: str) -> None:
    """Change the database behind the program's back."""
    with homes.reading(home) as opened, Database(opened.database.path, opened.database.key).writing() as store:
        store.connection.execute(sql)


def test_the_doctor_tells_views_that_went_wrong_from_a_broken_journal(verbs: Verbs) -> None:
    verbs.done("ticket", "issue", "--service", "DUKCAPIL-01")
    spoil(verbs.folder, "UPDATE view_visits SET status = 'finished'")
    called = verbs("doctor")
    found = {each["subject"]: each for each in called.value["findings"]}
    assert found["journal"]["is_fine"]
    assert not found["views"]["is_fine"]
    assert "Data di jurnal utuh. Bangun ulang tampilannya: mppdesk journal rebuild." in found["views"]["sentence"]
    verbs.done("journal", "rebuild")
    assert all(each["is_fine"] for each in verbs("doctor").value["findings"] if each["subject"] != "disk")
    spoil(verbs.folder, "DELETE FROM journal_entries WHERE kind = 'TicketIssued'")
    found = {each["subject"]: each for each in verbs("doctor").value["findings"]}
    assert "Jurnal tidak utuh" in found["journal"]["sentence"]
    assert "views" not in found


def copy_catalog(folder: Path) -> Path:
    catalog = folder / "catalog"
    shutil.copytree(resource("sample/catalog"), catalog)
    return catalog


def replace(path: Path, old: str, new: str) -> None:
    """Change the first place where a file says something."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_a_date_that_a_wrong_clock_opened_is_put_right_by_one_verb(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    today = datetime.now(ZoneInfo("Asia/Jakarta")).date().isoformat()
    with open_office(tmp_path / "office", FakeClock(datetime.now(UTC) + timedelta(days=365))) as office:
        office.ask(commands.IssueTicket(command_id=office.ids.new(), service="DUKA-01"))
    verbs = Verbs(tmp_path / "office", capsys)

    assert "bukan hari ini" in verbs("day", "correct", "--date", "2026-11-01").refusal
    assert "1 nomor belum selesai" in verbs("day", "correct", "--date", today).refusal
    verbs.done("day", "correct", "--date", today, "--leftovers", "cancel")

    issued = verbs.done("ticket", "issue", "--service", "DUKA-01")
    assert issued.ticket["number"] == "B-002"
