"""Printing from the command line, on a simulated printer behind a real socket."""

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from mppdesk.cli.session import VIA
from mppdesk.cli.setting_up import site_value
from mppdesk.db import home as homes
from mppdesk.db.home import SystemClock
from mppdesk.db.identity import RandomIds
from mppdesk.db.paper.tables import local_print_jobs
from mppdesk.db.settings import StoredSettings
from mppdesk.db.sql import Statement
from mppdesk.domain.entries import SYSTEM_USER, Actor
from mppdesk.operations import setup
from mppdesk.printing import probing, trial
from mppdesk.printing.conversation import Timings
from tests.cli.conftest import Verbs
from tests.fakes.printer import Behaviour, Condition, SimulatedPrinter

ISSUE = ("ticket", "issue", "--service", "DUKCAPIL-01", "--printer", "Kiosk 1")


def remove_printer(home: Path, name: str) -> None:
    """Take a printer out of the building, as its administrator does when it is broken for good."""
    with homes.writing(home, SystemClock(), RandomIds()) as opened:
        with opened.database.reading() as store:
            site = opened.reference.current(store).site
        left = replace(site, printers=tuple(each for each in site.printers if each.name != name))
        current = StoredSettings(opened.database, opened.site_id)
        setup.change_settings(opened.required_writer(), current, Actor(SYSTEM_USER, VIA), {"site": site_value(left)})


@pytest.fixture
def orphan(verbs: Verbs) -> dict[str, Any]:
    """A slip that waits for a printer which is no longer there."""
    verbs.done(*ISSUE)
    remove_printer(verbs.folder, "Kiosk 1")
    (job,) = verbs.done("print-jobs", "list").value["jobs"]
    return dict(job)


def states(verbs: Verbs) -> list[str]:
    """The states of the jobs, newest first."""
    return [job["state"] for job in verbs.done("print-jobs", "list").value["jobs"]]


def test_a_queued_slip_is_printed_by_its_own_verb(verbs: Verbs) -> None:
    verbs.done(*ISSUE)
    listed = verbs.done("print-jobs", "list")
    assert [(job["label"], job["kind"], job["state"]) for job in listed.value["jobs"]] == [
        ("B-001", "ticket", "queued")
    ]
    assert "B-001  karcis  Kiosk 1  antre" in listed.err
    with SimulatedPrinter() as printer:
        run = verbs.done("print-jobs", "run", "--printer", printer.url).value
        assert (run["left"], run["printed"]) == (0, 1)
        assert [("B-001" in slip.text) for slip in printer.slips] == [True]
    assert states(verbs) == ["printed"]


def test_a_reprint_says_that_it_is_a_copy(verbs: Verbs) -> None:
    verbs.done(*ISSUE)
    job = verbs.done("print-jobs", "list").value["jobs"][0]["id"]
    with SimulatedPrinter() as printer:
        verbs.done("print-jobs", "run", "--printer", printer.url)
        copy = verbs.done("print-jobs", "retry", job).value["job"]
        assert (copy["label"], copy["state"], copy["copy_number"]) == ("B-001", "queued", 1)
        listed = verbs.done("print-jobs", "list").err
        assert "B-001  karcis, SALINAN 1  Kiosk 1  antre" in listed
        assert "B-001  karcis  Kiosk 1  tercetak" in listed
        verbs.done("print-jobs", "run", "--printer", printer.url)
        assert "SALINAN" in printer.slips[-1].text
    assert "tidak ada lagi" in verbs("print-jobs", "retry", "entah").refusal
    told = verbs.done("journal", "show", "B-001").value["history"]
    assert [line["what"] for line in told] == [
        "Nomor diambil untuk KTP-el baru (pemula).",
        "Karcis dicetak ulang di Kiosk 1: SALINAN 1.",
    ]


def test_a_printer_without_paper_keeps_the_slip(verbs: Verbs) -> None:
    verbs.done(*ISSUE)
    with SimulatedPrinter() as printer:
        printer.behaviour.condition = Condition.PAPER_OUT
        called = verbs("print-jobs", "run", "--printer", printer.url, "--timeout", "0")
        assert "tetap tersimpan" in called.refusal
        assert called.value["left"] == 1
        assert printer.slips == []
    assert states(verbs) == ["blocked"]


