"""A new computer: what it will be, the code as text and picture with the time that is left, and that it has come."""

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from mppdesk.domain.station import StationRole
from mppdesk.texts import Text, msg
from mppdesk.ui.administration import building_words
from mppdesk.ui.administration.port import BuildingScreen, Invited
from mppdesk.ui.administration.view_state import BuildingState, default_label
from mppdesk.ui.shared.ages import moment_words
from mppdesk.ui.shared.cards import Card
from mppdesk.ui.shared.form_parts import Sentence, named_field
from mppdesk.ui.shared.key_button import KeyButton
from mppdesk.ui.shared.labels import label, mark, number
from mppdesk.ui.shared.qr_view import QrView

_ALL = msg("semua instansi")
_QR_EDGE = 190
_HALF = 3
_BUTTON_HEIGHT = 48


class InviteCard(Card):
    """The form: emits `invite_wanted`, and `typed` with each letter of the name."""

    invite_wanted = Signal()
    typed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.role, self.agency = QComboBox(), QComboBox()
        for role in building_words.INVITED_ROLES:
            self.role.addItem(str(building_words.ROLES[role]), role)
        self.label = QLineEdit()
        self._agencies: tuple[tuple[str, str], ...] = ()
        self._screen: BuildingScreen | None = None
        self._is_named_by_person = False
        self.button = KeyButton("F9", "", letters="body")
        self.button.setMinimumHeight(_BUTTON_HEIGHT)
        self.button.clicked.connect(self.invite_wanted)
        self.label.textEdited.connect(self._named)
        self.role.currentIndexChanged.connect(self._propose)
        self.body.addWidget(label(str(msg("Tambah perangkat")), "title", 700, wrap=True))
        self.body.addLayout(_named(msg("Menjadi apa"), self.role))
        self.body.addLayout(named_field(msg("Nama komputer"), self.label))
        self.body.addLayout(_named(msg("Data pribadi pemohon"), self.agency))
        self.body.addWidget(self.button)

    @property
    def chosen_role(self) -> StationRole:
        return StationRole(self.role.currentData())

    @property
    def chosen_agency(self) -> str | None:
        """The code of the one agency whose personal data it gets; None for all."""
        found: str | None = self.agency.currentData()
        return found

    def show_state(self, state: BuildingState) -> None:
        self.setVisible(state.is_hub)
        if state.screen is None:
            return
        self._screen = state.screen
        self._show_agencies(state.screen.agencies)
        if not self._is_named_by_person and not state.is_working:
            self._propose()
        button = state.invite_button
        self.button.show_state(button.words, usable=button.is_usable, filled=True)

    def begin_anew(self) -> None:
        """The next computer gets a name of its own."""
        self._is_named_by_person = False
        self._propose()

    def _named(self) -> None:
        self._is_named_by_person = True
        self.typed.emit()

    def _propose(self) -> None:
        proposed = default_label(self.chosen_role, self._screen)
        if not self._is_named_by_person and self.label.text() != proposed:
            self.label.setText(proposed)
            self.typed.emit()

    def _show_agencies(self, agencies: tuple[tuple[str, str], ...]) -> None:
        if agencies == self._agencies and self.agency.count():
            return
        self._agencies = agencies
        self.agency.clear()
        self.agency.addItem(str(_ALL), None)
        for code, name in agencies:
            self.agency.addItem(name, code)


class InvitedCard(Card):
    """The code that was made, until its computer has come or its time is over."""

    def __init__(self) -> None:
        super().__init__()
        self._line = ""
        self._title = label("", "head", 700, wrap=True)
        self.code = number("", "current")
        self.address = label("", "body", 600)
        self.left = label("", "list", tone="ink2", wrap=True)
        self.how = label("", "list", wrap=True)
        self.come = Sentence()
        self.qr = QrView(_QR_EDGE)
        self.copy_button = QPushButton(str(msg("Salin undangan")))
        self.copy_button.setAutoDefault(True)
        self.copy_button.clicked.connect(self.copy)
        self._wait = self._lay_out()
        self.body.addWidget(self._title)
        self.body.addWidget(self._wait)
        self.body.addWidget(self.come)

    def show_state(self, state: BuildingState, now: datetime) -> None:
        invited = state.invited
        self.setVisible(invited is not None and state.is_hub)
        if invited is None:
            return
        joined, is_over = state.joined, now >= invited.expires
        self._show_code(invited)
        self.left.setText(str(building_words.time_left(invited, now)))
        mark(self.left, tone="bad" if is_over else "ink2")
        for part in (self.qr, self.copy_button, self.code, self.how):
            part.setVisible(not is_over)
        self._wait.setVisible(joined is None)
        self.come.setVisible(joined is not None)
        if joined is not None:
            at = moment_words(joined.enrolled, now)
            self.come.say(msg("{label} sudah bergabung pukul {at}.", label=joined.label, at=at), kind="")

    def copy(self) -> None:
        """Put the invitation on the clipboard."""
        QGuiApplication.clipboard().setText(self._line)

    def _show_code(self, invited: Invited) -> None:
        invitation = invited.invitation
        if invitation.line == self._line:
            return
        self._line = invitation.line
        role = building_words.ROLES[invited.role]
        self._title.setText(str(msg("Kode untuk {label} ({role})", label=invited.label, role=role)))
        self.code.setText(f"{invitation.code[:_HALF]} {invitation.code[_HALF:]}")
        self.code.setAccessibleName(str(msg("Kode {code}", code=" ".join(invitation.code))))
        self.address.setText(invitation.address)
        self.how.setText(
            str(
                msg(
                    "Di komputer baru pilih Hubungkan ke hub, lalu pindai gambar ini, tempel undangan, "
                    "atau ketik: {address} {code}",
                    address=invitation.address,
                    code=invitation.code,
                )
            )
        )
        self.qr.show_token(self._line, str(msg("Kode QR undangan untuk {label}", label=invited.label)))

    def _lay_out(self) -> QWidget:
        words = QVBoxLayout()
        words.setSpacing(6)
        for part in (self.code, self.left, self.how):
            words.addWidget(part)
        words.addWidget(self.copy_button, 0, Qt.AlignmentFlag.AlignLeft)
        words.addStretch(1)
        room = QWidget()
        row = QHBoxLayout(room)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self.qr, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        return room


def _named(name: Text, field: QComboBox) -> QVBoxLayout:
    """A choice below its name."""
    words = label(str(name), "small", 600, "ink2", wrap=True)
    words.setBuddy(field)
    field.setAccessibleName(str(name))
    column = QVBoxLayout()
    column.setSpacing(4)
    column.addWidget(words)
    column.addWidget(field)
    return column
