"""The cards "Bekerja di mana hari ini?": one place each, the chosen one marked, a taken one named and locked."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from mppdesk.ui.shared.form_parts import CardButton
from mppdesk.ui.shared.icon_label import IconLabel
from mppdesk.ui.shared.labels import label, number
from mppdesk.ui.sign_in.view_state import PlaceCard

_IN_A_ROW = 2


class PlaceButton(CardButton):
    """One place; can be chosen while nobody works there."""

    def __init__(self, card: PlaceCard) -> None:
        super().__init__()
        self.card = card
        self.setCheckable(True)
        self.setEnabled(card.is_free)
        self._sign = IconLabel("check" if card.is_free else "lock", "pri" if card.is_free else "ink2", 22)
        self._lay_out(card)
        self.toggled.connect(self._sign.setVisible)
        self._sign.setVisible(not card.is_free)
        self.setAccessibleName(f"{card.title}, {card.agency}, {card.condition}")

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.bring_into_sight()

    def bring_into_sight(self) -> None:
        """Scroll to this card; the arrow keys and a choice of yesterday would leave it hidden below."""
        at = self.parentWidget()
        while at is not None and not isinstance(at, QScrollArea):
            at = at.parentWidget()
        if at is not None:
            at.ensureWidgetVisible(self)

    def _lay_out(self, card: PlaceCard) -> None:
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(number(card.title, "head"))
        words.addWidget(label(card.agency, "list"))
        words.addWidget(label(str(card.condition), "small", tone="ink2"))
        row = QHBoxLayout()
        row.setContentsMargins(14, 10, 14, 8)
        row.addLayout(words, 1)
        row.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignTop)
        self.fill(row)


class PlaceCards(QWidget):
    """All places in two columns; the arrow keys go from one to the next, as among the choices of one question."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._cards: tuple[PlaceCard, ...] = ()
        self._group = QButtonGroup(self)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(12)

    def show_places(self, cards: Sequence[PlaceCard], chosen: str | None) -> bool:
        """Show the places as they stand now; answers whether the cards are new ones.

        The cards stay while the places do, and with them the focus.
        """
        is_new = tuple(cards) != self._cards
        if is_new:
            self._cards = tuple(cards)
            self._rebuild()
        for button in self.buttons():
            button.setChecked(button.card.place == chosen)
        return is_new

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.bring_chosen_into_sight()

    def bring_chosen_into_sight(self) -> None:
        """Where the room about the cards became another."""
        QTimer.singleShot(0, self, self._show_chosen)  # the cards have their places by then

    def _show_chosen(self) -> None:
        button = self._group.checkedButton()
        if isinstance(button, PlaceButton):
            button.bring_into_sight()

    def buttons(self) -> list[PlaceButton]:
        """The cards in the order of the places."""
        return [button for button in self._group.buttons() if isinstance(button, PlaceButton)]

    def _rebuild(self) -> None:
        focused = next((button.card.place for button in self.buttons() if button.hasFocus()), None)
        for button in self.buttons():
            self._group.removeButton(button)
            button.deleteLater()
        for place, card in enumerate(self._cards):
            button = PlaceButton(card)
            button.clicked.connect(lambda _checked=False, place_id=card.place: self.chosen.emit(place_id))
            self._group.addButton(button)
            self._grid.addWidget(button, place // _IN_A_ROW, place % _IN_A_ROW)
            if card.place == focused:
                button.setFocus()
