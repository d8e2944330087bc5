"""The window of the `screen:` printer, for offices and visitors without a printer."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from mppdesk.domain.slip import Slip
from mppdesk.texts import msg
from mppdesk.ui.shared.labels import label
from mppdesk.ui.shared.paper import PaperView

_WIDEST_COLUMNS = 53  # 80 mm paper with its edges
_AROUND = 48


class PaperWindow(QWidget):
    """The paper that comes out of the `screen:` printer, newest first."""

    _arrived = Signal(Slip)

    def __init__(self, keep: int = 40, column_px: float = 7.0) -> None:
        super().__init__()
        self._keep, self._column_px = keep, column_px
        self._views: list[PaperView] = []
        self.setWindowTitle(str(msg("Kertas dari printer")))
        self._empty = label(str(msg("Belum ada cetakan. Karcis dan tanda terima muncul di sini.")), wrap=True)
        self._lay_out()
        self._arrived.connect(self._put_on_top, Qt.ConnectionType.QueuedConnection)

    def receive(self, slip: Slip) -> None:
        """Let a slip come out; callable from every thread, returns at once."""
        self._arrived.emit(slip)

    def slips(self) -> tuple[Slip, ...]:
        """What lies here, newest first."""
        return tuple(view.slip for view in self._views if view.slip is not None)

    def _put_on_top(self, slip: Slip) -> None:
        view = PaperView(slip, self._column_px)
        self._views.insert(0, view)
        self._column.insertWidget(0, view, 0, Qt.AlignmentFlag.AlignHCenter)
        self._empty.hide()
        while len(self._views) > self._keep:
            oldest = self._views.pop()
            self._column.removeWidget(oldest)
            oldest.deleteLater()

    def _lay_out(self) -> None:
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(16, 16, 16, 16)
        self._column.setSpacing(16)
        self._column.addWidget(self._empty)
        self._column.addStretch()
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inside)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(scroll)
        self.setMinimumWidth(round(_WIDEST_COLUMNS * self._column_px) + _AROUND)
        self.resize(self.minimumWidth(), 720)
