"""Where the parts of the counter window stand: queue, desk and right column between the bars, and who gives way."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from mppdesk.ui.counter.desk_side import DeskSide
from mppdesk.ui.counter.desk_view import DeskView
from mppdesk.ui.counter.idle_view import IdleMiddle, IdleSide
from mppdesk.ui.counter.outcome_panel import OutcomePanel
from mppdesk.ui.counter.queue_strip import QueueStrip
from mppdesk.ui.counter.undo_place import UndoPlace
from mppdesk.ui.shared.labels import mark
from mppdesk.ui.shared.look import SCALES
from mppdesk.ui.shared.theme import apply_theme, theme_of
from mppdesk.ui.shared.undo_strip import UndoStrip

_WIDE = 1600
_ROOM_FOR_THREE = 1200
_PAPER_WIDTH = 352  # 48 columns that can be read without bending forward


class Arrangement:
    """The three columns of a window; one part at a time stands in the middle, and one at the right."""

    def __init__(self, window: QWidget, undo: UndoStrip) -> None:
        self._window = window
        self.queue, self.desk, self.side = QueueStrip(), DeskView(), DeskSide()
        self.idle, self.idle_side, self.outcome = IdleMiddle(), IdleSide(), OutcomePanel()
        self._middle, self._right = QStackedLayout(), QStackedLayout()
        for middle in (self.idle, self.desk):
            self._middle.addWidget(middle)
        for right in (self.idle_side, self.side, self.outcome):
            self._right.addWidget(right)
        self._card, self._right_column = QWidget(), QWidget()
        mark(self._card, part="card")
        inside = QVBoxLayout(self._card)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(0)
        inside.addLayout(self._middle, 1)
        inside.addWidget(UndoPlace(undo))
        self._right_column.setLayout(self._right)

    def between(self, top: QWidget, banners: QWidget, keys: QWidget) -> None:
        """Lay the window out: bars and banners above, the columns, the keys below."""
        columns = QHBoxLayout()
        columns.setContentsMargins(12, 12, 12, 12)
        columns.setSpacing(12)
        columns.addWidget(self.queue)
        columns.addWidget(self._card, 1)
        columns.addWidget(self._right_column)
        whole = QVBoxLayout(self._window)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(top)
        whole.addWidget(banners)
        whole.addLayout(columns, 1)
        whole.addWidget(keys)

    def put_in_the_middle(self, part: QWidget) -> None:
        self._middle.setCurrentWidget(part)

    def put_at_the_right(self, part: QWidget) -> None:
        self._right.setCurrentWidget(part)

    def share_out(self) -> None:
        """The side columns grow once on a wide screen; where large letters leave no room, one of them gives way.

        The queue gives way to the papers, and the counts of the day to the next number.
        """
        width = self._window.width()
        left, right = (340, 380) if width >= _WIDE else (280, 304)
        if self._right.currentWidget() is self.outcome:
            right = max(right, _PAPER_WIDTH)
        theme = theme_of(self._window)
        is_cramped = width < _ROOM_FOR_THREE * theme.scale
        self.queue.setVisible(not (is_cramped and self._middle.currentWidget() is self.desk))
        self._right_column.setVisible(not (is_cramped and self._middle.currentWidget() is self.idle))
        self.queue.setFixedWidth(theme.px(left))
        self._right_column.setFixedWidth(theme.px(right))

    def scale(self, steps: int) -> None:
        """Larger or smaller by so many steps, as far as they go; 0 is the usual size."""
        theme = theme_of(self._window)
        at = SCALES.index(theme.scale) + steps if steps else SCALES.index(1.0)
        if 0 <= at < len(SCALES):
            apply_theme(self._window, theme.scaled(SCALES[at]))
            self.share_out()

    @contextmanager
    def laid_out_once(self) -> Iterator[None]:
        """Each part that comes or goes would lay the whole window out anew; once at the end is enough."""
        layouts = [layout for part in (self._window, self._card) if (layout := part.layout()) is not None]
        for layout in layouts:
            layout.setEnabled(False)
        try:
            yield
        finally:
            for layout in layouts:
                layout.setEnabled(True)
