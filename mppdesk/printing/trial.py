"""Printing the test slip of the set-up, and hearing whether the printer repeats the tag that stands in its middle."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from mppdesk.domain.print_job import PrinterState
from mppdesk.domain.printer_address import Printer, WiredAddress
from mppdesk.domain.printer_models import PrinterModel
from mppdesk.domain.printer_trial import SILENCE, Said, TrialSlip, model_of_trial, whole
from mppdesk.domain.slip import Slip
from mppdesk.printing.conversation import Conversation, Timings
from mppdesk.printing.delivery import Sheet
from mppdesk.printing.devices import Devices, connect
from mppdesk.printing.receipt_printer import tag_of
from mppdesk.printing.status import ASK_PAPER_IN_PRINT_ORDER, ask_when_printed

Render = Callable[[Slip, PrinterModel], bytes]


@dataclass(frozen=True, slots=True)
class Tried:
    """What became of a test slip: whether all of it was handed over, how the printer stands, and what it said."""

    is_given: bool
    state: PrinterState
    said: Said = SILENCE


def print_trial(printer: Printer, slip: TrialSlip, render: Render, timings: Timings | None = None) -> Tried:
    """Print the test slip; takes seconds. Nothing is handed to a printer that says that it cannot print now."""
    timings = timings or Timings()
    if not isinstance(printer.address, WiredAddress):
        return _through_the_system(printer, slip, render, timings)
    model, tag = model_of_trial(printer.model), tag_of(slip.name)
    uncut = replace(model, has_cutter=False)
    shown = render(slip.drawn, uncut) + render(slip.pictured, replace(uncut, draws_qr=False))
    data = shown + ask_when_printed(tag) + render(slip.end, model) + ASK_PAPER_IN_PRINT_ORDER
    sheet = Sheet(slip.name, whole(slip), data, tag)
    try:
        with connect(printer.address, timings.connect) as wire:
            return _over(Conversation(wire, timings), sheet, tag, timings)
    except OSError:
        return Tried(False, PrinterState.UNREACHABLE)


def _over(talk: Conversation, sheet: Sheet, tag: str, timings: Timings) -> Tried:
    """The answer in print order is waited for first: where that is there, the tag is not far."""
    state = talk.look()
    if state.blocks:
        return Tried(False, state)
    talk.listen_for(tag)
    if talk.hand_over(sheet.data) < len(sheet.data):
        return Tried(False, PrinterState.UNREACHABLE)
    if state is not PrinterState.MUTE:
        state = talk.wait_for_confirmation(timings.confirmation_of(sheet))
    tried = Tried(True, state, Said(talk.hears(tag), talk.is_confirmed))
    talk.end_within(timings.end)
    return tried


def _through_the_system(printer: Printer, slip: TrialSlip, render: Render, timings: Timings) -> Tried:
    """A queue takes it in one piece, and nobody can be asked anything."""
    model = model_of_trial(printer.model)
    device = Devices(lambda each, _model: render(each, model), timings=timings).open(printer)
    outcome = device.print(device.prepare(whole(slip), slip.name))
    return Tried(outcome.bytes_given > 0, outcome.printer)
