"""Sets a slip in columns and rows of dots, as a thermal printer does; for whoever draws it."""

from collections.abc import Iterator
from dataclasses import dataclass

from mppdesk.domain.slip import Align, Blank, Line, Pair, Part, QrCode, Rule, Slip, SlipKind
from mppdesk.domain.slip_length import code_dots, text_dots


@dataclass(frozen=True, slots=True)
class TextRow:
    """Characters from a column on; each is `size` columns wide and the row `size` lines high."""

    text: str
    column: float = 0
    size: int = 1
    bold: bool = False


@dataclass(frozen=True, slots=True)
class QrRow:
    """A QR code in the middle; `module` is the edge of one module in dots, of which a column has twelve."""

    token: str
    module: int


Row = TextRow | QrRow


def set_in_columns(slip: Slip) -> tuple[Row, ...]:
    """The rows of a slip from the top; what is too long goes on in the next row, cut where the paper ends."""
    return tuple(row for part in slip.parts for row in _rows(part, slip.columns))


def row_dots(row: Row, kind: SlipKind) -> int:
    """How far a row moves the paper of a slip of this kind."""
    return text_dots(row.size, kind) if isinstance(row, TextRow) else code_dots(row.token, row.module)


def _rows(part: Part, columns: int) -> Iterator[Row]:
    match part:
        case Line():
            yield from _line(part, columns)
        case Pair(left, right):
            gap = max(1, columns - len(left) - len(right))
            yield from _line(Line(left + " " * gap + right), columns)
        case Rule():
            yield TextRow("-" * columns)
        case Blank():
            yield TextRow("")
        case QrCode(token, module):
            yield QrRow(token, module)


def _line(line: Line, columns: int) -> Iterator[TextRow]:
    room = max(1, columns // line.size)
    for start in range(0, max(1, len(line.text)), room):
        text = line.text[start : start + room]
        yield TextRow(text, _first_column(len(text) * line.size, line.align, columns), line.size, line.bold)


def _first_column(width: int, align: Align, columns: int) -> float:
    """A printer centres by dots, so half a column may be left over."""
    free = columns - width
    return {Align.LEFT: 0, Align.CENTER: free / 2, Align.RIGHT: free}[align]
