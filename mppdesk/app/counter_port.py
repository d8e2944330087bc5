"""The counter window's port over the real office."""

from dataclasses import replace
from pathlib import Path

from mppdesk.app.paper_hand import PaperHand
from mppdesk.app.pins import OfficePins
from mppdesk.app.saved_papers import PaperFiles
from mppdesk.app.sign_in_port import LAST_USER
from mppdesk.app.station import Station
from mppdesk.app.unheard import sought_by_code, unheard_ticket
from mppdesk.domain.commands import Answer
from mppdesk.domain.errors import Refused
from mppdesk.domain.print_job import PrintJob
from mppdesk.domain.slip import Slip, SlipKind
from mppdesk.domain.ticket_code import read_code
from mppdesk.operations import desk as desks
from mppdesk.operations import submissions
from mppdesk.operations.desk import Desk
from mppdesk.operations.readings import (
    CounterScreen,
    CurrentTicket,
    HistoryLine,
    PrinterStatus,
    ServiceHit,
    SignedIn,
    Sought,
)
from mppdesk.operations.saved_papers import SavedPaper, SavingPlace
from mppdesk.operations.submissions import ApplicantData, Check
from mppdesk.texts import Text, msg
from mppdesk.ui.counter.previews import lacking_preview, receipt_preview
from mppdesk.ui.shared.sheet_words import is_reprinted

_LOOK_BACK = 200


