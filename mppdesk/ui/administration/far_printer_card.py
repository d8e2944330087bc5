"""The printers of the other computers, as each computer said last: the worst first; nothing where there are none."""

from datetime import datetime

from PySide6.QtWidgets import QVBoxLayout, QWidget

from mppdesk.operations.far_printers import FarPrinter
from mppdesk.texts import msg
from mppdesk.ui.administration.table import Row, Table
from mppdesk.ui.shared.far_printer_words import how_many_wait
from mppdesk.ui.shared.labels import label
from mppdesk.ui.shared.printer_states import standing, state_sign

_COLUMNS = (msg("Komputer"), msg("Printer"), msg("Cetakan"), msg("Keadaan dari sana"))
_STANDING = 3
_MOST_SEEN = 6
_TITLE = msg("Printer di komputer lain")


class FarPrinterCard(QWidget):
    """A part of the card of printers; as high as its rows, and walked through where there are many."""

    def __init__(self) -> None:
        super().__init__()
        self.table = Table(_TITLE, _COLUMNS, stretched=_STANDING)
        body = QVBoxLayout(self)
        body.setContentsMargins(0, 8, 0, 0)
        body.addWidget(label(str(_TITLE), "title", 700))
        body.addWidget(self.table)
        self.hide()

    def show_printers(self, printers: tuple[FarPrinter, ...], now: datetime) -> None:
        """Show how they stand at the moment `now` (aware, in the office's zone)."""
        self.table.show_rows(tuple(_row(each, now) for each in sorted(printers, key=_urgency)))
        self.setVisible(bool(printers))
        self._be_as_high_as(min(len(printers), _MOST_SEEN))

    def _be_as_high_as(self, rows: int) -> None:
        height = self.table.verticalHeader().defaultSectionSize()
        self.table.setFixedHeight(self.table.horizontalHeader().sizeHint().height() + rows * height + 2)


def _row(each: FarPrinter, now: datetime) -> Row:
    cells = (each.place, each.name, str(how_many_wait(each)), str(standing(each.state, each.since, now)))
    return Row(f"{each.place}\n{each.name}", cells, ", ".join(filter(None, cells)), state_sign(each.state))


def _urgency(each: FarPrinter) -> tuple[bool, bool, str, str]:
    return not each.state.blocks, not each.unsure, each.place.casefold(), each.name
