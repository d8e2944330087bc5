"""Printing from the command line, on a simulated printer behind a real socket."""

from tests.cli.conftest import Verbs
from tests.fakes.simulated_printer import Condition, SimulatedPrinter

ISSUE = ("ticket", "issue", "--service", "DUKCAPIL-01", "--printer", "Kiosk 1")


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
    copy = verbs.done("print-jobs", "retry", job).value["job"]
    assert (copy["label"], copy["state"], copy["copy_number"]) == ("B-001", "queued", 1)
    with SimulatedPrinter() as printer:
        verbs.done("print-jobs", "run", "--printer", printer.url)
        assert "SALINAN" in printer.slips[-1].text
    assert "tidak ada lagi" in verbs("print-jobs", "retry", "entah").refusal


def test_a_printer_without_paper_keeps_the_slip(verbs: Verbs) -> None:
    verbs.done(*ISSUE)
    with SimulatedPrinter() as printer:
        printer.behaviour.condition = Condition.PAPER_OUT
        called = verbs("print-jobs", "run", "--printer", printer.url, "--timeout", "0")
        assert "tetap tersimpan" in called.refusal
        assert called.value["left"] == 1
        assert printer.slips == []
    assert states(verbs) == ["blocked"]


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


def test_a_printer_nobody_set_up_is_refused_before_the_ticket(verbs: Verbs) -> None:
    assert "Printer Loket Z" in verbs(*ISSUE[:-1], "Printer Loket Z").refusal
    assert verbs.done("ticket", "list").value["tickets"] == []
