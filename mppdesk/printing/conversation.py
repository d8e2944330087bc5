"""What is said to a receipt printer over an open wire: questions, the sheet, and the wait for its word."""

import contextlib
import time
from collections.abc import Callable
from dataclasses import dataclass

from mppdesk.domain.print_job import PrinterState
from mppdesk.printing.delivery import Sheet, Tell, to_nobody
from mppdesk.printing.status import ALL_QUESTIONS, ASK_PAPER_IN_PRINT_ORDER, Fact, Question, StatusParser
from mppdesk.printing.wire import Wire

_MOST_UNASKED_READS = 64
# Of a serial port at 9600 baud.
_SLOWEST_BYTES_PER_S = 960.0


@dataclass(frozen=True, slots=True)
class Timings:
    """How long to wait for what, in seconds.

    A printer that is not known to be mute is asked a second time when it does not `answer`, with less patience
    (`answer_again`): that it says nothing is seen within 2 s all the same.

    `look_again` is the time between two looks at a printer that is still busy; a fault is seen no later, and one that
    says nothing for `silent` is called mute meanwhile. An answer in print order may come while the last lines and the
    knife still move: `settle` later the printer is looked at again. `end` is for the printer to close the line after an
    unsure job, which loses what the kernel still holds if it is cut; where the printer has stopped, the next job must
    not wait as long (`stopped_end`), and a confirmed job has nothing left to lose (`confirmed_end`). An office printer
    behind a queue may first have to wake up and to make its page (`office_printer`).
    """

    connect: float = 2.0
    answer: float = 0.5
    answer_again: float = 0.3
    stall: float = 5.0
    confirm: float = 3.0
    look_again: float = 0.5
    silent: float = 1.2
    settle: float = 0.3
    end: float = 2.0
    stopped_end: float = 1.0
    confirmed_end: float = 0.1
    office_printer: float = 60.0
    slowest_mm_per_s: float = 50.0

    def confirmation_of(self, sheet: Sheet) -> float:
        """Twice the time that the slowest printer needs for this paper, and some for the cutter."""
        return self.confirm + 2 * sheet.paper_mm / self.slowest_mm_per_s


