"""What kinds of thermal printer can do; our own table, since libraries know few of the printers sold here.

Sources: data sheets of the Epson TM-T82 family and of the usual clones; 203 dpi heads, font A of 12 dots.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Profile:
    """A kind of printer: `dots` is the width of the head, `columns` the characters of font A in it.

    `answers_status` means DLE EOT, `confirms_in_order` means GS r, which answers once all before it was processed.
    """

    name: str
    dots: int
    columns: int
    has_cutter: bool = True
    draws_qr: bool = True
    answers_status: bool = True
    confirms_in_order: bool = True


GENERIC_80 = Profile("generic-80", dots=576, columns=48)
EPSON_TM_T82 = Profile("epson-tm-t82", dots=576, columns=48)
GENERIC_58 = Profile(
    "generic-58",
    dots=384,
    columns=32,
    has_cutter=False,
    draws_qr=False,
    answers_status=False,
    confirms_in_order=False,
)

PROFILES = {profile.name: profile for profile in (GENERIC_80, EPSON_TM_T82, GENERIC_58)}
