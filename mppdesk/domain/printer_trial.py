"""The test slip of the set-up, and what a person who looks at it knows of the printer afterwards."""

from dataclasses import dataclass, replace
from datetime import datetime

from mppdesk.domain.errors import BadInput
from mppdesk.domain.formats import clock_time, short_date
from mppdesk.domain.printer_address import FolderAddress, Printer, ScreenAddress
from mppdesk.domain.printer_models import GENERIC_58, GENERIC_80, Confirmation, PrinterModel
from mppdesk.domain.printer_options import DOTS_BY_COLUMNS, with_columns
from mppdesk.domain.slip import Align, Blank, Line, Part, QrCode, Slip, SlipKind
from mppdesk.texts import msg

WIDTHS = tuple(DOTS_BY_COLUMNS)
"""The numbers at the ends of the rulers; the one at the right edge of the paper is its width in characters."""

WIDTH_QUESTION = msg("Angka mana yang berdiri tepat di tepi kanan kertas?")
SIGNS_QUESTION = msg("Apakah semua tanda di nomor 2 terbaca, dari ! sampai ~?")
QR_QUESTION = msg("Apakah kode QR A tercetak?")
CUT_QUESTION = msg("Apakah kertas terpotong?")
ODD_QUESTION = msg("Apakah muncul tulisan aneh, seperti (H00, di antara dua garis?")

_NARROWEST = 32
_ALL_SIGNS = "".join(chr(code) for code in range(0x21, 0x7F) if not chr(code).isalnum())
_BETWEEN_LINES = Line("-" * _NARROWEST)
# Where nothing cuts, somebody tears: the last line must be out of the printer.
_TO_TEAR = (Blank(),) * 3


@dataclass(frozen=True, slots=True)
class TrialSlip:
    """The slip in its pieces: what the printer draws itself, a QR code sent to it as a picture, and the end.

    Before the end the printer is asked for the tag of the job, which it may print instead.
    Nothing is known of the paper yet: each line but the rulers fits on the narrowest. `name` tells it from all others.
    """

    name: str
    drawn: Slip
    pictured: Slip
    end: Slip


@dataclass(frozen=True, slots=True)
class Seen:
    """What a person saw on the test slip; `columns` is one of WIDTHS."""

    columns: int
    has_all_signs: bool
    has_qr: bool
    is_cut: bool
    has_odd_signs: bool


@dataclass(frozen=True, slots=True)
class Said:
    """What the printer said of its test slip; nothing where it could not be asked."""

    repeats_tag: bool = False
    confirms_in_order: bool = False

    @property
    def confirmation(self) -> Confirmation:
        """The surest way that it knows."""
        if self.repeats_tag:
            return Confirmation.TAG
        return Confirmation.ORDER if self.confirms_in_order else Confirmation.NONE


SILENCE = Said()


def trial_slip(moment: datetime) -> TrialSlip:
    """Lay the slip out; `moment` tells it from the one before."""
    drawn: tuple[Part, ...] = (
        Line("CETAKAN UJI", Align.CENTER, size=2),
        Line(f"{short_date(moment.date())}, {clock_time(moment)}", Align.CENTER),
        Blank(),
        Line("1. Angka di tepi kanan kertas:"),
        *(Line(_ruler(width)) for width in WIDTHS),
        Line("2. Semua tanda terbaca:"),
        Line(_ALL_SIGNS),
        Line("3. Kode QR A:"),
        QrCode("CETAKAN UJI A"),
    )
    pictured = (
        Line("   Kode QR B, sebagai gambar:"),
        QrCode("CETAKAN UJI B"),
        Blank(),
        Line("4. Kosong di antara dua garis:"),
        _BETWEEN_LINES,
    )
    end = (_BETWEEN_LINES, Line("5. Kertas terpotong di bawah ini"), *_TO_TEAR)
    pieces = (Slip(SlipKind.TEST, parts, max(WIDTHS)) for parts in (drawn, pictured, end))
    return TrialSlip(f"CETAKAN-UJI-{moment:%Y%m%d-%H%M%S}", *pieces)


def require_paper(printer: Printer) -> None:
    """Raises BadInput for what only looks like a printer: a window or a folder."""
    if isinstance(printer.address, FolderAddress | ScreenAddress):
        raise BadInput(
            msg("Di sini tidak ada kertas yang dapat diuji. Belum ada yang dicetak."),
            msg("Uji printer yang sebenarnya."),
        )


def whole(slip: TrialSlip) -> Slip:
    """The slip in one piece, for a printer that cannot be asked."""
    return replace(slip.drawn, parts=(*slip.drawn.parts, *slip.pictured.parts, *slip.end.parts))


def model_of_trial(model: PrinterModel) -> PrinterModel:
    """What a printer is taken for while its test slip is printed: nothing is left out, so that everything is seen."""
    widest = with_columns(model, max(WIDTHS))
    return replace(widest, has_cutter=True, draws_qr=True, draws_text=True, confirmation=Confirmation.NONE)


def model_seen(probed: PrinterModel, seen: Seen, said: Said) -> PrinterModel:
    """What the printer is: `probed` by its own word, and then by what was seen and heard of its test slip.

    It is asked for tags only if it repeated one and the question left no signs on the paper.
    """
    is_narrow_clone = seen.columns == GENERIC_58.columns and probed.name == GENERIC_80.name
    way = said.confirmation if not seen.has_odd_signs else replace(said, repeats_tag=False).confirmation
    return replace(
        with_columns(GENERIC_58 if is_narrow_clone else probed, seen.columns),
        has_cutter=seen.is_cut,
        draws_qr=seen.has_qr,
        draws_text=seen.has_all_signs,
        confirmation=way,
        logo=probed.logo,
    )


def _ruler(width: int) -> str:
    """Points with the tens among them, and at the end the width itself."""
    tens = "".join(f"{ten:.>10}" for ten in range(10, width - 2, 10))
    return f"{tens}{width:.>{width - len(tens)}}"
