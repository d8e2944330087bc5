"""The ports of the kiosk and the display board over the real office."""

import shutil
from dataclasses import replace
from pathlib import Path

from mppdesk.app.paper_hand import PaperHand
from mppdesk.app.pins import OfficePins
from mppdesk.app.station import Station
from mppdesk.db.home import RESERVE_BYTES
from mppdesk.domain.conditions import fee_sentence, requirement_papers
from mppdesk.domain.entries import Actor
from mppdesk.domain.errors import Refused
from mppdesk.domain.hub import SlipOrder, refusals
from mppdesk.domain.papers import RequirementsPaper
from mppdesk.domain.site import KioskPlace
from mppdesk.domain.slip import SlipKind
from mppdesk.domain.slip_layout import requirements_slip
from mppdesk.domain.ticket_code import ticket_code
from mppdesk.domain.working_time import duration_sentence
from mppdesk.operations import kiosk
from mppdesk.operations.readings import BoardScreen, KioskScreen, PrinterStatus
from mppdesk.sync.place import place_of
from mppdesk.texts import Text, msg
from mppdesk.ui.kiosk.port import IssuedTicket, SlipStanding, StaffCall


class HallKioskPort:
    """ui.kiosk.port.KioskPort: one kiosk of one station; where nobody has a PIN, as in the demo, any PIN will do.

    Its printer is the one that the settings name now; that of `place` where they know no kiosk of its label.
    """

    def __init__(self, station: Station, place: KioskPlace, *, asks_for_pins: bool = True) -> None:
        self._station = station
        self._place = place
        self._asks_for_pins = asks_for_pins
        self._paper = PaperHand(station, self._printer, station.kiosk)

    def screen(self) -> KioskScreen:
        """The agencies, unless nobody should take a number now: the day is closed, or the disk is full."""
        station = self._station
        with station.readers.moment() as moment:
            last = moment.view.last_day()
            is_over = last is not None and last.day == moment.day and not last.is_open
        if is_over or _is_nearly_full(station.home.path):
            raise Refused(msg("Kiosk ini berhenti."), msg("Silakan ke petugas informasi."))
        return station.readers.kiosk_screen()

    def leave(self, pin: str) -> None:
        user = OfficePins(self._station).require_one_who_leads(pin) if self._asks_for_pins else None
        actor = Actor(user, "kiosk") if user is not None else self._station.kiosk
        self._paper = PaperHand(self._station, self._printer, actor)

    def printer(self) -> PrinterStatus | None:
        return self._station.printers.status(self._printer())

    def has_printer(self) -> bool:
        return self._printer() is not None

    def slip_came_out(self, job: str) -> None:
        self._paper.slip_came_out(job)

    def reprint_slip(self, job: str) -> Text:
        return self._paper.reprint_slip(job)

    def print_expired(self, jobs: tuple[str, ...]) -> Text:
        return self._paper.print_expired(jobs)

    def let_expired_go(self, jobs: tuple[str, ...]) -> None:
        self._paper.let_expired_go(jobs)

    def roll_changed(self) -> None:
        self._paper.roll_changed()

    def take_ticket(self, command_id: str, service: str, priority: str | None) -> IssuedTicket:
        station = self._station
        answer = kiosk.take_ticket(station.hub, station.kiosk, command_id, service, priority, self._printer())
        assert answer.ticket is not None
        with station.readers.moment() as moment:
            visit = moment.view.visit(answer.ticket.id)
        if visit is None:
            raise refusals.unknown_ticket()
        here = place_of(station.home)
        is_alone = here is not None and visit.issuer_no == here.welcome.issuer_no
        code = ticket_code(visit.token, visit.day, visit.label)
        return IssuedTicket(visit.visit_id, visit.label, code, is_provisional=is_alone)

    def slip(self, visit: str) -> SlipStanding | None:
        jobs = [job for job in self._station.jobs.of_subject(visit) if job.slip.kind is SlipKind.TICKET]
        return SlipStanding(jobs[-1].state, jobs[-1].cause) if jobs else None

    def print_requirements(self, service: str) -> None:
        station, printer = self._station, self._printer()
        with station.readers.moment() as moment:
            found = moment.view.service(service)
            heading = moment.reference.site.heading
            columns = moment.reference.site.paper_columns(printer)
        if found is None:
            raise refusals.unknown_service(service)
        if printer is None:
            raise Refused(msg("Kiosk ini tidak mempunyai printer."), msg("Foto layar ini, atau tanya petugas."))
        agency, version = found
        paper = RequirementsPaper(
            heading=heading,
            agency=agency.short_name,
            service=version.service.name_in_lists,
            documents=requirement_papers(version.service.requirements),
            fee=str(fee_sentence(version.service.fee)),
            duration=str(duration_sentence(version.service.duration)),
            moment=station.now(),
            not_served_here=version.service.not_served_here,
        )
        order = SlipOrder(printer, requirements_slip(paper, columns), service, agency.short_name)
        with station.writer.begin(station.kiosk) as unit:
            unit.print(order)

    def call_staff(self, why: StaffCall) -> None:
        raise Refused(msg("Tidak ada meja informasi yang mendengar panggilan."), msg("Silakan ke petugas informasi."))

    def _printer(self) -> str | None:
        kiosks = self._station.site.kiosks
        return next((each.printer for each in kiosks if each.label == self._place.label), self._place.printer)


class HallBoardPort:
    """ui.display_board.port.BoardPort: what the hall shows."""

    def __init__(self, station: Station) -> None:
        self._station = station

    def screen(self) -> BoardScreen:
        """The calls of the day; cut off from the hub those that were heard before, and since when there are no more."""
        screen, link = self._station.readers.board_screen(), self._station.link
        standing = link.standing() if link is not None else None
        return replace(screen, lost_ms=standing.since_ms) if standing is not None and standing.is_cut_off else screen


def _is_nearly_full(home: Path) -> bool:
    """Whether only as much room is left as those need who are at the desks already."""
    return shutil.disk_usage(home).free < RESERVE_BYTES
