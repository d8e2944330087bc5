"""One counter or kiosk in hand: the printers it can print on, what another one means, and the acts: save, take back."""

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QPushButton

from mppdesk.operations.printing_places import PlaceKind
from mppdesk.texts import msg
from mppdesk.ui.administration import places_words, printer_words
from mppdesk.ui.administration.places_port import PlaceRow
from mppdesk.ui.administration.places_state import PlacesForm
from mppdesk.ui.administration.printer_port import PrinterRow
from mppdesk.ui.administration.sought_table import SoughtTable
from mppdesk.ui.administration.table import Row
from mppdesk.ui.shared.cards import Card
from mppdesk.ui.shared.form_parts import Sentence
from mppdesk.ui.shared.key_button import KeyButton
from mppdesk.ui.shared.labels import label

_BUTTON_HEIGHT = 48
_COLUMNS = (msg("Printer"), msg("Jenis"), msg("Keadaan dari sini"))
_NONE = ""


class PlaceCard(Card):
    """Emits `chosen` with the name of a printer or None, `save_wanted` and `back_wanted`; made in its `room`."""

    chosen = Signal(object)
    save_wanted = Signal()
    back_wanted = Signal()

    def __init__(self, room: QBoxLayout) -> None:
        super().__init__()
        room.addWidget(self, 1)
        self._shown = ""
        self._heading = label("", "title", 700, wrap=True)
        self.body.addWidget(self._heading)
        self.printers = SoughtTable(self.body, msg("Cari printer"), msg("Printer yang dapat dipilih"), _COLUMNS)
        self.words = label("", "list", tone="ink2", wrap=True)
        self.sentence = Sentence()
        self.back_button = QPushButton()
        self.back_button.setAutoDefault(True)
        self.save_button = KeyButton("F9", "", letters="body")
        self.save_button.setMinimumHeight(_BUTTON_HEIGHT)
        for part in (self.words, self.sentence, self.back_button):
            part.setVisible(False)
            self.body.addWidget(part)
        self.body.addWidget(self.save_button)
        self.printers.chosen.connect(lambda key: self.chosen.emit(key or None))
        self.save_button.clicked.connect(self.save_wanted)
        self.back_button.clicked.connect(self.back_wanted)

    def show_state(self, state: PlacesForm) -> None:
        place, screen = state.place, state.screen
        self.setVisible(place is not None)
        if place is None or screen is None:
            return
        if place.key != self._shown:
            self.printers.field.clear()  # what was sought for the one before hides the printer of this one
            self._shown = place.key
        heading = str(places_words.heading(place))
        self._heading.setText(heading)
        rows = (*(_printer_row(each, screen.now) for each in screen.printers), _no_printer(place))
        self.printers.show_rows(rows, state.printer or _NONE)
        self.words.setText(str(state.words or ""))
        self.words.setVisible(state.words is not None)
        self.setAccessibleName(f"{heading} {places_words.printer_name(state.printer)}. {self.words.text()}")
        self._say(state, may_write=screen.may_write)
        back, save = state.back_button, state.save_button
        self.back_button.setText(str(back.words))
        self.back_button.setVisible(back.is_usable)
        self.save_button.show_state(save.words, usable=save.is_usable, filled=True)

    def _say(self, state: PlacesForm, *, may_write: bool) -> None:
        """The one sentence: what went wrong, what was done, or why nothing can be."""
        notice = state.notice if may_write else places_words.ONLY_ADMINISTRATORS
        self.sentence.setVisible(state.trouble is not None or notice is not None)
        if state.trouble is not None:
            self.sentence.say(state.trouble.what_happened, state.trouble.what_to_do)
        elif notice is not None:
            self.sentence.say(notice, kind="")


def _printer_row(each: PrinterRow, now: datetime) -> Row:
    cells = (each.name, str(places_words.kind(each)), str(printer_words.standing(each, now)))
    return Row(each.name, cells, ", ".join(filter(None, cells)), printer_words.sign(each.state))


def _no_printer(place: PlaceRow) -> Row:
    what = msg("nomor hanya di layar") if place.kind is PlaceKind.KIOSK else msg("tidak ada kertas")
    cells = (str(places_words.NO_PRINTER), "", str(what))
    return Row(_NONE, cells, f"{cells[0]}, {cells[2]}")
