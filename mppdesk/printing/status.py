"""What an ESC/POS printer says of itself: its answers are told apart by their fixed bits, whatever arrives in between.

Sources: Epson ESC/POS reference (DLE EOT, GS r, GS a) and the table of fixed bits in TM-T88III, appendix G.
"""

from collections import deque
from dataclasses import dataclass, replace
from enum import Enum, StrEnum

from mppdesk.domain.print_job import PrinterState

_NOT_THE_CUTTER = 0x64  # recoverable, unrecoverable, recovers by itself (a hot head)


class Reading(StrEnum):
    """What is known of one part of a printer; silence is neither good nor bad news."""

    OK = "ok"
    FAULT = "fault"
    UNKNOWN = "unknown"


class Question(Enum):
    """The four real-time questions DLE EOT n."""

    PRINTER = 1
    STOPPED_BY = 2
    ERROR = 3
    PAPER = 4

    @property
    def command(self) -> bytes:
        return bytes((0x10, 0x04, self.value))


ALL_QUESTIONS = tuple(Question)
ASK_PAPER_IN_PRINT_ORDER = b"\x1dr\x01"
"""GS r 1: executed after everything sent before it, and only while the printer is online."""


@dataclass(frozen=True, slots=True)
class Report:
    """All that the printer has said so far, each part as last heard.

    `paper_stop` and `error` are what DLE EOT 2 gives as reason for stopping, `paper` and `cutter` what the sensors say;
    `confirmations` counts answers to GS r 1.
    """

    online: Reading = Reading.UNKNOWN
    cover: Reading = Reading.UNKNOWN
    paper_stop: Reading = Reading.UNKNOWN
    paper: Reading = Reading.UNKNOWN
    paper_supply: Reading = Reading.UNKNOWN
    cutter: Reading = Reading.UNKNOWN
    mechanism: Reading = Reading.UNKNOWN
    error: Reading = Reading.UNKNOWN
    confirmations: int = 0

    @property
    def state(self) -> PrinterState:
        """The one trouble a person should mend first; an open cover also hides the paper, so it comes first."""
        for reading, trouble in (
            (self.cover, PrinterState.COVER_OPEN),
            (self.paper_stop, PrinterState.PAPER_OUT),
            (self.paper, PrinterState.PAPER_OUT),
            (self.cutter, PrinterState.CUTTER_JAM),
            (self.mechanism, PrinterState.ERROR),
            (self.error, PrinterState.ERROR),
            (self.online, PrinterState.OFFLINE),
            (self.paper_supply, PrinterState.PAPER_NEAR_END),
        ):
            if reading is Reading.FAULT:
                return trouble
        return PrinterState.READY if self.online is Reading.OK else PrinterState.UNKNOWN


class StatusParser:
    """Reads what a printer sends, in pieces of any size; foreign bytes are passed over, nothing ever raises.

    Answers to DLE EOT do not say which question they answer: they are given to the questions in the order asked.
    """

    def __init__(self) -> None:
        self.report = Report()
        self._unanswered: deque[Question] = deque()
        self._automatic: list[int] | None = None

    @property
    def awaited(self) -> int:
        """How many real-time questions have no answer yet."""
        return len(self._unanswered)

    def ask(self, *questions: Question) -> bytes:
        """Forget what was asked before and give the bytes that ask anew."""
        self._unanswered = deque(questions)
        return b"".join(question.command for question in questions)

    def forget(self) -> None:
        """Begin a new look at the printer: old news must not pass for an answer; confirmations stay counted."""
        self.report = Report(confirmations=self.report.confirmations)

    def feed(self, received: bytes) -> None:
        for byte in received:
            self._take(byte)

    def _take(self, byte: int) -> None:
        if _is_real_time(byte):
            if self._unanswered:
                self.report = _after_answer(self.report, self._unanswered.popleft(), byte)
        elif _starts_automatic_status(byte):
            self._automatic = [byte]
        elif _is_plain(byte):
            self._take_plain(byte)

    def _take_plain(self, byte: int) -> None:
        if self._automatic is None:
            self.report = _after_confirmation(self.report, byte)
            return
        self._automatic.append(byte)
        if len(self._automatic) == 4:
            self.report = _after_automatic_status(self.report, *self._automatic)
            self._automatic = None


def _is_real_time(byte: int) -> bool:
    return byte & 0x93 == 0x12


def _starts_automatic_status(byte: int) -> bool:
    return byte & 0x93 == 0x10


def _is_plain(byte: int) -> bool:
    """Tell an answer to GS r, or bytes 2 to 4 of an automatic status, from XON, XOFF and noise."""
    return byte & 0x90 == 0


def _reading(byte: int, mask: int) -> Reading:
    return Reading.FAULT if byte & mask else Reading.OK


def _both(byte: int, mask: int) -> Reading:
    """A pair of bits that are set together; one alone means nothing."""
    return {0: Reading.OK, mask: Reading.FAULT}.get(byte & mask, Reading.UNKNOWN)


def _after_answer(report: Report, question: Question, byte: int) -> Report:
    match question:
        case Question.PRINTER:
            return replace(report, online=_reading(byte, 0x08))
        case Question.STOPPED_BY:
            cover, paper_stop, error = (_reading(byte, mask) for mask in (0x04, 0x20, 0x40))
            return replace(report, cover=cover, paper_stop=paper_stop, error=error)
        case Question.ERROR:
            return replace(report, cutter=_reading(byte, 0x08), mechanism=_reading(byte, _NOT_THE_CUTTER))
        case Question.PAPER:
            return replace(report, paper=_both(byte, 0x60), paper_supply=_both(byte, 0x0C))


def _after_confirmation(report: Report, byte: int) -> Report:
    return replace(
        report,
        paper=_both(byte, 0x0C),
        paper_supply=_both(byte, 0x03),
        confirmations=report.confirmations + 1,
    )


def _after_automatic_status(report: Report, first: int, errors: int, paper: int, _reserved: int) -> Report:
    return replace(
        report,
        online=_reading(first, 0x08),
        cover=_reading(first, 0x20),
        cutter=_reading(errors, 0x08),
        mechanism=_reading(errors, _NOT_THE_CUTTER),
        error=_reading(errors, _NOT_THE_CUTTER),
        paper_stop=_both(paper, 0x0C),
        paper=_both(paper, 0x0C),
        paper_supply=_both(paper, 0x03),
    )
