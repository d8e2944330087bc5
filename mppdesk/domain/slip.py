"""A slip of paper as a value: lines, big digits, columns, rules, a QR code, a cut.

`printing` turns it into ESC/POS bytes, `ui` draws it on the screen; both show the same characters in the same columns.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # a paper knows the rules of checklists; whoever only draws slips never loads them
    from mppdesk.domain.papers import PaperFacts


class Align(StrEnum):
    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


class SlipKind(StrEnum):
    TICKET = "ticket"
    RECEIPT = "receipt"
    LACKING = "lacking"
    REQUIREMENTS = "requirements"
    RECOVERY = "recovery"
    TEST = "test"


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line; a character at `size` n is n columns wide and n lines high."""

    text: str
    align: Align = Align.LEFT
    size: int = 1
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts on one line, at the left and at the right edge."""

    left: str
    right: str


@dataclass(frozen=True, slots=True)
class Rule:
    """A line of dashes over the whole width."""


@dataclass(frozen=True, slots=True)
class Blank:
    """An empty line."""


@dataclass(frozen=True, slots=True)
class QrCode:
    """An opaque token as QR code; `module` is the edge of one module in dots."""

    token: str
    module: int = 4


Part = Line | Pair | Rule | Blank | QrCode


@dataclass(frozen=True, slots=True)
class Slip:
    """What comes out of a thermal printer, cut at the end; `columns` is 48 at 80 mm and 32 at 58 mm.

    `facts` is the paper itself, where a printer of sheets sets it otherwise: of a receipt and of a list of what lacks.
    """

    kind: SlipKind
    parts: tuple[Part, ...]
    columns: int = 48
    facts: "PaperFacts | None" = None
