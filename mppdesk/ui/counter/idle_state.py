"""The middle of the window while nobody is at the desk: who is next and why, or why there is nobody to call."""

from dataclasses import dataclass
from datetime import datetime

from mppdesk.domain.formats import clock_time
from mppdesk.operations.readings import CounterScreen, LeftNote, NextUp, QueueRow
from mppdesk.texts import Text, msg
from mppdesk.ui.counter.queue_state import minutes_since
from mppdesk.ui.counter.stage import Stage

_TAKE_TICKETS = (
    msg("Terima orang yang menunjukkan karcis."),
    msg("Siapa yang berikutnya hanya diketahui hub. Pindai QR karcisnya, atau ketik nomornya."),
)


@dataclass(frozen=True, slots=True)
class NextView:
    """Who would be called now."""

    number: str
    service: str
    wait: Text
    papers: Text
    why: Text
    is_priority: bool


@dataclass(frozen=True, slots=True)
class HeldView:
    """The person who was put aside longest, with one button that goes on with them."""

    visit: str
    number: str
    service: str
    note: Text
    button: Text


@dataclass(frozen=True, slots=True)
class NoteView:
    """What was left for whoever works at this counter, and who wrote it when."""

    text: str
    written: Text


@dataclass(frozen=True, slots=True)
class IdleView:
    """An empty desk. `chip` and `title` stand in the head; `calm` is said where nobody can be called.

    `takes_tickets`: the hub is out of reach, and the big button takes whoever shows a ticket.
    """

    stage: Stage
    chip: Text
    title: Text
    serves: Text
    next_up: NextView | None
    calm: Text | None
    calm_more: Text | None
    facts: tuple[tuple[Text, Text], ...]
    held: HeldView | None
    note: NoteView | None
    is_closing: bool
    takes_tickets: bool = False


def idle_view(screen: CounterScreen, stage: Stage, now: datetime, *, is_cut_off: bool = False) -> IdleView:
    """What stands in the middle and at the right while nobody is at the desk."""
    chip, title = _head(screen, stage)
    takes_tickets = is_cut_off and stage is Stage.IDLE
    can_call = stage is Stage.IDLE and screen.next_up is not None and not is_cut_off
    calm, more = (None, None) if can_call else _calm(screen, stage, now)
    if takes_tickets:
        title, calm, more = msg("Menerima karcis"), *_TAKE_TICKETS
    return IdleView(
        stage=stage,
        chip=chip,
        title=title,
        serves=screen.serves,
        next_up=_next(screen.next_up, now) if can_call and screen.next_up else None,
        calm=calm,
        calm_more=more,
        facts=_today(screen),
        held=_held(screen.on_hold[0], now) if screen.on_hold else None,
        note=_note(screen.note, now) if screen.note else None,
        is_closing=screen.state.is_closing,
        takes_tickets=takes_tickets,
    )


def _head(screen: CounterScreen, stage: Stage) -> tuple[Text, Text]:
    if stage is Stage.CLOSED:
        return msg("Loket tutup"), msg("Belum melayani")
    if stage is Stage.ON_BREAK:
        until = screen.break_until
        return msg("Istirahat"), msg("Sampai pukul {time}", time=until) if until else msg("Sedang istirahat")
    if screen.state.is_closing:
        return msg("Tutup untuk nomor baru"), msg("Melayani yang menunggu")
    return msg("Loket buka"), msg("Siap memanggil")


def _calm(screen: CounterScreen, stage: Stage, now: datetime) -> tuple[Text, Text]:
    """One sentence that says what is true, one that says what to do."""
    if stage is Stage.CLOSED:
        return msg("{counter} tutup.", counter=screen.label), msg("Tekan F12 lalu 1 untuk membuka loket.")
    if stage is Stage.ON_BREAK:
        return msg("{counter} sedang istirahat.", counter=screen.label), msg("Tekan F12 lalu 1 untuk melayani lagi.")
    if screen.state.is_closing:
        return msg("Tidak ada lagi yang menunggu."), msg("Tekan F12 lalu 4 untuk menutup loket.")
    if screen.last_call_ms is None:
        return msg("Tidak ada yang menunggu."), msg("Nomor baru muncul di daftar kiri.")
    called = datetime.fromtimestamp(screen.last_call_ms / 1000, now.tzinfo)
    last = msg("Panggilan terakhir pukul {time}. Nomor baru muncul di daftar kiri.", time=clock_time(called))
    return msg("Tidak ada yang menunggu."), last


def _next(next_up: NextUp, now: datetime) -> NextView:
    papers = next_up.requirement_count
    return NextView(
        number=next_up.row.number,
        service=next_up.service_name,
        wait=msg("Menunggu {minutes} menit", minutes=minutes_since(next_up.row.issued_ms, now)),
        papers=msg("{count} baris persyaratan", count=papers) if papers else msg("tanpa berkas"),
        why=next_up.why,
        is_priority=next_up.row.is_priority,
    )


def _held(row: QueueRow, now: datetime) -> HeldView:
    minutes = minutes_since(row.since_ms, now)
    note = msg("{minutes} mnt", minutes=minutes)
    if row.note:
        note = msg("{note} · {minutes} mnt", note=row.note, minutes=minutes)
    return HeldView(row.visit, row.number, row.service, note, msg("Lanjutkan"))


def _note(note: LeftNote, now: datetime) -> NoteView:
    left = datetime.fromtimestamp(note.left_ms / 1000, now.tzinfo)
    return NoteView(note.text, msg("Ditulis {name}, {time}", name=note.by, time=clock_time(left)))


def _today(screen: CounterScreen) -> tuple[tuple[Text, Text], ...]:
    today = screen.today
    average = msg("{minutes} menit", minutes=today.average_minutes) if today.average_minutes is not None else msg("-")
    return (
        (msg("Selesai"), msg("{count} orang", count=today.finished)),
        (msg("Berkas diterima"), msg("{count}", count=today.registered)),
        (msg("Dikembalikan"), msg("{count}", count=today.returned)),
        (msg("Rata-rata layanan"), average),
        (msg("Tidak hadir"), msg("{count}", count=today.no_show)),
    )