def test_a_ticket_that_got_too_old_is_not_printed_and_that_is_said(verbs: Verbs) -> None:
    verbs.done(*ISSUE)
    with homes.writing(verbs.folder, SystemClock(), RandomIds()) as opened, opened.database.writing() as store:
        store.run(Statement(update(local_print_jobs).values(created_ms=0)))
    with SimulatedPrinter() as printer:
        run = verbs.done("print-jobs", "run", "--printer", printer.url)
        assert printer.slips == []
    assert (run.value["expired"], run.value["left"]) == (1, 0)
    assert "1 karcis lama tidak dicetak" in run.err
    assert "mppdesk print-jobs retry ID" in run.err


def test_a_printer_that_is_gone_keeps_the_slip(verbs: Verbs) -> None:
    verbs.done(*ISSUE)
    with SimulatedPrinter() as printer:
        url = printer.url
    assert verbs("print-jobs", "run", "--printer", url, "--timeout", "0").value["left"] == 1
    assert verbs.done("ticket", "show", "B-001").value["ticket"]["state"] == "waiting"


def test_a_slip_for_the_screen_waits_for_a_window(verbs: Verbs) -> None:
    verbs.done(*ISSUE)
    assert verbs("print-jobs", "run", "--timeout", "0").refusal
    assert "printed" not in states(verbs)


def test_a_printer_is_asked_how_it_stands(verbs: Verbs) -> None:
    with SimulatedPrinter() as printer:
        assert verbs.done("printer", "test", printer.url).value == {"state": "ready"}
        printer.behaviour.condition = Condition.COVER_OPEN
        opened = verbs("printer", "test", printer.url)
        assert opened.value["state"] == "cover_open"
        assert "tutup terbuka" in opened.refusal
        url = printer.url
    gone = verbs("printer", "test", url)
    assert gone.value["state"] == "unreachable"
    assert "tidak dapat dihubungi" in gone.refusal
    assert "bukan alamat printer" in verbs("printer", "test", "printer di pojok").refusal


def test_a_printer_is_asked_what_it_can_do(verbs: Verbs) -> None:
    behaviour = Behaviour(calls_itself=("EPSON", "TM-T82X", "X5JB000123"))
    with SimulatedPrinter(behaviour) as printer:
        found = verbs.done("printer", "probe", printer.url)
        assert found.value == {
            "state": "ready", "answers_status": True, "confirms": True, "maker": "EPSON", "product": "TM-T82X",
            "serial": "X5JB000123", "model": "epson-tm-t82", "confirmation": "order",
            "url": f"{printer.url}?model=epson-tm-t82",
        }  # fmt: skip
        assert "Printer siap. Ia menyebut diri EPSON TM-T82X. Ia memastikan setiap cetakan." in _as_one_line(found.err)
        assert f"Tulis alamatnya begini: {printer.url}?model=epson-tm-t82" in found.err
        behaviour.condition = Condition.PAPER_OUT
        assert "kertas habis" in verbs("printer", "probe", printer.url).refusal


def _as_one_line(said: str) -> str:
    return " ".join(said.split())


