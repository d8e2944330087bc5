"""The page "Gedung": one switch makes a building of one PC, a code brings the next computer in."""

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from mppdesk.domain.errors import ClerkError
from mppdesk.texts import msg
from mppdesk.ui.administration.hub_card import HubCard
from mppdesk.ui.administration.invite_card import InviteCard, InvitedCard
from mppdesk.ui.administration.port import AdministrationPort, BuildingScreen, Invited
from mppdesk.ui.administration.stations_card import StationsCard
from mppdesk.ui.administration.view_state import BuildingState
from mppdesk.ui.shared.dialogs import Choice, Question
from mppdesk.ui.shared.form_parts import scrolling
from mppdesk.ui.shared.qr_view import modules
from mppdesk.ui.shared.tasks import Runner
from mppdesk.ui.shared.theme import theme_of

_LEFT, _RIGHT = 2, 3
_LEAST_FOR_TWO = 900
_GAP = 12
_SECOND_MS = 1000
_LEAVE, _END, _REVOKE, _ADMIT = "leave", "end", "revoke", "admit"


class BuildingPage(QWidget):
    """Reads when told to; what a person does is done beside the GUI thread and read again.

    Emits `named` with the name of the building that was read.
    """

    named = Signal(str)

    def __init__(self, port: AdministrationPort, tasks: Runner, now: Callable[[], datetime], parent: QWidget) -> None:
        super().__init__(parent)
        self._port, self._tasks, self._now = port, tasks, now
        self._state = BuildingState()
        self.hub, self.invite, self.invited, self.stations = HubCard(), InviteCard(), InvitedCard(), StationsCard()
        self._count_down = QTimer(self, interval=_SECOND_MS)
        self._count_down.timeout.connect(self._show_invited)
        self._lay_out()
        self._connect()
        self._show()

    @property
    def state(self) -> BuildingState:
        return self._state

    def read(self) -> None:
        """Read the building as it stands now."""
        self._tasks.run(self._port.building, self._show_screen, self._refuse)

    def press(self) -> None:
        """Do what the filled button says (F9)."""
        if self._state.may_begin:
            self.begin()
        elif self._state.is_hub:
            self.make_code()

    def begin(self) -> None:
        if self._state.begin_button.is_usable:
            address = self._state.address.strip()
            self._act(lambda: self._port.make_building(address))

    def make_code(self) -> None:
        state = self._state
        if not (state.is_hub and state.invite_button.is_usable):
            return
        role, label, agency = self.invite.chosen_role, state.label.strip(), self.invite.chosen_agency
        self._change(state.working())
        self._tasks.run(lambda: _with_picture(self._port.invite(role, label, agency)), self._show_code, self._refuse)

    def _connect(self) -> None:
        self.hub.typed.connect(self._typed)
        self.hub.begin_wanted.connect(self.begin)
        self.hub.end_wanted.connect(self._ask_to_end)
        self.invite.typed.connect(self._typed)
        self.invite.invite_wanted.connect(self.make_code)
        self.stations.chosen.connect(self._choose)
        self.stations.revoke_wanted.connect(self._ask_to_revoke)
        self.stations.admit_wanted.connect(self._ask_to_admit)

    def _ask_to_end(self) -> None:
        others = sum(not row.is_hub and not row.is_revoked for row in self._screen.stations)
        self._ask(
            Question(
                self,
                msg("Hentikan hub gedung?"),
                msg(
                    "{count} komputer terputus dan bekerja sendiri dari karcis yang ditunjukkan, sampai hub dijalankan "
                    "lagi. Data tetap ada.",
                    count=others,
                ),
                [Choice(_END, msg("Hentikan hub"))],
                Choice(_LEAVE, msg("Biarkan berjalan")),
                is_dangerous=True,
            ),
            {_END: self._port.end_building},
        )

    def _ask_to_revoke(self) -> None:
        row = self._state.row
        if row is None or not self._state.revoke_button.is_usable:
            return
        self._ask(
            Question(
                self,
                msg("Cabut {label}?", label=row.label),
                msg(
                    "Komputer itu tidak dapat lagi memanggil atau memberi nomor; untuk itu perlu kode baru. "
                    "Nama Anda dicatat."
                ),
                [Choice(_REVOKE, msg("Cabut {label}", label=row.label))],
                Choice(_LEAVE, msg("Jangan cabut")),
                is_dangerous=True,
            ),
            {_REVOKE: lambda: self._port.revoke(row.device_id)},
        )

    def _ask_to_admit(self) -> None:
        row = self._state.row
        if row is None or not self._state.admit_button.is_usable:
            return
        self._ask(
            Question(
                self,
                msg("Terima catatan {label}?", label=row.label),
                msg(
                    "Apa yang dicatat komputer itu masuk ke jurnal gedung dan tidak dapat dikeluarkan lagi, kecuali "
                    "yang bukan haknya. Ia tetap tidak boleh memanggil. Nama Anda dicatat."
                ),
                [Choice(_ADMIT, msg("Terima catatan {label}", label=row.label))],
                Choice(_LEAVE, msg("Biarkan menunggu")),
                is_dangerous=True,
            ),
            {_ADMIT: lambda: self._port.admit(row.device_id)},
        )

    def _ask(self, question: Question, acts: dict[str, Callable[[], None]]) -> None:
        question.chosen.connect(lambda act: self._act(acts[act]) if act in acts else None)
        question.finished.connect(question.deleteLater)
        question.open()

    def _act(self, act: Callable[[], None]) -> None:
        self._change(self._state.working())
        self._tasks.run(act, lambda _done: self._acted(), self._refuse)

    def _acted(self) -> None:
        self._change(self._state.done())
        self.read()

    @property
    def _screen(self) -> BuildingScreen:
        assert self._state.screen is not None, "nothing can be pressed before it was read"
        return self._state.screen

    def _show_screen(self, screen: BuildingScreen) -> None:
        self._change(self._state.with_screen(screen))
        self.named.emit(screen.site_name)

    def _show_code(self, invited: Invited) -> None:
        self._change(self._state.with_invited(invited))
        self.invite.begin_anew()
        self.read()

    def _refuse(self, trouble: ClerkError) -> None:
        self._change(self._state.refused(trouble))

    def _choose(self, device_id: str) -> None:
        self._change(self._state.choosing(device_id))

    def _typed(self) -> None:
        self._change(self._state.with_typed(self.hub.address.text(), self.invite.label.text()))

    def _change(self, state: BuildingState) -> None:
        self._state = state
        self._show()

    def _show(self) -> None:
        self.hub.show_state(self._state)
        self.invite.show_state(self._state)
        self.stations.show_state(self._state)
        self._show_invited()

    def _show_invited(self) -> None:
        now, state = self._now(), self._state
        self.invited.show_state(state, now)
        is_counting = state.invited is not None and state.joined is None and now < state.invited.expires
        if is_counting != self._count_down.isActive():
            self._count_down.start() if is_counting else self._count_down.stop()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Large letters in a small window have no room for two columns: then one stands above the other."""
        super().resizeEvent(event)
        is_narrow = self.width() < theme_of(self).px(_LEAST_FOR_TWO)
        down, across = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._columns.setDirection(down if is_narrow else across)

    def _lay_out(self) -> None:
        """The rooms first, then the cards into them: each change of a parent dresses all that is below it anew."""
        inside = QWidget()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scrolling(inside))
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, inside)
        self._columns.setContentsMargins(0, 0, 0, 0)
        self._columns.setSpacing(_GAP)
        for share, cards in ((_LEFT, (self.hub, self.invite)), (_RIGHT, (self.invited, self.stations))):
            column = QVBoxLayout()
            column.setSpacing(_GAP)
            self._columns.addLayout(column, share)
            for card in cards:
                column.addWidget(card, 1 if card is self.stations else 0)
            column.addStretch(0 if self.stations in cards else 1)


def _with_picture(invited: Invited) -> Invited:
    """Make the picture of the code here, beside the GUI thread; drawing it finds it made."""
    modules(invited.invitation.line)
    return invited
