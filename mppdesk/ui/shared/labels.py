"""Labels, told by role instead of by font: the style sheet knows how a role looks in each theme."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QWidget

from mppdesk.ui.shared.theme import tabular


def mark(widget: QWidget, **properties: object) -> None:
    """Set properties the style sheet looks at (`letters weight tone family part kind`) and let it look again."""
    if all(widget.property(name) == value for name, value in properties.items()):
        return
    for name, value in properties.items():
        widget.setProperty(name, value)
    if widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):  # else the style sheet has not looked yet
        widget.style().polish(widget)
        widget.update()


def label(text: str = "", letters: str = "body", weight: int = 400, tone: str = "ink", wrap: bool = False) -> QLabel:
    """A plain-text label; `letters` names a size, `tone` a colour of the tokens."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    mark(made, letters=letters, weight=weight, tone=tone)
    return made


def rule() -> QFrame:
    """A horizontal line between two things."""
    made = QFrame()
    made.setFixedHeight(1)
    mark(made, part="rule")
    return made


def number(text: str = "", letters: str = "head", tone: str = "ink") -> QLabel:
    """A ticket number, a timer or a clock: digits of equal width, in the letters citizens know from the board."""
    made = label(text, letters, 800, tone)
    made.setFont(tabular(made.font()))
    mark(made, family="number")
    return made
