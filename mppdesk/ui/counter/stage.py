"""Where a counter stands, and what its key for "done" would do: the two things most of the window follows from."""

from enum import StrEnum


class Stage(StrEnum):
    """The counter between opening and closing; one person at most is called or served at a time."""

    CLOSED = "closed"
    ON_BREAK = "on_break"
    IDLE = "idle"
    CALLED = "called"
    SERVING = "serving"


class Outcome(StrEnum):
    """What F9 does now: nothing at an empty desk, jump to the first row undecided, or one of the three ends."""

    NOTHING = "nothing"
    UNDECIDED = "undecided"
    FINISH = "finish"
    HAND_BACK = "hand_back"
    REGISTER = "register"
