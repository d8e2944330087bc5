"""The inside of a simulated printer: a receive buffer, and head, paper and knife that work it off in order."""

import time
from collections import deque
from collections.abc import Callable
from threading import Condition as Lock
from typing import Protocol

from tests.fakes.escpos_stream import DOTS_A_LINE, CommandKind, EscposCommand
from tests.fakes.printer.behaviour import ANSWERS, Behaviour, Condition, Moment
from tests.fakes.printer.paper import Paper
from tests.fakes.printer.talk import Talk

DOTS_PER_MM = 8
_DOTS_A_SIGN = 24
_MODULES_OF_A_QR_CODE = 29
_MAKER = 66
_NOTHING = b"\0"
_ON_PAPER = frozenset(
    {CommandKind.CHARACTER, CommandKind.FEED, CommandKind.RASTER, CommandKind.QR_CODE, CommandKind.CUT}
)


class Outside(Protocol):
    """The rest of the printer: it hears each moment as it comes, and changes how it stands."""

    def happened(self, moment: Moment) -> None: ...

    def become(self, condition: Condition) -> None: ...

    def who_hears(self, talk: Talk) -> Talk: ...


class Mechanism:
    """Everything here happens under the printer's one lock.

    Its time is the printer's own: what a busy computer adds to a wait delays neither the next movement nor what a look
    at the printer finds. `moving_s` is what the paper itself has taken so far.
    """

    def __init__(
        self, behaviour: Behaviour, changed: Lock, outside: Outside, clock: Callable[[], float] = time.perf_counter
    ) -> None:
        self.paper = Paper()
        self.moving_s = 0.0
        self._clock = clock
        self._still_since = 0.0
        self._due: float | None = None
        self._behaviour = behaviour
        self._changed = changed
        self._outside = outside
        self._buffer: deque[tuple[EscposCommand, Talk]] = deque()
        self._buffered = 0
        self._questions = 0
        self._height = 1
        self._module = 3

    @property
    def room(self) -> int:
        """How many more bytes the buffer takes."""
        return max(0, self._behaviour.buffer_bytes - self._buffered)

    @property
    def is_busy(self) -> bool:
        return bool(self._buffer) and self._behaviour.condition.is_online

    def works_for(self, talk: Talk) -> bool:
        return self.is_busy and any(owner is talk for _, owner in self._buffer)

    def take(self, command: EscposCommand, talk: Talk) -> None:
        if not self._buffer:
            self.hold()
        self._buffer.append((command, talk))
        self._buffered += len(command.data)
        self._questions += command.kind is CommandKind.STATUS
        self._changed.notify_all()

    def clear(self) -> None:
        """Forget what was not yet printed, as a printer does that is switched off."""
        self._buffer.clear()
        self._buffered = self._questions = 0
        self._height = 1
        self.hold()

    def hold(self) -> None:
        """The paper stands still; what was moving begins anew."""
        self._still_since, self._due = self._clock(), None

    def catch_up(self) -> None:
        """Do all that there was time for."""
        now = self._clock()
        while self._is_due(now):
            self._end_movement()
            self._changed.notify_all()

    def run(self, is_off: Callable[[], bool]) -> None:
        with self._changed:
            while not is_off():
                self.catch_up()
                if self.is_busy and self._due is not None:
                    self._changed.wait(max(0.0, self._due - self._clock()))
                elif self._behaviour.condition is Condition.HOT_HEAD:
                    self._cool_down(is_off)
                else:
                    self._changed.wait()

    def _cool_down(self, is_off: Callable[[], bool]) -> None:
        def is_over() -> bool:
            return is_off() or self._behaviour.condition is not Condition.HOT_HEAD

        if not self._changed.wait_for(is_over, self._behaviour.cools_in_s):
            self._outside.become(Condition.HEALTHY)

    def _is_due(self, now: float) -> bool:
        """Whether the first command in the buffer, begun where it was not, has had the time that its paper takes."""
        if self.is_busy and self._due is None:
            self._run_ahead()
        if self.is_busy and self._due is None:
            self._due = self._still_since + self._takes_s(self._buffer[0][0])
        return self.is_busy and self._due is not None and self._due <= now

    def _takes_s(self, command: EscposCommand) -> float:
        speed = self._behaviour.mm_per_s
        return self._dots_of(command) / DOTS_PER_MM / speed if speed else 0.0

    def _end_movement(self) -> None:
        command, talk = self._buffer.popleft()
        self._buffered -= len(command.data)
        self._questions -= command.kind is CommandKind.STATUS
        self.paper.mm += self._dots_of(command) / DOTS_PER_MM
        self.moving_s += self._takes_s(command)
        self._still_since, self._due = self._still_since + self._takes_s(command), None
        self._execute(command, talk)

    def _execute(self, command: EscposCommand, talk: Talk) -> None:
        match command.kind:
            case CommandKind.STATUS:
                self._confirm(talk)
            case CommandKind.TAG:
                self._confirm_tag(talk, command)
            case CommandKind.IDENTITY:
                self._call_itself(talk, command.data[2] - _MAKER)
            case _:
                self._print(command)

    def _print(self, command: EscposCommand) -> None:
        if command.data == _NOTHING:
            return
        self._set(command)
        self.paper.take(command)
        if command.kind in _ON_PAPER:
            self._outside.happened(Moment.PRINTING)
        if command.kind is CommandKind.CUT:
            self.paper.cut()
            self._outside.happened(Moment.CUT)
        limit = self._behaviour.fails_after
        if limit is not None and self.paper.bytes_printed >= limit:
            self._behaviour.fails_after = None
            self._outside.become(self._behaviour.fails_with)

    def _set(self, command: EscposCommand) -> None:
        match command.kind:
            case CommandKind.INIT:
                self._height = 1
            case CommandKind.SIZE:
                self._height = 1 + (command.data[2] & 0x07)
            case CommandKind.QR_MODULE:
                self._module = command.data[-1]

    def _dots_of(self, command: EscposCommand) -> int:
        match command.kind:
            case CommandKind.FEED if self._height > 1 and command.dots == DOTS_A_LINE:
                return max(DOTS_A_LINE, _DOTS_A_SIGN * self._height)
            case CommandKind.QR_CODE:
                return _MODULES_OF_A_QR_CODE * self._module
            case _:
                return command.dots

    def _run_ahead(self) -> None:
        """Answer a question whose turn is near: firmware does when it has read so far."""
        ahead = self._behaviour.runs_ahead_mm
        if ahead is None or not self._questions:
            return
        dots = 0
        for place, (command, talk) in enumerate(self._buffer):
            if command.kind is CommandKind.STATUS:
                del self._buffer[place]
                self._buffered -= len(command.data)
                self._questions -= 1
                self._confirm(talk)
                return
            dots += self._dots_of(command)
            if dots > ahead * DOTS_PER_MM:
                return

    def _confirm(self, talk: Talk) -> None:
        if self._behaviour.confirms:
            self._outside.who_hears(talk).say(ANSWERS[self._behaviour.condition].in_order)
            self._outside.happened(Moment.CONFIRMED)

    def _confirm_tag(self, talk: Talk, command: EscposCommand) -> None:
        if self._behaviour.knows_tags is None:
            signs = (bytes((sign,)) for sign in command.data if sign >= 0x20)
            for sign in signs:
                self.paper.take(EscposCommand(CommandKind.CHARACTER, sign))
        elif self._behaviour.knows_tags:
            self._outside.who_hears(talk).say(b'7"' + command.data[-4:] + b"\0")
            self._outside.happened(Moment.CONFIRMED)

    def _call_itself(self, talk: Talk, which: int) -> None:
        if 0 <= which < len(self._behaviour.calls_itself):
            self._outside.who_hears(talk).say(b"_" + self._behaviour.calls_itself[which].encode("ascii") + b"\0")
