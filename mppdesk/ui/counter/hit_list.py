"""The services a search has found, the first one in hand."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout

from mppdesk.operations.readings import ServiceHit
from mppdesk.texts import msg
from mppdesk.ui.shared.labels import label, number
from mppdesk.ui.shared.theme import theme_of

MOST_HITS = 4


class _HitRow(QFrame):
    """One service: the letters of its numbers, its name and agency, how many wait."""

    pressed = Signal()

    def __init__(self, hit: ServiceHit) -> None:
        super().__init__()
        self.hit = hit
        self._is_in_hand = False
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

    def take_in_hand(self, is_in_hand: bool) -> None:
        """Ring the hit that Enter would take."""
        self._is_in_hand = is_in_hand
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = theme_of(self)
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.colour("pri-t" if self._is_in_hand else "paper"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.colour("line"))
        if self._is_in_hand:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.colour("focus"), 3))
            painter.drawRoundedRect(self.rect().adjusted(2, 2, -2, -2), 4, 4)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.pressed.emit()


class HitList(QFrame):
    """At most four hits, chosen by arrows from the search field; keeps its height, so that nothing jumps."""

    hit_reached = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._rows: list[_HitRow] = []
        self._at = 0
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
            row.show()
        self._take(0)

    def hits(self) -> tuple[ServiceHit, ...]:
        return tuple(row.hit for row in self._rows)

    def in_hand(self) -> ServiceHit | None:
        """The service Enter would take."""
        return self._rows[self._at].hit if self._rows else None

    def step(self, by: int) -> None:
        """Take the hit above or below."""
        if self._rows:
            self._take((self._at + by) % len(self._rows))

    def sizeHint(self) -> QSize:
        return QSize(400, max(super().sizeHint().height(), 112))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _take(self, at: int) -> None:
        self._at = at
        for place, row in enumerate(self._rows):
            row.take_in_hand(place == at)
        self.hit_reached.emit(self.in_hand())
