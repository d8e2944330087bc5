"""Keeps the program of a hub's PC alive when its last window is closed: other computers ask this one."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize
from PySide6.QtWidgets import QApplication

if TYPE_CHECKING:
    from mppdesk.ui.administration.keeper_window import KeeperWindow

_LEAST = QSize(560, 360)


class HubKeeper(QObject):
    """Decides what the last closed window means; make it on the GUI thread, once in a program.

    `hub_url` is where the hub of this PC listens, None where it does not; `open_again` shows sign-in.
    """

    def __init__(
        self, application: QApplication, hub_url: Callable[[], str | None], open_again: Callable[[], object]
    ) -> None:
        super().__init__(application)
        self._application, self._hub_url, self._open_again = application, hub_url, open_again
        self.window: KeeperWindow | None = None
        application.setQuitOnLastWindowClosed(False)
        application.lastWindowClosed.connect(self.last_closed)

    def last_closed(self) -> None:
        """End the program, or stay as long as the building needs it."""
        url = self._hub_url()
        if url is None:
            self._application.quit()
        elif self.window is None:
            self._show(url)

    def _show(self, url: str) -> None:
        from mppdesk.ui.administration.keeper_window import KeeperWindow

        window = self.window = KeeperWindow(url.removeprefix("https://"))
        window.open_wanted.connect(self._open)
        window.end_wanted.connect(self._end)
        window.resize(window.sizeHint().expandedTo(_LEAST))
        window.show()

    def _open(self) -> None:
        self._open_again()
        self._put_away()

    def _end(self) -> None:
        self._put_away()
        self._application.quit()

    def _put_away(self) -> None:
        window, self.window = self.window, None
        if window is not None:
            window.is_needed = False
            window.close()
            window.deleteLater()
