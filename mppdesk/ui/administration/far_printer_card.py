"""The printers of the other computers, as each computer said last: the worst in a banner, all of them in a list."""

from datetime import datetime
from functools import cached_property

from PySide6.QtWidgets import QVBoxLayout, QWidget

from mppdesk.domain.print_job import PrinterState
from mppdesk.operations.far_printers import FarPrinter
from mppdesk.texts import msg
from mppdesk.ui.administration.table import Row, Table
from mppdesk.ui.shared.banner import Banner, BannerStack, Level
from mppdesk.ui.shared.far_printer_words import (
    how_many_wait,
    others_too,
    what_happened,
    what_to_do,
    where_it_is,
    worst_first,
)
from mppdesk.ui.shared.labels import label
from mppdesk.ui.shared.printer_states import standing, state_sign

_COLUMNS = (msg("Komputer"), msg("Cetakan"), msg("Keadaan dari sana"))
_MOST_SEEN = 6
_CAUSE = "far_printer"
_TITLE = msg("Printer di komputer lain")


class FarPrinterCard(QWidget):
    """A part of the card of printers, gone where there are none; as high as its rows, up to some."""

    def __init__(self) -> None:
        super().__init__()
        self._body = QVBoxLayout(self)
        self._body.setContentsMargins(0, 8, 0, 0)
        self._body.addWidget(label(str(_TITLE), "title", 700))
        self.hide()

    @cached_property
    def table(self) -> Table:
        """Made for the first printer, so that the page opens sooner where there are none."""
        made = Table(_TITLE, _COLUMNS)
        self._body.addWidget(made)
        return made

    def show_printers(self, printers: tuple[FarPrinter, ...], now: datetime) -> None:
        """Show how they stand at the moment `now` (aware, in the office's zone)."""
        if not printers and self.isHidden():
            return
        self.table.show_rows(tuple(_row(each, now) for each in sorted(printers, key=_urgency)))
        self.setVisible(bool(printers))
        self._be_as_high_as(min(len(printers), _MOST_SEEN))

    def _be_as_high_as(self, rows: int) -> None:
        height = self.table.verticalHeader().defaultSectionSize()
        self.table.setFixedHeight(self.table.horizontalHeader().sizeHint().height() + rows * height + 2)


def show_far_banner(banners: BannerStack, printers: tuple[FarPrinter, ...], now: datetime) -> None:
    """Say which printer somebody has to go to, until that is done."""
    worst = worst_first(printers)
    if not worst:
        banners.end(_CAUSE)
        return
    happened, to_do = what_happened(worst[0], now), what_to_do(worst[0], now)
    banners.show_banner(_CAUSE, Banner(Level.WARN, "printer-off", happened, to_do, others_too(len(worst) - 1)))


def _row(each: FarPrinter, now: datetime) -> Row:
    cells = (str(where_it_is(each)), str(how_many_wait(each)), str(standing(each.state, each.since, now)))
    return Row(f"{each.place}\n{each.name}", cells, ", ".join(filter(None, cells)), state_sign(each.state))


def _urgency(each: FarPrinter) -> tuple[bool, bool, bool, str, str]:
    is_low = each.state is PrinterState.PAPER_NEAR_END
    return not each.state.blocks, not each.unsure, not is_low, each.place.casefold(), each.name
