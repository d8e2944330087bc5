"""A receipt printer behind a wire: ask, hand the sheet over once, wait for its word, hang up."""

from collections.abc import Callable

from mppdesk.domain.print_job import PrinterState
from mppdesk.domain.slip import Slip
from mppdesk.printing.conversation import Conversation, Timings
from mppdesk.printing.delivery import Outcome, Sheet, blocked, printed, unconfirmed
from mppdesk.printing.status import ASK_PAPER_IN_PRINT_ORDER
from mppdesk.printing.wire import Wire

_WORKING = frozenset({PrinterState.READY, PrinterState.PAPER_NEAR_END})


class ReceiptPrinter:
    """Opens a wire for each sheet and each probe: printers drop idle lines, and a kept one fails at the next sheet.

    `connect` gives an open wire within some seconds or raises OSError. `render` ends a slip with GS r 1 where the model
    knows it; without it no job is ever confirmed.
    """

    def __init__(
        self, connect: Callable[[float], Wire], render: Callable[[Slip], bytes], timings: Timings | None = None
    ) -> None:
        self._connect = connect
        self._render = render
        self._timings = timings or Timings()

    def prepare(self, slip: Slip, name: str) -> Sheet:
        return Sheet(name, slip, self._render(slip))

    def probe(self) -> PrinterState:
        try:
            with self._connect(self._timings.connect) as wire:
                return Conversation(wire, self._timings).look()
        except OSError:
            return PrinterState.UNREACHABLE

    def print(self, sheet: Sheet) -> Outcome:
        try:
            wire = self._connect(self._timings.connect)
        except OSError:
            return blocked(PrinterState.UNREACHABLE)
        with wire:
            return self._print_over(Conversation(wire, self._timings), sheet)

    def _print_over(self, talk: Conversation, sheet: Sheet) -> Outcome:
        try:
            before = talk.look()
        except OSError:
            return blocked(PrinterState.UNREACHABLE)
        if before.blocks:
            return blocked(before)
        given = talk.hand_over(sheet.data)
        if not given:
            return blocked(PrinterState.UNREACHABLE)
        if given < len(sheet.data):
            return unconfirmed(given, PrinterState.UNREACHABLE)
        if before is PrinterState.MUTE or not sheet.data.endswith(ASK_PAPER_IN_PRINT_ORDER):
            talk.end_within(self._timings.end)
            return unconfirmed(given, before)
        return self._outcome_of(talk, given, self._timings.confirmation_of(sheet))

    def _outcome_of(self, talk: Conversation, given: int, patience_s: float) -> Outcome:
        try:
            state = talk.wait_for_confirmation(patience_s)
        except OSError:
            return unconfirmed(given, PrinterState.UNREACHABLE)
        if talk.is_confirmed and state in _WORKING:
            talk.end_within(self._timings.confirmed_end)
            return printed(given, state)
        talk.end_within(self._timings.stopped_end if state.blocks else self._timings.end)
        return unconfirmed(given, state)
