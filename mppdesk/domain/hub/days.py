"""Decisions on the service day: it opens by itself with the first command of a date; a person closes it."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from mppdesk.domain import commands, facts
from mppdesk.domain.entries import Draft, SubjectType
from mppdesk.domain.errors import NotAllowed, Refused
from mppdesk.domain.facts import NumberBlock
from mppdesk.domain.formats import long_date
from mppdesk.domain.hub.terms import hub_block
from mppdesk.domain.hub.view import Case, Decided, OpenDay, is_system
from mppdesk.domain.office_day import HUB_BLOCK, NO_TERM, PROGRAM_MADE, ServiceDay, number_blocks
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
    if day - case.now.date() > timedelta(days=1):
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
    decided = _leftovers_decided(case, command, day)
    counts = {**case.view.counts(day.day), "leftovers": len(decided)}
    stamp = OpenDay(day, case.view.term()).stamp(command)
    closing = case.draft(SubjectType.SERVICE_DAY, day.day_id, facts.DayClosed(**stamp, counts=counts))
    return Decided((*decided, closing))


def reopen_day(case: Case, command: commands.ReopenDay) -> Decided:
    """Open the closed day again; its numbers go on."""
    day = _last_day(case)
    if day.is_open:
        raise Refused(msg("Hari ini masih dibuka."), msg("Tidak ada yang perlu dilakukan."))
    stamp = OpenDay(day, case.view.term()).stamp(command)
    return Decided((case.draft(SubjectType.SERVICE_DAY, day.day_id, facts.DayReopened(**stamp)),))


def correct_date(case: Case, command: commands.CorrectDate) -> Decided:
    """Let the days be over that a wrong clock opened ahead of today, and open today by the word of who leads."""
    _require_leading(case)
    last, today = _last_day(case), _date(command.day)
    _require_true_date(case, today, date.fromisoformat(last.day))
    days = case.view.days_since(command.day)
    wrong = tuple(day for day in days if day.day > command.day)
    decided = _leftovers_decided(case, command, last)
    if wrong != days:  # today was opened rightly before, and goes on
        return Decided((*decided, *(_misdated(case, command, day, is_last=day == last) for day in wrong)))
    misdated = (_misdated(case, command, day) for day in wrong)
    opened = _opened(case, today, None, command_id=command.command_id, confirmed=True, beside=last)
    return Decided((*decided, *misdated, *opened.opening))


def _require_leading(case: Case) -> None:
    user = case.view.user(case.actor.user)
    if is_system(case.actor) or (user is not None and not user.is_leading):
        raise NotAllowed(
            msg(
                "Hanya penyelia atau administrator yang menyatakan jam komputer tadinya salah. Tidak ada yang berubah."
            ),
            msg("Minta penyelia melakukannya; antrean tetap berjalan."),
        )


def _require_true_date(case: Case, said: date, last: date) -> None:
    """What a person says and what the clock shows must agree, and it must be before the day that goes on."""
    clock = case.now.date()
    if said != clock or clock < PROGRAM_MADE:
        raise Refused(
            msg(
                "Jam komputer menunjukkan {clock}, bukan hari ini. Hari {last} diteruskan; tidak ada yang berubah.",
                clock=long_date(clock),
                last=long_date(last),
            ),
            msg("Betulkan dahulu tanggal dan jam komputer, lalu ulangi."),
        )
    if last <= clock:
        raise Refused(
            msg("Hari pelayanan {last} tidak mendahului tanggal hari ini.", last=long_date(last)),
            msg("Tidak ada yang perlu dibetulkan."),
        )


def _misdated(case: Case, command: commands.CorrectDate, day: ServiceDay, *, is_last: bool = False) -> Draft:
    fact = facts.DayMisdated(
        command_id=command.command_id if is_last else f"{command.command_id}/{day.day}",
        term=case.view.term(),
        day=day.day,
        really=command.day,
        counts=dict(case.view.counts(day.day)),
    )
    return case.draft(SubjectType.SERVICE_DAY, day.day_id, fact)


def _leftovers_decided(
    case: Case, command: commands.CloseDay | commands.CorrectDate, day: ServiceDay
) -> tuple[Draft, ...]:
    """Decide whoever is left up to a day that ends, as the command says; refuse where it does not."""
    left = case.view.undecided_visits(day.day)
    if left and command.leftovers not in LEFTOVER_CHOICES:
        raise Refused(
            msg("{count} nomor belum selesai, jadi hari belum ditutup.", count=len(left)),
            msg("Tentukan dahulu: batalkan nomor itu, atau nyatakan selesai di luar."),
        )
    stamp = OpenDay(day, case.view.term()).stamp(command)
    return tuple(case.draft(SubjectType.VISIT, visit.visit_id, _leftover(visit, command, stamp)) for visit in left)


def _leftover(
    visit: Visit, command: commands.CloseDay | commands.CorrectDate, stamp: dict[str, Any]
) -> facts.TicketDecision:
    name = visit.label if visit.day == stamp["day"] else f"{visit.day}/{visit.label}"
    stamp = {**stamp, "command_id": f"{command.command_id}/{name}"}
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
    """Share out the numbers; only who opens the day for all can know which stations are still to come."""
    issuers = {*case.view.site().station_issuers, *case.view.kiosk_issuers()}
    return number_blocks(issuers, of_hub, None if case.is_alone else case.view.next_issuer())


def _above(case: Case, block: NumberBlock, beside: ServiceDay | None) -> NumberBlock:
    if beside is None:
        return block
    given = (case.view.highest_number(beside.day, each, block.first, block.last) for each in case.view.queue_prefixes())
    return replace(block, first=min(max((block.first - 1, *given)) + 1, block.last))


def _opened(
    case: Case,
    day: date,
    last: ServiceDay | None,
    *,
    command_id: str,
    confirmed: bool,
    beside: ServiceDay | None = None,
) -> OpenDay:
    """Open a date; its numbers go on after those of a day `beside` it, whose slips are in the same hall."""
    term = case.view.term()
    leftovers = len(case.view.undecided_visits(last.day)) if last else 0
    fact = facts.DayOpened(
        command_id=command_id,
        term=term,
        day=day.isoformat(),
        blocks=_blocks(case, _above(case, hub_block(case.view, day.isoformat(), term), beside)),
        leftovers=leftovers,
        confirmed=confirmed,
    )
    draft = case.draft(SubjectType.SERVICE_DAY, case.new_id(), fact)
    draft = replace(draft, by_system=not confirmed)
    opened = ServiceDay(draft.subject.id, fact.day, True, term, fact.blocks, leftovers)
    return OpenDay(opened, term, (draft,))
