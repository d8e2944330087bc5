"""Slips drawn on the screen in the dots of a print head, and how far two drawings are from each other.

Letters are drawn by whatever FreeType the computer's Qt brings along, and another one moves their edges by a dot. So
pictures are not compared dot by dot but by the ink in squares of half a letter. Measured on all golden pictures:
letters hinted fully or not at all change a square by 0.104 at most, an i less by 0.14. (Of a full stop the bytes tell.)
"""

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from mppdesk.domain.slip import Slip
from mppdesk.ui.shared.slip_drawing import slip_image
from tests.fakes.escpos_stream import EscposStream

_WHITE, _BLACK = 0xFFFFFFFF, 0xFF000000
SQUARE = 12
"""Dots along an edge: as wide as a letter and half as high."""


def drawn(slip: Slip) -> QImage:
    """A slip in black and white, twelve dots a column."""
    return slip_image(slip).convertToFormat(QImage.Format.Format_Mono, Qt.ImageConversionFlag.ThresholdDither)


def printed_picture(sent: bytes) -> QImage:
    """The dots of the pictures (GS v 0) in what a printer was sent, one below the other, black on white."""
    pieces = [each.data for each in EscposStream().feed(sent) if each.data.startswith(b"\x1dv0\x00")]
    width = int.from_bytes(pieces[0][4:6], "little")
    assert all(int.from_bytes(piece[4:6], "little") == width for piece in pieces)
    dots = b"".join(piece[8:] for piece in pieces)
    image = QImage(dots, 8 * width, len(dots) // width, width, QImage.Format.Format_Mono).copy()
    image.setColorTable([_WHITE, _BLACK])
    return image


def ink(image: QImage) -> list[list[float]]:
    """The share of black in each square, row by row."""
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    dots, line = bytes(grey.constBits()), grey.bytesPerLine()
    rows = [dots[y * line : y * line + grey.width()] for y in range(grey.height())]
    return [
        [sum(row.count(0, left, left + SQUARE) for row in rows[top : top + SQUARE]) / SQUARE**2
         for left in range(0, grey.width(), SQUARE)]
        for top in range(0, grey.height(), SQUARE)
    ]  # fmt: skip


def greatest_difference(one: QImage, other: QImage) -> float:
    """The greatest difference of ink in any square; 1.0 for pictures of different size."""
    if one.size() != other.size():
        return 1.0
    pairs = zip(ink(one), ink(other), strict=True)
    return max(abs(left - right) for mine, yours in pairs for left, right in zip(mine, yours, strict=True))
