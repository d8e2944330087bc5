"""Draws a row of the checklist: number, chip, paper, count, what becomes of it."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from mppdesk.ui.counter.checklist_columns import ICON, Columns, columns
from mppdesk.ui.counter.checklist_model import ROW
from mppdesk.ui.counter.checklist_state import Mark, RowView
from mppdesk.ui.counter.row_heights import RowHeights
from mppdesk.ui.counter.row_pictures import RowPictures
from mppdesk.ui.shared.chips import CHECK_THIS, FULFILLED, LACKING, NOT_APPLICABLE, OPEN, ChipLook
from mppdesk.ui.shared.icons import icon
from mppdesk.ui.shared.lettering import height_of, lettering
from mppdesk.ui.shared.look import Theme
from mppdesk.ui.shared.theme import theme_of

LOOKS = {
    Mark.OPEN: OPEN,
    Mark.FULFILLED: FULFILLED,
    Mark.LACKING: LACKING,
    Mark.CHECK_THIS: CHECK_THIS,
    Mark.NOT_APPLICABLE: NOT_APPLICABLE,
}
_LEAST_HEIGHT = 41
_CHIP_HEIGHT = 28
_LOOKS_A_ROW = 4  # open and ticked, in hand or not: the next person often brings the same papers
_WRAP = Qt.TextFlag.TextWordWrap
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_Index = QModelIndex | QPersistentModelIndex


class ChecklistDelegate(QStyledItemDelegate):
    """Rows are at least 41 px high at scale 1 and grow with their texts."""

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._view = view
        self.pictures, self.heights = RowPictures(self._rows, _LOOKS_A_ROW), RowHeights(self._rows)

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        row: RowView = index.data(ROW)
        theme = theme_of(self._view)
        width = self._view.width() if option.rect.width() <= 0 else option.rect.width()
        return QSize(theme.px(200), self.heights.height((row, width, theme), lambda: _row_height(row, width, theme)))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        row: RowView = index.data(ROW)
        theme, dpr = theme_of(self._view), self._view.devicePixelRatioF()
        is_in_hand = bool(option.state & QStyle.StateFlag.State_Selected)
        has_ring = is_in_hand and self._view.hasFocus()
        self.pictures.paint(
            painter, option.rect, (row, theme, is_in_hand, has_ring), dpr,
            lambda on, area: _paint_row(on, area, row, theme, dpr, is_in_hand, has_ring),
        )  # fmt: skip

    def _rows(self) -> int:
        return self._view.model().rowCount()


def _row_height(row: RowView, width: int, theme: Theme) -> int:
    at = columns(QRect(0, 0, width, 0), theme)
    chip = _chip_height(row, at.state.width(), theme) + 4
    texts = max(_name_height(row, at.name.width(), theme), chip, *_side_heights(row, at, theme))
    return max(theme.px(_LEAST_HEIGHT), texts + theme.px(2))


def _paint_row(
    painter: QPainter, area: QRect, row: RowView, theme: Theme, dpr: float, is_in_hand: bool, has_ring: bool
) -> None:
    at = columns(area, theme)
    painter.fillRect(area, theme.colour("pri-t" if is_in_hand else "paper"))
    painter.fillRect(QRect(area.left(), area.bottom(), area.width(), 1), theme.colour("line"))
    _paint_number(painter, at.number, row, theme)
    _paint_chip(painter, at.state, row, theme, dpr)
    _paint_name(painter, at.name, row, theme)
    _paint_side(painter, at, row, theme)
    if has_ring:
        _paint_ring(painter, area, theme)


def _name_height(row: RowView, width: int, theme: Theme) -> int:
    return height_of(row.name, width, theme, "list") + height_of(str(row.second or ""), width, theme, "small")


def _side_heights(row: RowView, at: Columns, theme: Theme) -> tuple[int, int]:
    return (
        height_of(str(row.count or ""), at.count.width(), theme, "small"),
        height_of(str(row.handling or ""), at.handling.width(), theme, "small"),
    )


def _paint_number(painter: QPainter, area: QRect, row: RowView, theme: Theme) -> None:
    painter.setFont(lettering(theme, "small", 600, is_tabular=True))
    painter.setPen(theme.colour("ink2"))
    painter.drawText(area, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, str(row.number))


def _paint_chip(painter: QPainter, area: QRect, row: RowView, theme: Theme, dpr: float) -> None:
    look = LOOKS[row.mark]
    height = min(area.height() - 4, _chip_height(row, area.width(), theme))
    chip = QRect(area.left(), area.top() + (area.height() - height) // 2, area.width(), height)
    _paint_chip_ground(painter, chip, look, theme)
    colour, edge = theme.colour(look.tone), theme.px(ICON)
    drawing = icon(look.icon, colour, edge, dpr, look.filled)
    painter.drawPixmap(chip.left() + theme.px(6), chip.top() + (chip.height() - edge) // 2, drawing)
    painter.setFont(lettering(theme, "small", 600))
    painter.setPen(colour)
    painter.drawText(chip.adjusted(theme.px(12) + edge, 0, 0, 0), int(_LEFT) | int(_WRAP), str(row.word))


def _chip_height(row: RowView, width: int, theme: Theme) -> int:
    """One line, or as many as the word needs beside the icon."""
    words = height_of(str(row.word), width - theme.px(12 + ICON), theme, "small", 600)
    return max(theme.px(_CHIP_HEIGHT), words + theme.px(8))


def _paint_chip_ground(painter: QPainter, chip: QRect, look: ChipLook, theme: Theme) -> None:
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    is_open = look.kind == "open"
    tint = "sunk" if look.kind == "quiet" else f"{look.kind}-t"
    dashes = QPen(theme.colour("line2"), 1, Qt.PenStyle.DashLine)
    painter.setPen(dashes if is_open else Qt.PenStyle.NoPen)
    painter.setBrush(QColor(Qt.GlobalColor.transparent) if is_open else theme.colour(tint))
    radius = theme.px(5)
    painter.drawRoundedRect(chip.adjusted(0, 0, -1, -1), radius, radius)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _paint_name(painter: QPainter, area: QRect, row: RowView, theme: Theme) -> None:
    """The name, and below it what lacks, what a rule says, or the condition; both in the middle of the row."""
    top = area.top() + (area.height() - _name_height(row, area.width(), theme)) // 2
    painter.setFont(lettering(theme, "list"))
    painter.setPen(theme.colour("ink2" if row.is_quiet else "ink"))
    height = height_of(row.name, area.width(), theme, "list")
    painter.drawText(QRect(area.left(), top, area.width(), height), _WRAP, row.name)
    if row.second is not None:
        painter.setFont(lettering(theme, "small"))
        painter.setPen(theme.colour("ink2"))
        rest = height_of(str(row.second), area.width(), theme, "small")
        painter.drawText(QRect(area.left(), top + height, area.width(), rest), _WRAP, str(row.second))


def _paint_side(painter: QPainter, at: Columns, row: RowView, theme: Theme) -> None:
    painter.setFont(lettering(theme, "small"))
    painter.setPen(theme.colour("ink2"))
    for area, text in ((at.count, row.count), (at.handling, row.handling)):
        if text is not None:
            painter.drawText(area, int(_LEFT) | int(_WRAP), str(text))


def _paint_ring(painter: QPainter, area: QRect, theme: Theme) -> None:
    """3 px inside the edge: the row that the keys speak to."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.colour("focus"), 3))
    painter.drawRoundedRect(area.adjusted(2, 2, -2, -2), 3, 3)
