"""Joining a building on a PC without data: the invitation, pasted, scanned or typed, then the place that it gave."""

from PySide6.QtWidgets import QLineEdit

from mppdesk.domain.errors import ClerkError
from mppdesk.domain.invitation import in_groups
from mppdesk.texts import msg
from mppdesk.ui.shared.cards import Card
from mppdesk.ui.shared.form_parts import named_field
from mppdesk.ui.shared.labels import label
from mppdesk.ui.shared.tasks import Runner
from mppdesk.ui.sign_in.beginning_form import BeginningForm
from mppdesk.ui.sign_in.join_state import Joined, JoinPort, JoinState


class JoinWindow(BeginningForm):
    """The same operation as `mppdesk join`; until the hub took the code nothing is made here.

    Enter is all a scanner sends after the line, and all a person presses: it asks, agrees and goes on.
    """

    def __init__(self, port: JoinPort, tasks: Runner) -> None:
        super().__init__(msg("Hubungkan ke hub"))
        self._port, self._tasks = port, tasks
        self._state = JoinState()
        self.line = QLineEdit()
        self.line.setPlaceholderText("192.168.1.10:8731 226918")
        self.mark = label("", "body", 600, wrap=True)
        self._mark_card = Card(msg("Sidik jari hub di alamat itu"))
        self._mark_card.body.addWidget(self.mark)
        self.fields.addLayout(named_field(msg("Undangan: tempel, pindai, atau ketik alamat dan kode"), self.line))
        self.fields.addWidget(self._mark_card)
        self.line.textChanged.connect(self._typed)
        self._show()
        self.line.setFocus()

    @property
    def state(self) -> JoinState:
        return self._state

    @property
    def may_close(self) -> bool:
        return not self._state.is_working

    def press(self) -> None:
        state, invitation = self._state, self._state.invitation
        if state.joined is not None:
            self.ready.emit()
        elif state.button.is_usable and invitation is not None:
            self._change(state.working())
            if state.is_known:
                self._tasks.run(lambda: self._port.join(invitation), self._show_joined, self._refuse)
            elif state.shown is not None:
                trusted = invitation.trusting(state.shown)
                self._tasks.run(lambda: self._port.join(trusted), self._show_joined, self._refuse)
            else:
                self._tasks.run(lambda: self._port.fingerprint_at(invitation.url), self._compare, self._refuse)

    def _compare(self, shown: str | None) -> None:
        if shown is not None:
            self._change(self._state.comparing(shown))
            self.button.setFocus()
        elif (invitation := self._state.invitation) is not None:
            self._tasks.run(lambda: self._port.join(invitation), self._show_joined, self._refuse)

    def _show_joined(self, joined: Joined) -> None:
        self._change(self._state.with_joined(joined))
        self.button.setFocus()

    def _refuse(self, trouble: ClerkError) -> None:
        self._change(self._state.refused(trouble))
        self.line.setFocus()
        self.line.selectAll()

    def _typed(self) -> None:
        self._change(self._state.with_line(self.line.text().strip()))

    def _change(self, state: JoinState) -> None:
        self._state = state
        self._show()

    def _show(self) -> None:
        state = self._state
        is_open = not state.is_working and state.joined is None
        self.line.setReadOnly(not is_open)
        self.back_button.setEnabled(is_open)
        self._mark_card.setVisible(state.shown is not None and state.joined is None)
        self.mark.setText(in_groups(state.shown or ""))
        if state.trouble is not None:
            self.sentence.say(state.trouble.what_happened, state.trouble.what_to_do)
        else:
            self.sentence.say(state.sentence, kind="")
        self.show_button(state.button)
