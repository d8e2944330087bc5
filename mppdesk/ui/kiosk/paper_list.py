"""The list of what to bring: numbered, in one column or two, and on further pages where it is long."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QWidget

from mppdesk.ui.kiosk.requirement_words import Paper
from mppdesk.ui.kiosk.text_block import Words, block_height, paint_block
from mppdesk.ui.kiosk.tile import Say
from mppdesk.ui.shared.look import Theme
from mppdesk.ui.shared.theme import theme_of

_BOX_PX, _GAP_PX, _BETWEEN_PX, _COLUMN_GAP_PX = 48, 16, 20, 28
_NARROWEST_COLUMN_PX = 330
Block = tuple[Words, ...]
_Rows = list[tuple[int, QRect]]


class PaperList(QWidget):
    """Draws the papers of one page; emits `turned(page, pages)` whenever the room makes it another number of pages."""

    turned = Signal(int, int)

    def __init__(self) -> None:
        super().__init__()
        self._large: tuple[Block, ...] = ()
        self._small: tuple[Block, ...] = ()
        self._blocks: tuple[Block, ...] = ()
        self._wanted = 0
        self._page: tuple[tuple[int, QRect], ...] = ()

    def show_papers(self, papers: Sequence[Paper], page: int, say: Say) -> None:
        """Show one page, counted from 0; the screen reader hears all of it."""
        self._large = tuple(_block(paper, say, "head", "body") for paper in papers)
        self._small = tuple(_block(paper, say, "body", "small") for paper in papers)
        self._wanted = page
        spoken = (f"{n}. " + " ".join(words.text for words in block) for n, block in enumerate(self._small, 1))
        self.setAccessibleName("\n".join(spoken))
        self._set()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._set()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = theme_of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for index, area in self._page:
            _paint_row(painter, theme, area, index + 1, self._blocks[index])
        painter.end()

    def _set(self) -> None:
        """Share the papers out: large letters if all fit in one column, else small ones, two columns, or pages."""
        theme = theme_of(self)
        can_be_two = self.width() >= 2 * theme.px(_NARROWEST_COLUMN_PX) + theme.px(_COLUMN_GAP_PX)
        pages: list[_Rows] = [[]]
        for blocks, columns in ((self._large, 1), (self._small, 1), (self._small, 2 if can_be_two else 1)):
            self._blocks = blocks
            pages = self._pages(theme, columns)
            if len(pages) == 1:
                break
        number = min(max(0, self._wanted), len(pages) - 1)
        self._page = tuple(pages[number])
        self.turned.emit(number, len(pages))
        self.update()

    def _pages(self, theme: Theme, columns: int) -> list[_Rows]:
        """Rows from top to bottom, column after column; a row higher than the page has a page of its own."""
        gap = theme.px(_COLUMN_GAP_PX)
        width = (self.width() - (columns - 1) * gap) // columns
        pages: list[_Rows] = [[]]
        column, top = 0, 0
        for index, block in enumerate(self._blocks):
            height = _row_height(theme, block, width)
            if top and top + height > self.height():
                column, top = column + 1, 0
                if column == columns:
                    pages.append([])
                    column = 0
            pages[-1].append((index, QRect(column * (width + gap), top, width, height)))
            top += height
        return pages


def _block(paper: Paper, say: Say, large: str, small: str) -> Block:
    details = " ".join(say(each) for each in paper.details)
    name = Words(paper.name, large, 700)
    return (name, Words(details, small, 500, "ink2")) if details else (name,)


def _row_height(theme: Theme, block: Block, width: int) -> int:
    words = block_height(theme, block, width - theme.px(_BOX_PX + _GAP_PX))
    return max(theme.px(_BOX_PX), words) + theme.px(_BETWEEN_PX)


def _paint_row(painter: QPainter, theme: Theme, area: QRect, number: int, block: Block) -> None:
    edge, between = theme.px(_BOX_PX), theme.px(_BETWEEN_PX)
    row = area.adjusted(0, 0, 0, -between)
    box = QRect(row.left(), row.top() + (row.height() - edge) // 2, edge, edge)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour("pri-t"))
    painter.drawRoundedRect(QRectF(box), theme.radius("card"), theme.radius("card"))
    painter.setFont(theme.number_font("head"))
    painter.setPen(theme.colour("pri"))
    painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), str(number))
    paint_block(painter, theme, row.adjusted(theme.px(_BOX_PX + _GAP_PX), 0, 0, 0), block)
    painter.setPen(QPen(theme.colour("line"), max(1, theme.px(1))))
    below = area.bottom() - between // 2
    painter.drawLine(area.left(), below, area.right(), below)
