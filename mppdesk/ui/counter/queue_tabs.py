"""The tabs over the lists, their words broken into lines where they have no room beside each other."""

from collections.abc import Sequence
from textwrap import wrap

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QTabBar

from mppdesk.texts import msg
from mppdesk.ui.shared.labels import mark

_MOST_LINES = 4


class QueueTabs(QTabBar):
    """As many tabs as lists; `say` gives them their words."""

    def __init__(self, names: Sequence[str]) -> None:
        super().__init__()
        self._words = tuple(names)
        for name in names:
            self.addTab(name)
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(False)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self.setAccessibleName(str(msg("Daftar antrean")))
        mark(self, letters="small")

    def say(self, words: Sequence[str]) -> None:
        """Show other words."""
        if tuple(words) != self._words:
            self._words = tuple(words)
            self._break_lines()

    def tabSizeHint(self, index: int) -> QSize:
        """The style sheet reckons with one line."""
        more = self.tabText(index).count("\n") * self.fontMetrics().lineSpacing()
        return super().tabSizeHint(index) + QSize(0, more)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._break_lines()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._break_lines()

    def _break_lines(self) -> None:
        for lines in range(1, _MOST_LINES + 1):
            for at, words in enumerate(self._words):
                if self.tabText(at) != (broken := _broken(words, lines)):
                    self.setTabText(at, broken)
            if sum(self.tabSizeHint(at).width() for at in range(self.count())) <= self.width():
                break
        self.updateGeometry()  # Qt does not think of it when words become higher


def _broken(words: str, lines: int) -> str:
    """The words in at most so many lines, all as short as can be."""
    longest = max(map(len, words.split()), default=0)
    for letters in range(longest, len(words) + 1):
        made = wrap(words, letters, break_long_words=False, break_on_hyphens=False)
        if len(made) <= lines:
            return "\n".join(made)
    return words
