"""What the models of receipt printer can do; our own table, since libraries know few of the printers sold here.

Sources: data sheets and ESC/POS references of the Epson TM-T82, TM-T20, TM-T88 and TM-m30 families; data sheets of the
usual 80 mm clones (Iware, Xprinter, Panda, VSC) and 58 mm clones.
"""

from dataclasses import dataclass
from enum import StrEnum


class Confirmation(StrEnum):
    """How a printer says that a sheet is on paper, the surest way first.

    `tag`: it repeats the tag of the job when that is printed (GS ( H); `order`: it answers once all before the question
    was worked off (GS r); `none`: it never says so, and a person is asked.
    """

    TAG = "tag"
    ORDER = "order"
    NONE = "none"


class Logo(StrEnum):
    """Where a printer holds the logo of the building: graphics of newer ones (GS ( L), or images of others (FS p).

    To one that has no such memory it is sent with each paper, as a raster picture.
    """

    NONE = "none"
    GRAPHICS = "graphics"
    IMAGE = "image"
    RASTER = "raster"


class Form(StrEnum):
    """The paper in a printer: a roll, or sheets of A5 as in an office printer."""

    ROLL = "roll"
    A5 = "a5"


@dataclass(frozen=True, slots=True)
class PrinterModel:
    """A kind of printer: `dots` is the width of its head, `columns` the characters of font A in it.

    A QR code that it does not draw itself is sent as a picture; so is the whole slip where its letters are no use.
    """

    name: str
    dots: int
    columns: int
    has_cutter: bool = True
    draws_qr: bool = True
    draws_text: bool = True
    confirmation: Confirmation = Confirmation.ORDER
    logo: Logo = Logo.NONE
    form: Form = Form.ROLL

    @property
    def confirms_in_order(self) -> bool:
        """Whether a sheet for it ends with GS r."""
        return self.confirmation is Confirmation.ORDER


GENERIC_80 = PrinterModel("generic-80", dots=576, columns=48)
"""What a printer is taken for of which nothing is said: it is asked how it stands and whether it confirms."""
# Half a job's time would be spent on waiting for a word that never comes.
GENERIC_80_UNCONFIRMED = PrinterModel("generic-80-unconfirmed", dots=576, columns=48, confirmation=Confirmation.NONE)
GENERIC_58 = PrinterModel(
    "generic-58",
    dots=384,
    columns=32,
    has_cutter=False,
    draws_qr=False,
    confirmation=Confirmation.NONE,
)
EPSON_TM_T82 = PrinterModel("epson-tm-t82", dots=576, columns=48)
EPSON_TM_T20 = PrinterModel("epson-tm-t20", dots=576, columns=48)
EPSON_TM_M30 = PrinterModel("epson-tm-m30", dots=576, columns=48)
EPSON_TM_T88 = PrinterModel("epson-tm-t88", dots=512, columns=42)
"""180 dots an inch, the only ones of these; font A is 12 dots wide on them too."""

MODELS = {
    model.name: model
    for model in (
        GENERIC_80,
        GENERIC_80_UNCONFIRMED,
        GENERIC_58,
        EPSON_TM_T82,
        EPSON_TM_T20,
        EPSON_TM_M30,
        EPSON_TM_T88,
    )
}
