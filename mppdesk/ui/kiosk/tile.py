"""Tiles: what an agency, a service or a priority looks like, laid out in equal fields that have room for every word."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QWidget

from mppdesk.texts import Text
from mppdesk.ui.kiosk.acts import Act
from mppdesk.ui.kiosk.faces import Face, Look
from mppdesk.ui.kiosk.panel import Grid
from mppdesk.ui.kiosk.text_block import Words, block_height, least_width, paint_block
from mppdesk.ui.kiosk.touch_button import EDGE_PX, TouchButton
from mppdesk.ui.shared.icons import icon
from mppdesk.ui.shared.look import Theme
from mppdesk.ui.shared.theme import theme_of

Say = Callable[[Text], str]
_PAD_PX, _BOX_PX, _SIGN_PX, _BOX_GAP_PX, _ARROW_PX = 17, 64, 40, 14, 26
_BOXES = {
    Look.PLAIN: ("pri-t", "pri"),
    Look.CLOSED: ("line", "ink2"),
    Look.TINTED: ("pri", "on-pri"),
    Look.PRIORITY: ("prio-t", "prio"),
}


class Tile(TouchButton):
    """One face as a key."""

    def __init__(self, face: Face, say: Say) -> None:
        super().__init__(face.act, face.look, "")
        self.show_face(face, say)

    def show_face(self, face: Face, say: Say) -> None:
        """Show how the same thing stands now, or in another language."""
        self.face, self.look = face, face.look
        self._block = tile_words(face, say)
        self.setAccessibleName(", ".join(words.text for words in self._block))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def minimumSizeHint(self) -> QSize:
        theme = theme_of(self)
        least = least_width(theme, self._block) + _beside(theme, self.face)
        return QSize(least, tile_height(theme, self.face, self._block, max(least, self.width())))

    def paint_face(self, painter: QPainter, theme: Theme, area: QRect) -> None:
        pad = theme.px(_PAD_PX)
        room = area.adjusted(pad, 0, -pad, 0)
        if self.face.icon:
            self._paint_box(painter, theme, room, self.face.icon)
            room.setLeft(room.left() + theme.px(_BOX_PX + _BOX_GAP_PX))
        if self.face.has_arrow:
            edge = theme.px(_ARROW_PX)
            at = QPoint(room.right() - edge, area.top() + (area.height() - edge) // 2)
            painter.drawPixmap(at, icon("chevron-right", theme.colour("pri"), edge, self.devicePixelRatioF()))
            room.setRight(room.right() - edge)
        paint_block(painter, theme, room, self._block)

    def _paint_box(self, painter: QPainter, theme: Theme, room: QRect, name: str) -> None:
        edge, sign = theme.px(_BOX_PX), theme.px(_SIGN_PX)
        fill, ink = _BOXES[self.face.look]
        box = QRect(room.left(), room.top() + (room.height() - edge) // 2, edge, edge)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(fill))
        painter.drawRoundedRect(QRectF(box), theme.radius("card"), theme.radius("card"))
        inset = (edge - sign) // 2
        painter.drawPixmap(
            box.topLeft() + QPoint(inset, inset), icon(name, theme.colour(ink), sign, self.devicePixelRatioF())
        )


def tile_words(face: Face, say: Say) -> tuple[Words, ...]:
    """The lines of a tile in one language."""
    tone = "warn" if face.look is Look.CLOSED else "ink2"
    lines = [Words(say(face.title), "head", 700)]
    if face.words:
        lines.append(Words(say(face.words), "small", 500, "ink" if face.icon else "ink2"))
    if face.status:
        lines.append(Words(say(face.status), "small", 700 if face.look is Look.CLOSED else 500, tone, face.status_icon))
    return tuple(lines)


def tile_height(theme: Theme, face: Face, block: Sequence[Words], width: int) -> int:
    """The height a tile of that width needs."""
    words = block_height(theme, block, width - _beside(theme, face))
    return max(words, theme.px(_BOX_PX) if face.icon else 0) + 2 * theme.px(7) + theme.px(EDGE_PX) + 2


def _beside(theme: Theme, face: Face) -> int:
    """What stands left and right of the words."""
    icon_room = theme.px(_BOX_PX + _BOX_GAP_PX) if face.icon else 0
    return 2 * theme.px(_PAD_PX) + icon_room + (theme.px(_ARROW_PX) if face.has_arrow else 0) + 2


class TileBoard(QWidget):
    """Tiles in equal fields; emits `touched(Act)`. A tile stays, and with it the focus, while it means the same.

    With `spans_last` a tile alone in the last row takes all of it.
    """

    touched = Signal(Act)

    def __init__(self, *, spans_last: bool = False) -> None:
        super().__init__()
        self._spans_last = spans_last
        self.tiles: list[Tile] = []
        self._grid, self._gap, self._tallest = Grid(1, 1), 0, 0

    def show_faces(self, faces: Sequence[Face], say: Say, fields: Grid, gap: int, tallest: int = 0) -> None:
        """Fill the fields row by row; `tallest` pixels keep few tiles from becoming walls, 0 lets them grow."""
        self._grid, self._gap, self._tallest = fields, gap, tallest
        if [tile.act for tile in self.tiles] == [face.act for face in faces]:
            for tile, face in zip(self.tiles, faces, strict=True):
                tile.show_face(face, say)
        else:
            self._rebuild(faces, say)
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._place()
        super().resizeEvent(event)

    def _rebuild(self, faces: Sequence[Face], say: Say) -> None:
        for tile in self.tiles:
            tile.hide()
            tile.deleteLater()
        self.tiles = [Tile(face, say) for face in faces]
        for tile in self.tiles:
            tile.setParent(self)
            tile.clicked.connect(lambda _checked=False, act=tile.act: self.touched.emit(act))
            tile.show()

    def _place(self) -> None:
        if not self.tiles:
            return
        columns, rows = self._grid.columns, self._grid.rows
        width = (self.width() - (columns - 1) * self._gap) / columns
        height = (self.height() - (rows - 1) * self._gap) / rows
        height = min(height, self._tallest) if self._tallest else height
        for index, tile in enumerate(self.tiles):
            row, column = divmod(index, columns)
            is_alone = self._spans_last and column == 0 and index == len(self.tiles) - 1
            left, top = round(column * (width + self._gap)), round(row * (height + self._gap))
            tile.setGeometry(left, top, self.width() if is_alone else int(width), int(height))
