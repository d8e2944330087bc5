"""A field for a file or folder: typed, or chosen in a dialog that does not stop the program."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QLineEdit, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from mppdesk.texts import Text, msg
from mppdesk.ui.shared.form_parts import named_field


class PathField(QWidget):
    """Emits `changed` with every letter and every choice; `filters` such as `YAML (*.yaml)`, none for a folder."""

    changed = Signal()

    def __init__(self, name: Text, filters: str | None) -> None:
        super().__init__()
        self._name, self._filters = name, filters
        self.field = QLineEdit()
        self.choose_button = QPushButton(str(msg("Pilih")))
        self.choose_button.setAccessibleName(str(msg("Pilih {name}", name=name)))
        self.choose_button.setAutoDefault(True)
        self.choose_button.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.field.textEdited.connect(self.changed)
        self.choose_button.clicked.connect(self.choose)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(named_field(name, self.field, self.choose_button))

    @property
    def text(self) -> str:
        return self.field.text().strip()

    def set_open(self, is_open: bool) -> None:
        """Whether it may be changed now; the focus stays, which a disabled field would give away."""
        self.field.setReadOnly(not is_open)
        self.choose_button.setEnabled(is_open)

    def choose(self) -> None:
        """Open the dialog of the system; it answers later."""
        dialog = QFileDialog(self, str(self._name), self.text)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile if self._filters else QFileDialog.FileMode.Directory)
        dialog.setNameFilter(self._filters or "")
        # Where the system has no dialog of its own, Qt shows one, whose words are English.
        for part, words in _DIALOG_WORDS.items():
            dialog.setLabelText(part, str(words))
        dialog.fileSelected.connect(self.take)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def take(self, path: str) -> None:
        """Use what was chosen."""
        self.field.setText(path)
        self.changed.emit()


_DIALOG_WORDS = {
    QFileDialog.DialogLabel.LookIn: msg("Cari di"),
    QFileDialog.DialogLabel.FileName: msg("Nama"),
    QFileDialog.DialogLabel.FileType: msg("Jenis"),
    QFileDialog.DialogLabel.Accept: msg("Pilih"),
    QFileDialog.DialogLabel.Reject: msg("Batal"),
}
