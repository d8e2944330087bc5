"""The recovery sheet on the screen and on paper, with the box that says it is kept."""

from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from mppdesk.texts import msg
from mppdesk.ui.shared.cards import Card, FactList
from mppdesk.ui.shared.form_parts import CardButton
from mppdesk.ui.shared.icon_label import IconLabel
from mppdesk.ui.shared.labels import label
from mppdesk.ui.sign_in.set_up_state import KeepSheet

_WHERE = msg("Simpan lembar ini di tempat terkunci, jauh dari komputer ini.")
_WHY = msg("Tanpa kode ini, cadangan tidak dapat dibuka bila komputer ini rusak.")
_IS_KEPT = msg("Lembar ini sudah dicetak atau ditulis, dan disimpan di tempat terkunci.")
_PINS = msg("PIN pertama petugas, dibagikan sendiri-sendiri:")


class KeepSheetPart(QWidget):
    """Emits `kept` when the box is ticked or cleared."""

    kept = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._sheet: KeepSheet | None = None
        self.code = label("", "head", 700, wrap=True)
        self.code.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._pins_title, self._pins = label(str(_PINS), "list", 600, wrap=True), FactList()
        self.print_button = QPushButton(str(msg("Cetak lembar pemulihan")))
        self.print_button.setAutoDefault(True)
        self.print_button.clicked.connect(self.print_sheet)
        self.kept_box = _KeptBox()
        self.kept_box.toggled.connect(self.kept)
        card = Card(msg("Lembar pemulihan"))
        for part in (
            self.code, label(str(_WHY), "body", wrap=True), label(str(_WHERE), "body", wrap=True),
            self._pins_title, self._pins, self.print_button,
        ):  # fmt: skip
            card.body.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(card)
        column.addWidget(self.kept_box)

    @property
    def is_kept(self) -> bool:
        return self.kept_box.isChecked()

    def show_sheet(self, sheet: KeepSheet) -> None:
        """Show what has to go on paper."""
        self._sheet = sheet
        self.code.setText(sheet.code)
        self.code.setAccessibleName(str(msg("Kode pemulihan: {code}", code=sheet.code)))
        for user_name, pin in sheet.pins:
            self._pins.set_fact(user_name, pin)
        self._pins_title.setVisible(bool(sheet.pins))

    def print_sheet(self) -> None:
        """Ask which printer of this computer; the sheet goes nowhere else, and into no file of ours."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter  # wanted once in the life of an office

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(printer, self)
        dialog.accepted.connect(lambda: self.document().print_(printer))
        dialog.finished.connect(dialog.deleteLater)
        dialog.setModal(True)
        dialog.show()

    def document(self) -> QTextDocument:
        """The sheet as it is printed."""
        document = QTextDocument()
        if self._sheet is not None:
            document.setHtml(_html(self._sheet))
        return document


class _KeptBox(CardButton):
    """Pressed once the sheet is kept; its sign says so beside the words."""

    def __init__(self) -> None:
        super().__init__()
        self.setCheckable(True)
        self.setAccessibleName(str(_IS_KEPT))
        self._sign = IconLabel("circle-dashed", "ink2", 24)
        self.toggled.connect(self._show)
        row = QHBoxLayout()
        row.setContentsMargins(16, 12, 16, 12)
        row.setSpacing(12)
        row.addWidget(self._sign)
        row.addWidget(label(str(_IS_KEPT), "body", 600, wrap=True), 1)
        self.fill(row)

    def _show(self, is_kept: bool) -> None:
        self._sign.set_icon("check" if is_kept else "circle-dashed", "pri" if is_kept else "ink2")


def _html(sheet: KeepSheet) -> str:
    title = escape(str(msg("LEMBAR PEMULIHAN {site}", site=sheet.site_name)))
    restoring = msg('Memulihkan: pilih "Pulihkan dari cadangan" saat pertama membuka mppdesk, lalu ketik kode ini.')
    sentences = "".join(f"<p>{escape(str(each))}</p>" for each in (_WHY, _WHERE, restoring))
    rows = "".join(f"<tr><td>{escape(name)}</td><td><b>{escape(pin)}</b></td></tr>" for name, pin in sheet.pins)
    pins = f"<p>{escape(str(_PINS))}</p><table cellpadding='4'>{rows}</table>" if rows else ""
    return f"<h2>{title}</h2><h1>{escape(sheet.code)}</h1>{sentences}{pins}"
