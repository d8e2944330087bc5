"""Makes a slip that was laid out for one paper fit another: the printer that steps in may be a narrower one."""

from collections.abc import Iterator
from dataclasses import replace

from mppdesk.domain.slip import Line, Pair, Part, Slip
from mppdesk.domain.slip_layout_text import edges, wrapped


def fitted(slip: Slip, columns: int) -> Slip:
    """Lay the lines of a slip again on paper of so many columns; nothing is cut off them, and no word is lost."""
    if slip.columns == columns:
        return slip
    if slip.columns < columns:
        return replace(slip, columns=columns)
    return replace(slip, columns=columns, parts=tuple(fit for part in slip.parts for fit in _narrower(part, columns)))


def _narrower(part: Part, columns: int) -> Iterator[Part]:
    match part:
        case Line():
            yield from _line(part, columns)
        case Pair(left, right):
            yield from edges(left, right, columns)
        case _:
            yield part


def _line(line: Line, columns: int) -> Iterator[Line]:
    """Rather smaller than on more lines, rather on more lines than smaller than normal; what hangs goes on hanging."""
    size = max(1, min(line.size, columns // max(1, len(line.text))))
    words = line.text.lstrip()
    hang = min(len(line.text) - len(words), columns // size // 2)
    lines = wrapped(words, columns // size, first=" " * hang, hang=hang) or ("",)
    yield from (replace(line, text=text, size=size) for text in lines)
