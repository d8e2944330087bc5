"""Cut off from the hub: what is said of a number that somebody shows, and the act that Enter offers for it."""

from mppdesk.domain.errors import Refused
from mppdesk.domain.formats import list_date
from mppdesk.domain.visit import TicketStatus
from mppdesk.operations.readings import CounterScreen, QueueRow, Sought, StaleTicket, UnheardTicket
from mppdesk.texts import Text, msg
from mppdesk.ui.counter.finder_words import FinderView, Offer, status_words
from mppdesk.ui.counter.stage import Stage
from mppdesk.ui.counter.view_state import stage_of

_ON_PAPER = msg("Cocokkan tanggal pada karcis: hanya karcis hari ini.")


def call_of_nobody() -> Refused:
    """Why nobody is called from a list that the hub keeps no more, and what to do instead."""
    return Refused(
        msg("Terputus dari hub, jadi dari daftar ini tidak ada yang dipanggil."),
        msg("Terima orang yang menunjukkan karcis: F2, lalu ketik atau pindai nomornya."),
    )


def taking_view(typed: str, sought: Sought, screen: CounterScreen) -> FinderView:
    """Decide what is said and offered; the station decides again when it is asked, and the hub hears of it later."""
    if sought.ticket is not None:
        return _known(sought.ticket, sought.unheard, screen)
    if sought.stale is not None:
        return stale_view(sought.stale)
    if sought.unheard is not None:
        return unheard_view(sought.unheard, screen, msg("Belum dikenal komputer ini: dibuat di tempat lain."))
    return FinderView(
        "",
        msg("Tidak dikenal komputer ini: {typed}.", typed=typed),
        msg("Ketik nomor yang tercetak di karcis, mis. A-019."),
    )


def stale_view(stale: StaleTicket) -> FinderView:
    """The slip says its day itself."""
    what = msg("Karcis {number} dari {day}, bukan karcis hari ini.", number=stale.number, day=list_date(stale.day))
    return FinderView(stale.number, what, msg("Minta pemohon mengambil nomor baru."))


def unheard_view(unheard: UnheardTicket, screen: CounterScreen, what: Text) -> FinderView:
    """A number that only the slip proves."""
    busy = busy_words(screen)
    if busy is not None:
        return FinderView(unheard.number, what, busy)
    button = msg("Terima karcis {number}", number=unheard.number)
    return FinderView(unheard.number, what, _ON_PAPER, Offer.CLAIM_PAPER, button, services=unheard.services)


def busy_words(screen: CounterScreen) -> Text | None:
    """What has to be done before anybody may be taken here; None when nothing has to."""
    if screen.current is not None:
        return msg("Selesaikan {number} dahulu (F9).", number=screen.current.row.number)
    return None if stage_of(screen) is Stage.IDLE else msg("Buka loket lebih dahulu (F12).")


def _known(row: QueueRow, unheard: UnheardTicket | None, screen: CounterScreen) -> FinderView:
    what = msg("{service}: {status} menurut kabar terakhir.", service=row.service, status=status_words(row))
    if all(each.visit != row.visit for each in (*screen.waiting, *screen.on_hold, *screen.no_show)):
        return _elsewhere(row, what, unheard, screen)
    busy = busy_words(screen)
    if busy is not None:
        return FinderView(row.number, what, busy)
    button = msg("Terima karcis {number}", number=row.number)
    return FinderView(row.number, what, _ON_PAPER, Offer.CLAIM, button, row.visit)


def _elsewhere(row: QueueRow, what: Text, unheard: UnheardTicket | None, screen: CounterScreen) -> FinderView:
    """Of another counter, as far as is known; a slip may say that she was sent here since."""
    is_here = screen.current is not None and screen.current.row.visit == row.visit
    if unheard is None or row.status.is_final or is_here or busy_words(screen) is not None:
        return FinderView(row.number, what, _where_to(row))
    return FinderView(
        row.number,
        what,
        msg("Hanya bila tercetak KARCIS ALIH ke loket ini; bila tidak, arahkan pemohon ke loketnya."),
        Offer.CLAIM_PAPER,
        msg("Terima karcis alih {number}", number=row.number),
        services=unheard.services,
        is_sent_on=True,
    )


def _where_to(row: QueueRow) -> Text:
    if row.status in (TicketStatus.CALLED, TicketStatus.SERVING):
        return msg("Minta pemohon ke {counter}; satu karcis dilayani satu loket.", counter=row.counter_label or "")
    if row.status.is_final:
        return msg("Minta pemohon mengambil karcis baru, atau kembali sesudah tersambung.")
    return msg("Bukan untuk loket ini. Arahkan pemohon ke loket layanannya.")
