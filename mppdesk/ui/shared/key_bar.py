"""The bar at the bottom: the keys of a window in their order, always in the same place, pale when of no use now."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy

from mppdesk.texts import Text
from mppdesk.ui.shared.key_button import KeyButton
from mppdesk.ui.shared.labels import mark
from mppdesk.ui.shared.shortcuts import Act, Shortcut

_EDGE, _GAP = 12, 6


class KeyBar(QFrame):
    """The keys of a table that belong into the bar; `pressed` tells which was clicked."""

    pressed = Signal(Act)

    def __init__(self, table: Sequence[Shortcut]) -> None:
        super().__init__()
        self._rows = {row.act: row for row in table if row.in_bar}
        self._buttons: dict[Act, KeyButton] = {}
        mark(self, part="keybar")
        bar = QHBoxLayout(self)
        bar.setContentsMargins(_EDGE, 8, _EDGE, 8)
        bar.setSpacing(_GAP)
        for row in self._rows.values():
            bar.addWidget(self._make(row), 1)

    def button(self, act: Act) -> KeyButton:
        """The button of an act.

        Raises:
            KeyError: the act is not in this bar.
        """
        return self._buttons[act]

    def set_key(
        self,
        act: Act,
        usable: bool,
        text: Text | str | None = None,
        note: Text | str = "",
        filled: bool = False,
    ) -> None:
        """Say how a key stands; `text` None gives it its usual words. Filling one takes the filling from the others."""
        said = self._said()
        if filled and usable:
            for other, button in self._buttons.items():
                if other is not act and button.is_filled:
                    button.show_state(button.words, usable=button.isEnabled())
        self._buttons[act].show_state(self._rows[act].label if text is None else text, note, usable, filled)
        if self._said() != said:
            self._stack_if_narrow()

    def filled(self) -> Act | None:
        """The act of the filled key, if there is one."""
        return next((act for act, button in self._buttons.items() if button.is_filled), None)

    def _said(self) -> list[tuple[str, str]]:
        return [(button.words, button.note) for button in self._buttons.values()]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._stack_if_narrow()

    def _stack_if_narrow(self) -> None:
        """All keys look alike: when the longest word of one has no room beside its key, all words go below."""
        room = (self.width() - 2 * _EDGE - _GAP * (len(self._buttons) - 1)) // len(self._buttons)
        is_narrow = any(button.width_beside_key() > room for button in self._buttons.values())
        for button in self._buttons.values():
            button.set_stacked(is_narrow)

    def _make(self, row: Shortcut) -> KeyButton:
        button = KeyButton(row.keys, row.label, wrap=True)
        button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        button.clicked.connect(lambda _checked=False, act=row.act: self.pressed.emit(act))
        self._buttons[row.act] = button
        return button
