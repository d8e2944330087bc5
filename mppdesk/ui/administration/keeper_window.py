"""What stays when the last window of a hub's PC is closed: the hub goes on, and this says so."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from mppdesk.texts import msg
from mppdesk.ui.shared.icon_label import IconLabel
from mppdesk.ui.shared.key_button import KeyButton
from mppdesk.ui.shared.labels import label

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_BUTTON_HEIGHT = 52


class KeeperWindow(QWidget):
    """Emits `open_wanted` for Enter and `end_wanted`; its cross only puts it on the task bar."""

    open_wanted = Signal()
    end_wanted = Signal()

    def __init__(self, address: str) -> None:
        super().__init__()
        self.setWindowTitle(str(msg("Hub gedung")))
        self.is_needed = True
        happened = msg("Hub gedung berjalan di {address}", address=address)
        what = msg(
            "Stasiun lain memakainya, jadi program ini belum ditutup. Jendela ini boleh dikecilkan. "
            "Bila hub dihentikan, stasiun lain bekerja sendiri sampai hub dijalankan lagi."
        )
        self.setAccessibleName(str(happened))
        self.open_button = KeyButton("Enter", msg("Buka mppdesk"), letters="head")
        self.open_button.show_state(msg("Buka mppdesk"), filled=True)
        self.open_button.clicked.connect(self.open_wanted)
        self.end_button = QPushButton(str(msg("Hentikan hub dan tutup")))
        self.end_button.setAutoDefault(True)
        self.end_button.clicked.connect(self.end_wanted)
        buttons = QHBoxLayout()
        buttons.addStrut(_BUTTON_HEIGHT)
        buttons.addWidget(self.end_button)
        buttons.addStretch(1)
        buttons.addWidget(self.open_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(32, 32, 32, 32)
        column.setSpacing(16)
        column.addWidget(IconLabel("plug-connected", "ok", 48))
        column.addWidget(label(str(happened), "title", 700, wrap=True))
        column.addWidget(label(str(what), "body", wrap=True))
        column.addStretch(1)
        column.addLayout(buttons)
        self.open_button.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ENTER and not event.isAutoRepeat():
            self.open_wanted.emit()
        else:
            super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """The hub of a building does not end by a click on a cross."""
        if self.is_needed:
            event.ignore()
            self.showMinimized()
        else:
            super().closeEvent(event)
