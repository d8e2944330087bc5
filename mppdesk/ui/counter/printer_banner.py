"""The banner that says what is wrong with paper, or asks what only a person at the printer can see."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from mppdesk.operations.far_printers import FarPrinter
from mppdesk.operations.readings import PrinterStatus
from mppdesk.ui.counter.choice_panel import ChoicePanel
from mppdesk.ui.counter.paper_acts import PaperActs
from mppdesk.ui.counter.paper_state import (
    PaperButton,
    PaperNotice,
    Reply,
    RollWatch,
    expired_choices,
    expired_sentence,
    expired_title,
    paper_notice,
)
from mppdesk.ui.shared.banner import Banner, BannerAction, BannerStack, Level

_CAUSE = "printer"


class PaperBanner:
    """Shown for as long as its cause lasts; each button is one act."""

    def __init__(self, banners: BannerStack, acts: PaperActs, choices: ChoicePanel) -> None:
        self._banners, self._acts, self._choices = banners, acts, choices
        self._roll = RollWatch()
        self._far: tuple[FarPrinter, ...] = ()

    def look_afar(self, printers: tuple[FarPrinter, ...]) -> None:
        """Take how the printers of other computers stand, for a clerk who looks after them."""
        self._far = printers

    def show(self, status: PrinterStatus | None, now: datetime) -> None:
        """Say what stands at the moment `now` (aware, in the office's zone)."""
        self._roll = self._roll.seen(status)
        notice = paper_notice(status, self._roll, now, self._far)
        if notice is None:
            self._banners.end(_CAUSE)
            return
        actions = self._actions(notice, status, now) if status is not None else ()
        level = Level.ELSEWHERE if notice.is_far else Level.WARN
        banner = Banner(level, notice.icon, notice.what_happened, notice.what_to_do, notice.note, actions)
        self._banners.show_banner(_CAUSE, banner)

    def _actions(self, notice: PaperNotice, status: PrinterStatus, now: datetime) -> tuple[BannerAction, ...]:
        return tuple(BannerAction(each.label, self._run(each, status, now)) for each in notice.buttons)

    def _run(self, button: PaperButton, status: PrinterStatus, now: datetime) -> Callable[[], None]:
        match button.reply:
            case Reply.CAME_OUT:
                return partial(self._acts.came_out, button.about)
            case Reply.REPRINT:
                return partial(self._acts.reprint, button.about)
            case Reply.PRINT_ELSEWHERE:
                return partial(self._acts.print_elsewhere, button.about)
            case Reply.SEE_EXPIRED:
                return partial(self._show_expired, status, now)
            case Reply.NEW_ROLL:
                return partial(self._answer_roll, is_new=True)
            case Reply.SAME_ROLL:
                return partial(self._answer_roll, is_new=False)

    def _show_expired(self, status: PrinterStatus, now: datetime) -> None:
        jobs = status.expired
        ids = tuple(job.job_id for job in jobs)
        choices = expired_choices(jobs, partial(self._acts.let_expired_go, ids), partial(self._acts.print_expired, ids))
        self._choices.ask("receipt-off", expired_title(len(jobs)), choices, expired_sentence(jobs, now))

    def _answer_roll(self, *, is_new: bool) -> None:
        self._roll = self._roll.answered()
        self._banners.end(_CAUSE)
        if is_new:
            self._acts.roll_changed()
