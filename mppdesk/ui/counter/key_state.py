"""Which keys are usable now, what they are called, and which one is the filled button."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from mppdesk.operations.readings import CounterScreen, CurrentTicket
from mppdesk.texts import Text, msg
from mppdesk.ui.counter.stage import Outcome, Stage
from mppdesk.ui.shared.shortcuts import COUNTER_KEYS, Act

CALLS_BEFORE_NO_SHOW = 3
RECALL_PAUSE_MS = 10_000
TAKE_TICKET = msg("Terima karcis")

_LABELS = {row.act: row.label for row in COUNTER_KEYS}


@dataclass(frozen=True, slots=True)
class KeyState:
    """One key of the bar: its words, a small note below them, whether it may be pressed, whether it is the next act."""

    label: Text
    note: Text | None = None
    is_usable: bool = False
    is_filled: bool = False


def key_states(
    screen: CounterScreen,
    ticket: CurrentTicket | None,
    stage: Stage,
    outcome: Outcome,
    is_outcome_open: bool,
    now: datetime,
    *,
    is_cut_off: bool = False,
    has_printer: bool = True,
) -> Mapping[Act, KeyState]:
    """Every key of the bar; while the outcome panel is open its own button is the filled one.

    Cut off from the hub F2 takes whoever shows a ticket, since nobody here knows who is next, and F7 gives one.
    """
    is_serving = stage is Stage.SERVING
    is_called = stage is Stage.CALLED
    here = is_serving or is_called
    last_call = is_called and ticket is not None and ticket.call_times >= CALLS_BEFORE_NO_SHOW
    pause_s = recall_pause_s(ticket, now) if is_called else 0
    usable = {
        Act.CALL_NEXT: stage is Stage.IDLE and (is_cut_off or bool(screen.waiting)),
        Act.RECALL: is_called and pause_s == 0 and not last_call,
        Act.NO_SHOW: is_called,
        Act.START: is_called,
        Act.HOLD: here,
        Act.TRANSFER: here,
        Act.REPRINT: stage is not Stage.CLOSED,
        Act.DONE: here,
        Act.PAUSE_OR_CLOSE: True,
    }
    filled = None if is_outcome_open else _filled(usable, stage, outcome, last_call)
    keys = {act: KeyState(_LABELS[act], None, may, act is filled) for act, may in usable.items()}
    if is_cut_off:
        keys[Act.CALL_NEXT] = replace(keys[Act.CALL_NEXT], label=TAKE_TICKET)
        if has_printer:
            keys[Act.TRANSFER] = replace(keys[Act.TRANSFER], note=msg("+ karcis alih"))
    keys[Act.REPRINT] = replace(keys[Act.REPRINT], note=msg("Ctrl+S: PDF"))
    keys[Act.DONE] = _done(keys[Act.DONE], ticket, stage, outcome)
    if pause_s:
        keys[Act.RECALL] = replace(keys[Act.RECALL], note=msg("{seconds} dtk lagi", seconds=pause_s))
    return keys


def recall_pause_s(ticket: CurrentTicket | None, now: datetime) -> int:
    """Seconds until the number may be called again, so that the hall hears each call to its end; 0 when it may."""
    if ticket is None:
        return 0
    left_ms = RECALL_PAUSE_MS - (now.timestamp() * 1000 - ticket.called_ms)
    return max(0, -int(-left_ms // 1000))


def _filled(usable: Mapping[Act, bool], stage: Stage, outcome: Outcome, last_call: bool) -> Act | None:
    if stage is Stage.CALLED:
        return Act.NO_SHOW if last_call else Act.START
    if stage is Stage.SERVING:
        return Act.DONE if outcome is not Outcome.UNDECIDED else None
    return Act.CALL_NEXT if usable[Act.CALL_NEXT] else None


def _done(key: KeyState, ticket: CurrentTicket | None, stage: Stage, outcome: Outcome) -> KeyState:
    """F9 says what it will do: Terima berkas, Kembalikan, or Selesai with how many rows are left."""
    if ticket is None or stage is Stage.CALLED:
        return key
    checklist = ticket.checklist
    match outcome:
        case Outcome.UNDECIDED:
            return replace(key, note=msg("{count} baris lagi", count=len(checklist.undecided)))
        case Outcome.HAND_BACK:
            return replace(key, label=msg("Kembalikan"), note=msg("{count} kekurangan", count=len(checklist.lacking)))
        case Outcome.REGISTER:
            return replace(key, label=msg("Terima berkas"))
    return key
