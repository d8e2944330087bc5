"""A receipt printer behind a wire: ask, hand the sheet over once, wait for its word, hang up."""

from collections.abc import Callable, Hashable
from hashlib import blake2b
from string import ascii_letters, digits

from mppdesk.domain.print_job import PrinterState
from mppdesk.domain.slip import Slip
from mppdesk.printing.conversation import Conversation, Timings
from mppdesk.printing.delivery import Outcome, Sheet, Tell, blocked, printed, to_nobody, unconfirmed
from mppdesk.printing.left_behind import LeftBehind, Places
from mppdesk.printing.status import ASK_PAPER_IN_PRINT_ORDER, ask_when_printed
from mppdesk.printing.wire import Wire

_SIGNS = ascii_letters + digits
# Printers hold 4 KB and more of what they have not printed yet.
_NULS_AT_ONCE = 2_000
_WORKING = frozenset({PrinterState.READY, PrinterState.PAPER_NEAR_END})


class ReceiptPrinter:
    """Opens a wire for each sheet and each probe: printers drop idle lines, and a kept one fails at the next sheet.

    `connect` gives an open wire within some seconds or raises OSError. `render` ends a slip with GS r 1 where the model
    knows it. `knows_tags`: the set-up saw that this printer answers GS ( H, so each sheet ends with that and its own
    tag; another printer may print the question. Without either no job is ever confirmed. `places` are known to all who
    may lead a wire to the same printer; where a new one of these comes for the first time, others may have been, and
    have left it `longest_picture` bytes short of the end of a picture.
    """

    def __init__(
        self,
        connect: Callable[[float], Wire],
        render: Callable[[Slip], bytes],
        timings: Timings | None = None,
        *,
        knows_tags: bool = False,
        places: Places | None = None,
        longest_picture: int = 0,
    ) -> None:
        self._connect = connect
        self._render = render
        self._timings = timings or Timings()
        self._knows_tags = knows_tags
        self._places = places or Places()
        self._longest_picture = longest_picture
        self._left = LeftBehind()
        self.place: Hashable | None = None
        self._been_at: set[Hashable] = set()

    def prepare(self, slip: Slip, name: str) -> Sheet:
        data = self._render(slip)
        if not self._knows_tags:
            return Sheet(name, slip, data)
        tag = tag_of(name)
        return Sheet(name, slip, data + ask_when_printed(tag), tag)

    def probe(self) -> PrinterState:
        try:
            with self._connect(self._timings.connect) as wire:
                self._come_to(wire.place)
                state = self._look(Conversation(wire, self._timings))
                self._left.late_answers.look(self, is_ready=state in _WORKING)
        except OSError:
            self._left.late_answers.look(self, is_ready=False)
            return PrinterState.UNREACHABLE
        return state

    def print(self, sheet: Sheet, tell: Tell = to_nobody) -> Outcome:
        try:
            wire = self._connect(self._timings.connect)
        except OSError:
            return blocked(PrinterState.UNREACHABLE)
        with wire:
            self._come_to(wire.place)
            return self._print_over(wire, sheet, tell)

    def _come_to(self, place: Hashable) -> None:
        """Another place may be the same printer: one that was plugged in anew, or whose name has another number now."""
        if place == self.place:
            return
        before, self._left, self.place = self._left, self._places.at(place), place
        self._left.inherit(before)
        if place not in self._been_at:
            self._been_at.add(place)
            self._left.allow_for_others(self._longest_picture)

    def _look(self, talk: Conversation) -> PrinterState:
        """First of all, end a command that an earlier sheet broke off in: it would take all that follows for its data.

        So might a question be taken, and make it longer still. What is left of dots is only sent to a printer that has
        not stopped, and no more at once than the smallest can hold: it would hide what the printer says of itself. Only
        who answers has surely taken it: a look that breaks off may lose it on the way. One that is mute gets it once.
        """
        left = self._left
        talk.end_what_was_begun(left.in_a_command)
        state = talk.look(asks_again=not left.is_mute and not left.in_a_picture)
        if state is PrinterState.MUTE and left.in_a_picture and not left.is_flushed:
            left.is_flushed = True
            state = self._look_behind(talk, left.in_a_picture, is_mute=True)
        while left.in_a_picture and not state.blocks and state is not PrinterState.MUTE:
            state = self._look_behind(talk, min(left.in_a_picture, _NULS_AT_ONCE), is_mute=False)
        if state is not PrinterState.MUTE:
            left.in_a_command = 0
        left.is_mute = state is PrinterState.MUTE
        return state

    def _look_behind(self, talk: Conversation, count: int, *, is_mute: bool) -> PrinterState:
        state = talk.look_behind(count, is_mute=is_mute)
        if state is not PrinterState.MUTE:
            self._left.in_a_picture -= count
        return state

    def _print_over(self, wire: Wire, sheet: Sheet, tell: Tell) -> Outcome:
        try:
            talk = Conversation(wire, self._timings)
            before = self._look(talk)
        except OSError:
            return blocked(PrinterState.UNREACHABLE)
        if before.blocks:
            return blocked(before)
        tell(before)
        data = sheet.data
        if before is PrinterState.MUTE:  # it could answer later, when that passes for another sheet's
            data = data.removesuffix(ASK_PAPER_IN_PRINT_ORDER)
        given = talk.hand_over(data, sheet.tag, late_answers=self._left.late_answers.at_most)
        if not given:
            return blocked(PrinterState.UNREACHABLE)
        if given < len(data):
            return self._give_up(data, given, PrinterState.UNREACHABLE)
        if before is PrinterState.MUTE or not _asks(sheet):
            talk.end_within(self._timings.end)
            return self._give_up(data, given, before)
        return self._outcome_of(talk, sheet, tell)

    def _outcome_of(self, talk: Conversation, sheet: Sheet, tell: Tell) -> Outcome:
        given = len(sheet.data)
        try:
            state = talk.wait_for_confirmation(self._timings.confirmation_of(sheet), tell)
        except OSError:
            return self._give_up(sheet.data, given, PrinterState.UNREACHABLE)
        tell(state)
        if talk.is_confirmed and state in _WORKING:
            talk.end_within(self._timings.confirmed_end)
            return printed(given, state)
        talk.end_within(self._timings.stopped_end if state.blocks else self._timings.end)
        return self._give_up(sheet.data, given, state)

    def _give_up(self, data: bytes, given: int, state: PrinterState) -> Outcome:
        """What the printer still has of this may break off in a command, and be answered when nobody thinks of it."""
        self._left.add(data)
        if data.endswith(ASK_PAPER_IN_PRINT_ORDER):
            self._left.late_answers.add_one()
        return unconfirmed(given, state)


def tag_of(name: str) -> str:
    """The tag of a sheet: four letters and digits made of its name, so that the word for another one does not fit."""
    number = int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), "big")
    return "".join(_SIGNS[number // len(_SIGNS) ** place % len(_SIGNS)] for place in range(4))


def _asks(sheet: Sheet) -> bool:
    return sheet.tag is not None or sheet.data.endswith(ASK_PAPER_IN_PRINT_ORDER)
