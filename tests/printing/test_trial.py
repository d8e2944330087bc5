"""The test slip on real wires: what comes out, and what is heard of the question in its middle."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from mppdesk.domain.print_job import PrinterState
from mppdesk.domain.printer_address import parse_printer
from mppdesk.domain.printer_trial import Said, trial_slip
from mppdesk.printing.escpos import to_bytes
from mppdesk.printing.trial import Tried, print_trial
from tests.fakes.printer import Behaviour, Condition, SimulatedPrinter
from tests.printing.test_devices import QUICK

SLIP = trial_slip(datetime(2026, 11, 23, 10, 4, tzinfo=UTC))
LINE = "-" * 32
READY = PrinterState.READY


def tried_on(url: str) -> Tried:
    return print_trial(parse_printer(url), SLIP, to_bytes, QUICK)


@pytest.mark.parametrize(
    ("behaviour", "tried"),
    [
        (Behaviour(knows_tags=True), Tried(True, READY, Said(True, True))),
        (Behaviour(knows_tags=False), Tried(True, READY, Said(confirms_in_order=True))),
        (Behaviour(knows_tags=None), Tried(True, READY, Said(confirms_in_order=True))),
        (Behaviour(knows_tags=True, confirms=False), Tried(True, READY, Said(repeats_tag=True))),
        (Behaviour(answers=False, confirms=False), Tried(True, PrinterState.MUTE)),
    ],
    ids=["repeats it", "swallows it", "prints it", "repeats it only", "mute"],
)
def test_the_whole_slip_comes_out_once_and_the_question_is_heard_or_seen(behaviour: Behaviour, tried: Tried) -> None:
    with SimulatedPrinter(behaviour) as printer:
        assert tried_on(f"{printer.url}?model=generic-58&cut=no") == tried
        printer.wait_for(lambda it: len(it.slips) == 1)
        between = printer.slips[0].text.split(LINE)[1]
    assert ("(H00" in between) is (behaviour.knows_tags is None)
    assert between.strip() == "" or behaviour.knows_tags is None
    assert "[QR CETAKAN UJI A]" in printer.slips[0].text
    assert "[gambar]" in printer.slips[0].text


@pytest.mark.parametrize(
    ("condition", "state"),
    [(Condition.PAPER_OUT, PrinterState.PAPER_OUT), (Condition.COVER_OPEN, PrinterState.COVER_OPEN)],
)
def test_a_stopped_printer_gets_not_a_byte(condition: Condition, state: PrinterState) -> None:
    with SimulatedPrinter(Behaviour(condition)) as printer:
        assert tried_on(printer.url) == Tried(False, state)
        printer.become(Condition.HEALTHY)
        assert printer.bytes_printed == 0


def test_a_printer_that_is_not_there_gets_nothing() -> None:
    assert tried_on("serial:///dev/tidak-ada") == Tried(False, PrinterState.UNREACHABLE)


def test_what_cannot_be_asked_gets_the_slip_without_the_question(tmp_path: Path) -> None:
    assert tried_on(tmp_path.as_uri()) == Tried(True, READY)
    written = next(tmp_path.iterdir()).read_bytes()
    assert b"3. Kode QR" in written
    assert b"\x1d(H" not in written
