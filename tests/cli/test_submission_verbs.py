"""The checklist at a counter from a file of answers: a complete file is registered, a lacking one returned."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from sqlalchemy import select

from mppdesk.config import resource
from mppdesk.db import home as homes
from mppdesk.db.sql import Statement
from mppdesk.db.tables import view_submissions
from tests.cli.conftest import Verbs

COUNTER = ("--counter", "Loket 4")
SERVICE = "DUKCAPIL-01"
NAME, NIK = "Melati Contohwati", "9999010101900001"
APPLICANT = {"name": NAME, "nik": NIK, "phone": "081200000000"}


@pytest.fixture
def serving(verbs: Verbs) -> Verbs:
    """Loket 4 serves B-001."""
    verbs.done("counter", "open", *COUNTER)
    verbs.done("ticket", "issue", "--service", SERVICE)
    verbs.done("counter", "call-next", *COUNTER)
    return verbs


def answers(folder: Path, content: Any) -> str:
    folder.mkdir(exist_ok=True)
    file = folder / "jawaban.json"
    file.write_text(json.dumps(content), encoding="utf-8")
    return str(file)


def complete() -> dict[str, Any]:
    return {
        "DUKCAPIL-01-R01": {"state": "fulfilled", "originals": 1, "copies": 1},
        "DUKCAPIL-01-R02": {"state": "not_applicable"},
        "applicant": APPLICANT,
    }


def lacking() -> dict[str, Any]:
    return {**complete(), "DUKCAPIL-01-R01": {"state": "lacking", "reason": "unreadable"}}


def test_a_complete_file_gets_a_register_number(serving: Verbs, tmp_path: Path) -> None:
    checked = serving.done("submission", "check", *COUNTER, "--file", answers(tmp_path, complete()))
    found = checked.value["submission"]
    assert (found["undecided"], found["lacking"]) == ([], [])
    assert serving.done("submission", "check", *COUNTER, "--file", answers(tmp_path, complete())).value == checked.value
    registered = serving.done("submission", "register", *COUNTER, "--command-id", "daftar-1")
    assert registered.ticket["state"] == "finished"
    assert registered.value["register_number"].startswith("DUKCAPIL/")
    assert registered.value["register_number"].endswith("/000001")
    again = serving.done("submission", "register", *COUNTER, "--command-id", "daftar-1")
    assert again.value == registered.value
    jobs = serving.done("print-jobs", "list").value["jobs"]
    assert [job["kind"] for job in jobs] == ["receipt", "receipt"]  # one for the applicant, one for the file


def read_pdf(file: Path) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in PdfReader(file).pages]


def test_the_papers_of_a_file_can_be_saved_as_a5(serving: Verbs, tmp_path: Path) -> None:
    serving.done("submission", "check", *COUNTER, "--file", answers(tmp_path / "isian", complete()))
    file = tmp_path / "tanda-terima.pdf"
    registered = serving.done("submission", "register", *COUNTER, "--pdf", str(file))
    first, second = read_pdf(file)
    for page in (first, second):
        assert f"Tanda terima berkas {registered.value['register_number']}" in page
        assert f"{NAME} · NIK 9999********0001" in page
        assert "nomor sementara" not in page
        assert "R01" in page
        assert "SALINAN" in page
    assert "Lembar 2 untuk arsip" in second
    assert f"{file} tersimpan." in registered.err


def test_a_saved_paper_is_a_copy_on_record_and_takes_no_other_files_place(serving: Verbs, tmp_path: Path) -> None:
    """Its original comes out of the printer, and anybody can copy a file."""
    serving.done("submission", "check", *COUNTER, "--file", answers(tmp_path / "isian", complete()))
    (tmp_path / "arsip.pdf").write_bytes(b"of somebody else")
    registered = serving.done("submission", "register", *COUNTER, "--pdf", str(tmp_path / "arsip.pdf"))

    assert (tmp_path / "arsip.pdf").read_bytes() == b"of somebody else"
    assert "SALINAN" in read_pdf(tmp_path / "arsip-2.pdf")[0]
    assert "arsip-2.pdf tersimpan." in registered.err
    assert "disimpan sebagai berkas PDF: SALINAN 1." in serving.done("journal", "show", registered.ticket["number"]).err


def test_the_list_of_what_lacks_can_be_saved_as_a5(serving: Verbs, tmp_path: Path) -> None:
    serving.done("submission", "check", *COUNTER, "--file", answers(tmp_path / "isian", lacking()))
    file = tmp_path / "kekurangan.pdf"
    serving.done("submission", "return", *COUNTER, "--pdf", str(file))
    (page,) = read_pdf(file)
    assert "Daftar kekurangan berkas" in page
    assert "TIDAK TERBACA" in page
    assert "R01" in page


def test_a_paper_that_cannot_be_saved_changes_nothing_of_the_decision(serving: Verbs, tmp_path: Path) -> None:
    serving.done("submission", "check", *COUNTER, "--file", answers(tmp_path, complete()))
    told = serving.done("submission", "register", *COUNTER, "--pdf", str(tmp_path / "tiada" / "x.pdf"))
    assert told.value["register_number"]
    assert "tidak dapat ditulis. Keputusan atas berkas tetap tersimpan." in told.err


def test_a_lacking_file_is_returned_without_a_number(serving: Verbs, tmp_path: Path) -> None:
    checked = serving.done("submission", "check", *COUNTER, "--file", answers(tmp_path, lacking()))
    assert checked.value["submission"]["lacking"] == ["DUKCAPIL-01-R01"]
    assert serving("submission", "register", *COUNTER).refusal
    returned = serving.done("submission", "return", *COUNTER, "--command-id", "kembali-1")
    assert returned.ticket["state"] == "finished"
    assert "register_number" not in returned.value
    assert serving.done("submission", "return", *COUNTER, "--command-id", "kembali-1").value == returned.value
    assert [job["kind"] for job in serving.done("print-jobs", "list").value["jobs"]] == ["lacking"]


@pytest.fixture
def returned(serving: Verbs, tmp_path: Path) -> Verbs:
    """B-001 was sent home by Loket 4 with the list of what lacks."""
    serving.done("submission", "check", *COUNTER, "--file", answers(tmp_path, lacking()))
    serving.done("submission", "return", *COUNTER)
    return serving


def test_a_returned_file_is_taken_up_under_its_number_and_registered(returned: Verbs, tmp_path: Path) -> None:
    resume = ("submission", "resume", *COUNTER, "--ticket", "B-001", "--command-id", "lanjut-1")
    resumed = returned.done(*resume)
    assert (resumed.ticket["number"], resumed.ticket["state"]) == ("B-001", "serving")
    assert returned.done(*resume).value == resumed.value
    checked = returned.done("submission", "check", *COUNTER, "--file", answers(tmp_path, complete()))
    assert checked.value["submission"]["lacking"] == []
    assert returned.done("submission", "register", *COUNTER).value["register_number"]
    assert "sudah terdaftar" in returned("submission", "resume", *COUNTER, "--ticket", "B-001").refusal
    assert returned.done("journal", "verify").value["rebuild_equal"]


def test_the_code_on_the_paper_leads_to_the_same_file(returned: Verbs) -> None:
    with homes.reading(returned.folder) as home, home.database.reading() as store:
        (token,) = store.one(Statement(select(view_submissions.c.token))) or ("",)
    resumed = returned.done("submission", "resume", *COUNTER, "--token", token.lower())
    assert resumed.ticket["number"] == "B-001"


def test_who_came_back_can_wait_in_the_queue_again(returned: Verbs) -> None:
    assert returned.done("ticket", "requeue", "B-001").ticket["state"] == "waiting"
    assert "B-001 masih menunggu." in returned("submission", "resume", *COUNTER, "--ticket", "B-001").refusal
    assert returned.done("counter", "call-next", *COUNTER).ticket["number"] == "B-001"
    assert returned.done("submission", "resume", *COUNTER, "--ticket", "B-001").ticket["state"] == "serving"


def test_what_is_no_returned_file_is_not_taken_up(serving: Verbs) -> None:
    resume = ("submission", "resume", *COUNTER)
    assert "belum pernah dikembalikan" in serving(*resume, "--ticket", "B-001").refusal
    assert "tidak ditemukan" in serving(*resume, "--ticket", "B-099").refusal
    assert "tidak ditemukan" in serving(*resume, "--token", "0123456789ABCDEF").refusal
    assert serving(*resume).code == 2


def test_an_undecided_file_is_not_registered(serving: Verbs, tmp_path: Path) -> None:
    half = {"DUKCAPIL-01-R01": {"state": "fulfilled"}}
    found = serving.done("submission", "check", *COUNTER, "--file", answers(tmp_path, half)).value["submission"]
    assert "DUKCAPIL-01-R02" in found["undecided"]
    assert serving("submission", "register", *COUNTER).refusal


def test_an_open_file_keeps_the_version_it_was_begun_with(serving: Verbs, tmp_path: Path) -> None:
    old, new = (
        answers(tmp_path / name, {code: {"state": "fulfilled"}})
        for name, code in (("old", "DUKCAPIL-01-R02"), ("new", "DUKCAPIL-01-R09"))
    )
    check = ("submission", "check", *COUNTER, "--file")
    serving.done(*check, old)
    catalog = tmp_path / "catalog"
    shutil.copytree(resource("sample/catalog"), catalog)
    changed = catalog / "02-dukcapil.yaml"
    changed.write_text(changed.read_text("utf-8").replace("DUKCAPIL-01-R02", "DUKCAPIL-01-R09"), "utf-8")
    assert serving.done("catalog", "import", str(catalog)).value["changed"] == [SERVICE]
    serving.done(*check, old)
    assert "DUKCAPIL-01-R09" in serving(*check, new).refusal
    serving.done("counter", "finish", *COUNTER)
    serving.done("ticket", "issue", "--service", SERVICE)
    serving.done("counter", "call-next", *COUNTER)
    assert "DUKCAPIL-01-R02" in serving(*check, old).refusal
    serving.done(*check, new)


def test_the_applicant_is_in_no_answer(serving: Verbs, tmp_path: Path) -> None:
    calls = [
        serving.done("submission", "check", *COUNTER, "--file", answers(tmp_path, complete())),
        serving.done("submission", "register", *COUNTER),
        serving.done("ticket", "list"),
        serving.done("ticket", "show", "B-001"),
        serving.done("journal", "show", "B-001"),
        serving.done("print-jobs", "list"),
    ]
    said = "".join(call.out + call.err for call in calls)
    assert NAME not in said
    assert NIK not in said


def test_where_nobody_left_a_note_none_is_forgotten(serving: Verbs) -> None:
    assert "Periksa nomor atau loket" in serving("person", "forget", "--shift-notes", COUNTER[1]).refusal


@pytest.mark.parametrize("which", [("--ticket", "B-001"), ("--nik", NIK)])
def test_a_person_is_forgotten(serving: Verbs, tmp_path: Path, which: tuple[str, str]) -> None:
    serving.done("submission", "check", *COUNTER, "--file", answers(tmp_path, complete()))
    serving.done("submission", "register", *COUNTER)
    assert serving.done("person", "forget", *which).value["forgotten"] >= 1
    assert "Tidak ada data pribadi" in serving("person", "forget", *which).refusal
    assert serving.done("journal", "verify").value["chain_ok"]
    assert serving.done("print-jobs", "list").value["jobs"] == []


@pytest.mark.parametrize(
    ("content", "part"),
    [
        ([], "satu objek"),
        ({"DUKCAPIL-99-R01": {"state": "fulfilled"}}, "DUKCAPIL-99-R01"),
        ({"DUKCAPIL-01-R01": {"state": "hilang"}}, "DUKCAPIL-01-R01"),
        ({"DUKCAPIL-01-R01": "fulfilled"}, "DUKCAPIL-01-R01"),
        ({"DUKCAPIL-01-R01": {"state": "lacking"}}, "alasan"),
        ({"DUKCAPIL-01-R01": {"state": "fulfilled", "copies": -1}}, "DUKCAPIL-01-R01"),
        ({"DUKCAPIL-01-R01": {"state": "fulfilled", "date": "kemarin"}}, "DUKCAPIL-01-R01"),
        ({"DUKCAPIL-01-R01": {"state": "fulfilled", "date": False}}, "DUKCAPIL-01-R01"),
        ({"DUKCAPIL-01-R01": {"state": "lacking", "reason": []}}, "DUKCAPIL-01-R01"),
        ({"DUKCAPIL-01-R01": {"state": "fulfilled", "salinan": 2}}, "DUKCAPIL-01-R01"),
        ({"DUKCAPIL-01-R01": {"state": "fulfilled"}, "applicant": {"hobi": "catur"}}, "hobi"),
        ({"DUKCAPIL-01-R01": {"state": "fulfilled"}, "applicant": {"name": "x" * 201}}, "name"),
        ({"DUKCAPIL-01-R01": {"state": "fulfilled"}, "applicant": {"name": "Melati\x1b[2J"}}, "name"),
        ({"DUKCAPIL-01-R01": {"state": "fulfilled"}, "applicant": {"name": "\ud800"}}, "name"),
        ({"DUKCAPIL-01-R01": {"state": "fulfilled"}, "applicant": {"name": 7}}, "pemohon"),
    ],
)
def test_bad_answers_store_nothing(serving: Verbs, tmp_path: Path, content: Any, part: str) -> None:
    entries = serving.done("journal", "verify").value["entries"]
    refusal = serving("submission", "check", *COUNTER, "--file", answers(tmp_path, content)).refusal
    assert part in refusal
    assert "Tidak ada yang tersimpan." in refusal
    shown = serving.done("ticket", "show", "B-001").value["ticket"]
    assert shown["state"] == "called"
    assert serving.done("journal", "verify").value["entries"] == entries


def test_an_answers_file_that_is_not_there_or_not_json(serving: Verbs, tmp_path: Path) -> None:
    check = ("submission", "check", *COUNTER, "--file")
    assert "tidak dapat dibaca" in serving(*check, str(tmp_path / "tidak-ada.json")).refusal
    broken = tmp_path / "rusak.json"
    for raw in (b"\xff{", b"", b"[" * 100_000):
        broken.write_bytes(raw)
        assert "bukan JSON" in serving(*check, str(broken)).refusal
    broken.write_bytes(b'{"DUKCAPIL-01-R01": {"state": "fulfilled"}, "DUKCAPIL-01-R01": {"state": "fulfilled"}}')
    assert "dua kali" in serving(*check, str(broken)).refusal


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="this system has no file without an end")
def test_an_answers_file_without_an_end(serving: Verbs) -> None:
    assert "megabita" in serving("submission", "check", *COUNTER, "--file", "/dev/zero").refusal


def test_an_answers_file_as_notepad_saves_it(serving: Verbs, tmp_path: Path) -> None:
    file = tmp_path / "jawaban.json"
    file.write_text(json.dumps(complete()), encoding="utf-8-sig")
    assert serving.done("submission", "check", *COUNTER, "--file", str(file)).value["submission"]["undecided"] == []


def test_nobody_sits_at_the_counter(verbs: Verbs, tmp_path: Path) -> None:
    verbs.done("counter", "open", *COUNTER)
    assert verbs("submission", "check", *COUNTER, "--file", answers(tmp_path, complete())).refusal
    assert verbs("submission", "register", *COUNTER).refusal
    assert verbs("submission", "return", *COUNTER).refusal
