"""Paper on the screen: one slip in the columns of a thermal printer, words for the screen reader."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from mppdesk.domain.slip import Slip
from mppdesk.domain.slip_layout import slip_text
from mppdesk.ui.shared.slip_drawing import columns_of_paper, paint_slip, paper_size


class PaperView(QWidget):
    """Draws one slip; `column_px` is the width of one character of normal size, in pixels."""

    def __init__(self, slip: Slip | None = None, column_px: float = 8.0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._slip = slip
        self._column = column_px
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._tell_reader()

    @property
    def slip(self) -> Slip | None:
        return self._slip

    def show_slip(self, slip: Slip | None) -> None:
        """Draw another slip; None leaves an empty place."""
        if slip == self._slip:
            return
        self._slip = slip
        self._tell_reader()
        self.updateGeometry()
        self.update()

    def set_column(self, column_px: float) -> None:
        """Draw larger or smaller."""
        self._column = column_px
        self.updateGeometry()
        self.update()

    def fit_width(self, width_px: int) -> None:
        """Draw as wide as `width_px` allows."""
        if self._slip is not None:
            self.set_column(width_px / columns_of_paper(self._slip))

    def sizeHint(self) -> QSize:
        return paper_size(self._slip, self._column) if self._slip else QSize(0, 0)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._slip is not None:
            painter = QPainter(self)
            paint_slip(painter, self._slip, self._column)
            painter.end()

    def _tell_reader(self) -> None:
        self.setAccessibleName(_words(self._slip) if self._slip else "")


def _words(slip: Slip) -> str:
    """What a screen reader says: the words without the spaces and dashes that only shape the paper."""
    lines = slip_text(slip).splitlines()
    return "\n".join(" ".join(line.split()) for line in lines if line.strip(" -"))
