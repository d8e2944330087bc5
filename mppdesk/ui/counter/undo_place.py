"""The place of the undo strip below the desk: room for it while it is there, none while it is not."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from mppdesk.ui.shared.undo_strip import UndoStrip


class UndoPlace(QWidget):
    """Comes and goes with the strip it holds."""

    def __init__(self, strip: UndoStrip) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 0, 12, 12)
        column.addWidget(strip)
        strip.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)  # as high as its words ask
        strip.installEventFilter(self)
        self.setVisible(not strip.isHidden())

    def eventFilter(self, strip: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self.setVisible(event.type() == QEvent.Type.ShowToParent)
        return super().eventFilter(strip, event)
