"""The one sentence between the bars: what is safe and what happened, what to do; at most one at a time.

A banner takes no focus, covers nothing, and leaves when its cause ends. The others wait behind "1 lagi".
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import IntEnum

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QWidget

from mppdesk.texts import Text, msg
from mppdesk.ui.shared.icon_label import IconLabel
from mppdesk.ui.shared.key_button import KeyButton
from mppdesk.ui.shared.labels import label, mark
from mppdesk.ui.shared.ways import with_keys

_MOST_ACTIONS = 2


class Level(IntEnum):
    """How much a banner matters; the highest is shown first. `ANSWER` tells a person what became of the last key,
    `ELSEWHERE` of a trouble that is not at this place.
    """

    ELSEWHERE = 0
    OK = 1
    WARN = 2
    BAD = 3
    ANSWER = 4

    @property
    def kind(self) -> str:
        return {Level.OK: "ok", Level.BAD: "bad"}.get(self, "warn")


@dataclass(frozen=True, slots=True)
class BannerAction:
    """A button of a banner: one, or two where it asks a question."""

    label: Text
    run: Callable[[], None]


@dataclass(frozen=True, slots=True)
class Banner:
    """What is shown; `note` stands quietly at the right edge, `kind` is the look where its level has another."""

    level: Level
    icon: str
    what_happened: Text
    what_to_do: Text
    note: Text | None = None
    actions: tuple[BannerAction, ...] = field(default=(), compare=False)
    kind: str | None = None


class BannerStack(QFrame):
    """Holds the banners by their causes and shows the most important; takes no room while there is none.

    `keys` are those with which the window presses the buttons; they are shown on them.
    """

    def __init__(self, keys: Sequence[str] = ()) -> None:
        super().__init__()
        self._banners: dict[str, Banner] = {}
        self._ends: dict[str, QTimer] = {}
        self._icon = IconLabel("alert-triangle", "warn", 26)
        self._what = label("", "body", 700)
        self._do = label("", "body", wrap=True)
        self._note, self._more = label("", "small", tone="ink2"), label("", "small", 600)
        self._buttons = tuple(self._button(at, keys[at] if keys else "") for at in range(_MOST_ACTIONS))
        self._lay_out()
        self._refresh()

    def show_banner(self, cause: str, banner: Banner, seconds: float | None = None) -> None:
        """Show a banner, or change the one of the same cause; with `seconds` it leaves by itself."""
        self._forget_end(cause)
        self._banners[cause] = banner
        if seconds is not None:
            self._end_after(cause, seconds)
        self._refresh()

    def end(self, cause: str) -> None:
        """The cause is gone, and with it its banner; an unknown cause is none the worse."""
        self._forget_end(cause)
        self._banners.pop(cause, None)
        self._refresh()

    def current(self) -> Banner | None:
        """The banner that is seen now: the highest level, the newest of that level."""
        return max(reversed(self._banners.values()), key=lambda banner: banner.level, default=None)

    @property
    def more(self) -> int:
        """How many wait behind it."""
        return max(0, len(self._banners) - 1)

    def press(self, at: int) -> None:
        """Do what the button at this place says; nothing where it is not there."""
        banner = self.current()
        if banner is not None and at < len(banner.actions):
            banner.actions[at].run()

    def _refresh(self) -> None:
        banner = self.current()
        self.setVisible(banner is not None)
        if banner is None:
            return
        kind = banner.kind or banner.level.kind
        self._icon.set_icon(banner.icon, kind)
        happened, to_do = with_keys(banner.what_happened), with_keys(banner.what_to_do)
        self._what.setText(happened)
        self._do.setText(to_do)
        _show_or_hide(self._note, banner.note)
        _show_or_hide(self._more, msg("{count} lagi", count=self.more) if self.more else None)
        for at, button in enumerate(self._buttons):
            _show_or_hide(button, banner.actions[at].label if at < len(banner.actions) else None)
        mark(self._what, tone=kind)
        mark(self, part="banner", kind=kind)
        self._announce(f"{happened} {to_do}")

    def _announce(self, sentence: str) -> None:
        """Let a screen reader say a new sentence once."""
        if self.accessibleName() != sentence:
            self.setAccessibleName(sentence)
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def _button(self, at: int, key: str) -> QPushButton:
        button = KeyButton(key, "", letters="body") if key else QPushButton()
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click must not take the focus from the checklist
        button.clicked.connect(lambda: self.press(at))
        return button

    def _end_after(self, cause: str, seconds: float) -> None:
        timer = QTimer(self, singleShot=True, interval=round(seconds * 1000))
        timer.timeout.connect(lambda: self.end(cause))
        timer.start()
        self._ends[cause] = timer

    def _forget_end(self, cause: str) -> None:
        timer = self._ends.pop(cause, None)
        if timer is not None:
            timer.stop()
            timer.deleteLater()

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 16, 6)
        row.setSpacing(12)
        row.addStrut(40)
        row.addWidget(self._icon)
        row.addWidget(self._what)
        row.addWidget(self._do, 1)
        for part in (self._note, *self._buttons, self._more):
            row.addWidget(part)


def _show_or_hide(part: QWidget, text: Text | None) -> None:
    part.setVisible(text is not None)
    if isinstance(part, KeyButton):
        part.show_state(text or "")
    elif text is not None:
        part.setProperty("text", str(text))
