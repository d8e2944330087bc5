"""A computer that is too busy to read in time believes no less of what a printer said, and no more."""

from collections.abc import Iterable
from typing import Self

from mppdesk.domain.print_job import PrinterState
from mppdesk.printing.conversation import Conversation, Timings
from mppdesk.printing.status import ASK_PAPER_IN_PRINT_ORDER

HEALTHY, JAMMED = bytes.fromhex("12121212"), bytes.fromhex("1a521a12")
PRINTED = b"\0"
QUESTIONS = bytes.fromhex("100401100402100403100404")
NO_TIME = Timings(answer=0.0, confirm=0.0, settle=0.0)


class ToldWire:
    """Its printer has answered each look before anybody reads: `looks` are what it says to one after the other."""

    def __init__(self, looks: Iterable[bytes]) -> None:
        self.place = "a line"
        self._looks = iter(looks)
        self._said = b""

    def send(self, data: bytes, timeout_s: float, *, is_urgent: bool = False) -> int:
        if data == QUESTIONS:
            self._said += next(self._looks, HEALTHY)
        return len(data)

    def receive(self, timeout_s: float) -> bytes:
        said, self._said = self._said, b""
        return said

    def finish(self, timeout_s: float) -> bool:
        return False

    def close(self) -> None:
        self._said = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def test_who_answered_in_time_is_not_called_mute_because_nobody_read() -> None:
    assert Conversation(ToldWire([HEALTHY]), NO_TIME).look() is PrinterState.READY


def test_who_answered_nothing_is_mute() -> None:
    assert Conversation(ToldWire([b""]), NO_TIME).look() is PrinterState.MUTE


def test_after_an_answer_in_the_last_look_the_knife_is_looked_at_too() -> None:
    """The wait for it was over already, and the last lines may still move."""
    talk = Conversation(ToldWire([PRINTED + HEALTHY, JAMMED]), NO_TIME)
    talk.hand_over(b"A-001\n" + ASK_PAPER_IN_PRINT_ORDER)
    assert talk.wait_for_confirmation(0) is PrinterState.CUTTER_JAM
