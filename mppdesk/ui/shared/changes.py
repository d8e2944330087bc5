"""A bell that storage rings from any thread and windows hear on theirs: "these topics have changed, read again"."""

from PySide6.QtCore import QObject, Signal


class Changes(QObject):
    """Relays topics (names such as `tickets` or `print_jobs`) to the thread it lives in, the GUI's."""

    changed = Signal(frozenset)

    def tell(self, topics: frozenset[str]) -> None:
        """Announce changes; callable from every thread, returns at once."""
        self.changed.emit(topics)
