"""The bottom row that is the same on every step: back and home at the left, language and help at the right."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from mppdesk.texts import msg
from mppdesk.ui.kiosk.acts import Act, ActKind
from mppdesk.ui.kiosk.faces import Look
from mppdesk.ui.kiosk.page import Scene
from mppdesk.ui.kiosk.panel import GAP_MM, TARGET_MM
from mppdesk.ui.kiosk.ticket_state import Phase
from mppdesk.ui.kiosk.touch_button import WordButton
from mppdesk.ui.kiosk.view_state import ENGLISH, INDONESIAN, KioskState, Step
from mppdesk.ui.shared.theme import theme_of

_HEIGHT_PX = 72


class Footer(QWidget):
    """Emits `touched(Act)`; what has no use now is not there, the others keep their place."""

    touched = Signal(Act)

    def __init__(self) -> None:
        super().__init__()
        self.back = WordButton(Act(ActKind.BACK), "", "arrow-left")
        self.home = WordButton(Act(ActKind.HOME), "", "home")
        self.language = WordButton(Act(ActKind.SPEAK, ENGLISH), "English", "language")
        self.staff = WordButton(Act(ActKind.CALL_STAFF), "", "hand-stop", Look.STAFF)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        for button in (self.back, self.home, None, self.language, self.staff):
            if button is None:
                self._row.addStretch(1)
                continue
            self._row.addWidget(button)
            button.clicked.connect(lambda _checked=False, made=button: self.touched.emit(made.act))

    def show_scene(self, scene: Scene) -> None:
        state = scene.state
        self.back.show_word(scene.say(msg("Kembali")))
        self.home.show_word(scene.say(msg("Dari awal")))
        self.staff.show_word(scene.say(msg("Panggil petugas")))
        # Each language is named in itself: who needs it does not read the other.
        is_indonesian = state.language == INDONESIAN
        self.language.show_word("English" if is_indonesian else "Bahasa Indonesia")
        self.language.act = Act(ActKind.SPEAK, ENGLISH if is_indonesian else INDONESIAN)
        self.back.setVisible(_can_go_back(state))
        self.home.setVisible(not state.is_home and not _is_busy(state))
        self.language.setVisible(state.stopped is None)
        self.staff.setVisible(state.settings.has_staff_call)
        height = max(scene.panel.pixels(TARGET_MM), theme_of(self).px(_HEIGHT_PX))
        for button in (self.back, self.home, self.language, self.staff):
            button.set_least_height(height)
        self.setMinimumHeight(height)
        self._row.setSpacing(scene.panel.pixels(GAP_MM))


def _can_go_back(state: KioskState) -> bool:
    return state.step not in {Step.AGENCY, Step.TICKET} and state.asked_s is None and state.stopped is None


def _is_busy(state: KioskState) -> bool:
    """While a number is made or printed there is nothing to begin anew."""
    phase = state.ticket.phase if state.ticket else None
    return state.step is Step.TICKET and phase is not Phase.REFUSED
