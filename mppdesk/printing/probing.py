"""Finding out at set-up what a printer can do: whether it answers, whether it confirms, and what it calls itself."""

from dataclasses import dataclass, replace

from mppdesk.domain.print_job import PrinterState
from mppdesk.domain.printer_address import FolderAddress, QueueAddress, ScreenAddress, parse_printer
from mppdesk.domain.printer_models import MODELS, Confirmation, PrinterModel
from mppdesk.printing.conversation import Conversation, Timings
from mppdesk.printing.devices import Devices, connect
from mppdesk.printing.status import Fact

_NAMES = {"TM-T82": "epson-tm-t82", "TM-T20": "epson-tm-t20", "TM-T88": "epson-tm-t88", "TM-M30": "epson-tm-m30"}


@dataclass(frozen=True, slots=True)
class Probed:
    """What a printer showed; nothing was printed.

    `confirms_in_order` is only known of a printer that is ready: a stopped one does not execute the question.
    `model` is the one to write into its URL; None where nothing can be told, as of a queue of the system. What its URL
    said already and nobody asked it now stays: its paper, and that it was seen to repeat tags.
    """

    state: PrinterState
    answers_status: bool | None = None
    confirms_in_order: bool | None = None
    maker: str | None = None
    product: str | None = None
    serial: str | None = None
    model: PrinterModel | None = None


def find_out(url: str, timings: Timings | None = None) -> Probed:
    """Ask the printer behind a URL everything that it can be asked. Raises BadInput."""
    printer, timings = parse_printer(url), timings or Timings()
    match printer.address:
        case ScreenAddress():
            return Probed(PrinterState.READY)
        case FolderAddress() | QueueAddress():
            return Probed(Devices(lambda _slip, _model: b"", timings=timings).open(printer).probe())
        case wired:
            try:
                with connect(wired, timings.connect) as wire:
                    return _asked(Conversation(wire, timings), printer.model)
            except OSError:
                return Probed(PrinterState.UNREACHABLE)


def _asked(talk: Conversation, told: PrinterModel) -> Probed:
    state = talk.look()
    if state is PrinterState.MUTE:
        return Probed(state, answers_status=False, model=replace(told, confirmation=Confirmation.NONE))
    if state.blocks:
        return Probed(state, answers_status=True)
    confirms = talk.confirms()
    texts = talk.facts(Fact.MAKER, Fact.MODEL, Fact.SERIAL) if confirms else {}
    product = texts.get(Fact.MODEL)
    model = _confirming(_model_of(product or "", told), told, confirms_in_order=confirms)
    return Probed(state, True, confirms, texts.get(Fact.MAKER), product, texts.get(Fact.SERIAL), model)


def _model_of(product: str, told: PrinterModel) -> PrinterModel:
    """The model that the printer's own name is known for; else what its URL says, as of its logo always."""
    found = (MODELS[name] for sign, name in _NAMES.items() if sign in product.upper())
    known = next(found, told)
    return told if known.name == told.name else replace(known, logo=told.logo)


def _confirming(model: PrinterModel, told: PrinterModel, *, confirms_in_order: bool) -> PrinterModel:
    if told.confirmation is Confirmation.TAG:
        return replace(model, confirmation=Confirmation.TAG)
    return replace(model, confirmation=Confirmation.ORDER if confirms_in_order else Confirmation.NONE)