@pytest.fixture
def soon_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a printer never answers is waited for as long as any answer here takes, not as in an office."""
    timings = replace(Timings(), confirm=1.0)
    for asking in (probing, trial):
        monkeypatch.setattr(asking, "Timings", lambda: timings)


def typed(monkeypatch: pytest.MonkeyPatch, *answers: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(f"{answer}\n" for answer in answers)))


@pytest.mark.usefixtures("soon_given_up")
def test_the_test_slip_and_what_is_seen_on_it_make_the_address(verbs: Verbs, monkeypatch: pytest.MonkeyPatch) -> None:
    with SimulatedPrinter(Behaviour(knows_tags=True)) as printer:
        typed(monkeypatch, "80", "48", "ya", "tidak", "tidak", "tidak")
        found = verbs.done("printer", "probe", printer.url, "--print")
        assert "angka di tepi kanan kertas" in printer.slips[0].text.casefold()
        assert found.value["url"] == f"{printer.url}?confirm=tag&cut=no&qr=raster"
        assert found.value["repeats_tag"] is True
    assert found.err.count("Angka mana yang berdiri tepat di tepi kanan kertas? Ketik 48 / 42 / 32.") == 2
    assert "Apakah muncul tulisan aneh, seperti (H00, di antara dua garis? Ketik ya / tidak." in found.err
    assert "Ia memastikan setiap cetakan dengan tandanya sendiri." in found.err


@pytest.mark.usefixtures("soon_given_up")
def test_a_test_slip_that_nobody_looks_at_sets_nothing(verbs: Verbs, monkeypatch: pytest.MonkeyPatch) -> None:
    with SimulatedPrinter() as printer:
        typed(monkeypatch, "48")
        assert "Tidak ada yang menjawab" in verbs("printer", "probe", printer.url, "--print").refusal
        assert len(printer.slips) == 1


def test_there_is_no_test_slip_for_what_has_no_paper(verbs: Verbs) -> None:
    assert "tidak ada kertas yang dapat diuji" in verbs("printer", "probe", "screen:", "--print").refusal


def test_a_folder_for_slips_is_told_from_a_printer(verbs: Verbs, tmp_path: Path) -> None:
    folder = tmp_path / "slips"
    missing = verbs("printer", "test", folder.as_uri())
    assert "Periksa apakah foldernya ada dan dapat ditulis" in missing.refusal
    assert "kertas" not in missing.refusal
    folder.mkdir()
    assert verbs.done("printer", "test", folder.as_uri()).value == {"state": "ready"}


def test_a_printer_nobody_set_up_is_refused_before_the_ticket(verbs: Verbs) -> None:
    assert "Printer Loket Z" in verbs(*ISSUE[:-1], "Printer Loket Z").refusal
    assert verbs.done("ticket", "list").value["tickets"] == []


def test_a_slip_for_a_printer_that_was_removed_is_listed_as_that(verbs: Verbs, orphan: dict[str, Any]) -> None:
    assert (orphan["printer"], orphan["state"], orphan["has_printer"]) == ("Kiosk 1", "queued", False)
    said = verbs.done("print-jobs", "list").err
    assert "1 cetakan menunggu printer yang sudah tidak ada" in said
    assert "mppdesk print-jobs retry ID --printer NAMA" in said
    assert "mppdesk print-jobs cancel ID" in said


def test_a_slip_for_a_printer_that_was_removed_counts_as_left(verbs: Verbs, orphan: dict[str, Any]) -> None:
    run = verbs("print-jobs", "run", "--timeout", "0")
    assert "printer yang sudah tidak ada" in run.refusal
    assert run.value["left"] == 1
    with SimulatedPrinter() as printer:
        assert verbs.done("print-jobs", "run", "--printer", printer.url).value["printed"] == 1
    assert states(verbs) == ["printed"]


def test_a_slip_for_a_printer_that_was_removed_goes_to_another_one(verbs: Verbs, orphan: dict[str, Any]) -> None:
    refusal = verbs("print-jobs", "retry", orphan["id"]).refusal
    assert "Printer Kiosk 1 sudah tidak ada" in refusal
    assert "Kiosk 2" in refusal
    assert "Printer Kiosk 9 tidak dikenal" in verbs("print-jobs", "retry", orphan["id"], "--printer", "Kiosk 9").refusal
    assert states(verbs) == ["queued"]
    moved = verbs.done("print-jobs", "retry", orphan["id"], "--printer", "Kiosk 2")
    job = moved.value["job"]
    assert (job["id"], job["printer"], job["copy_number"], job["has_printer"]) == (orphan["id"], "Kiosk 2", 0, True)
    assert "aslinya antre cetak, bukan salinan" in moved.err
    assert states(verbs) == ["queued"]
    assert "sudah tidak ada" not in verbs.done("print-jobs", "list").err


def test_a_slip_that_nobody_needs_any_more_is_cancelled(verbs: Verbs, orphan: dict[str, Any]) -> None:
    cancelled = verbs.done("print-jobs", "cancel", orphan["id"])
    assert cancelled.value["job"]["state"] == "cancelled"
    assert "Cetakan B-001 dibatalkan. Nomornya tetap berlaku." in cancelled.err
    assert "sudah dibatalkan" in verbs("print-jobs", "cancel", orphan["id"]).refusal
    assert "tidak ada lagi" in verbs("print-jobs", "cancel", "entah").refusal
    assert verbs.done("ticket", "show", "B-001").value["ticket"]["state"] == "waiting"


def test_a_slip_that_came_out_is_not_cancelled(verbs: Verbs) -> None:
    verbs.done(*ISSUE)
    with SimulatedPrinter() as printer:
        verbs.done("print-jobs", "run", "--printer", printer.url)
    job = verbs.done("print-jobs", "list").value["jobs"][0]["id"]
    assert "sudah tercetak" in verbs("print-jobs", "cancel", job).refusal
    assert states(verbs) == ["printed"]
