"""The logo of the building on every paper but tickets: stored in the printer and printed by its key, or sent each time.

Sent anew with each slip it takes five seconds over a serial port of 9600 baud, so that is for printers without memory
for it. Sources: Epson ESC/POS command reference
(GS ( L functions 67 and 69; FS q and FS p, which printers know that are older or cheaper); Axiohm A794 manual (a head
slows down where more than a quarter of it is black).
"""

import struct
import warnings
import zlib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from mppdesk.domain.errors import BadInput
from mppdesk.domain.paper_logo import MOST_LOGO_ROWS, LogoPicture, PaperLogo
from mppdesk.domain.printer_models import Logo, PrinterModel
from mppdesk.domain.printer_options import DOTS_BY_COLUMNS
from mppdesk.printing.raster import harmless, raster
from mppdesk.texts import Text, msg

if TYPE_CHECKING:
    from PIL.Image import Image as Picture

WIDEST_SHARE = 2 / 3
"""Of the head; what is wider looks like a banner."""
HIGHEST_DOTS = MOST_LOGO_ROWS
MOST_INK = 0.25
"""Of the head's dots, in any band as high as a line of letters."""
MOST_PIXELS = 16_000_000
"""Of the file; more of them are no logo, and would fill the memory of a small PC."""
_BAND_DOTS = 24
# A hostile file makes its reader fail in more ways than it tells.
_UNREADABLE = (OSError, ValueError, SyntaxError, EOFError, IndexError, OverflowError, struct.error, zlib.error)
_KEY = b"MP"
_DEFINE_GRAPHICS = b"\x30\x43\x30" + _KEY + b"\x01"
_PRINT_GRAPHICS = b"\x1d(L\x06\x00\x30\x45" + _KEY + b"\x01\x01"
_ONE_COLOUR = b"\x31"
_DLE = 0x10
_DEFINE_IMAGE = b"\x1cq\x01"
_PRINT_IMAGE = b"\x1cp\x01\x00"


def printing(model: PrinterModel, logo: PaperLogo | None = None) -> bytes:
    """What lets a printer print the logo that it holds, or else the dots of `logo` for its head."""
    match model.logo:
        case Logo.GRAPHICS:
            return _PRINT_GRAPHICS
        case Logo.IMAGE:
            return _PRINT_IMAGE
        case Logo.RASTER if logo is not None and model.dots in logo.pictures:
            return _as_raster(logo.pictures[model.dots])
    return b""


def paper_logo(file: Path) -> PaperLogo:
    """Read a picture for each width of head. Raises BadInput."""
    return PaperLogo({dots: _packed(logo_rows(file, dots)) for dots in DOTS_BY_COLUMNS.values()})


@lru_cache(maxsize=len(DOTS_BY_COLUMNS))
def _as_raster(picture: LogoPicture) -> bytes:
    return raster(picture.rows)


def _packed(rows: Sequence[bytes]) -> LogoPicture:
    return LogoPicture(len(rows[0]), b"".join(rows))