class Conversation:
    """One open wire with the one reader of its answers; every method but the last two raises OSError."""

    def __init__(self, wire: Wire, timings: Timings) -> None:
        self._wire = wire
        self._timings = timings
        self._parser = StatusParser()
        self._answers_before = 0
        self._late_answers = 0
        self._questions = 0
        self._tag: str | None = None

    @property
    def is_confirmed(self) -> bool:
        """Whether the printer said that all it was given is printed; only its tag says so, where it was given one."""
        if self._tag is not None:
            return self._tag in self._parser.report.tags
        return self._answers > self._late_answers

    @property
    def _answers(self) -> int:
        """How many answers in print order came since the sheet was handed over, whatever they are for."""
        return self._parser.report.confirmations - self._answers_before

    def look(self, *, asks_again: bool = False, patience_s: float | None = None) -> PrinterState:
        """Ask how the printer stands now: all four questions at once, singly if it leaves some of them out.

        With `asks_again` one look that is lost on the way does not make it mute.
        """
        self._take_what_is_there()
        self._parser.forget()
        if self._ask(*ALL_QUESTIONS, patience_s=patience_s):
            return self._parser.report.state
        if asks_again and not self._parser.has_answered:
            self._ask(*ALL_QUESTIONS, patience_s=self._timings.answer_again)
        if not self._parser.has_answered:
            return PrinterState.MUTE
        if not self._parser.awaited:
            return self._parser.report.state
        for question in ALL_QUESTIONS:  # which answer is missing cannot be told: they carry no number
            self._ask(question)
        return self._parser.report.state

    def wait_for_confirmation(self, patience_s: float, tell: Tell = to_nobody) -> PrinterState:
        """Wait until the printer has worked off all it was given, or stopped; give how it stands after that.

        Many firmwares answer nothing while the paper moves: a printer is told mute only after some looks' time.
        """
        heard_at = time.monotonic()
        until = heard_at + patience_s
        while not self.is_confirmed and (left_s := until - time.monotonic()) > 0:
            if self._receive_until(self._is_answered, min(left_s, self._timings.look_again)):
                heard_at = time.monotonic()
                self._ask_again_where_unsure()
                continue
            if time.monotonic() - heard_at > self._timings.silent:
                tell(PrinterState.MUTE)
            state = self.look()
            if state.blocks:
                return state
            if state is not PrinterState.MUTE:
                heard_at = time.monotonic()
                tell(state)
        return self._look_at_rest()

    def _look_at_rest(self) -> PrinterState:
        """The last look; an answer that comes only now says no more than one in time."""
        was_confirmed = self.is_confirmed
        if was_confirmed and self._tag is None:
            self._receive_until(lambda: False, self._timings.settle)
        if self._parser.report.state.blocks:  # the confirmation itself said that the paper ended
            return self._parser.report.state
        state = self.look()
        return state if self.is_confirmed == was_confirmed else self._look_at_rest()

    def confirms(self) -> bool:
        """Whether the printer answers in print order; it must be online, or the question itself waits."""
        self._count_answers()
        self._say(ASK_PAPER_IN_PRINT_ORDER)
        return self._receive_until(lambda: self.is_confirmed, self._timings.confirm)

    def end_what_was_begun(self, most_bytes: int) -> None:
        """Give what a command that was cut off still waits for; a printer that waits for nothing passes over NUL."""
        self._say(bytes(most_bytes), is_urgent=True)

    def look_behind(self, most_bytes: int, *, is_mute: bool) -> PrinterState:
        """Give what a picture that was cut off still waits for, and look again behind that.

        On a slow line the answer comes when all of it has gone; who says nothing is not waited for so long.
        """
        self._say(bytes(most_bytes), is_urgent=is_mute)
        if is_mute:
            return self.look(patience_s=self._timings.answer_again)
        slowest_s = most_bytes / _SLOWEST_BYTES_PER_S
        return self.look(asks_again=True, patience_s=self._timings.answer + min(self._timings.stall, slowest_s))

    def listen_for(self, tag: str) -> None:
        """Take heed of the tag, which without this is noise."""
        self._parser.await_tag(tag)

    def hears(self, tag: str) -> bool:
        """Whether the printer says this tag, or has said it."""
        return self._receive_until(lambda: tag in self._parser.report.tags, self._timings.confirm)

    def facts(self, *facts: Fact) -> dict[Fact, str]:
        """What the printer calls itself; nothing where it did not answer all of it, since answers carry no number."""
        self._take_what_is_there()
        known = len(self._parser.report.texts)
        self._say(self._parser.ask_facts(*facts))
        self._receive_until(lambda: len(self._parser.report.texts) == known + len(facts), self._timings.confirm)
        texts = self._parser.report.texts[known:]
        return dict(zip(facts, texts, strict=True)) if len(texts) == len(facts) else {}

    def hand_over(self, data: bytes, tag: str | None = None, *, late_answers: int = 0) -> int:
        """Write everything; give how many bytes the system took before the printer stalled or went away.

        `tag` is what the data itself asks the printer to say when it is printed; without one it ends with a question in
        print order, and `late_answers` is how many may still come for others.
        """
        given = 0
        with contextlib.suppress(OSError):
            self._count_answers(late_answers)
            self._tag = tag
            if tag is not None:
                self.listen_for(tag)
            while given < len(data):
                given += self._wire.send(data[given:], self._timings.stall)
        return given

    def end_within(self, seconds: float) -> None:
        """Say that nothing more comes and let the printer hang up; unread answers would make closing a reset."""
        until = time.monotonic() + seconds
        with contextlib.suppress(OSError):
            if self._wire.finish(seconds):
                self._receive_until(lambda: False, until - time.monotonic())

    def _count_answers(self, late_answers: int = 0) -> None:
        """Begin to count what answers one question, which comes next."""
        self._take_what_is_there()
        self._answers_before, self._late_answers = self._parser.report.confirmations, late_answers
        self._questions = 1

    def _is_answered(self) -> bool:
        return self.is_confirmed or (self._tag is None and self._answers >= self._questions)

    def _ask_again_where_unsure(self) -> None:
        """The answer may have been for another sheet; whatever answers the next question comes after it."""
        if not self.is_confirmed:
            self._questions += 1
            self._say(ASK_PAPER_IN_PRINT_ORDER)

    def _ask(self, *questions: Question, patience_s: float | None = None) -> bool:
        self._say(self._parser.ask(*questions), is_urgent=True)
        return self._receive_until(lambda: not self._parser.awaited, patience_s or self._timings.answer)

    def _say(self, data: bytes, *, is_urgent: bool = False) -> None:
        while data:
            data = data[self._wire.send(data, self._timings.stall, is_urgent=is_urgent) :]

    def _receive_until(self, is_enough: Callable[[], bool], timeout_s: float) -> bool:
        """What is there at the end was said in time, though a busy computer did not read it."""
        until = time.monotonic() + timeout_s
        while not is_enough():
            left_s = until - time.monotonic()
            self._parser.feed(self._wire.receive(max(0.0, left_s)))
            if left_s <= 0:
                return is_enough()
        return True

    def _take_what_is_there(self) -> None:
        """Take what was sent unasked; raises OSError where that has no end, since no printer talks so much."""
        for _ in range(_MOST_UNASKED_READS):
            received = self._wire.receive(0)
            if not received:
                return
            self._parser.feed(received)
        raise ConnectionAbortedError
