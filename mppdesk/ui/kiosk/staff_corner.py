"""What covers the kiosk after the PIN: how its printer stands, what to answer, and the way out."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mppdesk.operations.readings import PrinterStatus
from mppdesk.texts import Text, msg
from mppdesk.ui.kiosk.acts import Act, ActKind
from mppdesk.ui.kiosk.corner_state import CornerRow, corner_rows
from mppdesk.ui.kiosk.faces import Look
from mppdesk.ui.kiosk.notice import Notice, Tone
from mppdesk.ui.kiosk.panel import GAP_MM, TARGET_MM, Panel
from mppdesk.ui.kiosk.prose import Prose
from mppdesk.ui.kiosk.tile import Say
from mppdesk.ui.kiosk.touch_button import WordButton
from mppdesk.ui.shared.theme import theme_of

_WIDTH_MM = 190.0


class StaffCorner(QWidget):
    """Emits `touched(Act)`; Escape goes back to the kiosk."""

    touched = Signal(Act)

    def __init__(self, parent: QWidget, say: Say) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)  # so that the kiosk below is not painted for nobody
        self._say = say
        self._shown: tuple[CornerRow, ...] = ()
        self._title = Prose("title", 700, is_centred=True)
        self.answer = Notice()
        self._rows = QVBoxLayout()
        self.back = self._button(msg("Kembali ke kiosk"), Act(ActKind.STAFF_BACK))
        self.close_kiosk = self._button(msg("Tutup kiosk"), Act(ActKind.CLOSE_KIOSK), Look.MAIN)
        self._last = QHBoxLayout()
        self._inside = QWidget()
        self._lay_out()

    def show_status(self, status: PrinterStatus, panel: Panel) -> None:
        """Show what stands now; the hand keeps its place unless what there is to answer has changed."""
        for lay in (self._rows, self._last):
            lay.setSpacing(panel.pixels(GAP_MM))
        rows = corner_rows(status)
        if rows != self._shown:
            self._shown = rows
            self._draw_rows(rows)
        for button in self.findChildren(WordButton):
            button.set_least_height(panel.pixels(TARGET_MM))
        self._inside.setFixedWidth(min(panel.pixels(_WIDTH_MM), self.width()))

    def tell(self, said: Text, tone: Tone = Tone.WELL) -> None:
        """Say what became of the last touch."""
        self.answer.show_words(self._say(said), tone)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.touched.emit(self.back.act)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes round inside, in the order of reading; the kiosk below is covered."""
        stops = [each for each in self.findChildren(WordButton) if each.isVisibleTo(self)]
        stops.sort(key=lambda each: (each.mapTo(self, each.rect().topLeft()).y(), each.x()))
        here = self.window().focusWidget()
        at = stops.index(here) if isinstance(here, WordButton) and here in stops else -1
        stops[(at + (1 if forward else -1)) % len(stops)].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme_of(self).colour("ground"))
        painter.end()

    def _draw_rows(self, rows: tuple[CornerRow, ...]) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for row in rows:
            made = self._row(row)
            self._rows.addWidget(made)
            made.show()  # else it is there for nobody until the next turn of the event loop
        self.back.setFocus(Qt.FocusReason.OtherFocusReason)

    def _row(self, row: CornerRow) -> QWidget:
        made = QWidget()
        sentence = Prose("head", 700)
        sentence.setText(self._say(row.sentence))
        buttons = QHBoxLayout()
        buttons.setSpacing(self._rows.spacing())
        for words, act in row.buttons:
            buttons.addWidget(self._button(words, act))
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(sentence)
        column.addLayout(buttons)
        return made

    def _button(self, words: Text, act: Act, look: Look = Look.TOOL) -> WordButton:
        button = WordButton(act, "", look=look, role="body")
        button.show_word(self._say(words))
        button.clicked.connect(lambda: self.touched.emit(button.act))
        return button

    def _lay_out(self) -> None:
        self._title.setText(self._say(msg("Untuk petugas")))
        self.setAccessibleName(self._title.text())
        self._last.addWidget(self.back)
        self._last.addWidget(self.close_kiosk)
        inside = QVBoxLayout(self._inside)
        inside.addWidget(self._title)
        inside.addWidget(self.answer)
        inside.addLayout(self._rows)
        inside.addSpacing(theme_of(self).px(24))
        inside.addLayout(self._last)
        # Not aligned: an aligned part gets no height for its wrapped words.
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(self._inside)
        middle.addStretch(1)
        whole = QVBoxLayout(self)
        whole.addStretch(1)
        whole.addLayout(middle)
        whole.addStretch(1)
