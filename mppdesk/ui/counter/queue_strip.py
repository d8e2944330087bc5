"""The strip at the left: who waits, who was put aside, who did not come; Enter calls out of turn."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHBoxLayout, QLineEdit, QListView, QVBoxLayout

from mppdesk.texts import msg
from mppdesk.ui.counter.list_age import ListAge
from mppdesk.ui.counter.queue_list import QueueDelegate, QueueModel
from mppdesk.ui.counter.queue_state import TABS, QueueRowView, QueueView, Tab
from mppdesk.ui.counter.queue_tabs import QueueTabs
from mppdesk.ui.shared.icon_label import IconLabel
from mppdesk.ui.shared.key_cap import key_cap
from mppdesk.ui.shared.labels import label, mark, rule


class _List(QListView):
    """A list of people; Enter chooses the one in hand."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.people = QueueModel(self)
        self.setModel(self.people)
        self.setItemDelegate(QueueDelegate(self))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(str(msg("Antrean")))
        self.setAccessibleDescription(str(msg("Enter memanggil nomor yang dipilih; alasan akan ditanya")))
        self.doubleClicked.connect(lambda index: self._choose(index.row()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self.currentIndex().row())
        else:
            super().keyPressEvent(event)

    def _choose(self, row: int) -> None:
        person = self.people.person(row)
        if person is not None:
            self.chosen.emit(person.visit)


class QueueStrip(QFrame):
    """`chosen` names the visit of a row, `sought` what was typed that no row answers to."""

    tab_wanted = Signal(object)
    chosen = Signal(str)
    sought = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._view: QueueView | None = None
        self._tabs, self._list, self._find = QueueTabs(TABS), _List(), QLineEdit()
        self.age = ListAge()
        self._empty = label("", "list", tone="ink2", wrap=True)
        self._lay_out()
        self._tabs.currentChanged.connect(lambda at: self.tab_wanted.emit(TABS[at]))
        self._list.chosen.connect(self.chosen)
        self._find.textChanged.connect(lambda _typed: self._refresh())
        self._find.returnPressed.connect(self._seek)

    def show_queue(self, view: QueueView) -> None:
        """Draw the lists; the row in hand stays the same person, wherever they are now."""
        if view == self._view:
            return
        self._view = view
        self._tabs.say([str(view.tabs[tab]) for tab in TABS])
        if self._tabs.currentIndex() != TABS.index(view.tab):
            self._tabs.setCurrentIndex(TABS.index(view.tab))
        self.age.show_age(view.age)
        self._refresh()

    def numbers(self) -> list[str]:
        """The numbers shown now, from the top."""
        return [person.number for person in self._list.people.people]

    def spoken(self) -> list[str]:
        """What a screen reader says of the rows, from the top."""
        return [str(person.spoken) for person in self._list.people.people]

    def in_hand(self) -> str | None:
        """The visit of the row in hand, None when there is none."""
        person = self._list.people.person(self._list.currentIndex().row())
        return person.visit if person else None

    def take_focus(self) -> None:
        """Put the hand on the list, on its first row where there was none."""
        if self._list.currentIndex().row() < 0 and self._list.people.people:
            self._list.setCurrentIndex(self._list.people.index(0))
        self._list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def take_find_focus(self) -> None:
        """Ctrl+F: type a number or a service."""
        self._find.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._find.selectAll()

    def clear_find(self) -> bool:
        """Show everybody again; answers whether anything was typed."""
        had_text = bool(self._find.text())
        self._find.clear()
        return had_text

    def _seek(self) -> None:
        found = self._list.people.people
        typed = self._find.text().strip()
        if found and typed:
            self.chosen.emit(found[0].visit)
        elif typed:
            self.sought.emit(typed)

    def _refresh(self) -> None:
        if self._view is None:
            return
        typed = self._find.text().strip().casefold()
        people = tuple(person for person in self._view.rows if _answers_to(person, typed))
        kept = self.in_hand()
        self._list.people.show_people(people)
        at = next((row for row, person in enumerate(people) if person.visit == kept), -1)
        if at >= 0 and at != self._list.currentIndex().row():
            self._list.setCurrentIndex(self._list.people.index(at))
        self._list.setVisible(bool(people))
        self._empty.setVisible(not people)
        nobody = msg("Tidak ketemu: {typed}. Periksa nomor atau cari nama layanan.", typed=self._find.text().strip())
        self._empty.setText(str(nobody if typed else self._view.empty))

    def _lay_out(self) -> None:
        mark(self, part="card")
        self._empty.setContentsMargins(16, 16, 16, 16)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addWidget(self._tabs)
        column.addWidget(rule())
        column.addWidget(self.age)
        column.addWidget(self._list, 1)
        column.addWidget(self._empty, 1)
        column.addWidget(rule())
        column.addLayout(self._finder())

    def _finder(self) -> QHBoxLayout:
        self._find.setPlaceholderText(str(msg("Cari nomor atau layanan")))
        self._find.setAccessibleName(str(msg("Cari nomor atau layanan")))
        row = QHBoxLayout()
        mark(self._find, letters="small")
        row.setContentsMargins(10, 4, 8, 4)
        row.setSpacing(6)
        row.addWidget(IconLabel("search", "ink2", 18))
        row.addWidget(self._find, 1)
        row.addWidget(key_cap("Ctrl+F"))
        return row


def _answers_to(person: QueueRowView, typed: str) -> bool:
    """By number with or without dash and zeros, or by the service's name."""
    if not typed:
        return True
    number = person.number.casefold()
    short = number.replace("-", "")
    return typed in number or typed in short or typed in short.replace("0", "") or typed in person.service.casefold()


__all__ = ["QueueStrip", "Tab"]