class DeskPort:
    """ui.counter.port.CounterPort: one desk of one station, which prints where the settings say now."""

    def __init__(self, station: Station, desk: Desk) -> None:
        self._station = station
        self._desk = desk
        self._pins = OfficePins(station)
        self._paper = PaperHand(station, self._printer, desk.actor)
        self._files = PaperFiles(station, desk.actor)
        self._last_decided: str | None = None

    def screen(self) -> CounterScreen:
        return self._station.readers.counter_screen(self._desk.counter)

    def printer(self) -> PrinterStatus | None:
        return self._station.printers.status(self._printer())

    def call_next(self) -> Answer:
        return desks.call_next(self._desk, self._station.hub, self._station.ids)

    def call_ticket(self, visit: str, reason: str) -> Answer:
        return desks.call_ticket(self._desk, self._station.hub, self._station.ids, visit, reason)

    def claim(self, visit: str) -> Answer:
        return desks.claim(self._desk, self._station.hub, self._station.ids, visit)

    def claim_paper(self, number: str, service: str, is_sent_on: bool) -> Answer:
        station = self._station
        return desks.claim_paper(self._desk, station.hub, station.ids, number, service, is_sent_on=is_sent_on)

    def recall(self, visit: str) -> Answer:
        return desks.recall(self._desk, self._station.hub, self._station.ids, visit)

    def start(self, visit: str) -> Answer:
        return desks.start(self._desk, self._station.hub, self._station.ids, visit)

    def hold(self, visit: str, note: str | None) -> Answer:
        return desks.hold(self._desk, self._station.hub, self._station.ids, visit, note)

    def resume(self, visit: str) -> Answer:
        return desks.resume(self._desk, self._station.hub, self._station.ids, visit)

    def no_show(self, visit: str) -> Answer:
        return desks.mark_no_show(self._desk, self._station.hub, self._station.ids, visit)

    def finish(self, visit: str) -> Answer:
        return desks.finish(self._desk, self._station.hub, self._station.ids, visit)

    def check(self, ticket: CurrentTicket, checks: tuple[Check, ...]) -> None:
        submissions.check_requirements(self._desk, self._station.writer, self._station.ids, ticket, checks)

    def record_applicant(self, ticket: CurrentTicket, data: ApplicantData) -> None:
        submissions.record_applicant(self._desk, self._station.writer, self._station.ids, ticket, data)

    def preview_receipt(self, ticket: CurrentTicket) -> Slip:
        return receipt_preview(self.screen(), ticket, self._desk, self._station.now(), columns=self._paper_columns())

    def preview_lacking(self, ticket: CurrentTicket) -> Slip:
        return lacking_preview(self.screen(), ticket, self._desk, self._station.now(), columns=self._paper_columns())

    def _paper_columns(self) -> int:
        return self._station.site.paper_columns(self._printer())

    def register(self, ticket: CurrentTicket, sheets: int) -> Answer:
        station = self._station
        answer = submissions.register(
            self._printing_desk(), station.hub, station.readers, station.ids, ticket, sheets=sheets
        )
        self._last_decided = ticket.checklist.submission
        return answer

    def hand_back(self, ticket: CurrentTicket) -> Answer:
        answer = submissions.hand_back(self._printing_desk(), self._station.hub, self._station.ids, ticket)
        self._last_decided = ticket.checklist.submission
        return answer

    def find_services(self, typed: str) -> tuple[ServiceHit, ...]:
        return self._station.readers.find_services(typed)

    def seek(self, typed: str) -> Sought:
        found, code = self._station.readers.seek(typed), read_code(typed)
        if found.ticket is None and found.submission is None and code is not None:
            return sought_by_code(self._station, self._desk.counter, code)
        number = found.ticket.number if found.ticket is not None else typed
        return replace(found, unheard=unheard_ticket(self._station, self._desk.counter, number))

    def take_up(self, submission: str, visit: str | None) -> Answer:
        return submissions.resume(self._desk, self._station.hub, self._station.ids, submission, visit)

    def requeue(self, visit: str) -> Answer:
        station = self._station
        with station.readers.moment() as moment:
            behind = moment.reference.site.policy.requeue_behind
        return desks.requeue(self._desk, station.hub, station.ids, visit, behind)

    def transfer(self, visit: str, service: str, note: str | None, then_back: bool) -> Answer:
        station = self._station
        return desks.transfer(self._desk, station.hub, station.ids, visit, service, note, then_back=then_back)

    def undo(self, visit: str, act: str) -> Answer:
        return desks.undo(self._desk, self._station.hub, self._station.ids, visit, act)

    def reprint(self) -> Text:
        """Print the last slip of this counter's printer again, as SALINAN; on its new one where it has another now."""
        last = self._last_slip()
        if last is None:
            raise Refused(msg("Belum ada yang dicetak di loket ini."), msg("Selesaikan sebuah nomor lebih dahulu."))
        station = self._station
        instead = self._printer() if last.printer == self._desk.printer else None
        with station.writer.begin(self._desk.actor) as unit:
            copy = station.jobs.reprint(unit, last.job_id, station.now(), instead)
        return is_reprinted(copy)

    def slip_came_out(self, job: str) -> None:
        self._paper.slip_came_out(job)

    def reprint_slip(self, job: str) -> Text:
        return self._paper.reprint_slip(job)

    def print_elsewhere(self, printer: str) -> Text:
        return self._paper.print_elsewhere(printer)

    def print_expired(self, jobs: tuple[str, ...]) -> Text:
        return self._paper.print_expired(jobs)

    def let_expired_go(self, jobs: tuple[str, ...]) -> None:
        self._paper.let_expired_go(jobs)

    def roll_changed(self) -> None:
        self._paper.roll_changed()

    def last_file(self) -> str:
        last = self._last_decided or self._file_of_last_slip()
        if last is None:
            raise Refused(
                msg("Belum ada berkas yang diputuskan di loket ini."),
                msg("Cari nomornya (Ctrl+F), lalu simpan PDF-nya dari sana."),
            )
        return last

    def save_paper(self, submission: str, folder: Path | None) -> SavedPaper:
        return self._files.save(submission, folder)

    def saving_places(self) -> tuple[SavingPlace, ...]:
        return self._files.places()

    def open_counter(self) -> Answer:
        return desks.open_counter(self._desk, self._station.hub, self._station.ids)

    def take_break(self, until: str | None) -> Answer:
        return desks.take_break(self._desk, self._station.hub, self._station.ids, until)

    def end_break(self) -> Answer:
        return desks.end_break(self._desk, self._station.hub, self._station.ids)

    def stop_new_numbers(self) -> Answer:
        return desks.stop_new_numbers(self._desk, self._station.hub, self._station.ids)

    def resume_new_numbers(self) -> Answer:
        return desks.resume_new_numbers(self._desk, self._station.hub, self._station.ids)

    def close_counter(self) -> Answer:
        return desks.close_counter(self._desk, self._station.hub, self._station.ids)

    def unlock(self, pin: str) -> None:
        self._pins.check(self._desk.actor.user, pin)

    def hand_over(self, user_name: str, pin: str, note: str | None) -> SignedIn:
        station, desk = self._station, self._desk
        successor = self._pins.person(user_name, pin)
        with station.readers.moment() as moment:
            opening = moment.view.counter_day(desk.counter, moment.day)
        services = opening.services if opening else ()
        desks.hand_over(desk, station.hub, station.ids, successor.user, services, note)
        station.home.set_setting(LAST_USER, user_name)
        return successor

    def history(self, visit: str) -> tuple[HistoryLine, ...]:
        return self._station.readers.history(visit)

    def look_at_nik(self, submission: str, reason: str) -> str | None:
        station = self._station
        return submissions.look_at_nik(self._desk, station.writer, station.readers, submission, reason)

    def _file_of_last_slip(self) -> str | None:
        """After a start of the program, by what came out before it."""
        last = self._last_slip()
        return last.subject_id if last and last.slip.kind in (SlipKind.RECEIPT, SlipKind.LACKING) else None

    def _last_slip(self) -> PrintJob | None:
        recent = (job for job in self._station.jobs.recent(_LOOK_BACK) if job.slip.kind is not SlipKind.TICKET)
        elsewhere, own = self._paper.sent_elsewhere, {self._desk.printer, self._printer()}
        return next((job for job in recent if job.printer in own or job.job_id in elsewhere), None)

    def _printer(self) -> str | None:
        with self._station.readers.moment() as moment:
            place = moment.reference.counters.get(self._desk.counter)
        return place.printer if place is not None else self._desk.printer

    def _printing_desk(self) -> Desk:
        """The desk with the printer at hand now, which the settings may have changed since somebody signed in."""
        return replace(self._desk, printer=self._printer())
