"""Setting up one PC: the office's own files, every problem in them, a PIN, then the sheet that must be kept."""

from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from mppdesk.domain.errors import ClerkError
from mppdesk.texts import msg
from mppdesk.ui.shared.cards import HintCard
from mppdesk.ui.shared.form_parts import named_field
from mppdesk.ui.shared.labels import label
from mppdesk.ui.shared.tasks import Runner
from mppdesk.ui.sign_in.beginning_form import BeginningForm
from mppdesk.ui.sign_in.keep_sheet import KeepSheetPart
from mppdesk.ui.sign_in.path_field import PathField
from mppdesk.ui.sign_in.set_up_state import CheckedFiles, KeepSheet, SetUpPort, SetUpState
from mppdesk.ui.sign_in.view_state import ButtonWords


class SetUpWindow(BeginningForm):
    """Nothing is written before the files are right and the administrator has a PIN."""

    def __init__(self, port: SetUpPort, tasks: Runner) -> None:
        super().__init__(msg("Pasang untuk satu komputer"))
        self._port, self._tasks = port, tasks
        self._state = SetUpState()
        self.site = PathField(msg("Berkas keterangan MPP (YAML)"), "YAML (*.yaml *.yml)")
        self.catalog = PathField(msg("Folder katalog layanan"), None)
        self.pin, self.pin_again = QLineEdit(), QLineEdit()
        self.sheet = KeepSheetPart()
        self._pins, self._problems = self._make_pins(), QWidget()
        self._problem_rows = QVBoxLayout(self._problems)
        self._problem_rows.setContentsMargins(0, 0, 0, 0)
        for part in (self.site, self.catalog, self._pins, self.sheet, self._problems):
            self.fields.addWidget(part)
        self._made: KeepSheet | None = None
        self._shown: CheckedFiles | None = None
        for path in (self.site, self.catalog):
            path.changed.connect(self._typed)
        for field in (self.pin, self.pin_again):
            field.textEdited.connect(self._typed)
        self.sheet.kept.connect(self._show)
        self._show()
        self.site.field.setFocus()

    @property
    def state(self) -> SetUpState:
        return self._state

    @property
    def may_close(self) -> bool:
        """Not before the sheet is kept: its code and the PINs are shown this once."""
        return not self._state.is_working and (self._made is None or self.sheet.is_kept)

    def problems(self) -> list[str]:
        """The sentences about the files that stand there now, errors first."""
        return [str(line.words) for line in (self._shown.problems if self._shown else ())]

    def press(self) -> None:
        if self._made is not None:
            if self.sheet.is_kept:
                self.ready.emit()
            return
        if not self._state.button.is_usable:
            return
        state = self._state
        site_file, catalog, pin = Path(state.site_file), Path(state.catalog), state.pin
        self._change(state.working())
        if state.is_checked:
            self._tasks.run(lambda: self._port.make(site_file, catalog, pin), self._show_made, self._refuse)
        else:
            self._tasks.run(lambda: self._port.check(site_file, catalog), self._show_checked, self._refuse)

    def _show_checked(self, checked: CheckedFiles) -> None:
        self._change(self._state.with_checked(checked))
        if self._state.is_checked:
            self.pin.setFocus()

    def _show_made(self, made: KeepSheet) -> None:
        self._made = made
        self._state = SetUpState()
        self.sheet.show_sheet(made)
        self._show()
        self.sheet.kept_box.setFocus()

    def _refuse(self, trouble: ClerkError) -> None:
        self._change(self._state.refused(trouble))

    def _typed(self) -> None:
        self._change(self._state.with_typed(self.site.text, self.catalog.text, self.pin.text(), self.pin_again.text()))

    def _change(self, state: SetUpState) -> None:
        self._state = state
        self._show()

    def _show(self) -> None:
        state, is_made = self._state, self._made is not None
        for part in (self.site, self.catalog):
            part.setVisible(not is_made)
            part.set_open(not state.is_working)
        for field in (self.pin, self.pin_again):
            field.setReadOnly(state.is_working)
        self._pins.setVisible(state.is_checked and not is_made)
        self.sheet.setVisible(is_made)
        self.back_button.setVisible(not is_made)
        self.back_button.setEnabled(not state.is_working)
        self._show_problems(None if is_made else state.checked)
        if is_made:
            self.sentence.say(
                msg("Kantor ini siap. Kode di atas tidak disimpan di mana pun selain di lembar ini."), kind=""
            )
            self.show_button(ButtonWords(msg("Lanjut ke masuk"), self.sheet.is_kept))
            return
        if state.trouble is not None:
            self.sentence.say(state.trouble.what_happened, state.trouble.what_to_do)
        else:
            self.sentence.say(state.sentence, kind="bad" if state.checked and not state.checked.is_usable else "")
        self.show_button(state.button)

    def _show_problems(self, checked: CheckedFiles | None) -> None:
        if checked is self._shown:
            return
        self._shown = checked
        while (item := self._problem_rows.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        problems = checked.problems if checked else ()
        for line in problems[:_MOST_SHOWN]:
            card = HintCard("bad" if line.is_error else "warn", "circle-x" if line.is_error else "alert-triangle")
            card.say(
                line.file if not line.path else msg("{file}, {path}", file=line.file, path=line.path), line.sentence
            )
            self._problem_rows.addWidget(card)
        if len(problems) > _MOST_SHOWN:
            more = msg("... dan {count} lagi.", count=len(problems) - _MOST_SHOWN)
            self._problem_rows.addWidget(label(str(more), "list", tone="ink2"))

    def _make_pins(self) -> QWidget:
        pins = QWidget()
        row = QHBoxLayout(pins)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        names = (msg("PIN administrator"), msg("PIN sekali lagi"))
        for name, field in zip(names, (self.pin, self.pin_again), strict=True):
            field.setEchoMode(QLineEdit.EchoMode.Password)
            row.addLayout(named_field(name, field), 1)
        return pins


_MOST_SHOWN = 30
"""A file of rubbish has a thousand problems; drawing them all would hold the window."""
