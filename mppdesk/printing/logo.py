"""The logo of the building in the memory of a printer: stored once, printed by its key on every paper but tickets.

Sent anew with each slip it would take ten seconds over a serial port. Sources: Epson ESC/POS command reference
(GS ( L functions 67 and 69; FS q and FS p, which printers know that are older or cheaper); Axiohm A794 manual (a head
slows down where more than a quarter of it is black).
"""

from collections.abc import Sequence
from pathlib import Path

from mppdesk.domain.errors import BadInput
from mppdesk.domain.printer_models import Logo
from mppdesk.printing.raster import harmless
from mppdesk.texts import msg

WIDEST_SHARE = 2 / 3
"""Of the head; what is wider looks like a banner."""
HIGHEST_DOTS = 96
MOST_INK = 0.25
"""Of the head's dots, in any band as high as a line of letters."""
_BAND_DOTS = 24
_KEY = b"MP"
_DEFINE_GRAPHICS = b"\x30\x43\x30" + _KEY + b"\x01"
_PRINT_GRAPHICS = b"\x1d(L\x06\x00\x30\x45" + _KEY + b"\x01\x01"
_ONE_COLOUR = b"\x31"
_DLE = 0x10
_DEFINE_IMAGE = b"\x1cq\x01"
_PRINT_IMAGE = b"\x1cp\x01\x00"


def printing(way: Logo) -> bytes:
    """What lets the printer print the logo that it holds; nothing where it holds none."""
    return {Logo.NONE: b"", Logo.GRAPHICS: _PRINT_GRAPHICS, Logo.IMAGE: _PRINT_IMAGE}[way]


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
        case Logo.NONE:
            raise ValueError("a printer without memory for a logo")


def logo_rows(file: Path, head_dots: int) -> list[bytes]:
    """Read a picture and make it fit a head: black and white, white where it was transparent, no larger than it may be.

    Raises:
        BadInput: it is no picture, or it is so black that the printer would slow down.
    """
    from PIL import Image, ImageOps  # its import takes longer than all the rest

    try:
        with Image.open(file) as opened:
            picture = opened.convert("RGBA")
    except (OSError, ValueError, Image.DecompressionBombError) as error:
        raise BadInput(
            msg("{file} tidak dapat dibaca sebagai gambar. Tidak ada yang dikirim ke printer.", file=file.name),
            msg("Pakai berkas PNG atau JPEG."),
        ) from error
    white = Image.new("RGBA", picture.size, "white")
    grey = Image.alpha_composite(white, picture).convert("L")
    widest = int(head_dots * WIDEST_SHARE) // 8 * 8
    small = ImageOps.contain(grey, (widest, HIGHEST_DOTS))
    whole = Image.new("L", (-(-small.width // 8) * 8, -(-small.height // 8) * 8), "white")
    whole.paste(small, ((whole.width - small.width) // 2, 0))
    packed, width = ImageOps.invert(whole).convert("1").tobytes(), whole.width // 8
    rows = [packed[start : start + width] for start in range(0, len(packed), width)]
    _require_light(rows, head_dots)
    return rows


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
