"""Finds texts that do not fit, so that a test can prove that no window cuts a word off."""

from dataclasses import dataclass

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget


@dataclass(frozen=True, slots=True)
class ClippedText:
    """A text, the room it needs and the room it has, in pixels."""

    text: str
    needed: QSize
    given: QSize


def clipped_texts(widget: QWidget) -> list[ClippedText]:
    """The labels and buttons below a widget that are seen and smaller than their text; lay the window out first."""
    found: list[ClippedText] = []
    for part in widget.findChildren(QWidget):
        if isinstance(part, QLabel | QAbstractButton) and part.isVisibleTo(widget) and _words(part):
            needed = _needed(part)
            if needed.width() > part.width() or needed.height() > part.height():
                found.append(ClippedText(_words(part), needed, part.size()))
    return found


def _words(part: QLabel | QAbstractButton) -> str:
    return part.text() or part.accessibleName() if isinstance(part, QAbstractButton) else part.text()


def _needed(part: QLabel | QAbstractButton) -> QSize:
    if isinstance(part, QLabel) and part.wordWrap():
        return QSize(part.minimumSizeHint().width(), part.heightForWidth(part.width()))
    if isinstance(part, QLabel):
        return part.sizeHint()
    needed = part.minimumSizeHint()
    return QSize(needed.width(), part.heightForWidth(part.width())) if part.hasHeightForWidth() else needed
