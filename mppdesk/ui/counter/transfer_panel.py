"""F7: to another agency or service by a few letters; number and waiting time go along."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QLineEdit, QWidget

from mppdesk.operations.readings import ServiceHit
from mppdesk.texts import Text, msg
from mppdesk.ui.counter.hit_list import HitList
from mppdesk.ui.counter.panel import Panel
from mppdesk.ui.counter.tick_box import TickBox
from mppdesk.ui.shared.icon_label import IconLabel
from mppdesk.ui.shared.labels import label, mark


@dataclass(frozen=True, slots=True)
class Transfer:
    """Where to, what to tell the colleague there, and whether the person comes back afterwards."""

    service: str
    note: str | None
    then_back: bool


class TransferPanel(Panel):
    """`typed` asks for services; Enter takes the hit in hand, never one that does not answer to what was typed."""

    typed = Signal(str)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._number: str | None = ""
        self._answered = ""
        self._run: Callable[[Transfer], None] = lambda _transfer: None
        self.search, self._remark = QLineEdit(), QLineEdit(maxLength=200)
        self._hits = HitList()
        self._after = TickBox(msg("Sesudah dari sana kembali ke sini"))
        self._after_name = _field_name(msg("Sesudah dari sana"), self._after)
        self._say = label("", "list", 600, wrap=True)
        self._fill_body()
        self.search.textChanged.connect(self._ask)
        self.search.installEventFilter(self)
        self._hits.hit_reached.connect(self._show_choice)

    def ask(self, number: str, counter_label: str, run: Callable[[Transfer], None]) -> None:
        """Ask where to send a number; what was typed for the same number is still there."""
        self._after.setText(str(msg("Kembali ke {counter}", counter=counter_label)))
        self._after.setAccessibleName(str(msg("Sesudah dari sana kembali ke {counter}", counter=counter_label)))
        self._open_for(number, msg("Alihkan {number}", number=number), run)

    def ask_for_all(self, count: int, run: Callable[[Transfer], None]) -> None:
        """Ask where to send everybody whom nobody else serves; they do not come back."""
        self._open_for(None, msg("Alihkan {count} orang", count=count), run)

    def _open_for(self, number: str | None, title: Text, run: Callable[[Transfer], None]) -> None:
        if number is None or number != self._number:
            self._number = number
            self._remark.clear()
            self._hits.show_hits(())
            self._answered = ""
        self._run = run
        self.set_head("arrows-exchange", title, msg("Nomor dan waktu tunggu tetap"))
        for part in (self._after_name, self._after):
            part.setVisible(number is not None)
        self._after.setChecked(False)
        self.search.clear()
        self._show_choice(None)
        self.open()

    def show_hits(self, typed: str, hits: tuple[ServiceHit, ...]) -> None:
        """Draw what was found for `typed`; an answer to older letters is of no use any more."""
        if typed != self.search.text().strip():
            return
        self._answered = typed
        self._hits.show_hits(hits)
        self._show_choice(self._hits.in_hand())

    def hits(self) -> list[str]:
        """The names of the services offered."""
        return [hit.service.name for hit in self._hits.hits()]

    @property
    def says(self) -> str:
        """The sentence to say to the applicant."""
        return self._say.text()

    def begin(self) -> None:
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def accept(self) -> None:
        hit = self._hits.in_hand()
        if hit is None or self._answered != self.search.text().strip():
            return
        note = self._remark.text().strip() or None
        self.close_panel()
        self._run(Transfer(hit.service.code, note, self._after.isChecked()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.search and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() == Qt.Key.Key_Down:
                self._hits.step(1)
                return True
            if event.key() == Qt.Key.Key_Up:
                self._hits.step(-1)
                return True
        return super().eventFilter(watched, event)

    def _ask(self, text: str) -> None:
        self._answered = ""
        if text.strip():
            self.typed.emit(text.strip())
        else:
            self._hits.show_hits(())
            self._show_choice(None)

    def _show_choice(self, hit: ServiceHit | None) -> None:
        self.confirm.show_state(msg("Alihkan"), usable=hit is not None, filled=hit is not None)
        if hit is None:
            self._say.setText(str(msg("Ketik nama instansi atau layanan, mis. pol, skck, paspor.")))
            return
        agency, service = hit.agency.short_name, hit.service.name_in_lists
        words = msg("Alihkan ke {agency}: {service}", agency=agency, service=service)
        self.confirm.show_state(words, usable=True, filled=True)
        self._say.setText(str(_sentence(self._number, agency)))

    def _fill_body(self) -> None:
        name = label(str(msg("Ke instansi atau layanan mana? Ketik beberapa huruf.")), "small", 600, "ink2", wrap=True)
        name.setBuddy(self.search)
        self.search.setAccessibleName(name.text())
        mark(self.search, letters="head")
        self.body.addWidget(name)
        self.body.addWidget(self.search)
        self.body.addWidget(self._hits)
        remark_name = _field_name(msg("Catatan untuk loket tujuan (boleh kosong)"), self._remark)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(0, 1)
        for column, parts in enumerate(((remark_name, self._remark), (self._after_name, self._after))):
            for row, part in enumerate(parts):
                grid.addWidget(part, row, column)
        self.body.addLayout(grid)
        self.body.addWidget(self._sentence_box())

    def _sentence_box(self) -> QFrame:
        box = QFrame()
        mark(box, part="sunk")
        row = QHBoxLayout(box)
        row.setContentsMargins(12, 10, 12, 10)
        row.setSpacing(10)
        row.addWidget(IconLabel("info-circle", "pri", 20), 0, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self._say, 1)
        return box


def _field_name(words: Text, field: QWidget) -> QLabel:
    made = label(str(words), "small", 600, "ink2", wrap=True)
    made.setBuddy(field)
    field.setAccessibleName(field.accessibleName() or str(words))
    return made


def _sentence(number: str | None, agency: str) -> Text:
    """What to say to those who go."""
    if number is None:
        return msg(
            "Katakan kepada mereka: “Nomor Anda tetap. Silakan menunggu panggilan loket {agency}.”", agency=agency
        )
    return msg(
        "Katakan kepada pemohon: “Nomor Bapak/Ibu tetap {number}. Silakan menunggu panggilan loket {agency}.”",
        number=number,
        agency=agency,
    )
