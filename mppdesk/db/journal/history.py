"""The history of one ticket in plain Indonesian: when, who, what (`mppdesk journal show`, Ctrl+H)."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone

from sqlalchemy import bindparam, select

from mppdesk.db import tables
from mppdesk.db.reading.moment import Moment
from mppdesk.db.sql import Statement
from mppdesk.domain import facts
from mppdesk.domain.entries import SYSTEM_USER, Entry, Subject, SubjectType, UnknownFact
from mppdesk.domain.submission import CheckState
from mppdesk.operations.readings import HistoryLine
from mppdesk.texts import Text, msg

_submissions = Statement(
    select(tables.view_submission_visits.c.submission_id).where(
        tables.view_submission_visits.c.site_id == bindparam("site_id"),
        tables.view_submission_visits.c.visit_id == bindparam("visit_id"),
    )
)

_STATES = {
    CheckState.FULFILLED: msg("ada"),
    CheckState.LACKING: msg("kurang"),
    CheckState.NOT_APPLICABLE: msg("tak berlaku"),
    CheckState.UNDECIDED: msg("belum diperiksa"),
}


def history_lines(moment: Moment, visit_id: str) -> tuple[HistoryLine, ...]:
    """Everything recorded about a visit and its submissions, in causal order of the author's clocks."""
    entries = moment.journal.entries_of(Subject(SubjectType.VISIT, visit_id))
    for row in moment.store.all(_submissions, site_id=moment.site_id, visit_id=visit_id):
        entries += moment.journal.entries_of(Subject(SubjectType.SUBMISSION, row[0]))
    entries.sort(key=lambda entry: (entry.hlc, entry.log_id, entry.seq))
    return tuple(_line(moment, entry) for entry in entries)


def _line(moment: Moment, entry: Entry) -> HistoryLine:
    zone = timezone(timedelta(minutes=max(-1439, min(1439, entry.utc_offset_min))))
    at = datetime.fromtimestamp(entry.wall_ms / 1000, UTC).astimezone(zone)
    return HistoryLine(f"{at:%d-%m-%Y %H.%M.%S}", _who(moment, entry), what_happened(moment, entry))


def _who(moment: Moment, entry: Entry) -> str:
    user = moment.reference.users.get(entry.actor.user)
    name = user.display_name if user else ("sistem" if entry.actor.user == SYSTEM_USER else entry.actor.user[:8])
    return f"{name} ({entry.actor.via})"


def what_happened(moment: Moment, entry: Entry) -> Text:
    """What an entry says, in a sentence."""
    if isinstance(entry.fact, UnknownFact):
        return msg("Catatan {kind} dari versi lain; disimpan, tidak terbaca di sini.", kind=entry.kind)
    tell = _SENTENCES.get(entry.kind)
    return tell(moment, entry) if tell else msg("{kind}.", kind=entry.kind)


def _issued(moment: Moment, entry: Entry) -> Text:
    return msg("Nomor diambil untuk {service}.", service=moment.list_name(entry.fact.stops[0].service))


def _called(moment: Moment, entry: Entry) -> Text:
    return msg("Dipanggil ke {counter}.", counter=entry.fact.counter_label)


def _claimed(moment: Moment, entry: Entry) -> Text:
    return msg("Diterima di {counter} dengan karcis yang ditunjukkan.", counter=entry.fact.counter_label)


def _misdated(moment: Moment, entry: Entry) -> Text:
    return msg("Tanggal {wrong} dibetulkan menjadi {right}.", wrong=entry.fact.day, right=entry.fact.really)


def _transferred(moment: Moment, entry: Entry) -> Text:
    note = moment.opened(entry.fact.note, entry.entry_id, "note")
    to = moment.list_name(entry.fact.to.service)
    if note is None:
        return msg("Dialihkan ke {service}.", service=to)
    return msg("Dialihkan ke {service}. Catatan: {note}", service=to, note=note)


def _held(moment: Moment, entry: Entry) -> Text:
    note = moment.opened(entry.fact.note, entry.entry_id, "note")
    return msg("Ditunda. Catatan: {note}", note=note) if note else msg("Ditunda.")


def _cancelled(moment: Moment, entry: Entry) -> Text:
    if entry.fact.cause == "day_closed":
        return msg("Dibatalkan saat tutup hari.")
    reason = moment.opened(entry.fact.reason, entry.entry_id, "reason")
    return msg("Dibatalkan. Alasan: {reason}", reason=reason) if reason else msg("Dibatalkan.")


def _finished(moment: Moment, entry: Entry) -> Text:
    return _OUTCOMES.get(entry.fact.outcome, msg("Selesai."))


