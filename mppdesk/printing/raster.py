"""Pictures for a receipt printer, in pieces that the smallest of them can hold.

Source: Epson ESC/POS command reference (GS v 0; DLE EOT, DLE ENQ and DLE DC4, which a printer obeys wherever it meets
them, in the dots of a picture too).
"""

import re
from collections.abc import Iterator, Sequence

MOST_ROWS = 256
"""Of one piece: cheap printers lose what is taller."""
_PRINT_RASTER = b"\x1dv0\x00"
_obeyed = re.compile(rb"\x10(?=[\x04\x05\x14])")
_ONE_DOT_MORE = b"\x18"


def raster(rows: Sequence[bytes]) -> bytes:
    """Print rows of dots, eight in a byte, the leftmost in its highest bit; all rows are equally long.

    What is white at the right is not sent: lines of text are short, and serial ports slow.
    """
    pieces = (rows[first : first + MOST_ROWS] for first in range(0, len(rows), MOST_ROWS))
    return b"".join(map(_piece, pieces))


def packed_rows(rows: Sequence[Sequence[bool]]) -> Iterator[bytes]:
    """Pack rows of dots into bytes."""
    for row in rows:
        width = (len(row) + 7) // 8
        bits = sum(1 << (8 * width - 1 - place) for place, is_dark in enumerate(row) if is_dark)
        yield bits.to_bytes(width, "big")


def harmless(dots: bytes) -> bytes:
    """Make one dot more where dots would be a command that is obeyed at once; nobody sees one dot of an eighth of a mm.

    A printer would answer a question that nobody asked, or open a cash drawer.
    """
    return _obeyed.sub(_ONE_DOT_MORE, dots)


def _piece(rows: Sequence[bytes]) -> bytes:
    width = max(1, *(len(row.rstrip(b"\x00")) for row in rows))
    size = width.to_bytes(2, "little") + len(rows).to_bytes(2, "little")
    return _PRINT_RASTER + size + harmless(b"".join(row[:width] for row in rows))