def storing(rows: Sequence[bytes], way: Logo) -> bytes:
    """What lets the printer keep a picture for ever; its memory bears this some ten thousand times.

    `rows` are rows of dots, eight in a byte; their number is a multiple of eight.

    Raises:
        ValueError: there is no memory to store it in.
    """
    width, height = len(rows[0]), len(rows)
    match way:
        case Logo.GRAPHICS:
            if (len(_DEFINE_GRAPHICS) + 5 + width * height) % 256 == _DLE:
                return storing([*rows, *[bytes(width)] * 8], way)  # the length itself would begin a command
            size = (8 * width).to_bytes(2, "little") + height.to_bytes(2, "little")
            data = _DEFINE_GRAPHICS + size + _ONE_COLOUR + harmless(b"".join(rows))
            return b"\x1d(L" + len(data).to_bytes(2, "little") + data
        case Logo.IMAGE:
            size = width.to_bytes(2, "little") + (height // 8).to_bytes(2, "little")
            return _DEFINE_IMAGE + size + harmless(_in_columns(rows))
        case Logo.NONE | Logo.RASTER:
            raise ValueError("a printer without memory for a logo")


def logo_rows(file: Path, head_dots: int) -> list[bytes]:
    """Read a picture and make it fit a head: black and white, white where it was transparent, no larger than it may be.

    Raises:
        BadInput: it is no picture, a huge, moving or empty one, or so black that the printer would slow down.
    """
    from PIL import Image, ImageOps  # its import takes longer than all the rest

    widest = int(head_dots * WIDEST_SHARE) // 8 * 8
    try:
        small = ImageOps.contain(_read_grey(file), (widest, HIGHEST_DOTS))
    except Image.DecompressionBombError as error:
        raise _refused(msg("Gambar itu terlalu besar. Tidak ada yang dikirim ke printer.")) from error
    except _UNREADABLE as error:
        raise _no_picture(file) from error
    whole = Image.new("L", (-(-small.width // 8) * 8, -(-small.height // 8) * 8), "white")
    whole.paste(small, ((whole.width - small.width) // 2, 0))
    packed, width = ImageOps.invert(whole).convert("1").tobytes(), whole.width // 8
    rows = [packed[start : start + width] for start in range(0, len(packed), width)]
    if not any(map(any, rows)):
        raise _refused(msg("Gambar itu kosong. Tidak ada yang dikirim ke printer."))
    _require_light(rows, head_dots)
    return rows


def _read_grey(file: Path) -> "Picture":
    """Read the dots only of what its head says is a still picture of a bearable size."""
    from PIL import Image

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # its size is judged here
        with Image.open(file, formats=("PNG", "JPEG")) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise Image.DecompressionBombError
            if getattr(opened, "is_animated", False):
                raise _refused(msg("Gambar itu bergerak. Tidak ada yang dikirim ke printer."))
            picture = opened.convert("RGBA")
    white = Image.new("RGBA", picture.size, "white")
    return Image.alpha_composite(white, picture).convert("L")


def _no_picture(file: Path) -> BadInput:
    return BadInput(
        msg("{file} tidak dapat dibaca sebagai gambar. Tidak ada yang dikirim ke printer.", file=file.name),
        msg("Pakai berkas PNG atau JPEG."),
    )


def _refused(happened: Text) -> BadInput:
    return BadInput(happened, msg("Pakai logo bergaris yang diam, paling besar 4000 x 4000 titik."))


def ink_share(rows: Sequence[bytes], head_dots: int) -> float:
    """How much of the head is black at most, over any band as high as a line of letters."""
    inks = [int.from_bytes(row).bit_count() for row in rows]
    bands = (inks[top : top + _BAND_DOTS] for top in range(max(1, len(inks) - _BAND_DOTS + 1)))
    return max(sum(band) for band in bands) / (min(_BAND_DOTS, len(inks)) * head_dots)


def _require_light(rows: Sequence[bytes], head_dots: int) -> None:
    share = ink_share(rows, head_dots)
    if share > MOST_INK:
        raise BadInput(
            msg(
                "Gambar itu terlalu hitam: {percent}% dari lebar kertas, paling banyak {most}%. "
                "Tidak ada yang dikirim ke printer.",
                percent=round(100 * share),
                most=round(100 * MOST_INK),
            ),
            msg("Pakai logo bergaris tanpa bidang hitam, atau perkecil gambarnya dengan tepi putih."),
        )


def _in_columns(rows: Sequence[bytes]) -> bytes:
    """The same dots column by column from the left, eight of a column in a byte from the top."""
    width = 8 * len(rows[0])
    columns = bytearray()
    for x in range(width):
        place, bit = divmod(x, 8)
        for top in range(0, len(rows), 8):
            dots = (rows[top + y][place] >> (7 - bit) & 1 for y in range(8))
            columns.append(sum(dot << (7 - y) for y, dot in enumerate(dots)))
    return bytes(columns)
