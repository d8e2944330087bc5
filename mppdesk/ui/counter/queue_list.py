"""The rows of the waiting strip for Qt: a number, what for, how long."""

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from mppdesk.ui.counter.queue_places import NUMBER_PX, PRIORITY, STAR, places, row_height, second
from mppdesk.ui.counter.queue_state import QueueRowView
from mppdesk.ui.counter.row_heights import RowHeights
from mppdesk.ui.counter.row_pictures import RowPictures
from mppdesk.ui.shared.icons import icon
from mppdesk.ui.shared.lettering import lettering, numbering
from mppdesk.ui.shared.look import Theme
from mppdesk.ui.shared.theme import theme_of

PERSON = Qt.ItemDataRole.UserRole
_WRAP = Qt.TextFlag.TextWordWrap
_VCENTER = Qt.AlignmentFlag.AlignVCenter
_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class QueueModel(QAbstractListModel):
    """The people of the open list, in the hub's order."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.people: tuple[QueueRowView, ...] = ()

    def show_people(self, people: tuple[QueueRowView, ...]) -> None:
        """Take over a list; the same people with other words change in place."""
        if [each.visit for each in people] != [each.visit for each in self.people]:
            self.beginResetModel()
            self.people = people
            self.endResetModel()
        elif people != self.people:
            self.people = people
            self.dataChanged.emit(self.index(0), self.index(len(people) - 1))

    def person(self, row: int) -> QueueRowView | None:
        """Who stands in a row, None outside the list."""
        return self.people[row] if 0 <= row < len(self.people) else None

    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self.people)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        person = self.person(index.row())
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return str(person.spoken) if person else None
            case Qt.ItemDataRole.UserRole:
                return person
        return None


class QueueDelegate(QStyledItemDelegate):
    """Rows are at least 52 px high at scale 1 and grow with their texts."""

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._view = view
        self.pictures, self.heights = RowPictures(self._rows), RowHeights(self._rows)

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        person: QueueRowView = index.data(PERSON)
        theme = theme_of(self._view)
        width = self._view.width() if option.rect.width() <= 0 else option.rect.width()
        return QSize(
            theme.px(120), self.heights.height((person, width, theme), lambda: row_height(person, width, theme))
        )

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        person: QueueRowView = index.data(PERSON)
        theme, dpr = theme_of(self._view), self._view.devicePixelRatioF()
        is_in_hand = bool(option.state & QStyle.StateFlag.State_Selected) and self._view.hasFocus()
        self.pictures.paint(
            painter, option.rect, (person, theme, is_in_hand), dpr,
            lambda on, area: _paint_row(on, area, person, theme, dpr, is_in_hand),
        )  # fmt: skip

    def _rows(self) -> int:
        return self._view.model().rowCount()


def _paint_row(
    painter: QPainter, area: QRect, person: QueueRowView, theme: Theme, dpr: float, is_in_hand: bool
) -> None:
    _paint_ground(painter, area, theme, person.is_next, is_in_hand)
    at = places(area, person, theme)
    _paint_number(painter, at.number, person, theme, dpr)
    _paint_service(painter, at.service, person, theme)
    painter.setFont(lettering(theme, "small", 600, is_tabular=True))
    painter.setPen(theme.colour("ink"))
    painter.drawText(at.wait, Qt.AlignmentFlag.AlignRight | _VCENTER, str(person.wait))


def _paint_ground(painter: QPainter, area: QRect, theme: Theme, is_next: bool, is_in_hand: bool) -> None:
    painter.fillRect(area, theme.colour("pri-t" if is_next or is_in_hand else "paper"))
    painter.fillRect(QRect(area.left(), area.bottom(), area.width(), 1), theme.colour("line"))
    if is_next:
        painter.fillRect(QRect(area.left(), area.top(), theme.px(5), area.height()), theme.colour("pri"))
    if is_in_hand:
        painter.setPen(QPen(theme.colour("focus"), 3))
        painter.drawRect(area.adjusted(1, 1, -2, -2))


def _paint_number(painter: QPainter, area: QRect, person: QueueRowView, theme: Theme, dpr: float) -> None:
    painter.setFont(numbering(theme, NUMBER_PX))
    painter.setPen(theme.colour("ink"))
    if not person.is_priority:
        painter.drawText(area, _VCENTER, person.number)
        return
    half = area.height() // 2
    upper = QRect(area.left(), area.top() + theme.px(4), area.width(), half - theme.px(2))
    painter.drawText(upper, _VCENTER, person.number)
    lower = QRect(area.left(), area.top() + half + theme.px(1), area.width(), half - theme.px(4))
    edge = theme.px(STAR)
    star = icon("star", theme.colour("prio"), edge, dpr, filled=True)
    painter.drawPixmap(lower.left(), lower.top() + (lower.height() - edge) // 2, star)
    painter.setFont(lettering(theme, "small", 600))
    painter.setPen(theme.colour("prio"))
    painter.drawText(lower.adjusted(edge + theme.px(3), 0, 0, 0), _VCENTER, str(PRIORITY))


def _paint_service(painter: QPainter, area: QRect, person: QueueRowView, theme: Theme) -> None:
    painter.setFont(lettering(theme, "small"))
    painter.setPen(theme.colour("ink2"))
    painter.drawText(area, int(_VCENTER) | int(_WRAP), second(person))
