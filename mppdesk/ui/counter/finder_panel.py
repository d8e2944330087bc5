"""Ctrl+F, a number that stands in no list, or a scanned code: what was found, and Enter to take it up."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from mppdesk.texts import Text, msg
from mppdesk.ui.counter.finder_words import FinderView, Offer
from mppdesk.ui.counter.key_state import TAKE_TICKET
from mppdesk.ui.counter.panel import Panel
from mppdesk.ui.shared.key_button import KeyButton
from mppdesk.ui.shared.labels import label, mark, number
from mppdesk.ui.shared.shortcuts import Act

_MOST_LETTERS = 40
_SAVE_HEIGHT = 44


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What is asked for: the head, the name of the field, and what may be typed into it."""

    icon: str
    title: Text
    name: Text
    prompt: Text


_OF_ANYTHING = _Wanted(
    "search",
    msg("Cari nomor atau kode"),
    msg("Nomor antrean, atau kode pada karcis atau daftar kekurangan"),
    msg("Ketik nomor, mis. A-019, atau pindai kode karcis atau daftar kekurangan."),
)
_OF_TICKET = _Wanted(
    "receipt",
    TAKE_TICKET,
    msg("Nomor atau kode pada karcis"),
    msg("Pindai QR pada karcis, atau ketik nomornya, mis. A-019, lalu Enter."),
)


class FinderPanel(Panel):
    """`sought` asks for what was typed; Enter takes what was found for it, never what was found for older letters.

    `paper_wanted` carries the file whose paper is to be saved, and whether in another place than usual.
    """

    sought = Signal(str)
    taken = Signal(FinderView)
    paper_wanted = Signal(str, bool)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, width=620)
        self._answered, self._wanted = "", _OF_ANYTHING
        self._view: FinderView | None = None
        self.search = QLineEdit(maxLength=_MOST_LETTERS)
        self._number = number("", "timer")
        self._what, self._then = label("", "list", 600, wrap=True), label("", "list", tone="ink2", wrap=True)
        self._save = KeyButton("Ctrl+S", msg("Simpan PDF"), letters="body", wrap=True)
        self._save.clicked.connect(lambda: self.hear(Act.SAVE))
        self._fill_body()
        self.search.textChanged.connect(self._forget)

    @property
    def said(self) -> str:
        """What a screen reader reads of the find."""
        return " ".join(part for part in (self._number.text(), self._what.text(), self._then.text()) if part)

    @property
    def view(self) -> FinderView | None:
        """What Enter would act on; None while nothing is answered."""
        return self._view

    def seek(self, typed: str, takes_tickets: bool = False) -> None:
        """Open with a number or code and ask for it at once; with nothing typed it only opens.

        `takes_tickets`: for who shows a ticket while the hub is out of reach.
        """
        self._ask_for(_OF_TICKET if takes_tickets else _OF_ANYTHING)
        self.search.setText(typed)
        self._forget()
        if self.isHidden():
            self.open()
        self.begin()
        if typed.strip():
            self.sought.emit(typed.strip())

    def show_found(self, typed: str, view: FinderView) -> None:
        """Draw what was found for `typed`; an answer to older letters is of no use any more."""
        if typed != self.search.text().strip():
            return
        self._answered, self._view = typed, view
        self._draw(view)

    def begin(self) -> None:
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)
        self.search.selectAll()

    def accept(self) -> None:
        typed = self.search.text().strip()
        if typed != self._answered:
            self.sought.emit(typed)
        elif self._view is not None and self._view.offer is not Offer.NOTHING:
            self.close_panel()
            self.taken.emit(self._view)

    def hear(self, act: Act) -> None:
        if act in (Act.SAVE, Act.SAVE_ELSEWHERE) and self._view is not None and self._view.paper_of:
            self.close_panel()
            self.paper_wanted.emit(self._view.paper_of, act is Act.SAVE_ELSEWHERE)
        else:
            super().hear(act)

    def _forget(self) -> None:
        """Other letters: what was found for the earlier ones does not answer to Enter."""
        self._answered, self._view = "", None
        for part in (self._number, self._what, self._then):
            part.setText("")
        self._then.setText(str(self._wanted.prompt))
        self._save.hide()
        self.confirm.show_state(msg("Cari"), usable=True, filled=False)

    def _draw(self, view: FinderView) -> None:
        self._number.setText(view.number)
        self._what.setText(str(view.what))
        self._then.setText(str(view.then))
        self._save.setVisible(bool(view.paper_of))
        self.search.setAccessibleDescription(self.said)
        offers = view.offer is not Offer.NOTHING
        self.confirm.show_state(view.button or msg("Cari"), usable=offers, filled=offers)

    def _fill_body(self) -> None:
        self._name = label("", "small", 600, "ink2", wrap=True)
        mark(self.search, letters="head")
        self.body.addWidget(self._name)
        self.body.addWidget(self.search)
        for part in (self._number, self._what, self._then):
            self.body.addWidget(part)
        self._save.setMinimumHeight(_SAVE_HEIGHT)
        self.body.addWidget(self._save, 0, Qt.AlignmentFlag.AlignLeft)
        self.cancel.show_state(msg("Tutup"))
        self._ask_for(_OF_ANYTHING)

    def _ask_for(self, wanted: _Wanted) -> None:
        self._wanted = wanted
        self.set_head(wanted.icon, wanted.title)
        self._name.setText(str(wanted.name))
        self.search.setAccessibleName(str(wanted.name))
