"""What is said of a printer at another computer: the sentence of a banner, and the cells of a list."""

from collections.abc import Iterable
from datetime import datetime

from mppdesk.operations.far_printers import FarPrinter
from mppdesk.operations.readings import PrinterStatus
from mppdesk.texts import Text, msg
from mppdesk.ui.shared.printer_states import standing
from mppdesk.ui.shared.printer_words import printer_trouble


def worst_first(printers: Iterable[FarPrinter]) -> tuple[FarPrinter, ...]:
    """The printers that somebody has to go to: those that stopped before those with a doubtful sheet, by their wait."""
    troubled = (each for each in printers if each.state.blocks or each.unsure)
    return tuple(sorted(troubled, key=lambda each: (not each.state.blocks, -each.waiting, each.place.casefold())))


def what_happened(printer: FarPrinter, now: datetime) -> Text:
    """Where, what, since when, and how many slips wait for it."""
    where = where_it_is(printer)
    if not printer.state.blocks:
        return msg("{where}: {count} cetakan belum pasti.", where=where, count=printer.unsure)
    trouble = standing(printer.state, printer.since, now)
    if not printer.waiting:
        return msg("{where}: {trouble}.", where=where, trouble=trouble)
    return msg("{where}: {trouble}, {count} cetakan menunggu.", where=where, trouble=trouble, count=printer.waiting)


def what_to_do(printer: FarPrinter, now: datetime) -> Text:
    """What whoever goes there does."""
    trouble = printer_trouble(PrinterStatus(printer.name, printer.state, 0), printer.since or now)
    return trouble[1] if trouble else msg("Jawab di komputer itu apakah lembarnya keluar.")


def where_it_is(printer: FarPrinter) -> Text | str:
    """The computer, with the printer's name where that is another."""
    if printer.name.casefold() == printer.place.casefold():
        return printer.place
    return msg("{place} ({printer})", place=printer.place, printer=printer.name)


def how_many_wait(printer: FarPrinter) -> Text | str:
    """The slips that wait, and those of which nobody is sure; empty for none."""
    if printer.waiting and printer.unsure:
        return msg("{count} menunggu, {unsure} belum pasti", count=printer.waiting, unsure=printer.unsure)
    if printer.unsure:
        return msg("{unsure} belum pasti", unsure=printer.unsure)
    return msg("{count} menunggu", count=printer.waiting) if printer.waiting else ""


def others_too(count: int) -> Text | None:
    """How many more printers somebody has to go to; None for none."""
    return msg("{count} printer lain juga", count=count) if count else None
