"""The picture of a key, so that a hand learns the key where the eye finds the act."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy

from mppdesk.ui.shared.labels import label, mark


def key_cap(key: str, tone: str = "ink") -> QLabel:
    """A key with its name on it; `tone` is `ink`, `line2` when it cannot be pressed, `on-pri` on the filled button."""
    made = label(key, "small", 700)
    made.setAlignment(Qt.AlignmentFlag.AlignCenter)
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    made.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    mark(made, part="keycap", tone=tone)
    return made
