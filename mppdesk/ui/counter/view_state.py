"""What the counter window shows and what its keys may do, decided from what was read and from what the clerk has open.

Free of Qt: the window only draws what stands here.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from mppdesk.domain.office_day import CounterState
from mppdesk.domain.slip import Slip
from mppdesk.domain.visit import TicketStatus
from mppdesk.operations.readings import Checklist, CounterScreen, CurrentTicket, PrinterStatus
from mppdesk.operations.submissions import Check
from mppdesk.ui.counter.checklist_state import RowView, leaves_papers, row_views, with_pending
from mppdesk.ui.counter.idle_state import IdleView, idle_view
from mppdesk.ui.counter.key_state import KeyState, key_states
from mppdesk.ui.counter.outcome_state import OutcomeView, outcome_view
from mppdesk.ui.counter.person_state import CalledView, PersonView, called_view, person_view
from mppdesk.ui.counter.queue_state import QueueView, Tab, queue_view
from mppdesk.ui.counter.row_card_state import RowCardView, row_card_view
from mppdesk.ui.counter.stage import Outcome, Stage
from mppdesk.ui.shared.shortcuts import Act


@dataclass(frozen=True, slots=True)
class Local:
    """What only this window knows: the open tab, the row in hand, keys not yet answered by the store.

    `preview` is the slip in the outcome panel, None while that panel is closed, and `preview_without_person` the same
    slip for a locked window; `row` counts from 0.
    """

    tab: Tab = Tab.WAITING
    row: int = 0
    pending: Mapping[str, Check] = field(default_factory=dict)
    is_details_open: bool = False
    preview: Slip | None = None
    preview_without_person: Slip | None = None
    is_busy: bool = False


@dataclass(frozen=True, slots=True)
class CounterView:
    """Everything drawn in the window, of one moment. Parts that do not belong to the stage are None."""

    stage: Stage
    outcome_now: Outcome
    keys: Mapping[Act, KeyState]
    queue: QueueView
    idle: IdleView | None
    called: CalledView | None
    person: PersonView | None
    rows: tuple[RowView, ...]
    row_card: RowCardView | None
    checklist: Checklist | None
    outcome: OutcomeView | None


def decide(
    screen: CounterScreen,
    local: Local,
    printer: PrinterStatus | None,
    now: datetime,
    lost_at: datetime | None = None,
) -> CounterView:
    """Decide what is shown at the moment `now`; aware times in the office's zone, `lost_at` when the hub was lost."""
    ticket, is_cut_off = with_newest_keys(screen.current, local), lost_at is not None
    stage = stage_of(screen)
    outcome = outcome_of(ticket)
    has_checklist = ticket is not None and stage is Stage.SERVING
    rows = row_views(ticket.checklist) if ticket and stage in (Stage.CALLED, Stage.SERVING) else ()
    is_outcome_open = local.preview is not None and has_checklist
    return CounterView(
        stage=stage,
        outcome_now=outcome,
        keys=key_states(
            screen,
            ticket,
            stage,
            outcome,
            is_outcome_open,
            now,
            is_cut_off=is_cut_off,
            has_printer=printer is not None,
        ),
        queue=queue_view(screen, local.tab, now, lost_at),
        idle=idle_view(screen, stage, now, is_cut_off=is_cut_off) if ticket is None else None,
        called=called_view(ticket, screen.label, now) if ticket and stage is Stage.CALLED else None,
        person=person_view(ticket, now) if ticket and has_checklist else None,
        rows=rows,
        row_card=row_card_view(ticket.checklist, local.row, local.is_details_open) if ticket and rows else None,
        checklist=ticket.checklist if ticket and stage in (Stage.CALLED, Stage.SERVING) else None,
        outcome=outcome_view(screen, outcome, local.preview, printer) if is_outcome_open and local.preview else None,
    )


def with_newest_keys(ticket: CurrentTicket | None, local: Local) -> CurrentTicket | None:
    """The person at the desk with the ticks the store has not answered yet."""
    if ticket is None or not local.pending:
        return ticket
    return replace(ticket, checklist=with_pending(ticket.checklist, local.pending))


def stage_of(screen: CounterScreen) -> Stage:
    """Where the counter stands between opening and closing."""
    if screen.current is not None:
        is_called = screen.current.row.status is TicketStatus.CALLED
        return Stage.CALLED if is_called else Stage.SERVING
    if screen.state is CounterState.CLOSED:
        return Stage.CLOSED
    return Stage.ON_BREAK if screen.state.is_on_break else Stage.IDLE


def outcome_of(ticket: CurrentTicket | None) -> Outcome:
    """What F9 would do now, by what the checklist says."""
    if ticket is None:
        return Outcome.NOTHING
    checklist = ticket.checklist
    if checklist.undecided:
        return Outcome.UNDECIDED
    if checklist.lacking:
        return Outcome.HAND_BACK
    return Outcome.REGISTER if leaves_papers(checklist) else Outcome.FINISH
