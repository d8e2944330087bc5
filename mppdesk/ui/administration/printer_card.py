"""One printer in hand: its name, its address, what that says of it, who takes over, and the acts: test and save."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from mppdesk.texts import msg
from mppdesk.ui.administration import printer_words
from mppdesk.ui.administration.printer_state import PrinterForm
from mppdesk.ui.administration.taking_over_field import TakingOverField
from mppdesk.ui.shared.cards import Card
from mppdesk.ui.shared.form_parts import Sentence, named_field
from mppdesk.ui.shared.key_button import KeyButton
from mppdesk.ui.shared.labels import label, mark

_BUTTON_HEIGHT = 48


class PrinterCard(Card):
    """Emits `test_wanted`, `save_wanted` and `back_wanted`, and `typed` with each letter."""

    test_wanted = Signal()
    save_wanted = Signal()
    back_wanted = Signal()
    typed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._heading = label("", "title", 700, wrap=True)
        self._used_by = label("", "list", tone="ink2", wrap=True)
        self.name, self.url = QLineEdit(), QLineEdit()
        self._name_room = QWidget()
        name_field = named_field(msg("Nama printer"), self.name)
        name_field.setContentsMargins(0, 0, 0, 0)
        self._name_room.setLayout(name_field)
        self.words = label("", "list", tone="ink2", wrap=True)
        self.sentence = Sentence()
        self.test_button, self.save_button = KeyButton("F8", "", letters="body"), KeyButton("F9", "", letters="body")
        for button, wanted in ((self.test_button, self.test_wanted), (self.save_button, self.save_wanted)):
            button.setMinimumHeight(_BUTTON_HEIGHT)
            button.clicked.connect(wanted)
        self.taking_over = TakingOverField()
        self.back_button = QPushButton()
        self.back_button.setAutoDefault(True)
        self.back_button.clicked.connect(self.back_wanted)
        for field in (self.name, self.url):
            field.textEdited.connect(self.typed)
        self.body.addWidget(self._heading)
        self.body.addWidget(self._used_by)
        self.body.addWidget(self._name_room)
        self.body.addLayout(named_field(msg("Alamat"), self.url))
        mark(self.url, letters="list")  # an address is long
        acts = QHBoxLayout()
        acts.addWidget(self.test_button, 1)
        acts.addWidget(self.save_button, 1)
        self.body.addWidget(self.words)
        self.body.addWidget(self.taking_over)
        self.body.addWidget(self.sentence)
        self.body.addWidget(self.back_button)
        self.body.addLayout(acts)

    def show_state(self, state: PrinterForm) -> None:
        heading = str(msg("Printer baru") if state.is_new else state.name)
        self._heading.setText(heading)
        used_by = printer_words.used_by(state.row)
        self._used_by.setText(str(used_by or ""))
        self._used_by.setVisible(used_by is not None)
        self._name_room.setVisible(state.is_new)
        may_write = state.screen is None or state.screen.may_write
        for field, text in ((self.name, state.name), (self.url, state.url)):
            if field.text() != text:
                field.setText(text)
                field.setCursorPosition(0)  # an address is told by its beginning
            field.setReadOnly(not may_write or state.is_testing)
        self.words.setText(str(state.words))
        self.url.setAccessibleDescription(self.words.text())
        self.setAccessibleName(f"{heading}. {self.words.text()}")
        self.taking_over.setVisible(not state.asks)  # one question at a time, and room for those about the slip
        self.taking_over.show_rule(state.taking_over, state.remark, may_write=may_write)
        self._say(state, may_write=may_write)
        back, test, save = state.back_button, state.test_button, state.save_button
        self.back_button.setText(str(back.words))
        self.back_button.setVisible(back.is_usable)
        self.test_button.show_state(test.words, usable=test.is_usable, filled=not save.is_usable)
        self.save_button.show_state(save.words, usable=save.is_usable, filled=True)

    def _say(self, state: PrinterForm, *, may_write: bool) -> None:
        """The one sentence: what went wrong, what was done, or why nothing can be."""
        notice = state.notice if may_write else printer_words.ONLY_ADMINISTRATORS
        self.sentence.setVisible(state.trouble is not None or notice is not None)
        if state.trouble is not None:
            self.sentence.say(state.trouble.what_happened, state.trouble.what_to_do)
        elif notice is not None:
            self.sentence.say(notice, kind="")
