"""The recovery sheet on the screen and on paper, typed groups and QR, with the box that says it is kept."""

from html import escape

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from mppdesk.texts import msg
from mppdesk.ui.shared.cards import Card, FactList
from mppdesk.ui.shared.labels import label
from mppdesk.ui.shared.qr_view import QrView, qr_picture
from mppdesk.ui.shared.tick_card import TickCard
from mppdesk.ui.sign_in.set_up_state import KeepSheet

_WHERE = msg("Simpan lembar ini di tempat terkunci, jauh dari komputer ini.")
_WHY = msg("Tanpa kode ini, cadangan tidak dapat dibuka bila komputer ini rusak.")
_IS_KEPT = msg("Lembar ini sudah dicetak atau ditulis, dan disimpan di tempat terkunci.")
_PINS = msg("PIN pertama petugas, dibagikan sendiri-sendiri:")
_QR = QUrl("recovery-code")
_LETTERS_PT = 11.0
_QR_PX, _QR_ON_PAPER_PX = 148, 176  # on paper at 96 px an inch: 46 mm, which any scanner reads


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
        self.qr = QrView(_QR_PX)
        self.qr.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._pins_title, self._pins = label(str(_PINS), "list", 600, wrap=True), FactList()
        self.print_button = QPushButton(str(msg("Cetak lembar pemulihan")))
        self.print_button.setAutoDefault(True)
        self.print_button.clicked.connect(self.print_sheet)
        self.kept_box = TickCard(_IS_KEPT)
        self.kept_box.toggled.connect(self.kept)
        card = Card(msg("Lembar pemulihan"))
        card.body.addLayout(self._code_and_qr())
        for part in (self._pins_title, self._pins, self.print_button):
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
        self.qr.show_token(sheet.code, str(msg("QR berisi kode pemulihan yang sama")))
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
        font = document.defaultFont()
        font.setPointSizeF(_LETTERS_PT)  # a size in pixels of a screen would be unreadable in those of a printer
        document.setDefaultFont(font)
        if self._sheet is not None:
            document.addResource(QTextDocument.ResourceType.ImageResource, _QR, qr_picture(self._sheet.code))
            document.setHtml(_html(self._sheet))
        return document

    def _code_and_qr(self) -> QHBoxLayout:
        words = QVBoxLayout()
        words.setSpacing(8)
        for part in (self.code, label(str(_WHY), "body", wrap=True), label(str(_WHERE), "body", wrap=True)):
            words.addWidget(part)
        words.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addLayout(words, 1)
        row.addWidget(self.qr)
        return row


def _html(sheet: KeepSheet) -> str:
    title = escape(str(msg("LEMBAR PEMULIHAN {site}", site=sheet.site_name)))
    restoring = msg(
        'Memulihkan: pilih "Pulihkan dari cadangan" saat pertama membuka mppdesk, lalu pindai QR atau ketik kode ini.'
    )
    sentences = "".join(f"<p>{escape(str(each))}</p>" for each in (_WHY, _WHERE, restoring))
    rows = "".join(f"<tr><td>{escape(name)}</td><td><b>{escape(pin)}</b></td></tr>" for name, pin in sheet.pins)
    pins = f"<p>{escape(str(_PINS))}</p><table cellpadding='4'>{rows}</table>" if rows else ""
    qr = f"<p><img src='{_QR.toString()}' width='{_QR_ON_PAPER_PX}' height='{_QR_ON_PAPER_PX}'></p>"
    return f"<h3>{title}</h3><h2>{escape(sheet.code)}</h2>{qr}{sentences}{pins}"
