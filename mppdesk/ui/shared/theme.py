"""How a window, or the whole program, puts a theme on."""

from functools import cache

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QWidget

from mppdesk.ui.shared.fonts import Family, load_fonts, number_font, tabular
from mppdesk.ui.shared.look import BOARD, DARK, KIOSK, LIGHT, SCALES, Theme, kiosk_look
from mppdesk.ui.shared.stylesheet import stylesheet

_PROPERTY = "mppTheme"


def apply_theme(target: QApplication | QWidget, theme: Theme) -> None:
    """Dress the whole program, or one window of it where several kinds of windows run in one process."""
    load_fonts()
    target.setProperty(_PROPERTY, theme)
    target.setFont(theme.font("body" if theme.letters != "board" else "running"))
    target.setStyleSheet(stylesheet(theme))
    # After the style sheet, which brings back the colours from before it when another takes its place.
    target.setPalette(palette(theme))


def theme_of(widget: QWidget) -> Theme:
    """The theme a widget is dressed in: its window's own, else the program's."""
    at: QWidget | None = widget
    while at is not None:
        window = at.window()
        found = window.property(_PROPERTY)
        if isinstance(found, Theme):
            return found
        at = window.parentWidget()
    of_program = QApplication.instance()
    found = of_program.property(_PROPERTY) if of_program else None
    return found if isinstance(found, Theme) else LIGHT


@cache
def palette(theme: Theme) -> QPalette:
    """The colours for what Qt draws by itself: grounds of windows, text marks, links, tool tips, disabled controls."""
    roles = {
        QPalette.ColorRole.Window: "ground",
        QPalette.ColorRole.WindowText: "ink",
        QPalette.ColorRole.Base: "paper",
        QPalette.ColorRole.AlternateBase: "sunk",
        QPalette.ColorRole.Text: "ink",
        QPalette.ColorRole.PlaceholderText: "ink2",
        QPalette.ColorRole.Button: "paper",
        QPalette.ColorRole.ButtonText: "ink",
        QPalette.ColorRole.BrightText: "on-pri",
        QPalette.ColorRole.Highlight: "pri",
        QPalette.ColorRole.HighlightedText: "on-pri",
        QPalette.ColorRole.Link: "pri",
        QPalette.ColorRole.ToolTipBase: "ink",
        QPalette.ColorRole.ToolTipText: "paper",
        QPalette.ColorRole.Mid: "line",
        QPalette.ColorRole.Dark: "line2",
    }
    made = QPalette()
    for role, name in roles.items():
        made.setColor(role, theme.colour(name))
    for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, theme.colour("line2"))
    return made


__all__ = [
    "BOARD", "DARK", "KIOSK", "LIGHT", "SCALES", "Family", "Theme",
    "apply_theme", "kiosk_look", "number_font", "palette", "tabular", "theme_of",
]  # fmt: skip
