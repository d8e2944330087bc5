"""The foot of the checklist: its single keys, and after K the five reasons with their digits."""

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QWidget

from mppdesk.texts import Text, msg
from mppdesk.ui.counter.flow import Flow
from mppdesk.ui.shared.key_cap import key_cap
from mppdesk.ui.shared.labels import label, mark

_KEYS = (
    ("Spasi", msg("Ada")),
    ("K", msg("Kurang")),
    ("T", msg("Tak berlaku")),
    ("↑ ↓", msg("Pindah baris")),
    ("Enter", msg("Rincian")),
)
_REASONS = (
    ("1", msg("tidak ada")),
    ("2", msg("tidak terbaca")),
    ("3", msg("kedaluwarsa")),
    ("4", msg("tidak sesuai")),
    ("5", msg("kurang jumlah")),
)


class KeyHints(QWidget):
    """Says which keys the checklist hears now."""

    def __init__(self) -> None:
        super().__init__()
        self._pages = QStackedLayout(self)
        self._pages.addWidget(_row("", _KEYS))
        self._pages.addWidget(_row(str(msg("Kurang:")), _REASONS))

    @property
    def asks_reason(self) -> bool:
        return self._pages.currentIndex() == 1

    def ask_reason(self, asks: bool) -> None:
        """Show the reasons a paper may lack, or the usual keys again."""
        self._pages.setCurrentIndex(1 if asks else 0)


def _row(title: str, keys: Sequence[tuple[str, Text]]) -> QWidget:
    made = QWidget()
    mark(made, part="sunk")
    flow = Flow(made, gap=12)
    flow.setContentsMargins(12, 5, 12, 5)
    if title:
        flow.addWidget(label(title, "small", 700, "bad"))
    for key, word in keys:
        flow.addWidget(_key(key, word))
    return made


def _key(key: str, word: Text) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(6)
    row.addWidget(key_cap(key))
    row.addWidget(label(str(word), "small", 600, "ink2"))
    return made
