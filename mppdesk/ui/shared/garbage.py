"""Garbage is collected on the GUI thread alone.

Python collects on whichever thread allocates next: a cycle with a window in it, found by the thread of the database or
of the hub, would end that window there, perhaps in the middle of its own paint.
"""

import gc

from PySide6.QtCore import QObject, QTimer

_LOOK_MS = 500


class GarbageCollector(QObject):
    """Collects between events, as often as Python would have; make it on the GUI thread."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self, interval=_LOOK_MS)
        self._timer.timeout.connect(collect_if_due)
        self._timer.start()


def collect_if_due() -> None:
    """Collect the oldest generation whose time has come, by Python's own thresholds."""
    counts, thresholds = gc.get_count(), gc.get_threshold()
    for generation in (2, 1, 0):
        if counts[generation] > thresholds[generation]:
            gc.collect(generation)
            return
