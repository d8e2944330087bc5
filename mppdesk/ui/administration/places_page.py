"""On the page "Printer", "Loket dan kiosk": one of them in hand, and the printer that it is to print on."""

from functools import cached_property

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from mppdesk.domain.errors import ClerkError
from mppdesk.texts import Text, msg
from mppdesk.ui.administration import places_words
from mppdesk.ui.administration.place_card import PlaceCard
from mppdesk.ui.administration.places_port import PlaceRow, PlacesPort, PlacesScreen
from mppdesk.ui.administration.places_state import PlacesForm
from mppdesk.ui.administration.sought_table import SoughtTable
from mppdesk.ui.administration.table import Row
from mppdesk.ui.shared.cards import Card
from mppdesk.ui.shared.dialogs import Choice, Question
from mppdesk.ui.shared.form_parts import scrolling
from mppdesk.ui.shared.key_button import KeyButton
from mppdesk.ui.shared.labels import label
from mppdesk.ui.shared.tasks import Runner
from mppdesk.ui.shared.theme import theme_of

_ASKS = msg("Cari loket, kiosk, instansi, atau printer")
_COLUMNS = (msg("Loket atau kiosk"), msg("Instansi"), msg("Printer"))
_LEAST_FOR_TWO = 900
_GAP = 12
_LEAVE, _MOVE, _KEEP = "leave", "move", "keep"


class PlacesPage(QWidget):
    """Reads when told to; emits `printers_wanted` for the way back to the printers themselves."""

    printers_wanted = Signal()

    def __init__(self, port: PlacesPort, tasks: Runner, parent: QWidget) -> None:
        super().__init__(parent)
        self._port, self._tasks = port, tasks
        self._state = PlacesForm()
        self._columns = self._rooms()
        listed = Card()
        self._columns.addWidget(listed, 1)
        self.empty = label(str(places_words.NO_PLACES), "body", tone="ink2", wrap=True)
        self.empty.setVisible(False)
        listed.body.addWidget(self.empty)
        self.places = SoughtTable(listed.body, _ASKS, msg("Loket dan kiosk"), _COLUMNS, 2)
        self.printers_button = KeyButton("F6", msg("Daftar printer"))
        listed.body.addWidget(self.printers_button, 0, Qt.AlignmentFlag.AlignRight)
        self.places.chosen.connect(lambda key: self._change(self._state.choosing(key)))
        self.places.taken.connect(lambda: self.card.printers.seek())
        self.printers_button.clicked.connect(self.printers_wanted)

    @property
    def state(self) -> PlacesForm:
        return self._state

    @cached_property
    def card(self) -> PlaceCard:
        """What is in hand; made with the first rows, so that the page opens sooner."""
        made = PlaceCard(self._columns)
        made.chosen.connect(lambda printer: self._change(self._state.offering(printer)))
        made.printers.taken.connect(self.press)
        made.save_wanted.connect(self.press)
        made.back_wanted.connect(self.go_back)
        return made

    def read(self) -> None:
        self._tasks.run(self._port.printing_places, self._show_screen, self._refuse)

    def begin(self) -> None:
        """The hand is where the counter or kiosk is sought."""
        self.places.seek()

    def press(self) -> None:
        """F9: save; what still waits for the printer before is asked about first."""
        if not self._state.save_button.is_usable:
            return
        if not self._state.asks:
            self._save(moves=False)
            return
        question = self._question()
        question.chosen.connect(lambda act: None if act == _LEAVE else self._save(moves=act == _MOVE))
        question.finished.connect(question.deleteLater)
        question.open()

    def go_back(self) -> None:
        self._change(self._state.going_back())
        self.card.printers.field.setFocus()

    def _question(self) -> Question:
        """Enter moves what waits only where the printer before has stopped: else it comes out there in a moment."""
        state, place = self._state, self._state.place
        assert place is not None
        old = state.printer_named(place.printer)
        move = Choice(_MOVE, msg("Pindahkan {count} cetakan", count=place.waiting))
        keep = Choice(_KEEP, msg("Biarkan keluar di sana"))
        has_others = state.screen is not None and state.screen.has_others
        return Question(
            self,
            msg("{label} mencetak di {printer}?", label=place.label, printer=state.printer),
            places_words.what_waits(place, state.sharing, has_others=has_others),
            [move, keep] if old is None or old.state.blocks else [keep, move],
            Choice(_LEAVE, msg("Jangan ubah printer")),
        )

    def _save(self, *, moves: bool) -> None:
        place, printer = self._state.place, self._state.printer
        assert place is not None
        self._change(self._state.saving())
        work = self._port.choose_printer
        self._tasks.run(lambda: work(place, printer, moves=moves), self._saved, self._refuse)

    def _saved(self, moved: Text | None) -> None:
        self._change(self._state.saved(moved))
        self.card.printers.field.clear()
        self.places.field.setFocus()
        self.places.field.selectAll()
        self.read()

    def _show_screen(self, screen: PlacesScreen) -> None:
        self._change(self._state.with_screen(screen))

    def _refuse(self, trouble: ClerkError) -> None:
        self._change(self._state.refused(trouble))

    def _change(self, state: PlacesForm) -> None:
        if state != self._state:
            self._state = state
            self._show()

    def _show(self) -> None:
        screen = self._state.screen
        places = screen.places if screen else ()
        self.empty.setVisible(screen is not None and not places)
        self.places.setVisible(bool(places))
        self.places.show_rows(tuple(map(_row, places)), self._state.key)
        self.card.show_state(self._state)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Large letters in a small window have no room for two columns: then one stands above the other."""
        super().resizeEvent(event)
        is_narrow = self.width() < theme_of(self).px(_LEAST_FOR_TWO)
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._columns.setDirection(down if is_narrow else across)

    def _rooms(self) -> QBoxLayout:
        inside = QWidget()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolling(inside))
        columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, inside)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(_GAP)
        return columns


def _row(place: PlaceRow) -> Row:
    cells = (place.label, place.agency, str(places_words.printer_name(place.printer)))
    return Row(place.key, cells, ", ".join(filter(None, cells)))
