"""Restoring from a backup on a PC without data: the file, the code from the sheet, and what came back."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QLineEdit

from mppdesk.domain.errors import ClerkError
from mppdesk.texts import Text, msg
from mppdesk.ui.shared.form_parts import named_field
from mppdesk.ui.shared.tasks import Runner
from mppdesk.ui.shared.tick_card import TickCard
from mppdesk.ui.sign_in.beginning_form import BeginningForm
from mppdesk.ui.sign_in.path_field import PathField
from mppdesk.ui.sign_in.set_up_state import RestoreState, SetUpPort


class RestoreWindow(BeginningForm):
    """The same operation as `mppdesk restore`; a refusal leaves the folder as it was.

    The code is typed, or scanned from the sheet: a scanner types it and presses Enter.
    """

    def __init__(self, port: SetUpPort, tasks: Runner) -> None:
        super().__init__(msg("Pulihkan dari cadangan"))
        self._port, self._tasks = port, tasks
        self._state = RestoreState()
        self.backup = PathField(msg("Berkas cadangan"), str(msg("Semua berkas (*)")))
        self.code = QLineEdit()
        self.again_today = TickCard(msg("Hari ini sudah ada pemulihan di komputer lain: nomor tidak diulang."))
        self.fields.addWidget(self.backup)
        self.fields.addLayout(named_field(msg("Kode dari lembar pemulihan (pindai QR atau ketik)"), self.code))
        self.fields.addWidget(self.again_today)
        self.backup.changed.connect(self._typed)
        self.code.textEdited.connect(self._typed)
        self.again_today.toggled.connect(self._typed)
        self._show()
        self.backup.field.setFocus()

    @property
    def state(self) -> RestoreState:
        return self._state

    @property
    def may_close(self) -> bool:
        return not self._state.is_working

    def press(self) -> None:
        state = self._state
        if state.done is not None:
            self.ready.emit()
        elif state.button.is_usable:
            backup, code, again_today = Path(state.backup), state.code, state.is_again_today
            self._change(replace(state, is_working=True, trouble=None))
            self._tasks.run(
                lambda: self._port.restore(backup, code, again_today=again_today), self._show_done, self._refuse
            )

    def _typed(self) -> None:
        self._change(RestoreState(self.backup.text, self.code.text().strip(), self.again_today.isChecked()))

    def _show_done(self, done: Text) -> None:
        self._change(replace(self._state, is_working=False, done=done))
        self.button.setFocus()

    def _refuse(self, trouble: ClerkError) -> None:
        self._change(replace(self._state, is_working=False, trouble=trouble))

    def _change(self, state: RestoreState) -> None:
        self._state = state
        self._show()

    def _show(self) -> None:
        state = self._state
        is_open = not state.is_working and state.done is None
        self.backup.set_open(is_open)
        self.code.setReadOnly(not is_open)
        self.again_today.setEnabled(is_open)
        self.back_button.setEnabled(is_open)
        if state.trouble is not None:
            self.sentence.say(state.trouble.what_happened, state.trouble.what_to_do)
        else:
            self.sentence.say(
                state.done or msg("Cadangan diperiksa dahulu; bila tidak cocok, tidak ada yang diubah."), kind=""
            )
        self.show_button(state.button)
