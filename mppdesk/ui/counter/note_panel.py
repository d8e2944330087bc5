"""A question answered in a few words: why somebody is put aside, until when the counter rests."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from mppdesk.texts import Text
from mppdesk.ui.counter.panel import Panel
from mppdesk.ui.shared.labels import label

_MOST_LETTERS = 200


class NotePanel(Panel):
    """One line that may stay empty, and Enter."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, width=560)
        self._run: Callable[[str | None], None] = lambda _: None
        self._name = label("", "small", 600, "ink2", wrap=True)
        self._field = QLineEdit(maxLength=_MOST_LETTERS)
        self._name.setBuddy(self._field)
        self.body.addWidget(self._name)
        self.body.addWidget(self._field)

    def ask(
        self, icon: str, title: Text, name: Text, button: Text, run: Callable[[str | None], None], text: str = ""
    ) -> None:
        """Ask for a few words; `run` gets them, or None where nothing was typed."""
        self.set_head(icon, title)
        self._name.setText(str(name))
        self._field.setAccessibleName(str(name))
        self._field.setText(text)
        self._run = run
        self.confirm.show_state(button, usable=True, filled=True)
        self.open()

    def begin(self) -> None:
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)
        self._field.selectAll()

    def accept(self) -> None:
        typed = self._field.text().strip() or None
        self.close_panel()
        self._run(typed)
