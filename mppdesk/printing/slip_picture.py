"""A slip as dots: its QR code for printers that draw none, all of it for printers whose letters are no use."""

from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

import segno

from mppdesk.config import resource
from mppdesk.domain.slip import QrCode, Slip
from mppdesk.domain.slip_length import CHARACTER_DOTS, QUIET_DOTS
from mppdesk.domain.slip_rows import QrRow, TextRow, row_dots, set_in_columns
from mppdesk.printing.raster import packed_rows

if TYPE_CHECKING:
    from PIL import ImageFont

_COLUMN_DOTS = CHARACTER_DOTS // 2
_BASELINE = 18.5 / CHARACTER_DOTS  # below it is room for the foot of a g
_ADVANCE = 0.632  # of every letter of the typeface, in parts of its size
_FACES = {False: "AtkinsonHyperlegibleMono_500Medium.ttf", True: "AtkinsonHyperlegibleMono_700Bold.ttf"}


def code_rows(code: QrCode | QrRow) -> list[bytes]:
    """The rows of dots of a QR code, error correction M, without anything white around it."""
    matrix = segno.make_qr(code.token, error="m", boost_error=False).matrix
    wide = ([bool(dark) for dark in row for _ in range(code.module)] for row in matrix)
    return [row for packed in packed_rows(list(wide)) for row in [packed] * code.module]


def slip_bands(slip: Slip, dots: int) -> Iterator[list[bytes]]:
    """Draw a slip for a head `dots` wide, which is a multiple of eight: one band of rows for each of its rows."""
    left = (dots - slip.columns * _COLUMN_DOTS) // 2
    for row in set_in_columns(slip):
        yield (
            _text_band(row, left, dots, row_dots(row, slip.kind)) if isinstance(row, TextRow) else _code_band(row, dots)
        )


def _text_band(row: TextRow, left: int, dots: int, height: int) -> list[bytes]:
    """Each letter stands in its own cell, as those of a printer do."""
    from PIL import Image, ImageDraw  # its import takes longer than drawing a slip

    band = Image.new("1", (dots, height))
    draw = ImageDraw.Draw(band)
    font = _font(row.size, row.bold or row.size > 1)
    for place, sign in enumerate(row.text):
        across = left + (row.column + place * row.size) * _COLUMN_DOTS
        draw.text((across, _BASELINE * CHARACTER_DOTS * row.size), sign, 1, font, "ls")
    return _lines(band.tobytes(), dots // 8)


def _code_band(row: QrRow, dots: int) -> list[bytes]:
    rows = code_rows(row)
    white = bytes(dots // 8)
    before = bytes((dots // 8 - len(rows[0])) // 2)
    return [white] * QUIET_DOTS + [(before + line).ljust(dots // 8, b"\x00") for line in rows]


def _lines(packed: bytes, width: int) -> list[bytes]:
    return [packed[start : start + width] for start in range(0, len(packed), width)]


@cache
def _font(size: int, is_bold: bool) -> "ImageFont.FreeTypeFont":
    from PIL import ImageFont

    file = resource("fonts") / "atkinson-hyperlegible-mono" / _FACES[is_bold]
    return ImageFont.truetype(file, _COLUMN_DOTS * size / _ADVANCE)
