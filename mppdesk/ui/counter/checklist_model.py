"""The rows of the checklist for Qt: what a row says to eyes and to a screen reader."""

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from mppdesk.ui.counter.checklist_state import RowView

ROW = Qt.ItemDataRole.UserRole
_ROOT = QModelIndex()


class ChecklistModel(QAbstractListModel):
    """Holds row views; the same papers again change in place, so that the hand stays where it was."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[RowView, ...] = ()

    def show_rows(self, rows: tuple[RowView, ...]) -> bool:
        """Take over new rows, and answer whether any changed; other papers mean another person, from the top."""
        if [row.code for row in rows] != [row.code for row in self._rows]:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()
            return True
        changed = [at for at, (old, new) in enumerate(zip(self._rows, rows, strict=True)) if old != new]
        self._rows = tuple(new if old != new else old for old, new in zip(self._rows, rows, strict=True))
        for at in changed:
            self.dataChanged.emit(self.index(at), self.index(at))
        return bool(changed)

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.name
            case Qt.ItemDataRole.AccessibleTextRole:
                return str(row.spoken)
            case Qt.ItemDataRole.UserRole:
                return row
        return None
