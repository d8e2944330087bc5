"""The acts that a sentence asks for; each surface says how: a key in a window, a verb in a terminal.

The value is the kind of the command over HTTP, which is what a program that asks there has to send.
"""

from enum import StrEnum


class Way(StrEnum):
    """A way out of a refusal, as a place in its sentence: `msg("Panggil lagi ({way}).", way=Way.CALL_NEXT)`."""

    CALL_NEXT = "call_next"
    RECALL = "recall"
    START = "start"
    HOLD = "hold"
    NO_SHOW = "no_show"
    TRANSFER = "transfer"
    FINISH = "finish"
    REGISTER = "register"
    END_BREAK = "end_break"
    CLAIM_PAPER = "claim_paper"
