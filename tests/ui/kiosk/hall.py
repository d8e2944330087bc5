"""The hall of the sample office as the kiosk reads it, and a kiosk port that a test can steer."""

from dataclasses import replace
from functools import cache

from mppdesk.config import resource
from mppdesk.domain.errors import ClerkError, NotAllowed
from mppdesk.domain.office_day import NO_NEW_NUMBERS
from mppdesk.domain.print_job import JobState, PrintJob
from mppdesk.integrations.catalog_files import read_catalog
from mppdesk.operations.readings import KioskAgency, KioskScreen, KioskService, PrinterStatus
from mppdesk.texts import Text, msg
from mppdesk.ui.kiosk.port import IssuedTicket, SlipStanding, StaffCall
from mppdesk.ui.shared.sheet_words import is_reprinted

WAITING = {"DUKCAPIL": 12, "DPMPTSP": 8, "POLRES": 6, "SAMSAT": 9, "BPN": 3, "BPJSKES": 5, "BAPENDA": 4, "DISNAKER": 2}
FIRST = (
    "DUKCAPIL",
    "DPMPTSP",
    "POLRES",
    "SAMSAT",
    "IMIGRASI",
    "BPN",
    "BPJSKES",
    "BAPENDA",
    "DISNAKER",
    "KPP",
    "DINSOS",
)
PIN = "271828"
CLOSED = "IMIGRASI"


@cache
def hall() -> KioskScreen:
    """All agencies of the sample office in the morning, Imigrasi closed until 13.00."""
    reading = read_catalog(resource("sample/catalog"))
    agencies = {
        agency.code: KioskAgency(
            agency,
            tuple(KioskService(each, 0) for each in reading.services if each.agency == agency.code),
            WAITING.get(agency.code, 0),
            msg("Tutup. Buka lagi {time}", time="13.00") if agency.code == CLOSED else None,
        )
        for agency in reading.agencies
    }
    order = (*FIRST, *(code for code in agencies if code not in FIRST))
    return KioskScreen(
        "MPP Kabupaten Sukamaju",
        ("Mal Pelayanan Publik", "Kabupaten Sukamaju"),
        tuple(agencies[code] for code in order),
    )


def without_requirements(screen: KioskScreen, service: str) -> KioskScreen:
    """The same hall, but one service asks for no papers."""

    def bare(offered: KioskService) -> KioskService:
        is_it = offered.service.code == service
        return replace(offered, service=replace(offered.service, requirements=())) if is_it else offered

    return replace(
        screen, agencies=tuple(replace(each, services=tuple(map(bare, each.services))) for each in screen.agencies)
    )


def without_numbers(screen: KioskScreen, service: str) -> KioskScreen:
    """The same hall, but every counter of one service is closing."""

    def over(offered: KioskService) -> KioskService:
        return replace(offered, closed=NO_NEW_NUMBERS) if offered.service.code == service else offered

    return replace(
        screen, agencies=tuple(replace(each, services=tuple(map(over, each.services))) for each in screen.agencies)
    )


class FakeKiosk:
    """Issues B-042, B-043, ...; the same id gets the same number. `slip_now` is what the printer says of a slip.

    `printer_now` is how the printer stands, `prints` whether there is one, `care` what the staff did about its paper.
    """

    def __init__(self, screen: KioskScreen | None = None) -> None:
        self.shown = screen or hall()
        self.trouble: ClerkError | None = None
        self.refusal: ClerkError | None = None
        self.slip_now: SlipStanding | None = SlipStanding(JobState.PRINTED)
        self.asked: list[tuple[str, str, str | None]] = []
        self.issued: dict[str, IssuedTicket] = {}
        self.lists_printed: list[str] = []
        self.staff_calls: list[StaffCall] = []
        self.printer_now: PrinterStatus | None = None
        self.prints = True
        self.care: list[str] = []

    def screen(self) -> KioskScreen:
        if self.trouble is not None:
            raise self.trouble
        return self.shown

    def has_printer(self) -> bool:
        return self.prints

    def take_ticket(self, command_id: str, service: str, priority: str | None) -> IssuedTicket:
        self.asked.append((command_id, service, priority))
        if self.refusal is not None:
            raise self.refusal
        number = f"B-{42 + len(self.issued):03}"
        return self.issued.setdefault(command_id, IssuedTicket(f"visit-{number}", number, f"token-{number}"))

    def slip(self, visit: str) -> SlipStanding | None:
        return self.slip_now

    def print_requirements(self, service: str) -> None:
        if self.refusal is not None:
            raise self.refusal
        self.lists_printed.append(service)

    def leave(self, pin: str) -> None:
        if pin != PIN:
            raise NotAllowed(msg("PIN tidak cocok."), msg("Coba lagi."))

    def call_staff(self, why: StaffCall) -> None:
        self.staff_calls.append(why)

    def printer(self) -> PrinterStatus | None:
        return self.printer_now

    def slip_came_out(self, job: str) -> None:
        self.care.append(f"came out {job}")
        self._settled(job)

    def reprint_slip(self, job: str) -> Text:
        self.care.append(f"reprint {job}")
        return is_reprinted(replace(self._settled(job), copy_number=1))

    def print_expired(self, jobs: tuple[str, ...]) -> Text:
        self.care.append(f"print {' '.join(jobs)}")
        return self._without_expired(len(jobs))

    def let_expired_go(self, jobs: tuple[str, ...]) -> None:
        self.care.append(f"let go {' '.join(jobs)}")
        self._without_expired(len(jobs))

    def roll_changed(self) -> None:
        self.care.append("roll changed")
        assert self.printer_now is not None
        self.printer_now = replace(self.printer_now, slips_left=800)

    def _settled(self, job: str) -> PrintJob:
        assert self.printer_now is not None
        settled, *left = self.printer_now.unconfirmed
        assert settled.job_id == job
        self.printer_now = replace(self.printer_now, unconfirmed=tuple(left))
        return settled

    def _without_expired(self, count: int) -> Text:
        assert self.printer_now is not None
        self.printer_now = replace(self.printer_now, expired=())
        return msg("{count} karcis lama dicetak sekarang.", count=count)
