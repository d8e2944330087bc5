"""The very first window: nothing is set up yet, and a newcomer chooses how to begin."""

from enum import StrEnum

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from mppdesk.texts import Text, msg
from mppdesk.ui.shared.form_parts import CardButton, scrolling
from mppdesk.ui.shared.icon_label import IconLabel
from mppdesk.ui.shared.labels import label

_WIDTH = 760


class Beginning(StrEnum):
    """How to begin."""

    SAMPLE = "sample"
    ONE_PC = "one_pc"
    RESTORE = "restore"
    JOIN = "join"


_WORDS: dict[Beginning, tuple[str, Text, Text]] = {
    Beginning.SAMPLE: (
        "school",
        msg("Coba dengan data contoh"),
        msg("Kantor contoh dengan 37 instansi di folder sementara. Tidak ada yang perlu disiapkan."),
    ),
    Beginning.ONE_PC: (
        "device-desktop",
        msg("Pasang untuk satu komputer"),
        msg("Data disimpan terenkripsi di komputer ini. Komputer lain dapat bergabung kemudian."),
    ),
    Beginning.RESTORE: (
        "history",
        msg("Pulihkan dari cadangan"),
        msg("Berkas cadangan dan kode dari lembar pemulihan mengembalikan kantor yang pernah ada."),
    ),
    Beginning.JOIN: (
        "plug-connected",
        msg("Hubungkan ke hub"),
        msg("Komputer ini menjadi loket, kiosk, atau papan dari kantor yang sudah ada."),
    ),
}


class FirstStartWindow(QWidget):
    """Emits `chosen(Beginning)`, or `closed`."""

    chosen = Signal(Beginning)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._buttons: dict[Beginning, QPushButton] = {}
        self.setWindowTitle(str(msg("Mulai memakai mppdesk")))
        outer = QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scrolling(self._ways()))

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.closed.emit()

    def button(self, way: Beginning) -> QPushButton:
        """The button of a way to begin."""
        return self._buttons[way]

    def _ways(self) -> QWidget:
        ways = QWidget()
        column = QVBoxLayout(ways)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(16)
        column.addStretch(1)
        column.addWidget(IconLabel("building-community", "pri", 64))
        column.addWidget(label(str(msg("Selamat datang. Bagaimana Anda ingin mulai?")), "timer", 700, wrap=True))
        for way in Beginning:
            column.addWidget(self._make(way))
        column.addStretch(2)
        ways.setMaximumWidth(_WIDTH)
        inside = QWidget()
        row = QHBoxLayout(inside)
        row.addStretch(1)
        row.addWidget(ways, 100)
        row.addStretch(1)
        return inside

    def _make(self, way: Beginning) -> QPushButton:
        made = self._buttons[way] = _WayButton(*_WORDS[way])
        made.clicked.connect(lambda: self.chosen.emit(way))
        return made


class _WayButton(CardButton):
    """A large button with icon, name and one line of explanation."""

    def __init__(self, icon: str, name: Text, explanation: Text) -> None:
        super().__init__()
        self.setAccessibleName(str(name))
        self.setAccessibleDescription(str(explanation))
        self.setAutoDefault(True)  # Enter presses the one that has the focus
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(label(str(name), "title", 700, wrap=True))
        words.addWidget(label(str(explanation), "body", tone="ink2", wrap=True))
        row = QHBoxLayout()
        row.setContentsMargins(24, 20, 24, 20)
        row.setSpacing(20)
        row.addWidget(IconLabel(icon, "pri", 40))
        row.addLayout(words, 1)
        self.fill(row)
