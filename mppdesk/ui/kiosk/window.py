"""The kiosk window: four touches from the question to the ticket, and a calm sentence for everything else."""

import time
from collections.abc import Callable
from datetime import datetime

import shiboken6
from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from mppdesk.domain.errors import ClerkError
from mppdesk.operations.readings import KioskScreen, PrinterStatus
from mppdesk.texts import Text, msg
from mppdesk.ui.kiosk import words
from mppdesk.ui.kiosk.acts import Act, ActKind
from mppdesk.ui.kiosk.agency_page import AgencyPage
from mppdesk.ui.kiosk.calm_pages import ClosedPage, MessagePage, StillTherePage
from mppdesk.ui.kiosk.footer import Footer
from mppdesk.ui.kiosk.header import Header
from mppdesk.ui.kiosk.leaving import Leaving
from mppdesk.ui.kiosk.notice import Notice, Tone
from mppdesk.ui.kiosk.page import KioskPage, Scene
from mppdesk.ui.kiosk.panel import OUT_OF_REACH_MM, Panel
from mppdesk.ui.kiosk.port import IssuedTicket, KioskPort, KioskSettings, SlipStanding, StaffCall
from mppdesk.ui.kiosk.preview_page import PreviewPage
from mppdesk.ui.kiosk.priority_page import PriorityPage
from mppdesk.ui.kiosk.question import Question
from mppdesk.ui.kiosk.service_page import ServicePage
from mppdesk.ui.kiosk.ticket_page import TicketPage
from mppdesk.ui.kiosk.ticket_state import Phase, TicketState
from mppdesk.ui.kiosk.touch_button import TouchButton
from mppdesk.ui.kiosk.touches import moved
from mppdesk.ui.kiosk.view_state import ENGLISH, KioskState, Step
from mppdesk.ui.shared.language import Language, translations
from mppdesk.ui.shared.qr_view import modules
from mppdesk.ui.shared.tasks import Runner
from mppdesk.ui.shared.theme import KIOSK, apply_theme, kiosk_look, theme_of

_BEAT_MS = 200
_READ_AGAIN_S = 10.0  # closing times pass without anything happening in the office
_WAITS_FOR_PAPER = frozenset({Phase.PRINTING, Phase.ON_SCREEN})
_MARGIN_PX = 24


