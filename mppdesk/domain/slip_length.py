"""How long the paper of a slip gets: exact in the dots of the print head, in millimetres as the knife leaves it.

Font A is 24 dots high, and no printer moves its paper less than what it has just printed. Sources: Epson ESC/POS
command reference (ESC 2, ESC 3, GS !, GS ( k), ISO/IEC 18004 table 7 (what a QR code holds), TM-T88III specification
1.7 (the knife stands about 15 mm behind the head).
"""

import re

from mppdesk.domain.paper_logo import HAVE_A_LOGO, MOST_LOGO_ROWS
from mppdesk.domain.printer_models import Logo, PrinterModel
from mppdesk.domain.slip import Blank, Line, Pair, Part, QrCode, Rule, Slip, SlipKind

CHARACTER_DOTS = 24
LINE_DOTS = 30
"""From one line to the next on papers that are read at a desk; what printers do by themselves."""
TICKET_LINE_DOTS = CHARACTER_DOTS
"""On tickets, of which thousands are printed: no dots between the lines but those in the letters themselves."""
QUIET_DOTS = 12
"""What stays white above a QR code; below it is the way to the knife."""
DOTS_PER_MM = 8.0
"""Of the usual head of 203 dots an inch."""
_COARSE_COLUMNS = 42
_COARSE_DOTS_PER_MM = 180 / 25.4  # of the only heads that have so many columns
TO_THE_KNIFE_MM = 15.0

# Version 1 to 6 at error correction M: how many digits, signs of the alphanumeric set, or bytes.
_DIGITS = (34, 63, 101, 149, 202, 255)
_ALPHANUMERICS = (20, 38, 61, 90, 122, 154)
_BYTES = (14, 26, 42, 62, 84, 106)
_is_alphanumeric = re.compile(r"[0-9A-Z $%*+\-./:]*").fullmatch
_is_digits = re.compile(r"[0-9]*").fullmatch


def printed_dots(slip: Slip) -> int:
    """How far the print of a slip moves the paper."""
    return sum(part_dots(part, slip.kind) for part in slip.parts)


def printed_mm(slip: Slip) -> float:
    """The length of what is printed, in millimetres of paper."""
    return printed_dots(slip) / _dots_per_mm(slip.columns)


def paper_mm(slip: Slip) -> float:
    """The length of the paper in the hand, which is what leaves the roll: the print and the way from head to knife."""
    return printed_mm(slip) + TO_THE_KNIFE_MM


def most_logo_mm(kind: SlipKind, model: PrinterModel) -> float:
    """What the logo takes at most; how high one is that a printer holds, nobody knows."""
    if kind not in HAVE_A_LOGO or model.logo is Logo.NONE:
        return 0.0
    return MOST_LOGO_ROWS / _dots_per_mm(model.columns)


def line_dots(kind: SlipKind) -> int:
    """From one line of normal size to the next."""
    return TICKET_LINE_DOTS if kind is SlipKind.TICKET else LINE_DOTS


def part_dots(part: Part, kind: SlipKind) -> int:
    """How far a part moves the paper."""
    match part:
        case Line(size=size):
            return text_dots(size, kind)
        case Pair() | Rule() | Blank():
            return line_dots(kind)
        case QrCode(token, module):
            return code_dots(token, module)


def text_dots(size: int, kind: SlipKind) -> int:
    """How far a line moves the paper; a large one by its own height, since that is more than the distance of lines."""
    return max(line_dots(kind), CHARACTER_DOTS * size)


def code_dots(token: str, module: int) -> int:
    """How far a QR code moves the paper, with what stays white above it."""
    return QUIET_DOTS + qr_modules(token) * module


def qr_modules(token: str) -> int:
    """The modules along one edge of a QR code with error correction M.

    Raises:
        ValueError: the token is longer than any that mppdesk prints.
    """
    size = len(token.encode())
    room = _DIGITS if _is_digits(token) else _ALPHANUMERICS if _is_alphanumeric(token) else _BYTES
    for version, holds in enumerate(room, start=1):
        if size <= holds:
            return 17 + 4 * version
    raise ValueError(f"a token of {size} bytes is too long for a code on a slip")


def _dots_per_mm(columns: int) -> float:
    return _COARSE_DOTS_PER_MM if columns == _COARSE_COLUMNS else DOTS_PER_MM
