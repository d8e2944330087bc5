"""The bottom that is the same on every step: back and home at the left, ways of reading and help at the right."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from mppdesk.texts import msg
from mppdesk.ui.kiosk.acts import Act, ActKind
from mppdesk.ui.kiosk.faces import Look
from mppdesk.ui.kiosk.page import Scene
from mppdesk.ui.kiosk.panel import GAP_MM, TARGET_MM, Panel
from mppdesk.ui.kiosk.ticket_state import Phase
from mppdesk.ui.kiosk.touch_button import WordButton
from mppdesk.ui.kiosk.view_state import ENGLISH, INDONESIAN, KioskState, Step
from mppdesk.ui.kiosk.words import CALL_STAFF
from mppdesk.ui.shared.theme import theme_of

_HEIGHT_PX = 72
_ON = "on"


class Footer(QWidget):
    """Emits `touched(Act)`; what has no use now is not there, the others keep their place."""

    touched = Signal(Act)

    def __init__(self) -> None:
        super().__init__()
        self.back = WordButton(Act(ActKind.BACK), "", "arrow-left")
        self.home = WordButton(Act(ActKind.HOME), "", "home")
        self.letters = WordButton(Act(ActKind.LARGE_LETTERS), "", "text-size")
        self.contrast = WordButton(Act(ActKind.HIGH_CONTRAST), "", "contrast")
        self.language = WordButton(Act(ActKind.SPEAK, ENGLISH), "English", "language")
        self.staff = WordButton(Act(ActKind.CALL_STAFF), "", "hand-stop", Look.STAFF)
        self._above, self._row = QHBoxLayout(), QHBoxLayout()
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.addLayout(self._above)
        self._rows.addLayout(self._row)
        self._is_upright: bool | None = None
        for button in self._buttons:
            button.clicked.connect(lambda _checked=False, made=button: self.touched.emit(made.act))

    @property
    def _tools(self) -> tuple[WordButton, ...]:
        """What changes how the kiosk is read."""
        return self.letters, self.contrast, self.language

    @property
    def _buttons(self) -> tuple[WordButton, ...]:
        return (self.back, self.home, *self._tools, self.staff)

    def show_scene(self, scene: Scene) -> None:
        state = scene.state
        self.back.show_word(scene.say(msg("Kembali")))
        self.home.show_word(scene.say(msg("Dari awal")))
        self.staff.show_word(scene.say(CALL_STAFF))
        self._show_tools(scene)
        self.back.setVisible(_can_go_back(state))
        self.home.setVisible(not state.is_home and not _is_busy(state))
        for tool in self._tools:
            tool.setVisible(state.stopped is None)
        self.staff.setVisible(state.settings.has_staff_call)
        for button in self._buttons:
            button.set_least_height(max(scene.panel.pixels(TARGET_MM), theme_of(self).px(_HEIGHT_PX)))
        self._place(scene.panel)

    def _show_tools(self, scene: Scene) -> None:
        """Each says what a touch leads to; a language is named in itself: who needs it does not read the other."""
        state, is_indonesian = scene.state, scene.state.language == INDONESIAN
        self.letters.show_word(scene.say(msg("Huruf biasa") if state.is_large else msg("Huruf besar")))
        self.letters.act = Act(ActKind.LARGE_LETTERS, "" if state.is_large else _ON)
        self.contrast.show_word(scene.say(msg("Terang") if state.is_high_contrast else msg("Kontras")))
        self.contrast.act = Act(ActKind.HIGH_CONTRAST, "" if state.is_high_contrast else _ON)
        self.language.show_word("English" if is_indonesian else "Bahasa Indonesia")
        self.language.act = Act(ActKind.SPEAK, ENGLISH if is_indonesian else INDONESIAN)

    def _place(self, panel: Panel) -> None:
        """All in a row; on an upright panel the tools stand in a row of their own above."""
        for row in (self._above, self._row, self._rows):
            row.setSpacing(panel.pixels(GAP_MM))
        if panel.is_upright == self._is_upright:
            return
        self._is_upright = panel.is_upright
        for row in (self._above, self._row):
            while row.takeAt(0) is not None:
                pass
        for button in (self.back, self.home):
            self._row.addWidget(button)
        self._row.addStretch(1)
        for tool in self._tools:
            self._above.addWidget(tool, 1) if panel.is_upright else self._row.addWidget(tool)
        self._row.addWidget(self.staff)


def _can_go_back(state: KioskState) -> bool:
    return state.step not in {Step.AGENCY, Step.TICKET} and state.asked_s is None and state.stopped is None


def _is_busy(state: KioskState) -> bool:
    """While a number is made or printed there is nothing to begin anew."""
    phase = state.ticket.phase if state.ticket else None
    return state.step is Step.TICKET and phase is not Phase.REFUSED
