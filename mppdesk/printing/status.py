"""What an ESC/POS printer says of itself: its answers are told apart by their fixed bits, whatever arrives in between.

Sources: Epson ESC/POS reference (DLE EOT, GS r, GS a, GS I, GS ( H), the fixed bits of TM-T88III, appendix G.
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

_TEXT, _TAG = 0x5F, 0x37
"""What opens an answer of several bytes that ends with NUL: a text of GS I, or the tag of GS ( H."""
_TAG_OF_JOB = 0x22
_TAG_LENGTH, _LONGEST_TEXT = 6, 80
_MOST_KEPT = 8


def ask_when_printed(tag: str) -> bytes:
    """GS ( H, function 48: the printer repeats these four signs "when the printing is completed".

    Raises ValueError for another number of signs, or signs that it does not take (20h to 7Eh).
    """
    signs = tag.encode("ascii")
    if len(signs) != 4 or not all(0x20 <= sign <= 0x7E for sign in signs):
        raise ValueError(tag)
    return b"\x1d(H\x06\x00\x30\x30" + signs


class Fact(Enum):
    """What GS I n tells of a printer as a text."""

    FIRMWARE = 65
    MAKER = 66
    MODEL = 67
    SERIAL = 68

    @property
    def command(self) -> bytes:
        return bytes((0x1D, 0x49, self.value))


@dataclass(frozen=True, slots=True)
class Report:
    """All that the printer has said so far, each part as last heard.

    `paper_stop` and `error` are what DLE EOT 2 gives as reason for stopping, `paper` and `cutter` what the sensors say;
    `confirmations` counts answers to GS r 1; `tags` are the jobs that it says are printed (GS ( H), `texts` what it
    answered to GS I, each in the order of arrival.
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
    tags: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()

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
        self._block: bytearray | None = None
        self._texts_awaited = 0
        self._tag_awaited: str | None = None

    @property
    def awaited(self) -> int:
        """How many real-time questions have no answer yet."""
        return len(self._unanswered)

    @property
    def has_answered(self) -> bool:
        """Whether it said anything of how it stands since the last look began."""
        return self.report != self._nothing_new()

    def ask(self, *questions: Question) -> bytes:
        """Forget what was asked before and give the bytes that ask anew."""
        self._unanswered = deque(questions)
        return b"".join(question.command for question in questions)

    def ask_facts(self, *facts: Fact) -> bytes:
        """Give the bytes that ask for texts; they come in the order asked, when all sent before is printed."""
        self._texts_awaited = len(facts)
        return b"".join(fact.command for fact in facts)

    def await_tag(self, tag: str) -> None:
        """From now on the printer may say that jobs are printed (`ask_when_printed`), until it said so of this one."""
        self._tag_awaited = tag

    def forget(self) -> None:
        """Begin a new look at the printer: old news must not pass for an answer; what was printed stays known."""
        self.report = self._nothing_new()

    def _nothing_new(self) -> Report:
        return Report(confirmations=self.report.confirmations, tags=self.report.tags, texts=self.report.texts)

    def feed(self, received: bytes) -> None:
        for byte in received:
            self._take(byte)

    def _take(self, byte: int) -> None:
        if self._block is not None and self._goes_on(byte):
            return
        if self._begins_block(byte):
            self._block = bytearray((byte,))
        elif _is_real_time(byte):
            if self._unanswered:
                self.report = _after_answer(self.report, self._unanswered.popleft(), byte)
        elif _starts_automatic_status(byte):
            self._automatic = [byte]
        elif _is_plain(byte):
            self._take_plain(byte)

    def _begins_block(self, byte: int) -> bool:
        """Only where such an answer is awaited; unasked, the byte is noise, and what follows it is not."""
        return self._block is None and bool(
            (byte == _TEXT and self._texts_awaited) or (byte == _TAG and self._tag_awaited is not None)
        )

    def _goes_on(self, byte: int) -> bool:
        """Whether a byte belongs to the answer that has begun; real-time answers may fall between its signs."""
        assert self._block is not None
        if 0 < byte < 0x20:
            return False
        is_tag = self._block[0] == _TAG
        is_noise = byte >= 0x80 or len(self._block) == (_TAG_LENGTH if is_tag and byte else _LONGEST_TEXT)
        if is_noise or (is_tag and len(self._block) == 1 and byte != _TAG_OF_JOB):
            self._block = None
            return False
        if byte:
            self._block.append(byte)
            return True
        self._end_block(bytes(self._block))
        self._block = None
        return True

    def _end_block(self, block: bytes) -> None:
        if block[0] == _TEXT:
            self._texts_awaited -= 1
            self.report = replace(self.report, texts=(*self.report.texts, block[1:].decode("ascii"))[-_MOST_KEPT:])
        elif len(block) == _TAG_LENGTH:
            tag = block[2:].decode("ascii")
            self._tag_awaited = None if tag == self._tag_awaited else self._tag_awaited
            self.report = replace(self.report, tags=(*self.report.tags, tag)[-_MOST_KEPT:])

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
