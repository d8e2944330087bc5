"""The place of the undo strip below the desk: room for it while it is there, none while it is not."""

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from mppdesk.ui.shared.undo_strip import UndoStrip

_LINGER_MS = 400


class UndoPlace(QWidget):
    """Comes with the strip it holds and goes soon after it.

    Most acts take one offer away and bring the next one at once; going in between would lay out and paint the whole
    window twice for each of them.
    """

    def __init__(self, strip: UndoStrip) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 0, 12, 12)
        column.addWidget(strip)
        as_its_words_ask = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        as_its_words_ask.setRetainSizeWhenHidden(True)
        strip.setSizePolicy(as_its_words_ask)
        strip.installEventFilter(self)
        self._going = QTimer(self, interval=_LINGER_MS, singleShot=True)
        self._going.timeout.connect(self.hide)
        self.setVisible(not strip.isHidden())

    def eventFilter(self, strip: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShowToParent:
            self._going.stop()
            self.show()
        elif event.type() == QEvent.Type.HideToParent:
            self._going.start()
        return super().eventFilter(strip, event)
