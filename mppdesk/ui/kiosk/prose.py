"""Sentences in the letters of citizens, with the wider space between words that these letters need."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel

from mppdesk.ui.kiosk.text_block import letters as lettering
from mppdesk.ui.shared.labels import mark
from mppdesk.ui.shared.theme import theme_of


class Prose(QLabel):
    """A wrapping plain text; the style sheet sets its letters, but knows no space between words."""

    def __init__(
        self, letters: str = "body", weight: int = 500, tone: str = "ink", *, is_centred: bool = False
    ) -> None:
        super().__init__()
        self._letters = letters
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        if is_centred:
            self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        mark(self, letters=letters, weight=weight, tone=tone)

    def showEvent(self, event: QShowEvent) -> None:
        self._space_words()
        super().showEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.StyleChange:
            self._space_words()
        super().changeEvent(event)

    def _space_words(self) -> None:
        wanted = lettering(theme_of(self), self._letters, 400).wordSpacing()
        font = self.font()
        if font.wordSpacing() != wanted:
            font.setWordSpacing(wanted)
            self.setFont(font)
