"""The checklist by keyboard: one key a paper, and the hand never leaves the row of keys."""

from PySide6.QtCore import (
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QSizePolicy, QWidget

from mppdesk.domain.submission import CheckState, LackReason
from mppdesk.texts import msg
from mppdesk.ui.counter.checklist_columns import HEADINGS, columns
from mppdesk.ui.counter.checklist_delegate import ChecklistDelegate
from mppdesk.ui.counter.checklist_model import ChecklistModel
from mppdesk.ui.counter.checklist_state import RowView
from mppdesk.ui.shared.lettering import height_of
from mppdesk.ui.shared.theme import theme_of

_REASONS = dict(zip((Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4, Qt.Key.Key_5), LackReason, strict=True))
_STATES = {
    Qt.Key.Key_Space: CheckState.FULFILLED,
    Qt.Key.Key_Plus: CheckState.FULFILLED,
    Qt.Key.Key_T: CheckState.NOT_APPLICABLE,
    Qt.Key.Key_Slash: CheckState.NOT_APPLICABLE,
}
_WRAP = Qt.TextFlag.TextWordWrap
_LACKING = (Qt.Key.Key_K, Qt.Key.Key_Minus)
_Index = QModelIndex | QPersistentModelIndex
_DETAILS = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class ChecklistView(QListView):
    """Single keys live here and not as shortcuts of the window, where they would take Space and Enter from buttons.

    `ticked` carries row, state and reason (None unless it lacks); `lack_asked` tells whether a digit is awaited.
    """

    ticked = Signal(int, object, object)
    row_reached = Signal(int)
    details_wanted = Signal()
    lack_asked = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self._model = ChecklistModel(self)
        self._awaits_digit = False
        self.setModel(self._model)
        self.setItemDelegate(ChecklistDelegate(self))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(str(msg("Daftar periksa")))
        self.setAccessibleDescription(str(msg("Spasi ada, K kurang lalu satu angka, T tak berlaku, Enter rincian")))

    @property
    def row(self) -> int:
        """The row in hand, from 0; -1 when there is none."""
        return self.currentIndex().row()

    def show_rows(self, rows: tuple[RowView, ...], row: int) -> None:
        """Draw the rows, the hand on `row`."""
        if self._model.show_rows(rows):
            self.scheduleDelayedItemsLayout()  # a row with a second line is higher than without
        if rows and self.row != row:
            self._go_to(min(max(row, 0), len(rows) - 1))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()

    def currentChanged(self, current: _Index, previous: _Index) -> None:
        super().currentChanged(current, previous)
        self._await_digit(False)
        if current.isValid():
            self.row_reached.emit(current.row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        is_arrow = key not in _STATES and not event.text().strip()
        if event.isAutoRepeat() and not is_arrow:
            return  # a key held down is one paper, not ten
        if self._awaits_digit:
            self._answer_digit(key)
        elif key in _STATES:
            self._tick(_STATES[key])
        elif key in _LACKING:
            self._await_digit(self.row >= 0)
        elif key is Qt.Key.Key_Backspace:
            self._tick(CheckState.UNDECIDED, moves=False)
        elif key in _DETAILS:
            self.details_wanted.emit()
        elif event.text().strip():
            event.ignore()  # the view's own search by letters would move the hand unasked
        else:
            super().keyPressEvent(event)

    def _answer_digit(self, key: Qt.Key) -> None:
        reason = _REASONS.get(key)
        self._await_digit(False)
        if reason is not None:
            self._tick(CheckState.LACKING, reason)

    def _await_digit(self, awaits: bool) -> None:
        if awaits != self._awaits_digit:
            self._awaits_digit = awaits
            self.lack_asked.emit(awaits)

    def _tick(self, state: CheckState, reason: LackReason | None = None, moves: bool = True) -> None:
        row = self.row
        if row < 0:
            return
        if moves and row + 1 < self._model.rowCount():
            self._go_to(row + 1)
        self.ticked.emit(row, state, reason)

    def _go_to(self, row: int) -> None:
        index = self._model.index(row)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(index)


class ChecklistHead(QWidget):
    """The headings above the columns, as wide as the rows are beside their scroll bar."""

    def __init__(self, rows: ChecklistView) -> None:
        super().__init__()
        self._rows = rows
        rows.viewport().installEventFilter(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(", ".join(str(heading) for heading in HEADINGS))

    def eventFilter(self, viewport: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.updateGeometry()
            self.update()
        return super().eventFilter(viewport, event)

    def sizeHint(self) -> QSize:
        theme = theme_of(self)
        areas = columns(QRect(0, 0, self._rows.viewport().width(), 0), theme).all()
        heights = (
            height_of(str(heading), area.width(), theme, "small", 600)
            for area, heading in zip(areas, HEADINGS, strict=True)
        )
        return QSize(theme.px(200), max(theme.px(30), *(height + theme.px(10) for height in heights)))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = theme_of(self)
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("ground"))
        line = QRect(0, self.height() - 1, self.width(), 1)
        painter.fillRect(line, theme.colour("line"))
        painter.setFont(theme.font("small", 600))
        painter.setPen(theme.colour("ink2"))
        over_rows = QRect(0, 0, self._rows.viewport().width(), self.height())
        for at, (area, heading) in enumerate(zip(columns(over_rows, theme).all(), HEADINGS, strict=True)):
            side = Qt.AlignmentFlag.AlignRight if at == 0 else Qt.AlignmentFlag.AlignLeft
            painter.drawText(area, int(side | Qt.AlignmentFlag.AlignVCenter) | int(_WRAP), str(heading))
        painter.end()
