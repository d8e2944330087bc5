"""What the set-up learns of a printer without printing, and what it suggests."""

from dataclasses import replace

import pytest

from mppdesk.domain.print_job import PrinterState
from mppdesk.domain.printer_models import EPSON_TM_T82, GENERIC_58, GENERIC_80, Confirmation, Logo, PrinterModel
from mppdesk.printing.probing import Probed, find_out
from tests.fakes.printer import Behaviour, Condition, SimulatedPrinter
from tests.printing.test_devices import QUICK

UNCONFIRMED_80 = replace(GENERIC_80, confirmation=Confirmation.NONE)
EPSON = ("EPSON", "TM-T82X", "X5JB000123")


@pytest.mark.parametrize(
    ("behaviour", "probed"),
    [
        (Behaviour(calls_itself=EPSON), Probed(PrinterState.READY, True, True, *EPSON, EPSON_TM_T82)),
        (Behaviour(Condition.NEAR_END), Probed(PrinterState.PAPER_NEAR_END, True, True, model=GENERIC_80)),
        (Behaviour(confirms=False), Probed(PrinterState.READY, True, False, model=UNCONFIRMED_80)),
        (Behaviour(answers=False), Probed(PrinterState.MUTE, False, model=UNCONFIRMED_80)),
        (Behaviour(Condition.PAPER_OUT), Probed(PrinterState.PAPER_OUT, True)),
    ],
    ids=["epson", "clone", "never confirms", "mute", "stopped"],
)
def test_a_printer_is_asked_what_it_can_do_and_prints_nothing(behaviour: Behaviour, probed: Probed) -> None:
    with SimulatedPrinter(behaviour) as printer:
        assert find_out(printer.url, QUICK) == probed
        assert printer.bytes_printed == 0


@pytest.mark.parametrize(
    ("product", "model"), [("TM-T82III", EPSON_TM_T82), ("tm-t82", EPSON_TM_T82), ("XP-Q200", GENERIC_80)]
)
def test_the_model_is_told_by_its_name(product: str, model: PrinterModel) -> None:
    with SimulatedPrinter(Behaviour(calls_itself=("", product, ""))) as printer:
        assert find_out(printer.url, QUICK).model == model


def test_what_the_address_said_and_the_printer_was_not_asked_stays() -> None:
    with SimulatedPrinter(Behaviour(calls_itself=EPSON, knows_tags=True)) as printer:
        narrow_with_tags = find_out(f"{printer.url}?model=epson-tm-t82&columns=42&confirm=tag", QUICK).model
        assert narrow_with_tags == replace(EPSON_TM_T82, columns=42, dots=512, confirmation=Confirmation.TAG)
        printer.behaviour.calls_itself = ("", "POS-58", "")
        assert find_out(f"{printer.url}?model=generic-58", QUICK).model == replace(
            GENERIC_58, confirmation=Confirmation.ORDER
        )


@pytest.mark.parametrize("logo", [Logo.RASTER, Logo.GRAPHICS])
def test_where_its_logo_is_stays_when_the_printer_tells_its_name(logo: Logo) -> None:
    with SimulatedPrinter(Behaviour(calls_itself=EPSON)) as printer:
        assert find_out(f"{printer.url}?logo={logo}", QUICK).model == replace(EPSON_TM_T82, logo=logo)


def test_what_is_no_wire_only_tells_its_state() -> None:
    assert find_out("screen:") == Probed(PrinterState.READY)
    assert find_out("file:///tidak/ada") == Probed(PrinterState.UNREACHABLE)
    assert find_out("serial:///dev/tidak-ada") == Probed(PrinterState.UNREACHABLE)
