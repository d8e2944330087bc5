"""The papers drawn in UI.md 6, as facts: a ticket, a tanda terima, a daftar kekurangan, a list of requirements."""

from datetime import date, datetime, timedelta, timezone

from mppdesk.domain.catalog import Handling
from mppdesk.domain.papers import (
    LackingItem,
    LackingPaper,
    ReceiptPaper,
    ReceivedDocument,
    RequiredDocument,
    RequirementsPaper,
    TicketPaper,
)
from mppdesk.domain.submission import LackReason

WIB = timezone(timedelta(hours=7), "WIB")
HEADING = "Mal Pelayanan Publik Kabupaten Sukamaju"
HEADING_LINES = ("Mal Pelayanan Publik", "Kabupaten Sukamaju")


def at(hour: int, minute: int) -> datetime:
    """A moment of Monday, 23 November 2026."""
    return datetime(2026, 11, 23, hour, minute, tzinfo=WIB)


TICKET = TicketPaper(
    heading=HEADING_LINES,
    agency="Dukcapil",
    service="Penggantian KTP-el hilang",
    number="B-042",
    moment=at(9, 18),
    people_ahead=12,
    minutes=35,
    prepare=("Surat kehilangan kepolisian (asli)", "Fotokopi KK (1 lembar)"),
    qr_token="K7Q2M9XH4TRB3WZP",
)

RECEIPT = ReceiptPaper(
    heading=HEADING,
    agency="DPMPTSP",
    agency_name="Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu",
    counter="Loket 2",
    register_number="DPMPTSP/SIP/2026/11/000123",
    ticket_number="A-019",
    moment=at(10, 31),
    service="SIP Bidan (fasilitas kesehatan)",
    service_name="Surat Izin Praktik (SIP) Bidan (fasilitas kesehatan)",
    version_ordinal=3,
    decree="SK Nomor 000/07/2026",
    applicant="Melati Contohwati",
    masked_nik="9999********0001",
    represented_by=None,
    documents=(
        ReceivedDocument("R01", "Surat permohonan bermeterai", 1, 0, Handling.KEPT),
        ReceivedDocument("R02", "KTP-el", 1, 1, Handling.SHOWN),
        ReceivedDocument("R03", "STR", 1, 1, Handling.SHOWN),
        ReceivedDocument("R04", "Ijazah terakhir yang dilegalisasi", 1, 1, Handling.SHOWN),
        ReceivedDocument("R05", "Surat keterangan tempat praktik", 1, 0, Handling.KEPT),
        ReceivedDocument("R06", "Surat keterangan sehat dari dokter ber-SIP", 1, 0, Handling.KEPT),
        ReceivedDocument("R07", "Pas foto berwarna 4x6 latar merah", 3, 0, Handling.KEPT),
        ReceivedDocument("R09", "Bukti kecukupan SKP", 0, 1, Handling.COPIES_ONLY),
    ),
    not_applicable=("R08", "R10", "R11"),
    duration="5 hari kerja",
    fee="Gratis",
    due=date(2026, 11, 30),
    clerk="Dewi C.",
    qr_token="R4N8V2KD6JYC5GTS",
)

LACKING = LackingPaper(
    heading=HEADING,
    agency="DPMPTSP",
    counter="Loket 2",
    ticket_number="A-019",
    moment=at(9, 49),
    service="SIP Bidan (fasilitas kesehatan)",
    items=(
        LackingItem(
            "R06",
            "Surat keterangan sehat dari dokter ber-SIP",
            LackReason.EXPIRED,
            "terbit 12-08-2026, paling lama 3 bulan terakhir",
        ),
        LackingItem("R07", "Pas foto berwarna 4x6 latar merah", LackReason.TOO_FEW, "ada 2 dari 3 lembar"),
    ),
    clerk="Dewi C.",
    qr_token="R4N8V2KD6JYC5GTS",
)

REQUIREMENTS = RequirementsPaper(
    heading=HEADING_LINES,
    agency="Dukcapil",
    service="Penggantian KTP-el hilang",
    documents=(
        RequiredDocument("Surat kehilangan dari kepolisian", "asli"),
        RequiredDocument("Kartu Keluarga", "1 fotokopi"),
        RequiredDocument("Surat kuasa bermeterai", "asli", "jika diwakilkan"),
    ),
    fee="Gratis",
    duration="15 menit",
    moment=at(9, 18),
)