def _checked(moment: Moment, entry: Entry) -> Text:
    state = _STATES.get(entry.fact.state, entry.fact.state)
    return msg("{row}: {state}.", row=entry.fact.code, state=state)


def _registered(moment: Moment, entry: Entry) -> Text:
    return msg("Berkas terdaftar dengan nomor {number}.", number=entry.fact.register_number)


def _returned(moment: Moment, entry: Entry) -> Text:
    return msg("Berkas dikembalikan, {count} dokumen kurang.", count=len(entry.fact.lacking))


def _taken_up(moment: Moment, entry: Entry) -> Text:
    return msg("Kembali dengan berkas yang dilengkapi; dilayani di {counter}.", counter=entry.fact.counter_label)


def _reprinted(moment: Moment, entry: Entry) -> Text:
    copy: facts.SlipReprinted = entry.fact
    sheet = _SHEETS.get(copy.slip, msg("Lembar"))
    if copy.is_file:
        return msg("{sheet} disimpan sebagai berkas PDF: SALINAN {n}.", sheet=sheet, n=copy.copy_number)
    return msg(
        "{sheet} dicetak ulang di {printer}: SALINAN {n}.", sheet=sheet, printer=copy.printer, n=copy.copy_number
    )


def _undone(moment: Moment, entry: Entry) -> Text:
    return msg("Dibatalkan: {act}.", act=_ACTS.get(entry.fact.act, entry.fact.act))


def _always(source: Text) -> Callable[[Moment, Entry], Text]:
    return lambda moment, entry: source


_SHEETS = {
    "ticket": msg("Karcis"),
    "receipt": msg("Tanda terima"),
    "lacking": msg("Daftar kekurangan"),
}
_OUTCOMES = {
    "served": msg("Selesai dilayani."),
    "registered": msg("Selesai; berkas diterima."),
    "returned": msg("Selesai; berkas dikembalikan."),
    "outside": msg("Selesai di luar program, dicatat saat tutup hari."),
}
_ACTS = {
    "TicketCalled": msg("panggilan"),
    "TicketRecalled": msg("panggil ulang"),
    "ServiceStarted": msg("mulai layani"),
    "TicketClaimedOffline": msg("terima karcis"),
    "TicketHeld": msg("tunda"),
    "TicketResumed": msg("lanjutkan"),
    "TicketNoShow": msg("tidak hadir"),
    "TicketRequeued": msg("antre kembali"),
    "TicketTransferred": msg("alihkan"),
    "TicketFinished": msg("selesai"),
    "TicketCancelled": msg("pembatalan"),
    "ReturnTakenUp": msg("lanjutkan berkas"),
}
_SENTENCES: dict[str, Callable[[Moment, Entry], Text]] = {
    "TicketIssued": _issued,
    "TicketCalled": _called,
    "CallShown": _always(msg("Nomor tampil di loket.")),
    "CallExpired": _always(msg("Panggilan tidak sampai; kembali ke depan antrean.")),
    "TicketRecalled": _always(msg("Dipanggil ulang.")),
    "ServiceStarted": _always(msg("Mulai dilayani.")),
    "TicketClaimedOffline": _claimed,
    "TicketHeld": _held,
    "TicketResumed": _always(msg("Dilanjutkan.")),
    "TicketNoShow": _always(msg("Tidak hadir.")),
    "TicketRequeued": _always(msg("Diantrekan kembali.")),
    "TicketTransferred": _transferred,
    "DayMisdated": _misdated,
    "TicketFinished": _finished,
    "TicketCancelled": _cancelled,
    "ReturnTakenUp": _taken_up,
    "ActUndone": _undone,
    "SlipReprinted": _reprinted,
    "SubmissionOpened": _always(msg("Berkas mulai diperiksa.")),
    "SubmissionResumed": _always(msg("Berkas diperiksa lagi.")),
    "RequirementChecked": _checked,
    "ApplicantRecorded": _always(msg("Data pemohon dicatat.")),
    "SubmissionRegistered": _registered,
    "SubmissionReturned": _returned,
    "RegistrationVoided": _always(msg("Pendaftaran dibatalkan; nomor register tidak dipakai lagi.")),
    "ReturnWithdrawn": _always(msg("Pengembalian berkas dibatalkan.")),
    "ResumeWithdrawn": _always(msg("Berkas kembali seperti saat dikembalikan.")),
    "PersonalDataOpened": _always(msg("Data pribadi dibuka.")),
    "PersonForgotten": _always(msg("Data pribadi dihapus.")),
}
