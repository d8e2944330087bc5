"""A paper saved as PDF, over a real station: the same as on paper, a copy on record, whole or not at all."""

import errno
import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from sqlalchemy import delete

from mppdesk.app.counter_port import DeskPort
from mppdesk.app.hall_ports import HallKioskPort
from mppdesk.app.saved_papers import PaperFiles
from mppdesk.app.saving_places import Volume, may_be_plugged_in, mounted_volumes
from mppdesk.app.station import Station, open_station
from mppdesk.db.paper.copies import record_saved_copy
from mppdesk.db.paper.tables import local_print_jobs
from mppdesk.db.privacy import forgetting
from mppdesk.db.reading import decided_papers
from mppdesk.db.sql import Statement
from mppdesk.domain.entries import Actor, Draft, Subject, SubjectType
from mppdesk.domain.errors import Refused
from mppdesk.domain.papers import LackingPaper, ReceiptPaper
from mppdesk.domain.site import KioskPlace
from mppdesk.domain.slip import SlipKind
from mppdesk.domain.submission import CheckState, LackReason
from mppdesk.operations.desk import Desk
from mppdesk.operations.readings import CurrentTicket
from mppdesk.operations.submissions import ApplicantData, Check
from mppdesk.ui.counter.window import CounterWindow
from mppdesk.ui.shared.tasks import Tasks
from tests.fakes.clock import CountedIds, FakeClock
from tests.fakes.office import PRINTER, SERVICES, make_home

CODES = tuple(each.code for each in SERVICES[0].requirements)
THERE = tuple(Check(code, CheckState.FULFILLED) for code in CODES)
SHORT = (Check(CODES[0], CheckState.LACKING, LackReason.EXPIRED, paper_date=date(2026, 8, 12)),)
MELATI = ApplicantData(name="Melati Contohwati", nik="9999012311260001", phone="", represented_by=None)
DEWI = Actor("dewi", "desktop")


@pytest.fixture
def station(tmp_path: Path) -> Iterator[Station]:
    home, ids, clock = tmp_path / "home", CountedIds("maker"), FakeClock()
    make_home(home, clock, ids)
    with open_station(home, clock, CountedIds("station"), lambda _: None, "screen:") as station:
        yield station


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    return tmp_path / "Dokumen" / "mppdesk"


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    made = tmp_path / "STIK"
    made.mkdir()
    return made


@pytest.fixture
def files(station: Station, documents: Path, stick: Path) -> PaperFiles:
    return PaperFiles(station, DEWI, lambda: documents, lambda: (Volume(stick, "STIK"),))


def counter(station: Station) -> DeskPort:
    choice = next(each.counter for each in station.readers.counter_choices() if each.label == "Loket 1")
    return DeskPort(station, Desk(choice, "Loket 1", DEWI, "Dewi C.", PRINTER))


def here(port: DeskPort) -> CurrentTicket:
    ticket = port.screen().current
    assert ticket is not None
    return ticket


def served(station: Station, port: DeskPort, checks: tuple[Check, ...]) -> str:
    """The next person's papers are checked; answers the file."""
    HallKioskPort(station, KioskPlace("Kiosk", PRINTER)).take_ticket(station.ids.new(), "DUKA-01", None)
    port.call_next()
    port.start(here(port).row.visit)
    port.check(here(port), checks)
    port.record_applicant(here(port), MELATI)
    submission = here(port).checklist.submission
    assert submission is not None
    return submission


def decided(station: Station, checks: tuple[Check, ...] = THERE) -> str:
    """B-001 is served to the end; answers the file."""
    port = counter(station)
    port.open_counter()
    submission = served(station, port, checks)
    port.hand_back(here(port)) if checks is SHORT else port.register(here(port), 2)
    return submission


def text_of(file: Path) -> list[str]:
    return [page.extract_text() for page in PdfReader(file).pages]


def history(station: Station, number: str = "b1") -> list[str]:
    ticket = station.readers.find_ticket(number)
    assert ticket is not None
    return [f"{line.who}: {line.what}" for line in station.readers.history(ticket.visit)]


def printed_papers(station: Station, submission: str) -> list[ReceiptPaper | LackingPaper]:
    return [job.slip.facts.paper for job in station.jobs.of_subject(submission) if job.slip.facts]


@pytest.mark.parametrize("checks", [THERE, SHORT], ids=["receipt", "lacking"])
def test_what_is_saved_says_what_was_printed(station: Station, checks: tuple[Check, ...]) -> None:
    submission = decided(station, checks)
    first = printed_papers(station, submission)[0]
    with station.readers.moment() as moment:
        paper = decided_papers.decided_paper(moment, submission)
    assert paper.moment is not None and first.moment is not None
    # The journal counts in milliseconds, and names the clerk by her profile.
    assert replace(paper, moment=first.moment, clerk=first.clerk) == first
    assert abs((paper.moment - first.moment).total_seconds()) < 0.001


