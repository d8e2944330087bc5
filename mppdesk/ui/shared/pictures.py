"""Pictures of windows, as the demo and the tests take them."""

from pathlib import Path

from PySide6.QtCore import QEvent, QSize
from PySide6.QtWidgets import QApplication, QWidget

_ROUNDS = 6  # a layout within a layout asks for its room only in the round after its parts have


def grab(widget: QWidget, path: Path, size: tuple[int, int] | None = None) -> Path:
    """Save what a widget shows as PNG, `size` pixels wide and high; it need not be on the screen.

    Raises:
        OSError: the file cannot be written.
    """
    if size is not None:
        widget.resize(QSize(*size))
    lay_out(widget)
    if not widget.grab().save(str(path), "PNG"):
        raise OSError(f"cannot write {path}")
    return path


def lay_out(widget: QWidget) -> None:
    """Bring everything below a widget to its place now, instead of in the coming rounds of events."""
    widget.ensurePolished()
    for _ in range(_ROUNDS):
        QApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
