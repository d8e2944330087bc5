"""Paper on the screen: one slip in the columns of a thermal printer, words for the screen reader."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from mppdesk.domain.slip import Slip
from mppdesk.domain.slip_layout import slip_text
from mppdesk.ui.shared.slip_drawing import columns_of_paper, paper_size, slip_image


class PaperView(QWidget):
    """Draws one slip; `column_px` is the width of one character of normal size, in pixels."""

    def __init__(self, slip: Slip | None = None, column_px: float = 8.0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._slip = slip
        self._column = column_px
        self._picture: QImage | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._tell_reader()

    @property
    def slip(self) -> Slip | None:
        return self._slip

    def show_slip(self, slip: Slip | None) -> None:
        """Draw another slip; None leaves an empty place."""
        if slip == self._slip:
            return
        self._slip, self._picture = slip, None
        self._tell_reader()
        self.updateGeometry()
        self.update()

    def set_column(self, column_px: float) -> None:
        """Draw larger or smaller."""
        self._column, self._picture = column_px, None
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
        """Draw once and keep the picture: over a thousand characters each in its cell are too much for each repaint."""
        if self._slip is None:
            return
        ratio = self.devicePixelRatioF()
        if self._picture is None or self._picture.devicePixelRatio() != ratio:
            self._picture = slip_image(self._slip, self._column * ratio)
            self._picture.setDevicePixelRatio(ratio)
        painter = QPainter(self)
        painter.drawImage(0, 0, self._picture)
        painter.end()

    def _tell_reader(self) -> None:
        self.setAccessibleName(_words(self._slip) if self._slip else "")


def _words(slip: Slip) -> str:
    """What a screen reader says: the words without the spaces and dashes that only shape the paper."""
    lines = slip_text(slip).splitlines()
    return "\n".join(" ".join(line.split()) for line in lines if line.strip(" -"))