def test_a_receipt_is_saved_with_both_sheets_as_a_copy_and_the_history_says_who_saved_it(
    station: Station, files: PaperFiles, documents: Path
) -> None:
    submission = decided(station)
    saved = files.save(submission)
    assert (saved.kind, saved.number, saved.copy_number) == (SlipKind.RECEIPT, "B-001", 1)
    assert saved.file == documents / "tanda-terima-B-001-2026-11-23.pdf"
    assert [each.name for each in documents.iterdir()] == [saved.file.name]
    applicant, archive = text_of(saved.file)
    assert "Lembar 1 untuk pemohon" in applicant and "Lembar 2 untuk arsip" in archive
    for sheet in (applicant, archive):
        assert sheet.startswith("SALINAN 1, Senin, 23 November 2026, pukul 09.00 WIB")
        assert "Melati Contohwati" in sheet and MELATI.nik is not None and MELATI.nik not in sheet
    assert history(station)[-1] == "dewi (desktop): Tanda terima disimpan sebagai berkas PDF: SALINAN 1."


def test_a_list_of_what_lacks_is_saved_too(station: Station, files: PaperFiles, documents: Path) -> None:
    saved = files.save(decided(station, SHORT))
    assert saved.file == documents / "daftar-kekurangan-B-001-2026-11-23.pdf"
    (sheet,) = text_of(saved.file)
    assert sheet.startswith("SALINAN 1, ") and "Daftar kekurangan berkas" in sheet


def test_saved_and_printed_copies_are_counted_together_and_no_file_takes_the_place_of_another(
    station: Station, files: PaperFiles, documents: Path
) -> None:
    submission = decided(station)
    station.spooler.run_until_empty(0)
    counter(station).reprint()
    saved = [files.save(submission) for _ in range(2)]
    assert [each.copy_number for each in saved] == [2, 3]
    assert [each.file.name for each in saved] == [
        "tanda-terima-B-001-2026-11-23.pdf",
        "tanda-terima-B-001-2026-11-23-2.pdf",
    ]
    assert [text_of(each.file)[0][:10] for each in saved] == ["SALINAN 2,", "SALINAN 3,"]
    station.spooler.run_until_empty(0)
    assert "SALINAN 4" in str(counter(station).reprint())


def test_a_paper_is_saved_where_no_slip_of_it_is_kept(station: Station, files: PaperFiles) -> None:
    """It was printed at another counter, or a month ago, or nowhere."""
    submission = decided(station)
    with station.home.database.writing() as store:
        store.run(Statement(delete(local_print_jobs)))
    assert "Melati Contohwati" in text_of(files.save(submission).file)[0]


