"""The last step: the number, large enough to be remembered, and where the paper is."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from mppdesk.texts import msg
from mppdesk.ui.kiosk.acts import Act, ActKind
from mppdesk.ui.kiosk.faces import Look
from mppdesk.ui.kiosk.number_view import NumberView
from mppdesk.ui.kiosk.page import Card, KioskPage, Scene
from mppdesk.ui.kiosk.panel import GAP_MM, MAIN_MM, TARGET_MM
from mppdesk.ui.kiosk.prose import Prose
from mppdesk.ui.kiosk.ticket_state import Phase, TicketState
from mppdesk.ui.kiosk.touch_button import WordButton
from mppdesk.ui.kiosk.words import ahead_words, provisional_words, seconds_words, trouble_words
from mppdesk.ui.shared.qr_view import QrView
from mppdesk.ui.shared.theme import theme_of

_ASIDE, _DOWN, _UP = (
    QHBoxLayout.Direction.LeftToRight, QHBoxLayout.Direction.TopToBottom, QHBoxLayout.Direction.BottomToTop
)  # fmt: skip

_LOW, _HIGH, _ANYWHERE = Qt.AlignmentFlag.AlignBottom, Qt.AlignmentFlag.AlignTop, Qt.AlignmentFlag(0)


class TicketPage(KioskPage):
    """The number at the left or alone; without paper a code to photograph beside it, below it on an upright panel."""

    def __init__(self) -> None:
        super().__init__()
        self._is_upright = False
        self.number = NumberView()
        self.qr = QrView()
        self._agency = Prose("head", 500, is_centred=True)
        self._service = Prose("head", 700, is_centred=True)
        self._ahead = Prose("body", 500, "ink2", is_centred=True)
        self._refusal = Prose("head", 700, is_centred=True)
        self._photo = Prose("head", 700)
        self._no_phone = Prose("small", 500, "ink2")
        self._stays = Prose("small", 500, "ink2", is_centred=True)
        self.no_paper = WordButton(Act(ActKind.NO_PAPER_CAME), "", "receipt-off")
        self.again = WordButton(Act(ActKind.TAKE_TICKET), "", "refresh", Look.MAIN, "head")
        self.done = WordButton(Act(ActKind.HOME), "", "check", Look.MAIN, "head")
        self._lay_out()
        for button in (self.no_paper, self.again, self.done):
            self.wire(button)

    def show_scene(self, scene: Scene) -> None:
        ticket = scene.state.ticket
        if ticket is None:
            return
        self._fit(scene)
        self._show_number(ticket, scene)
        self._show_help(ticket, scene)
        self._show_buttons(ticket, scene)

    def _show_number(self, ticket: TicketState, scene: Scene) -> None:
        agency, service = scene.state.agency, scene.state.service
        number = ticket.ticket.number if ticket.ticket else ""
        self.number.show_number(number, scene.say(msg("Nomor {number}", number=number)) if number else "")
        self.number.setVisible(bool(number))
        self._agency.setText(agency.agency.short_name if agency else "")
        self._service.setText((service.service.everyday_name or service.service.name) if service else "")
        is_provisional = ticket.ticket is not None and ticket.ticket.is_provisional
        self._ahead.setText(scene.say(provisional_words() if is_provisional else ahead_words(ticket.wish.ahead)))
        self._ahead.setVisible(bool(number))
        self._refusal.setText(scene.say(trouble_words(ticket.refusal)) if ticket.refusal else "")
        self._refusal.setVisible(ticket.phase is Phase.REFUSED)

    def _show_help(self, ticket: TicketState, scene: Scene) -> None:
        self._help.setVisible(ticket.phase is Phase.ON_SCREEN)
        if ticket.ticket is not None:
            self.qr.show_token(ticket.ticket.qr_token, scene.say(msg("Kode nomor Anda untuk difoto")))
        self._photo.setText(scene.say(msg("Foto layar ini dengan ponsel")))
        self._no_phone.setText(scene.say(msg("Tidak punya ponsel? Petugas informasi menuliskan nomor Anda di kertas.")))

    def _show_buttons(self, ticket: TicketState, scene: Scene) -> None:
        phase, left = ticket.phase, ticket.seconds_left(scene.now_s)
        is_noted = phase is Phase.ON_SCREEN
        self.done.show_word(scene.say(msg("Sudah saya catat, selesai") if is_noted else msg("Selesai")))
        self.again.show_word(scene.say(msg("Coba lagi")))
        self.again.act = Act(ActKind.TAKE_TICKET, ticket.wish.priority or "")
        self.no_paper.show_word(scene.say(msg("Karcis tidak keluar? Sentuh di sini")))
        self.done.setVisible(phase in {Phase.PRINTED, Phase.UNSURE, Phase.ON_SCREEN})
        self.again.setVisible(phase is Phase.REFUSED)
        self.no_paper.setVisible(phase is Phase.UNSURE)
        self._stays.setText("" if left is None else scene.say(seconds_words(left)))

    def _fit(self, scene: Scene) -> None:
        theme, panel = theme_of(self), scene.panel
        self.no_paper.set_least_height(panel.pixels(MAIN_MM))
        for button in (self.done, self.again):
            button.set_least_height(panel.pixels(MAIN_MM))
        self._number_lay.setContentsMargins(*[theme.px(20)] * 4)
        self._help_lay.setContentsMargins(*[theme.px(20)] * 4)
        for lay in (self._row, self._column, self._buttons):
            lay.setSpacing(panel.pixels(GAP_MM))
        self._row.setDirection(_DOWN if panel.is_upright else _ASIDE)
        self._buttons.setDirection(_UP if panel.is_upright else _ASIDE)
        if panel.is_upright != self._is_upright:
            self._is_upright = panel.is_upright
            self._place_help()
        self._buttons.setContentsMargins(0, 0, 0, panel.pixels(TARGET_MM) // 8)

    def _lay_out(self) -> None:
        card = Card()
        self._number_lay = QVBoxLayout(card)
        self._number_lay.addStretch(1)
        for part in (self._agency, self.number, self._refusal, self._service, self._ahead):
            self._number_lay.addWidget(part)
        self._number_lay.addStretch(1)
        self._help = self._help_card()
        self._row = QHBoxLayout()
        self._row.addWidget(card, 9)
        self._row.addWidget(self._help, 5)
        self._buttons = QHBoxLayout()
        self._buttons.addWidget(self._stays, 4)
        for button in (self.no_paper, self.again, self.done):
            self._buttons.addWidget(button, 5)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addLayout(self._row, 1)
        self._column.addLayout(self._buttons)

    def _place_help(self) -> None:
        """The words below the code, or beside it on an upright panel."""
        is_upright = self._is_upright
        rows, below, beside = (2, 0, 1) if is_upright else (1, 1, 0)
        self._help_lay.addWidget(self.qr, 0, 0, rows, 1)
        self._help_lay.addWidget(self._photo, below, beside, _LOW if is_upright else _ANYWHERE)
        self._help_lay.addWidget(self._no_phone, below + 1, beside, _HIGH if is_upright else _ANYWHERE)
        self._help_lay.setColumnStretch(1, 1 if is_upright else 0)
        self._help_lay.setColumnStretch(0, 1)
        self._help_lay.setRowStretch(0, 1)
        self._help_lay.setRowStretch(1, 1 if is_upright else 0)

    def _help_card(self) -> QWidget:
        card = Card()
        self._help_lay = QGridLayout(card)
        self._place_help()
        return card
