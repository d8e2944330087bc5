"""The applicant's data: typed once, sealed at once, the NIK never shown in full unasked."""

from itertools import pairwise

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from mppdesk.domain.identity_numbers import check_nik, check_phone, compact
from mppdesk.operations.readings import Applicant
from mppdesk.operations.submissions import ApplicantData
from mppdesk.texts import Text, msg
from mppdesk.ui.counter.tick_box import TickBox
from mppdesk.ui.shared.button_icon import button_icon
from mppdesk.ui.shared.cards import Card
from mppdesk.ui.shared.key_cap import key_cap
from mppdesk.ui.shared.labels import label
from mppdesk.ui.shared.theme import theme_of

_DOT = "\u2022"
_NAMES = ("name", "nik", "phone", "represented_by")


class ApplicantPanel(QWidget):
    """`written` carries what is new; warnings about numbers never stop anybody. `nik_wanted` asks for the full NIK."""

    written = Signal(ApplicantData)
    nik_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._shown = Applicant()
        self._visit: str | None = None
        self._handed_over: set[str] = set()
        self._name, self._nik, self._phone, self._proxy = QLineEdit(), QLineEdit(), QLineEdit(), QLineEdit()
        self._nik_warning, self._phone_warning = _warning(), _warning()
        self._eye = QPushButton()
        self._by_proxy = TickBox(msg("Diwakilkan"))
        self._lay_out()
        for field in self._fields():
            field.installEventFilter(self)
            field.editingFinished.connect(self.write)
        self._by_proxy.clicked.connect(self._by_proxy_clicked)

    def show_applicant(self, visit: str, applicant: Applicant) -> None:
        """Draw what is known; what is being typed stays."""
        if visit != self._visit:
            self._visit = visit
            self._shown = Applicant()
            self._handed_over.clear()
            for field in self._fields():
                field.clear()
                field.setModified(False)
            self._by_proxy.setChecked(False)
        self._shown = applicant
        self._put(self._name, applicant.name or "")
        self._put(self._nik, shown_nik(applicant.masked_nik))
        self._put(self._phone, applicant.phone or "")
        self._put(self._proxy, applicant.represented_by or "")
        if applicant.represented_by:
            self._by_proxy.setChecked(True)
        self._eye.setEnabled(applicant.masked_nik is not None)

    @property
    def name_text(self) -> str:
        """The name as it stands in the field now."""
        return self._name.text()

    def take_focus(self) -> None:
        """Put the hand on the name."""
        self._name.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def write(self) -> None:
        """Hand over what was typed and not written yet; a field that was emptied is handed over empty."""
        typed = {
            name: field.text().strip()
            for name, field, known in zip(_NAMES, self._fields(), self._known(), strict=True)
            if field.isModified() and (field.text().strip() or known is not None or name in self._handed_over)
        }
        self._handed_over |= typed.keys()
        self._warn(typed)
        for field in self._fields():
            field.setModified(False)
        if "nik" in typed:
            typed["nik"] = compact(typed["nik"])
        if typed:
            self.written.emit(ApplicantData(**typed))

    def _by_proxy_clicked(self, is_by_proxy: bool) -> None:
        """Who speaks for himself after all has nobody who speaks for him."""
        if not is_by_proxy:
            self._proxy.clear()
            self._proxy.setModified(True)
            self.write()

    def eventFilter(self, field: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusIn and field is self._nik and not self._nik.isModified():
            self._nik.selectAll()  # a mask cannot be corrected digit by digit; the next key begins a new number
        is_enter = isinstance(event, QKeyEvent) and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.type() == QEvent.Type.KeyPress and is_enter and isinstance(field, QLineEdit):
            self.write()
            self.focusNextChild()
            return True
        return super().eventFilter(field, event)

    def _fields(self) -> tuple[QLineEdit, QLineEdit, QLineEdit, QLineEdit]:
        return self._name, self._nik, self._phone, self._proxy

    def _known(self) -> tuple[str | None, ...]:
        shown = self._shown
        return shown.name, shown.masked_nik, shown.phone, shown.represented_by

    def _put(self, field: QLineEdit, text: str) -> None:
        if not field.isModified() and field.text() != text:
            field.setText(text)

    def _warn(self, typed: dict[str, str]) -> None:
        for name, check, line in (
            ("nik", check_nik, self._nik_warning),
            ("phone", check_phone, self._phone_warning),
        ):
            if name in typed:
                warnings = check(typed[name]) if typed[name] else ()
                line.setText(str(warnings[0]) if warnings else "")
                line.setVisible(bool(warnings))

    def _lay_out(self) -> None:
        card = Card()
        head = QHBoxLayout()
        head.setSpacing(8)
        head.addWidget(label(str(msg("Pemohon")), "small", 600, "ink2", wrap=True), 1)
        head.addWidget(self._by_proxy)
        head.addWidget(key_cap("Ctrl+D"))
        card.body.addLayout(head)
        card.body.setSpacing(4)
        nik = QHBoxLayout()
        nik.setSpacing(6)
        nik.addWidget(self._nik, 1)
        nik.addWidget(self._eye)
        self._eye.setAccessibleName(str(msg("Lihat NIK lengkap")))
        self._eye.setToolTip(str(msg("Lihat NIK lengkap; alasan dicatat")))
        self._eye.clicked.connect(self.nik_wanted)
        _add(card, msg("Nama sesuai KTP-el"), self._name)
        card.body.addWidget(_field_label(msg("NIK"), self._nik))
        card.body.addLayout(nik)
        card.body.addWidget(self._nik_warning)
        _add(card, msg("Nomor ponsel"), self._phone)
        card.body.addWidget(self._phone_warning)
        proxy_name = _field_label(msg("Diwakilkan oleh"), self._proxy)
        for part in (proxy_name, self._proxy):
            card.body.addWidget(part)
            part.hide()
            self._by_proxy.toggled.connect(part.setVisible)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        self._order_tabs()

    def _order_tabs(self) -> None:
        """Name, NIK, phone in a row; what is seldom needed comes after."""
        stops: tuple[QWidget, ...] = (self._name, self._nik, self._phone, self._by_proxy, self._proxy, self._eye)
        for one, following in pairwise(stops):
            QWidget.setTabOrder(one, following)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.PaletteChange):
            self._draw_eye()

    def showEvent(self, event: QShowEvent) -> None:
        self._draw_eye()

    def _draw_eye(self) -> None:
        theme = theme_of(self)
        self._eye.setIcon(button_icon("eye", theme.colour("ink"), theme.px(20)))


def shown_nik(masked: str | None) -> str:
    """9999 **** **** 0001 with dots instead of stars, in groups of four."""
    if masked is None:
        return ""
    dots = masked.replace("*", _DOT)
    return " ".join(dots[at : at + 4] for at in range(0, len(dots), 4))


def _field_label(name: Text, field: QLineEdit) -> QWidget:
    made = label(str(name), "small", 600, "ink2", wrap=True)
    made.setBuddy(field)
    field.setAccessibleName(str(name))
    return made


def _add(card: Card, name: Text, field: QLineEdit) -> None:
    card.body.addWidget(_field_label(name, field))
    card.body.addWidget(field)


def _warning() -> QLabel:
    made = label("", "small", 600, "warn", wrap=True)
    made.hide()
    return made