def test_a_copy_ordered_meanwhile_keeps_its_number(
    station: Station, files: PaperFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    submission, mkstemp = decided(station), "mppdesk.printing.new_file.tempfile.mkstemp"
    from tempfile import mkstemp as real

    def overtaken(**where: Any) -> tuple[int, str]:
        monkeypatch.setattr(mkstemp, real)
        with station.writer.begin(DEWI) as unit:
            record_saved_copy(unit, SlipKind.RECEIPT, submission, "B-001", 1)
        return real(**where)

    monkeypatch.setattr(mkstemp, overtaken)
    saved = files.save(submission)
    assert saved.copy_number == 2 and text_of(saved.file)[0].startswith("SALINAN 2,")
    assert [each.name for each in saved.file.parent.iterdir()] == [saved.file.name]


# --- at the counter's window ---------------------------------------------------------------------------------------


def test_the_last_file_is_the_one_that_was_decided_last_also_after_a_start(station: Station) -> None:
    with pytest.raises(Refused, match=r"Ctrl\+F"):
        counter(station).last_file()
    first = decided(station)
    port = counter(station)
    assert port.last_file() == first, "by the slip that came out"
    second = served(station, port, SHORT)
    assert port.last_file() == first
    port.hand_back(here(port))
    assert port.last_file() == second


def test_ctrl_s_saves_what_enter_decided(station: Station, stick: Path, qtbot: QtBot) -> None:
    """From the keys to the file, over the real office; nobody waits between the two keys."""
    port, tasks = counter(station), Tasks()
    port.open_counter()
    served(station, port, THERE)
    station.home.set_setting("papers_folder", str(stick))
    window = CounterWindow(port, tasks, station.now, "Dewi C.", asks_for_pins=False)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    qtbot.waitUntil(lambda: window.view is not None and window.isActiveWindow())
    QTest.keyClick(window, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: window.acts.local.preview is not None and tasks.running == 0)
    window.acts.confirm()
    qtbot.waitUntil(lambda: window.acts.local.preview is None)
    QTest.keyClick(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: tasks.running == 0 and any(stick.glob("*.pdf")), timeout=20_000)
    tasks.close()
    shown = window.banners.current()
    assert shown is not None and str(shown.what_happened) == "PDF B-001 tersimpan, SALINAN 1."
    assert "Melati Contohwati" in text_of(stick / "tanda-terima-B-001-2026-11-23.pdf")[0]


# --- where to ------------------------------------------------------------------------------------------------------


def test_a_chosen_stick_is_the_usual_place_from_then_on(
    station: Station, files: PaperFiles, documents: Path, stick: Path
) -> None:
    assert [(each.folder, each.is_usual) for each in files.places()] == [(documents, True), (stick, False)]
    submission = decided(station)
    files.save(submission, stick)
    assert files.save(submission).file.parent == stick
    assert [(each.name, each.is_usual) for each in files.places()] == [
        (f"STIK ({stick})", True),
        ("Dokumen di komputer ini", False),
    ]
    assert not documents.exists()


@pytest.mark.parametrize(
    ("root", "system", "is_offered"),
    [
        ("E:/", "C:/", True),
        ("C:/", "C:/", False),
        ("/media/dewi/STIK", "/", True),
        ("/run/media/dewi/STIK", "/", True),
        ("/boot", "/", False),
        ("/", "/", False),
    ],
)
def test_other_drives_are_offered_and_never_the_system_itself(root: str, system: str, is_offered: bool) -> None:
    assert may_be_plugged_in(root, system) is is_offered


def test_this_computer_can_be_asked_for_its_disks() -> None:
    assert Path("/") not in {volume.root for volume in mounted_volumes()}


def test_a_disk_that_takes_nothing_is_named_and_leaves_neither_half_a_file_nor_a_record(
    station: Station, files: PaperFiles, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    submission = decided(station)
    before = history(station)
    for number, trouble in (
        (errno.ENOSPC, "penuh"),
        (errno.EROFS, "tidak boleh ditulis"),
        (errno.EIO, "tidak terbaca"),
    ):

        def fails(_descriptor: int, number: int = number) -> None:
            raise OSError(number, os.strerror(number))

        with monkeypatch.context() as patched, pytest.raises(Refused) as refused:
            patched.setattr("mppdesk.printing.new_file.os.fsync", fails)
            files.save(submission, stick)
        assert str(refused.value.what_happened) == f"Folder STIK {trouble}. PDF belum tersimpan; berkasnya aman."
        assert "Ctrl+Shift+S" in str(refused.value.what_to_do)
        assert list(stick.iterdir()) == [] and history(station) == before
    assert files.save(submission).file.parent != stick, "a place that failed is not the usual one"


def test_a_stick_that_was_pulled_out_is_not_made_anew_on_the_disk_below(
    station: Station, files: PaperFiles, stick: Path
) -> None:
    submission = decided(station)
    files.save(submission, stick)
    for each in stick.iterdir():
        each.unlink()
    stick.rmdir()
    with pytest.raises(Refused) as refused:
        files.save(submission)
    assert "Pasang lagi" in str(refused.value.what_to_do)
    assert not stick.exists()


# --- what has no paper ---------------------------------------------------------------------------------------------


def test_a_file_that_nobody_decided_or_that_was_taken_back_has_no_paper(station: Station, files: PaperFiles) -> None:
    submission = decided(station)
    ticket = station.readers.find_ticket("b1")
    assert ticket is not None
    with station.readers.moment() as moment:
        visit = moment.view.visit(ticket.visit)
    assert visit is not None and visit.last_act is not None
    files.save(submission)
    counter(station).undo(ticket.visit, visit.last_act)
    for each in (submission, "unknown"):
        with pytest.raises(Refused, match="belum ada kertasnya"):
            files.save(each)


def test_a_decision_that_came_before_what_was_checked_makes_no_paper_yet(station: Station, files: PaperFiles) -> None:
    submission = decided(station)
    with station.writer.begin(DEWI) as unit:
        entries = unit.entries_of(Subject(SubjectType.SUBMISSION, submission))
        elsewhere = Subject(SubjectType.SUBMISSION, unit.new_id())
        for kind in ("SubmissionOpened", "SubmissionRegistered"):
            fact = next(each.fact for each in entries if each.kind == kind)
            unit.record(Draft(unit.new_id(), elsewhere, fact))
    with pytest.raises(Refused, match="belum lengkap di komputer ini"):
        files.save(elsewhere.id)


def test_what_was_forgotten_is_not_written_again(station: Station, files: PaperFiles) -> None:
    submission = decided(station)
    files.save(submission)
    forgetting.forget(station.home, DEWI, (Subject(SubjectType.SUBMISSION, submission),))
    with pytest.raises(Refused, match="sudah dihapus"):
        files.save(submission)