class KioskWindow(QWidget):
    """Paints at once; `begin` reads the agencies, `refresh` reads them again after a change.

    `seconds` only goes forward; `new_id` makes the ids of commands; `now` answers in the zone of the site.
    `leave_wanted`: somebody of the staff touched the clock five times and gave a PIN.
    """

    leave_wanted = Signal()

    def __init__(
        self,
        port: KioskPort,
        tasks: Runner,
        now: Callable[[], datetime],
        new_id: Callable[[], str],
        settings: KioskSettings | None = None,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        super().__init__()
        self._port, self._tasks, self._now, self._new_id, self._seconds = port, tasks, now, new_id, seconds
        self._state = KioskState(settings or KioskSettings(), touched_s=seconds())
        self._languages: dict[str, Language] = {}
        self._read_s = seconds()
        self._is_asking_printer = False
        self._by_keys = False
        apply_theme(self, KIOSK)
        self.header, self.strip, self.question, self.footer = Header(), Notice(is_across=True), Question(), Footer()
        self._pages: dict[type[KioskPage], KioskPage] = {}
        self._stack = QStackedWidget()
        self.leaving = Leaving(self, port, tasks, seconds, self.say, self._panel)
        self._lay_out()
        self._fit()
        self._connect()
        self._beat = QTimer(self, interval=_BEAT_MS)
        self._beat.timeout.connect(self.tick)

    @property
    def state(self) -> KioskState:
        return self._state

    @property
    def page(self) -> KioskPage:
        """The page in sight; each is made when it is first needed, so that the window is there at once."""
        kind = _page_kind(self._state)
        if kind not in self._pages:
            made = self._pages[kind] = kind()
            self._stack.addWidget(made)
            made.touched.connect(self.act)
        return self._pages[kind]

    def say(self, text: Text) -> str:
        """A sentence in the language this citizen chose."""
        return self._language().show(text)

    def begin(self) -> None:
        """Read the agencies and let time pass from now on; English is read beside, before somebody asks for it."""
        self.refresh()
        self._tasks.run_beside(lambda: translations(ENGLISH), lambda _sentences: None, self._trouble)
        self._beat.start()

    def refresh(self) -> None:
        """Read again how the queues stand; nobody's place in the steps changes by it."""
        self._read_s = self._seconds()
        self._tasks.run(self._read, self._show_read, self._stop)

    def tick(self) -> None:
        """What time alone does: clock, pauses, news of the paper."""
        now_s = self._seconds()
        self.header.show_time(self._now(), self.say)
        self._change(self._state.passed(now_s))
        self._ask_printer()
        if now_s - self._read_s >= _READ_AGAIN_S:
            self.refresh()

    def act(self, touch: Act) -> None:
        """Do what a touch means; the second of two touches within 400 ms is the same finger."""
        now_s = self._seconds()
        if self._state.is_too_soon(now_s):
            return
        was_asked = self._state.asked_s is not None
        state = self._state.touched(now_s)
        effect = self._effects.get(touch.kind)
        if was_asked and touch.kind is not ActKind.HOME:
            self._change(state)
        elif effect is None:
            self._change(moved(state, touch))
        else:
            self._change(state)
            effect(touch)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._by_keys = True
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A touch beside every button still says that somebody is there."""
        self._by_keys = False
        if self._state.asked_s is not None:
            self.act(Act(ActKind.STAY))

    def closeEvent(self, event: QCloseEvent) -> None:
        """Alt+F4 and its like do not close a kiosk; the program does, after the PIN."""
        if self.isFullScreen() and not self.leaving.is_allowed:
            event.ignore()
        else:
            super().closeEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._dress()
        self._show()
        self.leaving.fit()

    def _dress(self) -> None:
        """Put on what this panel and this citizen need."""
        state = self._state
        look = kiosk_look(is_large=state.is_large, is_high_contrast=state.is_high_contrast)
        theme = look.scaled(self._panel().scale)
        if theme_of(self) != theme:
            self._drop_hidden_pages()
            apply_theme(self, theme)
            self._fit()

    def _drop_hidden_pages(self) -> None:
        """Dressing the pages out of sight would take longer than making each anew when it is needed."""
        for kind, page in tuple(self._pages.items()):
            if page is not self._stack.currentWidget():
                del self._pages[kind]
                shiboken6.delete(page)

    def _take_ticket(self, touch: Act) -> None:
        is_retry = self._state.ticket is not None and self._state.ticket.phase is Phase.REFUSED
        if self._state.step is not Step.PRIORITY and not is_retry:
            return
        self._change(self._state.wish(touch.value or None, self._new_id, self._seconds()))
        ticket = self._state.ticket
        if ticket is None:
            return
        help_wanted = words.call_for(ticket.wish.priority)
        if help_wanted and self._state.settings.has_staff_call:
            self._call(help_wanted)
        self._tasks.run(lambda: self._issue(ticket), self._show_issued, self._show_refused)

    def _issue(self, ticket: TicketState) -> IssuedTicket:
        """On the worker; the code is made there too, so that it is there when the paper is not."""
        wish = ticket.wish
        issued = self._port.take_ticket(wish.command_id, wish.service, wish.priority)
        modules(issued.qr_token)
        return issued

    def _show_issued(self, issued: IssuedTicket) -> None:
        if self._state.ticket is not None:
            self._change_ticket(self._state.ticket.issued(issued, self._seconds()))
            self._ask_printer()

    def _show_refused(self, refusal: ClerkError) -> None:
        if self._state.ticket is not None:
            self._change_ticket(self._state.ticket.refused(refusal, self._seconds()))

    def _ask_printer(self) -> None:
        """Ask how the slip stands; one question at a time, and none once the paper is out."""
        ticket = self._state.ticket
        if ticket is None or ticket.ticket is None or ticket.phase not in _WAITS_FOR_PAPER or self._is_asking_printer:
            return
        visit = ticket.ticket.visit
        self._is_asking_printer = True
        self._tasks.run(lambda: self._port.slip(visit), lambda slip: self._show_slip(visit, slip), self._no_news)

    def _show_slip(self, visit: str, slip: SlipStanding | None) -> None:
        self._is_asking_printer = False
        ticket = self._state.ticket
        if ticket is not None and ticket.ticket is not None and ticket.ticket.visit == visit:
            self._change_ticket(ticket.with_slip(slip, self._seconds()))

    def _no_news(self, _trouble: ClerkError) -> None:
        """Without news of the paper the patience of 4 s decides."""
        self._is_asking_printer = False

    def _no_paper_came(self, _touch: Act) -> None:
        if self._state.ticket is not None:
            self._change_ticket(self._state.ticket.without_paper(self._seconds()))

    def _print_requirements(self, _touch: Act) -> None:
        service = self._state.service_code
        if service is not None:
            self._tasks.run(
                lambda: self._port.print_requirements(service), lambda _: self._tell(words.LIST_COMES), self._trouble
            )

    def _call_staff(self, _touch: Act) -> None:
        self._call(StaffCall.HELP)

    def _call(self, why: StaffCall) -> None:
        self._tasks.run(lambda: self._port.call_staff(why), lambda _: self._tell(words.STAFF_COMES), self._trouble)

    def _tell(self, notice: Text) -> None:
        self._change(self._state.say(notice))

    def _trouble(self, trouble: ClerkError) -> None:
        self._tell(words.trouble_words(trouble))

    def _read(self) -> tuple[KioskScreen, PrinterStatus | None, bool]:
        return self._port.screen(), self._port.printer(), self._port.has_printer()

    def _show_read(self, read: tuple[KioskScreen, PrinterStatus | None, bool]) -> None:
        screen, printer, has_printer = read
        self._change(self._state.with_screen(screen).with_printer(printer, has_printer=has_printer))
        self.leaving.caring.show_status(printer)

    def _stop(self, trouble: ClerkError) -> None:
        self._change(self._state.without_screen(trouble))

    def _change_ticket(self, ticket: TicketState) -> None:
        """Tell the staff once when a person stands there without paper."""
        was = self._state.ticket
        self._change(self._state.with_ticket(ticket))
        is_new_trouble = ticket.phase is Phase.ON_SCREEN and (was is None or was.phase is not Phase.ON_SCREEN)
        if is_new_trouble and self._state.has_printer and self._state.settings.has_staff_call:
            self._tasks.run(lambda: self._port.call_staff(StaffCall.PAPER), lambda _: None, self._trouble)

    def _change(self, state: KioskState) -> None:
        is_other_place = _place(state) != _place(self._state)
        has_changed, self._state = state != self._state, state
        self._dress()  # while the page whose button was touched is still in sight, and so stays
        if has_changed or state.asked_s is not None or state.step is Step.TICKET:
            self._show()
        if is_other_place:
            self._focus_first()

    def _show(self) -> None:
        state = self._state
        scene = Scene(state, self._language().show, self._panel(), self._seconds())
        self.header.show_house(state.screen.heading if state.screen else ())
        self.header.show_time(self._now(), self.say)
        self.question.show_scene(scene, is_asked=_page_kind(state) is not MessagePage)
        strip = words.strip(state)
        self.strip.show_words(self.say(strip) if strip else "", _strip_tone(state))
        self.footer.show_scene(scene)
        self._stack.setCurrentWidget(self.page)
        self.page.show_scene(scene)

    def _focus_first(self) -> None:
        """Who works by keys begins at the first button of the new page."""
        reason = Qt.FocusReason.TabFocusReason if self._by_keys else Qt.FocusReason.OtherFocusReason
        buttons = self.page.findChildren(TouchButton)
        first = next((button for button in buttons if button.isVisibleTo(self)), self.footer.language)
        first.setFocus(reason)

    def _panel(self) -> Panel:
        return Panel(self.width(), self.height(), self._state.settings.diagonal_in)

    def _language(self) -> Language:
        code = self._state.language
        if code not in self._languages:
            self._languages[code] = Language(code)
        return self._languages[code]

    def _fit(self) -> None:
        theme = theme_of(self)
        margin = theme.px(_MARGIN_PX)
        self.header.fit()
        self._column.setContentsMargins(margin, theme.px(14), margin, theme.px(20))
        self._column.setSpacing(theme.px(14))
        panel = self._panel()
        out_of_reach = panel.pixels(OUT_OF_REACH_MM) - self.header.height() - 2 * self._column.spacing()
        self.question.fit(out_of_reach if panel.is_upright else None)

    def _connect(self) -> None:
        self.header.clock_touched.connect(self.leaving.touch_clock)
        self.leaving.allowed.connect(self.leave_wanted)
        self._effects: dict[ActKind, Callable[[Act], None]] = {
            ActKind.TAKE_TICKET: self._take_ticket,
            ActKind.NO_PAPER_CAME: self._no_paper_came,
            ActKind.PRINT_REQUIREMENTS: self._print_requirements,
            ActKind.CALL_STAFF: self._call_staff,
        }
        self.footer.touched.connect(self.act)

    def _lay_out(self) -> None:
        self.setWindowTitle(str(msg("Kiosk nomor antrean")))
        # A page that is not in sight must not make the window larger.
        self._stack.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self._column = QVBoxLayout()
        self._column.addWidget(self.question)
        self._column.addWidget(self._stack, 1)
        self._column.addWidget(self.footer)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(self.header)
        whole.addWidget(self.strip)
        whole.addLayout(self._column, 1)


_PAGES: dict[Step, type[KioskPage]] = {
    Step.AGENCY: AgencyPage,
    Step.ALL_AGENCIES: AgencyPage,
    Step.CLOSED: ClosedPage,
    Step.SERVICE: ServicePage,
    Step.PREVIEW: PreviewPage,
    Step.PRIORITY: PriorityPage,
    Step.TICKET: TicketPage,
}


def _page_kind(state: KioskState) -> type[KioskPage]:
    if state.step is not Step.TICKET and (state.screen is None or state.stopped is not None):
        return MessagePage
    return StillTherePage if state.asked_s is not None else _PAGES[state.step]


def _place(state: KioskState) -> tuple[object, ...]:
    """What makes a page another one, so that the focus begins anew."""
    phase = state.ticket.phase if state.ticket else None
    return _page_kind(state), state.step, state.page, state.letter, phase


def _strip_tone(state: KioskState) -> Tone:
    is_paper = state.step is Step.TICKET and state.ticket is not None and state.ticket.phase is Phase.ON_SCREEN
    if is_paper:
        return Tone.PAPER
    is_well = words.is_late_paper(state) or state.notice in {words.STAFF_COMES, words.LIST_COMES}
    if is_well:
        return Tone.WELL
    return Tone.WARN if state.notice else Tone.PAPER
