"""Decisions on the service day: it opens by itself with the first command of a date; a person closes it."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from mppdesk.domain import commands, facts
from mppdesk.domain.entries import SubjectType
from mppdesk.domain.errors import Refused
from mppdesk.domain.facts import NumberBlock
from mppdesk.domain.formats import long_date
from mppdesk.domain.hub.terms import hub_block
from mppdesk.domain.hub.view import Case, Decided, OpenDay
from mppdesk.domain.office_day import HUB_BLOCK, NO_TERM, ServiceDay, number_blocks
from mppdesk.domain.visit import Visit
from mppdesk.domain.working_time import next_working_day
from mppdesk.texts import msg

LEFTOVER_CHOICES = ("cancel", "outside")


def current_day(case: Case) -> OpenDay:
    """Find the service day that goes on, or open a new one; refuse when the day is closed or the date is doubtful."""
    last, today = _last_known(case), case.now.date()
    if last is None:
        return _begun(case, today, last)
    last_date = date.fromisoformat(last.day)
    # A clock that was set back never reopens an earlier day: the last one goes on, and a banner says so.
    if today <= last_date:
        if not last.is_open:
            raise Refused(
                msg("Hari {day} sudah ditutup. Tidak ada yang berubah.", day=long_date(last_date)),
                msg("Minta penyelia membuka kembali hari itu bila masih ada yang dilayani."),
            )
        return OpenDay(last, case.view.term())
    if today > next_working_day(last_date, case.holidays):
        raise Refused(
            msg(
                "Jam komputer menunjukkan {today}, padahal hari pelayanan terakhir {last}. Tidak ada yang berubah.",
                today=long_date(today),
                last=long_date(last_date),
            ),
            msg("Periksa tanggalnya. Bila benar, buka hari {today} lebih dahulu.", today=long_date(today)),
        )
    return _begun(case, today, last)


def open_day(case: Case, command: commands.OpenDay) -> Decided:
    """Open a date that a person vouches for; never one that is over."""
    last, day = case.view.last_day(), _date(command.day)
    if last is not None and day <= date.fromisoformat(last.day):
        raise Refused(
            msg("Hari {day} sudah pernah dibuka. Tidak ada yang berubah.", day=long_date(date.fromisoformat(last.day))),
            msg("Pilih tanggal sesudah hari itu."),
        )
    if day > case.now.date() + timedelta(days=1):
        raise Refused(
            msg("{day} lebih dari satu hari di depan jam komputer. Tidak ada yang berubah.", day=long_date(day)),
            msg("Betulkan jam komputer, lalu coba lagi."),
        )
    return Decided(_opened(case, day, last, command_id=command.command_id, confirmed=True).opening)


def close_day(case: Case, command: commands.CloseDay) -> Decided:
    """Close the open day; whoever is left is decided with it, in the same transaction."""
    day = _last_day(case)
    if not day.is_open:
        raise Refused(msg("Hari ini sudah ditutup."), msg("Tidak ada yang perlu dilakukan."))
    left = case.view.undecided_visits(day.day)
    if left and command.leftovers not in LEFTOVER_CHOICES:
        raise Refused(
            msg("{count} nomor belum selesai, jadi hari belum ditutup.", count=len(left)),
            msg("Tentukan dahulu: batalkan nomor itu, atau nyatakan selesai di luar."),
        )
    stamp = OpenDay(day, case.view.term()).stamp(command)
    decided = tuple(case.draft(SubjectType.VISIT, visit.visit_id, _leftover(visit, command, stamp)) for visit in left)
    counts = {**case.view.counts(day.day), "leftovers": len(left)}
    closing = case.draft(SubjectType.SERVICE_DAY, day.day_id, facts.DayClosed(**stamp, counts=counts))
    return Decided((*decided, closing))


def reopen_day(case: Case, command: commands.ReopenDay) -> Decided:
    """Open the closed day again; its numbers go on."""
    day = _last_day(case)
    if day.is_open:
        raise Refused(msg("Hari ini masih dibuka."), msg("Tidak ada yang perlu dilakukan."))
    stamp = OpenDay(day, case.view.term()).stamp(command)
    return Decided((case.draft(SubjectType.SERVICE_DAY, day.day_id, facts.DayReopened(**stamp)),))


def _leftover(visit: Visit, command: commands.CloseDay, stamp: dict[str, Any]) -> facts.TicketDecision:
    stamp = {**stamp, "command_id": f"{command.command_id}/{visit.label}"}
    if command.leftovers == "cancel":
        return facts.TicketCancelled(**stamp, number=visit.label, service=visit.stop.service, cause="day_closed")
    return facts.TicketFinished(**stamp, number=visit.label, service=visit.stop.service, outcome="outside")


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Refused(
            msg('Tanggal "{day}" tidak terbaca. Tidak ada yang berubah.', day=text),
            msg("Tulis tanggal seperti 2026-11-23, lalu coba lagi."),
        ) from error


def _last_day(case: Case) -> ServiceDay:
    day = case.view.last_day()
    if day is None:
        raise Refused(msg("Belum ada hari pelayanan."), msg("Hari dibuka sendiri oleh karcis pertama."))
    return day


def _last_known(case: Case) -> ServiceDay | None:
    """The day that the hub opened last; whoever is alone goes on from those that it had to open for itself."""
    last = case.view.last_day()
    alone = case.view.day_alone(case.now.date().isoformat()) if case.is_alone else None
    if alone is None or (last is not None and alone.day <= last.day):
        return last
    return replace(alone, blocks=_blocks(case))


def _begun(case: Case, day: date, last: ServiceDay | None) -> OpenDay:
    """Open a date for the building, or, where the hub cannot be heard, for this station."""
    if not case.is_alone:
        return _opened(case, day, last, command_id="", confirmed=False)
    term = case.view.term()
    fact = facts.DayOpenedAlone(command_id="", term=term, day=day.isoformat())
    draft = replace(case.draft(SubjectType.SERVICE_DAY, case.new_id(), fact), by_system=True)
    return OpenDay(ServiceDay(draft.subject.id, fact.day, True, NO_TERM, _blocks(case), 0), term, (draft,))


def _blocks(case: Case, of_hub: NumberBlock = HUB_BLOCK) -> tuple[NumberBlock, ...]:
    return number_blocks({*case.view.site().station_issuers, *case.view.kiosk_issuers()}, of_hub)


def _opened(case: Case, day: date, last: ServiceDay | None, *, command_id: str, confirmed: bool) -> OpenDay:
    term = case.view.term()
    leftovers = len(case.view.undecided_visits(last.day)) if last else 0
    fact = facts.DayOpened(
        command_id=command_id,
        term=term,
        day=day.isoformat(),
        blocks=_blocks(case, hub_block(case.view, day.isoformat(), term)),
        leftovers=leftovers,
        confirmed=confirmed,
    )
    draft = case.draft(SubjectType.SERVICE_DAY, case.new_id(), fact)
    draft = replace(draft, by_system=not confirmed)
    opened = ServiceDay(draft.subject.id, fact.day, True, term, fact.blocks, leftovers)
    return OpenDay(opened, term, (draft,))
