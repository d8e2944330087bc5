"""A counter in memory: one clerk, a short queue of invented people, the same answers and refusals as the real one."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from mppdesk.domain.commands import Answer
from mppdesk.domain.entries import Actor
from mppdesk.domain.errors import NotAllowed, Refused
from mppdesk.domain.office_day import CounterState
from mppdesk.domain.print_job import PrinterState, PrintJob
from mppdesk.domain.slip import Slip
from mppdesk.domain.ticket_number import read_number, ticket_number
from mppdesk.domain.visit import TicketStatus
from mppdesk.operations.desk import Desk
from mppdesk.operations.readings import (
    CounterScreen,
    CounterToday,
    CurrentTicket,
    HistoryLine,
    LeftNote,
    PrinterStatus,
    QueueRow,
    ServiceHit,
    SignedIn,
    Sought,
    UnheardTicket,
)
from mppdesk.operations.saved_papers import SavedPaper, SavingPlace
from mppdesk.operations.submissions import ApplicantData, Check
from mppdesk.texts import Text, msg
from mppdesk.ui.counter.previews import lacking_preview, receipt_preview
from mppdesk.ui.shared.sheet_words import is_reprinted
from tests.ui.counter.catalogue import AGENCIES, DPMPTSP, SERVICES
from tests.ui.counter.fake_folders import FakeFolders
from tests.ui.counter.fake_people import Person, answer, checklist, next_up, queue_row, submission_hit

PIN, SUCCESSOR = "271828", SignedIn("ratna", "ratna", "Ratna A.", ("clerk",))
DESK = Desk("counter-2", "Loket 2", Actor("dewi", "desktop"), "Dewi C.", "printer")


class FakePort:
    """`now` is aware; `printed` lists every slip that came out, `asked` the names of the calls in their order.

    `paper` is what the printer's status says besides its `printer_state`. `served_elsewhere` are the services that
    another open counter takes too; with `hears_nothing` any number may have been issued elsewhere.
    """

    def __init__(self, now: Callable[[], datetime], people: tuple[Person, ...] = ()) -> None:
        self._now = now
        self._people = {person.visit: person for person in people}
        self._before: dict[str, Person] = {}
        self._acts = 0
        self.state = CounterState.OPEN
        self.break_until: str | None = None
        self.last_call_ms: int | None = None
        self.served_elsewhere: frozenset[str] = frozenset()
        self.note: LeftNote | None = None
        self.hears_nothing = False
        self._elsewhere: set[str] = set()
        self.printer_state: PrinterState | None = PrinterState.READY
        self.paper = PrinterStatus("printer", PrinterState.READY, 0)
        self.folders = FakeFolders()
        self.printed: list[Slip] = []
        self.asked: list[str] = []

    # what a test looks at

    def person(self, number: str) -> Person:
        return next(person for person in self._people.values() if person.number == number)

    @property
    def here(self) -> Person | None:
        at_desk = (TicketStatus.CALLED, TicketStatus.SERVING)
        ours = (each for each in self._people.values() if each.visit not in self._elsewhere)
        return next((each for each in ours if each.status in at_desk), None)

    def serve_elsewhere(self, visit: str) -> None:
        """Another counter has this person, as far as is known here."""
        self._elsewhere.add(visit)
        self._people[visit] = replace(self._people[visit], status=TicketStatus.SERVING)

    # the port

    def screen(self) -> CounterScreen:
        here, waiting = self.here, self._rows(TicketStatus.WAITING)
        return CounterScreen(
            counter=DESK.counter,
            label=DESK.label,
            agency=DPMPTSP,
            mpp_name="MPP Kabupaten Sukamaju",
            day=self._now().date(),
            state=self.state,
            break_until=self.break_until,
            serves=msg("Melayani semua layanan DPMPTSP"),
            current=self._current(here) if here else None,
            waiting=waiting,
            on_hold=self._rows(TicketStatus.ON_HOLD),
            no_show=self._rows(TicketStatus.NO_SHOW),
            next_up=next_up(waiting),
            today=self._today(),
            last_call_ms=self.last_call_ms,
            only_here=tuple(row for row in waiting if row.service_code not in self.served_elsewhere),
            note=None if here else self.note,
        )

    def printer(self) -> PrinterStatus | None:
        if self.printer_state is None:
            return None
        return replace(self.paper, state=self.printer_state, since_ms=self.paper.since_ms or self._ms())

    def call_next(self) -> Answer:
        waiting = self._rows(TicketStatus.WAITING)
        if not waiting:
            return Answer(why="nobody_waiting")
        return self._call("call_next", waiting[0].visit)

    def call_ticket(self, visit: str, reason: str) -> Answer:
        return self._call(f"call_ticket {reason}", visit)

    def claim(self, visit: str) -> Answer:
        self._require_free_desk()
        return self._act(f"claim {visit}", visit, status=TicketStatus.SERVING, started_ms=self._ms())

    def claim_paper(self, number: str, service: str, is_sent_on: bool) -> Answer:
        self._require_free_desk()
        known = next((each for each in self._people.values() if each.number == number), None)
        shown = known or Person(f"visit-{number}", number, service, self._ms())
        self._people[shown.visit] = replace(shown, service=service)
        self._elsewhere.discard(shown.visit)
        name = f"claim_paper {number} {service}" + (" sent_on" if is_sent_on else "")
        return self._act(name, shown.visit, status=TicketStatus.SERVING, started_ms=self._ms())

    def recall(self, visit: str) -> Answer:
        person = self._at_desk(visit)
        return self._act("recall", visit, call_times=person.call_times + 1, called_ms=self._ms())

    def start(self, visit: str) -> Answer:
        return self._act("start", visit, status=TicketStatus.SERVING, started_ms=self._ms())

    def hold(self, visit: str, note: str | None) -> Answer:
        return self._act("hold", visit, status=TicketStatus.ON_HOLD, note=note)

    def resume(self, visit: str) -> Answer:
        self._require_free_desk()
        return self._act("resume", visit, status=TicketStatus.SERVING)

    def no_show(self, visit: str) -> Answer:
        return self._act("no_show", visit, status=TicketStatus.NO_SHOW)

    def finish(self, visit: str) -> Answer:
        return self._act("finish", visit, status=TicketStatus.FINISHED, outcome="served")

    def check(self, ticket: CurrentTicket, checks: tuple[Check, ...]) -> None:
        self.asked.append("check")
        person = self._people[ticket.row.visit]
        new = {**person.checks, **{each.code: each for each in checks}}
        self._people[person.visit] = replace(person, checks=new, submission=f"submission-{person.visit}")

    def record_applicant(self, ticket: CurrentTicket, data: ApplicantData) -> None:
        self.asked.append("record_applicant")
        person = self._people[ticket.row.visit]
        names = ("name", "nik", "phone", "represented_by")
        typed: dict[str, Any] = {name: getattr(data, name) for name in names if getattr(data, name) is not None}
        applicant = replace(person.applicant, **typed)
        self._people[person.visit] = replace(person, applicant=applicant, submission=f"submission-{person.visit}")

    def preview_receipt(self, ticket: CurrentTicket) -> Slip:
        return receipt_preview(self.screen(), ticket, DESK, self._now())

    def preview_lacking(self, ticket: CurrentTicket) -> Slip:
        return lacking_preview(self.screen(), ticket, DESK, self._now())

    def register(self, ticket: CurrentTicket, sheets: int) -> Answer:
        self.printed += [self.preview_receipt(ticket)] * sheets
        registered = self._act("register", ticket.row.visit, status=TicketStatus.FINISHED, outcome="registered")
        return replace(registered, register_number="DPMPTSP/SIP/2026/11/000123")

    def hand_back(self, ticket: CurrentTicket) -> Answer:
        self.printed.append(self.preview_lacking(ticket))
        return self._act("hand_back", ticket.row.visit, status=TicketStatus.FINISHED, outcome="returned")

    def find_services(self, typed: str) -> tuple[ServiceHit, ...]:
        wanted = typed.casefold()
        return tuple(
            ServiceHit(each, AGENCIES[each.agency], 2 if each.code == "POLRES-01" else 0, True)
            for each in SERVICES.values()
            if wanted and wanted in f"{each.name} {AGENCIES[each.agency].short_name}".casefold()
        )

    def seek(self, typed: str) -> Sought:
        read = read_number(typed)
        wanted = ticket_number(*read) if read else typed.upper()
        found = (each for each in self._people.values() if wanted in (each.number, each.code))
        person = next(found, None)
        if person is None:
            return Sought(unheard=self._unheard(typed))
        return Sought(queue_row(person), submission_hit(person, self._now().date()), self._unheard(person.number))

    def take_up(self, submission: str, visit: str | None) -> Answer:
        owner = next(each for each in self._people.values() if each.submission == submission)
        taken = {"status": TicketStatus.SERVING, "started_ms": self._ms(), "outcome": None}
        if visit is None:
            self._require_free_desk()
            return self._act("take_up", owner.visit, **taken)
        file = {"checks": owner.checks, "applicant": owner.applicant, "submission": submission}
        return self._act(f"take_up {visit}", visit, **taken, **file)

    def requeue(self, visit: str) -> Answer:
        return self._act("requeue", visit, status=TicketStatus.WAITING, outcome=None)

    def transfer(self, visit: str, service: str, note: str | None, then_back: bool) -> Answer:
        name = f"transfer {service}" + (" then_back" if then_back else "")
        return self._act(name, visit, status=TicketStatus.CANCELLED, note=note, service=service)

    def undo(self, visit: str, act: str) -> Answer:
        person = self._people[visit]
        if person.last_act != act:
            raise Refused(msg("Sudah ada tindakan lain sesudahnya."), msg("Tidak ada yang berubah."))
        self.asked.append("undo")
        self._people[visit] = self._before[act]
        return answer(self._people[visit], act)

    def reprint(self) -> Text:
        self.asked.append("reprint")
        if not self.printed:
            raise Refused(msg("Belum ada yang dicetak di loket ini."), msg("Tidak ada yang perlu dilakukan."))
        self.printed.append(self.printed[-1])
        return msg("Salinan dicetak.")

    def slip_came_out(self, job: str) -> None:
        self.asked.append(f"slip_came_out {job}")
        self._answer_doubt(job)

    def reprint_slip(self, job: str) -> Text:
        self.asked.append(f"reprint_slip {job}")
        return is_reprinted(replace(self._answer_doubt(job), copy_number=1))

    def print_elsewhere(self, printer: str) -> Text:
        self.asked.append(f"print_elsewhere {printer}")
        sent, self.paper = self.paper.open_jobs, replace(self.paper, open_jobs=0, first_waiting=None)
        return msg("{count} cetakan dikirim ke {printer}.", count=sent, printer=printer)

    def print_expired(self, jobs: tuple[str, ...]) -> Text:
        self.asked.append(f"print_expired {' '.join(jobs)}")
        self.paper = replace(self.paper, expired=())
        return msg("{count} karcis lama dicetak sekarang.", count=len(jobs))

    def let_expired_go(self, jobs: tuple[str, ...]) -> None:
        self.asked.append(f"let_expired_go {' '.join(jobs)}")
        self.paper = replace(self.paper, expired=())

    def roll_changed(self) -> None:
        self.asked.append("roll_changed")
        self.paper = replace(self.paper, slips_left=800)

    def last_file(self) -> str:
        decided = [each for each in self._people.values() if each.outcome in ("registered", "returned")]
        if not decided:
            raise Refused(msg("Belum ada berkas yang diputuskan di loket ini."), msg("Cari nomornya (Ctrl+F)."))
        return max(decided, key=lambda each: each.since_ms).submission or ""

    def save_paper(self, submission: str, folder: Path | None) -> SavedPaper:
        self.asked.append(f"save_paper {submission} {folder or ''}".rstrip())
        owner = next(each for each in self._people.values() if each.submission == submission)
        return self.folders.save(owner, folder, self._now().date())

    def saving_places(self) -> tuple[SavingPlace, ...]:
        return self.folders.places()

    def open_counter(self) -> Answer:
        return self._counter("open", CounterState.OPEN)

    def take_break(self, until: str | None) -> Answer:
        self.break_until = until
        return self._counter("take_break", CounterState.ON_BREAK)

    def end_break(self) -> Answer:
        return self._counter("end_break", CounterState.OPEN)

    def stop_new_numbers(self) -> Answer:
        return self._counter("stop_new_numbers", self.state.closing)

    def resume_new_numbers(self) -> Answer:
        return self._counter("resume_new_numbers", self.state.taking_numbers)

    def close_counter(self) -> Answer:
        return self._counter("close_counter", CounterState.CLOSED)

    def unlock(self, pin: str) -> None:
        self.asked.append("unlock")
        if pin != PIN:
            raise _wrong_pin()

    def hand_over(self, user_name: str, pin: str, note: str | None) -> SignedIn:
        self.asked.append(f"hand_over {user_name}")
        if (user_name, pin) != (SUCCESSOR.user_name, PIN):
            raise _wrong_pin()
        self.note = LeftNote(note, DESK.clerk_name, self._ms()) if note else None
        return SUCCESSOR

    def history(self, visit: str) -> tuple[HistoryLine, ...]:
        person = self._people[visit]
        return (
            HistoryLine("09.20", "kiosk", msg("Nomor {number} diambil.", number=person.number)),
            HistoryLine("09.42", "Dewi C.", msg("Dipanggil ke {counter}.", counter=DESK.label)),
        )

    def look_at_nik(self, submission: str, reason: str) -> str | None:
        self.asked.append(f"look_at_nik {reason}")
        return next((each.applicant.nik for each in self._people.values() if each.submission == submission), None)

    # how this office remembers

    def _unheard(self, typed: str) -> UnheardTicket | None:
        read = read_number(typed)
        own = tuple((code, each.name_in_lists) for code, each in SERVICES.items() if each.agency == DPMPTSP.code)
        return UnheardTicket(ticket_number(*read), own) if read and self.hears_nothing else None

    def _answer_doubt(self, job: str) -> PrintJob:
        answered = next(each for each in self.paper.unconfirmed if each.job_id == job)
        left = tuple(each for each in self.paper.unconfirmed if each is not answered)
        self.paper = replace(self.paper, unconfirmed=left)
        return answered

    def _ms(self) -> int:
        return round(self._now().timestamp() * 1000)

    def _call(self, name: str, visit: str) -> Answer:
        self._require_free_desk()
        if self.state not in (CounterState.OPEN, CounterState.CLOSING):
            raise Refused(msg("Loket 2 belum dibuka."), msg("Buka loket lebih dahulu."))
        self.last_call_ms = self._ms()
        return self._act(name, visit, status=TicketStatus.CALLED, called_ms=self._ms(), call_times=1)

    def _act(self, name: str, visit: str, **changes: Any) -> Answer:
        self.asked.append(name)
        self._acts += 1
        act = f"act-{self._acts}"
        self._before[act] = self._people[visit]
        self._people[visit] = replace(self._people[visit], since_ms=self._ms(), last_act=act, **changes)
        return answer(self._people[visit], act)

    def _counter(self, name: str, state: CounterState) -> Answer:
        self.asked.append(name)
        self.state = state
        return Answer()

    def _require_free_desk(self) -> None:
        if self.here is not None:
            raise Refused(
                msg("{number} masih dilayani di loket ini.", number=self.here.number),
                msg("Selesaikan {number} dahulu (F9).", number=self.here.number),
            )

    def _at_desk(self, visit: str) -> Person:
        if self.here is None or self.here.visit != visit:
            raise Refused(msg("Tidak ada nomor di Loket 2."), msg("Tekan F2 untuk memanggil."))
        return self.here

    def _rows(self, status: TicketStatus) -> tuple[QueueRow, ...]:
        return tuple(queue_row(each) for each in self._people.values() if each.status is status)

    def _today(self) -> CounterToday:
        outcomes = [each.outcome for each in self._people.values() if each.status is TicketStatus.FINISHED]
        missed = len(self._rows(TicketStatus.NO_SHOW))
        registered, returned = outcomes.count("registered"), outcomes.count("returned")
        return CounterToday(len(outcomes), registered, returned, missed, 10 if outcomes else None)

    def _current(self, person: Person) -> CurrentTicket:
        service = SERVICES[person.service]
        return CurrentTicket(
            row=queue_row(person),
            service_name=service.name,
            service_version="1" * 64,
            agency=service.agency,
            called_ms=person.called_ms,
            call_times=person.call_times,
            started_ms=person.started_ms if person.status is TicketStatus.SERVING else None,
            target_minutes=service.counter_minutes,
            last_act=person.last_act,
            checklist=checklist(person, self._now().date()),
        )


def _wrong_pin() -> NotAllowed:
    return NotAllowed(msg("PIN tidak cocok."), msg("Coba lagi, atau minta penyelia mengatur ulang."))
