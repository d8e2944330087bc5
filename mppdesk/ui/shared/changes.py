"""A bell that storage rings from any thread and windows hear on theirs: "these topics have changed, read again"."""

from threading import Lock

from PySide6.QtCore import QObject, Signal


class Changes(QObject):
    """Relays topics (names such as `tickets` or `print_jobs`) to the thread it lives in, the GUI's."""

    changed = Signal(frozenset)

    def __init__(self) -> None:
        super().__init__()
        self._lock = Lock()
        self._told = 0

    @property
    def told(self) -> int:
        """How often it rang. Who notes this before reading knows afterwards which news the reading holds already."""
        return self._told

    def tell(self, topics: frozenset[str]) -> None:
        """Announce changes that are committed; callable from every thread, returns at once."""
        with self._lock:
            self._told += 1
        self.changed.emit(topics)
