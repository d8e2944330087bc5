"""The icons of our set on buttons and tabs, which take an icon of Qt's."""

from PySide6.QtGui import QColor, QIcon

from mppdesk.ui.shared.icons import icon


def button_icon(name: str, colour: QColor | str, px: int, filled: bool = False) -> QIcon:
    """Draw an icon as `icon` does, for a button or a tab."""
    return QIcon(icon(name, colour, px, filled=filled))
