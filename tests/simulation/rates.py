"""What of all that may go wrong does, and how often against a usual day."""

from dataclasses import dataclass
from enum import Enum


class Trouble(Enum):
    """What of all that may go wrong."""

    EVERYTHING = "everything"
    CLOCKS = "clocks"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Rates:
    """How many there are of some kinds of trouble, against a usual day."""

    takeovers: float = 1.0
    splits: float = 1.0
    updates: float = 1.0
    strangers: float = 1.0
    clocks: float = 1.0
    centre: float = 1.0
    restores: float = 1.0
    revocations: float = 1.0


USUAL = Rates()
