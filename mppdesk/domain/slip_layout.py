"""From the facts on a paper to a slip: ticket, tanda terima, daftar kekurangan, requirements, copies, plain text."""

from dataclasses import replace
from datetime import datetime

from mppdesk.domain.formats import clock_time, numeric_date
from mppdesk.domain.slip import Align, Blank, Line, Pair, Part, QrCode, Rule, Slip
from mppdesk.domain.slip_layout_berkas import lacking_slip, receipt_slip
from mppdesk.domain.slip_layout_ticket import requirements_slip, ticket_slip

__all__ = ["as_copy", "lacking_slip", "receipt_slip", "requirements_slip", "slip_text", "ticket_slip"]

_COPY = "SALINAN "


def as_copy(slip: Slip, copy_number: int, moment: datetime) -> Slip:
    """Say SALINAN n and when at the top of a slip that has been printed before; the day too, if it is another one.

    Raises:
        ValueError: a copy is number 1 or more; the original never says SALINAN.
    """
    if copy_number < 1:
        raise ValueError("a copy is number 1 or more")
    marked = Line(f"{_COPY}{copy_number}, {_when(slip, moment)}", Align.CENTER, bold=True)
    parts = slip.parts[1:] if _is_copy(slip) else slip.parts
    facts = slip.facts and replace(slip.facts, copy_number=copy_number, copied=moment)
    return replace(slip, parts=(marked, *parts), facts=facts)


def slip_text(slip: Slip, *, marks: bool = False) -> str:
    """Give a slip as lines of text; `marks` adds the size of big lines and the place of the QR code."""
    lines = [line for part in slip.parts if (line := _text_line(part, slip.columns, marks=marks)) is not None]
    return "\n".join(lines)


def _when(slip: Slip, moment: datetime) -> str:
    made = slip.facts.paper.moment if slip.facts else None
    if made is None or made.date() == moment.date():
        return f"pukul {clock_time(moment)}"
    return f"{numeric_date(moment)}, {clock_time(moment)}"


def _is_copy(slip: Slip) -> bool:
    first = slip.parts[0] if slip.parts else None
    return isinstance(first, Line) and first.text.startswith(_COPY)


def _text_line(part: Part, columns: int, *, marks: bool) -> str | None:
    match part:
        case Line():
            text = _aligned(part, columns)
            return f"{text}   [{part.size}x]" if marks and part.size > 1 else text
        case Pair(left, right):
            return left + right.rjust(columns - len(left))
        case Rule():
            return "-" * columns
        case Blank():
            return ""
        case QrCode():
            return _aligned(Line(f"[QR, modul {part.module}]", Align.CENTER), columns) if marks else None


def _aligned(line: Line, columns: int) -> str:
    free = columns - len(line.text)
    indent = {Align.LEFT: 0, Align.CENTER: free // 2, Align.RIGHT: free}[line.align]
    return " " * indent + line.text
