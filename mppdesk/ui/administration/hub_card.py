"""The card with the switch: what this PC is, at which address it is or would be the hub, and the fingerprint."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from mppdesk.domain.invitation import in_groups
from mppdesk.texts import msg
from mppdesk.ui.administration import building_words
from mppdesk.ui.administration.view_state import BuildingState
from mppdesk.ui.shared.cards import Card
from mppdesk.ui.shared.form_parts import Sentence, named_field
from mppdesk.ui.shared.key_button import KeyButton
from mppdesk.ui.shared.labels import label, mark

_BUTTON_HEIGHT = 48


class HubCard(Card):
    """Emits `begin_wanted` and `end_wanted`, and `typed` with each letter of the address."""

    begin_wanted = Signal()
    end_wanted = Signal()
    typed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._heading = label("", "title", 700, wrap=True)
        self._explanation = label("", "body", wrap=True)
        self._mark_name = label(str(msg("Sidik jari hub, untuk dibandingkan")), "small", 600, "ink2", wrap=True)
        self.mark = label("", "list", 600, wrap=True)
        self.mark.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.address = QLineEdit()
        self.address.textEdited.connect(self.typed)
        self.sentence = Sentence()
        self.begin_button = KeyButton("F9", "", letters="body")
        self.begin_button.setMinimumHeight(_BUTTON_HEIGHT)
        self.begin_button.clicked.connect(self.begin_wanted)
        self.end_button = QPushButton(str(msg("Hentikan hub")))
        self.end_button.setAutoDefault(True)
        self.end_button.clicked.connect(self.end_wanted)
        self._address_room = QWidget()
        room = named_field(msg("Alamat komputer ini di jaringan gedung"), self.address)
        room.setContentsMargins(0, 0, 0, 0)
        self._address_room.setLayout(room)
        for part in (
            self._heading, self._explanation, self._address_room, self._mark_name, self.mark, self.sentence,
            self.begin_button, self.end_button,
        ):  # fmt: skip
            self.body.addWidget(part)
        self.show_state(BuildingState())

    def show_state(self, state: BuildingState) -> None:
        """Show what this PC is, and the one thing that can be done about it."""
        screen = state.screen
        self.setVisible(screen is not None)
        if screen is None:
            return
        self._heading.setText(str(building_words.heading(screen)))
        self._explanation.setText(str(building_words.explanation(screen)))
        self.setAccessibleName(f"{self._heading.text()}. {self._explanation.text()}")
        mark(self._heading, tone="bad" if screen.trouble else "ink")
        self._address_room.setVisible(state.may_begin)
        if self.address.text() != state.address:
            self.address.setText(state.address)
        fingerprint = None if state.may_begin else screen.fingerprint
        self.mark.setText(in_groups(fingerprint or ""))
        for part in (self._mark_name, self.mark):
            part.setVisible(fingerprint is not None)
        self._show_acts(state)

    def _show_acts(self, state: BuildingState) -> None:
        button = state.begin_button
        self.begin_button.show_state(button.words, usable=button.is_usable, filled=True)
        self.begin_button.setVisible(state.may_begin)
        self.end_button.setVisible(state.is_hub)
        self.end_button.setEnabled(not state.is_working)
        trouble = state.trouble
        self.sentence.setVisible(trouble is not None)
        if trouble is not None:
            self.sentence.say(trouble.what_happened, trouble.what_to_do)
