"""What a sought number or scanned code turned out to be, and the one act that Enter offers for it."""

from datetime import date

from mppdesk.domain.formats import list_date
from mppdesk.domain.submission import SubmissionStatus
from mppdesk.domain.visit import TicketStatus
from mppdesk.operations.readings import CounterScreen, QueueRow, Sought, SubmissionHit
from mppdesk.texts import Text, msg
from mppdesk.ui.counter.finder_words import FinderView, Offer, status_words
from mppdesk.ui.counter.stage import Stage
from mppdesk.ui.counter.taking_state import stale_view, unheard_view
from mppdesk.ui.counter.view_state import stage_of


def finder_view(typed: str, sought: Sought, screen: CounterScreen) -> FinderView:
    """Decide what is said and offered; the hub decides again when it is asked."""
    hit, ticket = sought.submission, sought.ticket
    if hit is not None and (hit.was_returned or hit.status is SubmissionStatus.REGISTERED):
        return _file(hit, screen)
    if ticket is not None:
        return _ticket(ticket, screen)
    if sought.stale is not None:
        return stale_view(sought.stale)
    if sought.unheard is not None:
        return unheard_view(sought.unheard, screen, msg("Belum sampai ke hub: kiosk yang membuatnya mungkin terputus."))
    return FinderView("", msg("Tidak ketemu: {typed}.", typed=typed), msg("Periksa nomor atau cari nama layanan."))


def _file(hit: SubmissionHit, screen: CounterScreen) -> FinderView:
    if hit.status is SubmissionStatus.REGISTERED:
        what = msg("{service}: terdaftar dengan nomor {number}.", service=hit.service, number=hit.register_number or "")
        return FinderView(hit.number, what, msg("Tidak ada yang perlu dilengkapi."))
    what = _returned(hit, screen.day)
    if hit.agency.code != screen.agency.code:
        then = msg("Arahkan pemohon ke loket {agency}. Berkasnya tetap tersimpan.", agency=hit.agency.short_name)
        return FinderView(hit.number, what, then)
    here = screen.current
    if here is not None and here.row.visit == hit.visit and hit.status is SubmissionStatus.OPEN:
        return FinderView(hit.number, what, msg("Berkas ini sedang di layar."))
    if hit.day == screen.day and not hit.ticket_status.is_final and (here is None or here.row.visit != hit.visit):
        return _still_queued(hit, what, screen)
    return _back_with_somebody(hit, what, screen) if here is not None else _back_alone(hit, what, screen)


def _back_with_somebody(hit: SubmissionHit, what: Text, screen: CounterScreen) -> FinderView:
    """A person is at the desk: the file is hers where she came for it, else its number waits its turn again."""
    here = screen.current
    assert here is not None
    has_no_file = here.checklist.submission in (None, hit.submission)
    if here.row.service_code == hit.service_code and has_no_file:
        return FinderView(
            hit.number,
            what,
            msg("Centang dan data pemohon yang sudah ada ikut."),
            Offer.GO_ON_HERE,
            msg("Lanjutkan berkas ini untuk {number}", number=here.row.number),
            here.row.visit,
            hit.submission,
        )
    if _comes_back_today(hit, screen):
        then = msg("{number} masih di loket ini; pemohon tidak perlu nomor baru.", number=here.row.number)
        button = msg("Antrekan kembali {number}", number=hit.number)
        return FinderView(hit.number, what, then, Offer.QUEUE, button, hit.visit, hit.submission)
    then = msg("Selesaikan {number} dahulu (F9), lalu pindai lagi.", number=here.row.number)
    return FinderView(hit.number, what, then)


def _back_alone(hit: SubmissionHit, what: Text, screen: CounterScreen) -> FinderView:
    if stage_of(screen) is not Stage.IDLE:
        return FinderView(hit.number, what, msg("Buka loket lebih dahulu (F12)."))
    if not _comes_back_today(hit, screen):
        then = msg("Panggil nomor hari ini milik pemohon, lalu pindai lagi daftar kekurangannya.")
        return FinderView(hit.number, what, then)
    then = msg("Langsung dilayani di loket ini dengan nomor lama.")
    button = msg("Lanjutkan berkas {number}", number=hit.number)
    return FinderView(hit.number, what, then, Offer.TAKE_UP, button, hit.visit, hit.submission)


def _comes_back_today(hit: SubmissionHit, screen: CounterScreen) -> bool:
    return hit.day == screen.day and hit.ticket_status is TicketStatus.FINISHED


def _still_queued(hit: SubmissionHit, what: Text, screen: CounterScreen) -> FinderView:
    if hit.ticket_status in (TicketStatus.CALLED, TicketStatus.SERVING):
        then = msg("Sedang dilanjutkan di {counter}.", counter=hit.counter_label or "")
        return FinderView(hit.number, what, then)
    return _callable(hit.visit, hit.number, what, screen)


def _ticket(row: QueueRow, screen: CounterScreen) -> FinderView:
    what = msg("{service}: {status}.", service=row.service, status=status_words(row))
    return _callable(row.visit, row.number, what, screen)


def _callable(visit: str, number: str, what: Text, screen: CounterScreen) -> FinderView:
    """Of a number in one of this counter's lists: call it, or first finish who is here."""
    if all(row.visit != visit for row in (*screen.waiting, *screen.on_hold, *screen.no_show)):
        then = msg("Tidak ada di daftar loket ini. Minta pemohon menunggu panggilan loketnya.")
        return FinderView(number, what, then)
    if screen.current is not None:
        return FinderView(number, what, msg("Selesaikan {number} dahulu (F9).", number=screen.current.row.number))
    then = msg("Ada di daftar loket ini; alasan memanggilnya akan ditanya.")
    return FinderView(number, what, then, Offer.CALL, msg("Panggil {number}", number=number), visit)


def _returned(hit: SubmissionHit, today: date | None) -> Text:
    if hit.day == today:
        return msg("{service}: dikembalikan hari ini, {count} dokumen kurang.", service=hit.service, count=hit.lacking)
    return msg(
        "{service}: dikembalikan {day}, {count} dokumen kurang.",
        service=hit.service,
        day=list_date(hit.day),
        count=hit.lacking,
    )
