"""The services a search has found, the first one in hand."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout

from mppdesk.operations.readings import ServiceHit
from mppdesk.texts import msg
from mppdesk.ui.shared.labels import label, mark, number

MOST_HITS = 4


class _HitRow(QFrame):
    """One service: the letters of its numbers, its name and agency, how many wait."""

    pressed = Signal()

    def __init__(self, hit: ServiceHit) -> None:
        super().__init__()
        self.hit = hit
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        prefix = number(hit.agency.queue_prefix, "head")
        prefix.setMinimumWidth(36)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(label(hit.service.name, "list", 700, wrap=True))
        words.addWidget(label(hit.agency.short_name, "small", tone="ink2"))
        waiting = msg("{count} menunggu", count=hit.waiting) if hit.is_open else msg("tutup sekarang")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 12, 6)
        row.setSpacing(12)
        row.addWidget(prefix)
        row.addLayout(words, 1)
        row.addWidget(label(str(waiting), "small", 600, "ink" if hit.is_open else "warn"))
        self.setAccessibleName(f"{hit.service.name}, {hit.agency.short_name}, {waiting}")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.pressed.emit()


class HitList(QFrame):
    """At most four hits, chosen by arrows from the search field; keeps its height, so that nothing jumps."""

    hit_reached = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[_HitRow] = []
        self._at = 0
        mark(self, part="hits")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(1, 1, 1, 1)
        self._column.setSpacing(0)
        self._column.setAlignment(Qt.AlignmentFlag.AlignTop)

    def show_hits(self, hits: tuple[ServiceHit, ...]) -> None:
        """Draw what was found, the best first and in hand."""
        for old in self._rows:
            self._column.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._rows = [_HitRow(hit) for hit in hits[:MOST_HITS]]
        for at, row in enumerate(self._rows):
            row.pressed.connect(lambda at=at: self._take(at))
            self._column.addWidget(row)
        self._take(0)

    def hits(self) -> tuple[ServiceHit, ...]:
        return tuple(row.hit for row in self._rows)

    def in_hand(self) -> ServiceHit | None:
        """The service Enter would take."""
        return self._rows[self._at].hit if self._rows else None

    def move(self, by: int) -> None:
        """Take the hit above or below."""
        if self._rows:
            self._take((self._at + by) % len(self._rows))

    def sizeHint(self) -> QSize:
        return QSize(400, max(super().sizeHint().height(), 112))

    def _take(self, at: int) -> None:
        self._at = at
        for place, row in enumerate(self._rows):
            mark(row, part="hit", kind="in-hand" if place == at else "")
        self.hit_reached.emit(self.in_hand())
