"""A row that goes on in the next line where it would be cut off."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QWidget


class Flow(QLayout):
    """Parts from left to right, broken like words; `is_centred` puts each line into the middle."""

    def __init__(self, parent: QWidget | None = None, gap: int = 8, is_centred: bool = False) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap, self._is_centred = gap, is_centred
        self._heights: dict[int, int] = {}
        self._hint: QSize | None = None
        self._minimum: QSize | None = None

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if width not in self._heights:
            self._heights[width] = self._place(QRect(0, 0, width, 0), moves=False)
        return self._heights[width]

    def invalidate(self) -> None:
        """Forget what was measured; Qt asks for heights a hundred times between two changes."""
        self._heights.clear()
        self._hint = self._minimum = None
        super().invalidate()

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, moves=True)

    def sizeHint(self) -> QSize:
        if self._hint is None:
            hints = [item.sizeHint() for item in self._seen()]
            width = sum(hint.width() for hint in hints) + self._gap * max(0, len(hints) - 1)
            height = max((hint.height() for hint in hints), default=0)
            self._hint = QSize(width, height).grownBy(self.contentsMargins())
        return self._hint

    def minimumSize(self) -> QSize:
        if self._minimum is None:
            sizes = [item.minimumSize() for item in self._seen()]
            width = max((size.width() for size in sizes), default=0)
            height = max((size.height() for size in sizes), default=0)
            self._minimum = QSize(width, height).grownBy(self.contentsMargins())
        return self._minimum

    def _seen(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _place(self, rect: QRect, moves: bool) -> int:
        """Break the parts into lines; answers the height they take."""
        area = rect.marginsRemoved(self.contentsMargins())
        top = area.top()
        for line in self._lines(area.width()):
            height = max(size.height() for _, size in line)
            if moves:
                self._place_line(line, QPoint(area.left() + self._indent(line, area.width()), top), height)
            top += height + self._gap
        margins = self.contentsMargins()
        return top - (self._gap if self._seen() else 0) - rect.top() + margins.bottom()

    def _lines(self, width: int) -> list[list[tuple[QLayoutItem, QSize]]]:
        lines: list[list[tuple[QLayoutItem, QSize]]] = []
        used = 0
        for item in self._seen():
            size = _size(item, width)
            if not lines or used + self._gap + size.width() > width:
                lines.append([])
                used = -self._gap
            lines[-1].append((item, size))
            used += self._gap + size.width()
        return lines

    def _indent(self, line: list[tuple[QLayoutItem, QSize]], width: int) -> int:
        taken = sum(size.width() for _, size in line) + self._gap * (len(line) - 1)
        return max(0, (width - taken) // 2) if self._is_centred else 0

    def _place_line(self, line: list[tuple[QLayoutItem, QSize]], at: QPoint, height: int) -> None:
        left = at.x()
        for item, size in line:
            # Straight to the widget: its item would hold it at the height of one line.
            (item.widget() or item).setGeometry(QRect(QPoint(left, at.y() + (height - size.height()) // 2), size))
            left += size.width() + self._gap


def _size(item: QLayoutItem, width: int) -> QSize:
    """As wide as it wants to be, or the whole line and as high as that makes it."""
    hint = item.sizeHint()
    if hint.width() <= width:
        return hint
    return QSize(width, item.heightForWidth(width) if item.hasHeightForWidth() else hint.height())


def flowing(*parts: QWidget, gap: int = 8, is_centred: bool = False) -> QWidget:
    """A widget with the parts in a flow."""
    made = QWidget()
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    made.setSizePolicy(policy)
    flow = Flow(made, gap, is_centred)
    flow.setContentsMargins(0, 0, 0, 0)
    for part in parts:
        flow.addWidget(part)
    return made
