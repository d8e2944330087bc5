"""The panel of F9: the slip that will come out, how many, on which paper, of which printer, and the one button."""

from dataclasses import dataclass

from mppdesk.domain.print_job import PrinterState
from mppdesk.domain.slip import Slip
from mppdesk.operations.readings import CounterScreen, PrinterStatus
from mppdesk.texts import Text, msg
from mppdesk.ui.counter.stage import Outcome

RECEIPT_SHEETS = 2


@dataclass(frozen=True, slots=True)
class OutcomeView:
    """`icon` and `tone` name an icon and a token; `printer_tone` colours the line about the printer."""

    title: Text
    icon: str
    tone: str
    slip: Slip
    printer_line: Text
    printer_icon: str
    printer_tone: str
    button: Text


def outcome_view(
    screen: CounterScreen, outcome: Outcome, slip: Slip, printer: PrinterStatus | None
) -> OutcomeView | None:
    """The open panel; None where F9 has nothing to print any more."""
    if outcome not in (Outcome.REGISTER, Outcome.HAND_BACK):
        return None
    is_return = outcome is Outcome.HAND_BACK
    sheets = 1 if is_return else RECEIPT_SHEETS
    icon, tone = _printer_look(printer)
    return OutcomeView(
        title=msg("Kembalikan berkas") if is_return else msg("Terima berkas"),
        icon="circle-x" if is_return else "circle-check",
        tone="bad" if is_return else "ok",
        slip=slip,
        printer_line=_printer_line(screen.label, sheets, printer),
        printer_icon=icon,
        printer_tone=tone,
        button=_button(is_return, printer),
    )


def _button(is_return: bool, printer: PrinterStatus | None) -> Text:
    if printer is None:
        return msg("Kembalikan") if is_return else msg("Terima")
    return msg("Cetak dan kembalikan") if is_return else msg("Cetak dan terima")


def _printer_look(printer: PrinterStatus | None) -> tuple[str, str]:
    if printer is None or printer.state.blocks:
        return "printer-off", "warn"
    return "printer", "ok"


def _printer_line(counter: str, sheets: int, printer: PrinterStatus | None) -> Text:
    """Trouble with the printer never keeps a person waiting: the slip is stored and comes out later."""
    if printer is None:
        return msg("Tidak ada printer di {counter}; sesudah ini Ctrl+S menyimpan PDF.", counter=counter)
    paper = _paper(sheets, is_a5=printer.is_a5)
    if printer.state is PrinterState.PAPER_OUT:
        return msg("{paper} · kertas habis, tercetak sesudah diganti", paper=paper)
    if printer.state.blocks:
        return msg("{paper} · printer berhenti, tercetak sesudah siap", paper=paper)
    return msg("{paper} · printer {counter} siap", paper=paper, counter=counter)


def _paper(sheets: int, *, is_a5: bool) -> Text:
    """The picture above is that of a roll; an A5 sheet says the same in its own form."""
    return msg("A5, {n} lembar, isi seperti di atas", n=sheets) if is_a5 else msg("{n} lembar", n=sheets)
