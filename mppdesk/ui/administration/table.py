"""A table of sentences: cheap with many rows, walked with the arrow keys, its chosen row kept while rows change."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QEvent, QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStyledItemDelegate, QStyleOptionViewItem, QTableView

from mppdesk.texts import Text
from mppdesk.ui.shared.icons import icon
from mppdesk.ui.shared.labels import mark
from mppdesk.ui.shared.theme import theme_of

_NO_INDEX = QModelIndex()
_SIGN_PX = 20
_AROUND_A_LINE = 16
# The widths of columns follow the first rows; a longer cell below is cut off, and said whole beside the table.
_MEASURED_ROWS = 12
AnyIndex = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Row:
    """A row: `key` names it for ever, `cells` are shown, `spoken` is what a screen reader says of the whole row.

    `sign` is an icon and its tone, before the words of the last cell.
    """

    key: str
    cells: tuple[str, ...]
    spoken: str
    sign: tuple[str, str] | None = None


class _Rows(QAbstractTableModel):
    def __init__(self, columns: Sequence[Text]) -> None:
        super().__init__()
        self._columns = tuple(map(str, columns))
        self.rows: tuple[Row, ...] = ()

    def show(self, rows: tuple[Row, ...]) -> None:
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: AnyIndex = _NO_INDEX) -> int:
        return 0 if parent.isValid() else len(self._columns)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            return self.rows[index.row()].cells[index.column()]
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return self.rows[index.row()].spoken
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section]
        return None


class _Signs(QStyledItemDelegate):
    """Draws the sign of a row before its last cell."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        super().initStyleOption(option, index)
        model, view = index.model(), self.parent()
        assert isinstance(model, _Rows)
        assert isinstance(view, QTableView)
        sign = model.rows[index.row()].sign
        if sign is None or index.column() + 1 < model.columnCount():
            return
        theme = theme_of(view)
        edge = theme.px(_SIGN_PX)
        option.features |= QStyleOptionViewItem.ViewItemFeature.HasDecoration
        picture = icon(sign[0], theme.colour(sign[1]), edge, view.devicePixelRatioF())
        option.icon = QIcon(picture)
        option.decorationSize = QSize(edge, edge)


class Table(QTableView):
    """Emits `chosen` with the key of the row that became the current one."""

    chosen = Signal(str)

    def __init__(self, name: Text, columns: Sequence[Text], stretched: int = 0) -> None:
        super().__init__()
        self._model = _Rows(columns)
        self.setModel(self._model)
        self.setAccessibleName(str(name))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)  # Tab leaves the table, as everywhere
        self.setShowGrid(False)
        self.setItemDelegate(_Signs(self))
        self.setWordWrap(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        mark(self, letters="list")
        header = self.horizontalHeader()
        mark(header, letters="small", weight=600)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(stretched, QHeaderView.ResizeMode.Stretch)
        header.setResizeContentsPrecision(_MEASURED_ROWS)
        self.verticalHeader().setVisible(False)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.selectionModel().currentRowChanged.connect(self._moved)

    @property
    def rows(self) -> tuple[Row, ...]:
        return self._model.rows

    def show_rows(self, rows: tuple[Row, ...]) -> None:
        """Show these rows; the chosen one stays chosen wherever it is now."""
        if rows == self._model.rows:
            return
        chosen = self.chosen_key
        self._model.show(rows)
        self.choose(chosen)

    @property
    def chosen_key(self) -> str | None:
        index = self.currentIndex()
        return self._model.rows[index.row()].key if index.isValid() else None

    def choose(self, key: str | None) -> None:
        """Make a row the current one; a key that is not there chooses none."""
        place = next((n for n, row in enumerate(self._model.rows) if row.key == key), None)
        if place is not None:
            self.setCurrentIndex(self._model.index(place, 0))

    def changeEvent(self, event: QEvent) -> None:
        """Rows are as high as the letters ask; measuring each one would hold the window where there are many."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            theme = theme_of(self)
            self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + theme.px(_AROUND_A_LINE))

    def _moved(self, now: QModelIndex) -> None:
        if now.isValid():
            self.chosen.emit(self._model.rows[now.row()].key)
