"""What stands on each paper, before any layout: ticket, tanda terima, daftar kekurangan, list of requirements.

Thermal slips (`slip_layout`) and the PDF show the same facts. Moments are aware, in the zone of the site.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from mppdesk.domain.catalog import Handling
from mppdesk.domain.submission import LackReason

COMPLAINT_CHANNELS = ("meja pengaduan MPP", "kotak saran", "lapor.go.id")


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketPaper:
    """A queue ticket (karcis antrean); it never carries personal data.

    `heading` are the lines at the top, `agency` its short name, `minutes` the estimated wait (None: not said, as
    `people_ahead` by who is cut off from the hub), `prepare` the papers to have at hand, `stops` the short names of the
    agencies of a visit with several stops, `transferred_from` the counter that sent the person on. `qr_token` is what
    the QR code holds (`ticket_code`); an empty one prints none.
    """

    heading: tuple[str, ...]
    agency: str
    service: str
    number: str
    moment: datetime
    people_ahead: int | None
    minutes: int | None
    prepare: tuple[str, ...]
    qr_token: str
    is_priority: bool = False
    stops: tuple[str, ...] = ()
    transferred_from: str | None = None


class Held(StrEnum):
    """Where an original or a copy is after the hand-in: what a receipt must say of each document."""

    ORIGINAL_KEPT = "original_kept"
    ORIGINAL_WITHDRAWN = "original_withdrawn"
    ORIGINAL_RETURNED_COPY_KEPT = "original_returned_copy_kept"
    ORIGINAL_RETURNED = "original_returned"
    COPY_KEPT = "copy_kept"
    UPLOADED = "uploaded"
    RECORDED = "recorded"


@dataclass(frozen=True, slots=True)
class ReceivedDocument:
    """One document as received; `code` is the short one (R06), `original` and `copies` are numbers of papers."""

    code: str
    name: str
    original: int
    copies: int
    handling: Handling

    @property
    def held(self) -> Held:
        """What became of it, by its handling and by which papers were really there."""
        if self.handling is Handling.UPLOADED:
            return Held.UPLOADED
        if self.original == 0:
            return Held.COPY_KEPT if self.copies else Held.RECORDED
        if self.handling is Handling.KEPT:
            return Held.ORIGINAL_KEPT
        if self.handling is Handling.WITHDRAWN:
            return Held.ORIGINAL_WITHDRAWN
        return Held.ORIGINAL_RETURNED_COPY_KEPT if self.copies else Held.ORIGINAL_RETURNED


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptPaper:
    """A tanda terima berkas: the file was received, nothing is granted by it.

    `heading` is the name of the building in ordinary letters, `agency` and `service` are the short names for the
    narrow slip, `agency_name` and `service_name` the full ones for the sheet, `version_ordinal` counts the versions of
    the published standard and `decree` is its number; `not_applicable` are short codes, `duration` is as
    "5 hari kerja", `fee` as "Gratis" or "Rp100.000", `sheet` is 1 for the applicant and 2 for the archive. `due` is
    None for a service done at once. Register number, moment and due date are the hub's to fill in.
    A provisional number comes from a station cut off from its hub.
    """

    heading: str
    agency: str
    counter: str
    ticket_number: str
    service: str
    version_ordinal: int
    applicant: str
    masked_nik: str
    represented_by: str | None
    documents: tuple[ReceivedDocument, ...]
    not_applicable: tuple[str, ...]
    duration: str
    fee: str
    clerk: str
    qr_token: str
    complaints: tuple[str, ...] = COMPLAINT_CHANNELS
    register_number: str = ""
    is_provisional: bool = False
    moment: datetime | None = None
    due: date | None = None
    sheet: int = 1
    sheets: int = 2
    agency_name: str = ""
    service_name: str = ""
    decree: str | None = None
    pick_up: str = "Loket Penyerahan"


@dataclass(frozen=True, slots=True)
class LackingItem:
    """One document that lacks; `detail` says how ("ada 2 dari 3 lembar"), `where` who issues it, where it is known."""

    code: str
    name: str
    reason: LackReason
    detail: str = ""
    where: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LackingPaper:
    """A daftar kekurangan berkas: what to bring, without blame; all papers go back to the applicant."""

    heading: str
    agency: str
    counter: str
    ticket_number: str
    moment: datetime
    service: str
    items: tuple[LackingItem, ...]
    clerk: str
    qr_token: str
    complaints: tuple[str, ...] = (COMPLAINT_CHANNELS[0], COMPLAINT_CHANNELS[-1])


@dataclass(frozen=True, slots=True)
class PaperFacts:
    """What a paper of a file says, for a printer that sets it on A5; of a copy also which one it is, and when made."""

    paper: ReceiptPaper | LackingPaper
    copy_number: int = 0
    copied: datetime | None = None


@dataclass(frozen=True, slots=True)
class RequiredDocument:
    """One paper to bring; `count` as "asli, 1 fotokopi", `condition` as "jika diwakilkan"."""

    name: str
    count: str | None = None
    condition: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RequirementsPaper:
    """The list of requirements that a citizen takes home without taking a number."""

    heading: tuple[str, ...]
    agency: str
    service: str
    documents: tuple[RequiredDocument, ...]
    fee: str
    duration: str
    moment: datetime
    not_served_here: str | None = None
