"""Slips of the `screen:` printer, kept from the first one on though their window may be made much later."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal

if TYPE_CHECKING:  # a slip and its drawing cost as much as the whole sign-in window, which is painted first
    from mppdesk.domain.slip import Slip
    from mppdesk.ui.shared.paper_window import PaperWindow

_KEEP = 40


class PaperTray(QObject):
    """Takes slips from any thread; make it, and ask it for its window, on the GUI thread."""

    _arrived = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._slips: tuple[Slip, ...] = ()
        self._window: PaperWindow | None = None
        self._arrived.connect(self._put_on_top, Qt.ConnectionType.QueuedConnection)

    def receive(self, slip: "Slip") -> None:
        """Let a slip come out; callable from every thread, returns at once."""
        self._arrived.emit(slip)

    def slips(self) -> "tuple[Slip, ...]":
        """What lies here, newest first."""
        return self._slips

    def window(self) -> "PaperWindow":
        """The window that shows the slips, made when it is first wanted, with all that came out before."""
        if self._window is None:
            from mppdesk.ui.shared.paper_window import PaperWindow

            self._window = PaperWindow(keep=_KEEP)
            for slip in reversed(self._slips):
                self._window.receive(slip)
        return self._window

    def _put_on_top(self, slip: "Slip") -> None:
        self._slips = (slip, *self._slips[: _KEEP - 1])
        if self._window is not None:
            self._window.receive(slip)
