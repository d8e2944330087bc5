"""What every step of the kiosk is: a page that shows a state and reports touches."""

from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from mppdesk.ui.kiosk.acts import Act
from mppdesk.ui.kiosk.panel import Panel
from mppdesk.ui.kiosk.tile import Say
from mppdesk.ui.kiosk.touch_button import TouchButton
from mppdesk.ui.kiosk.view_state import KioskState
from mppdesk.ui.shared.look import Theme
from mppdesk.ui.shared.theme import theme_of


@dataclass(frozen=True, slots=True)
class Scene:
    """What a page shows: a state, in the words of a language, in the millimetres of a panel."""

    state: KioskState
    say: Say
    panel: Panel
    now_s: float = 0.0


class KioskPage(QWidget):
    """Emits `touched(Act)`."""

    touched = Signal(Act)

    def show_scene(self, scene: Scene) -> None:
        """Show it; called after every touch and whenever the queues have changed."""
        raise NotImplementedError

    def wire(self, button: TouchButton) -> None:
        """Report the touches of a button."""
        button.clicked.connect(lambda: self.touched.emit(button.act))


class Card(QWidget):
    """A white sheet with round corners; `fill` and `border` are tokens."""

    def __init__(self, fill: str = "paper", border: str = "line2") -> None:
        super().__init__()
        self._fill, self._border = fill, border

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = theme_of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(theme.colour(self._fill))
        painter.setPen(QPen(theme.colour(self._border), _line(theme)))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), theme.radius("kiosk"), theme.radius("kiosk"))
        painter.end()


def _line(theme: Theme) -> float:
    return max(1.5, theme.scale * 2)
