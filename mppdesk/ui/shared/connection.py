"""How a station stands to the hub and the centre, in the words of the top bar: a state, not an error."""

from dataclasses import dataclass
from datetime import datetime

from mppdesk.domain.formats import clock_time
from mppdesk.texts import Text, msg
from mppdesk.ui.shared.banner import Banner, Level


@dataclass(frozen=True, slots=True)
class Connection:
    """What the chip shows; `is_cut_off` turns it yellow. `lost_at` is when lists began to age, in the office's zone."""

    word: Text
    note: Text | None = None
    is_cut_off: bool = False
    lost_at: datetime | None = None


CONNECTED = Connection(msg("Tersambung"), msg("hub dan pusat"))
TO_HUB = Connection(msg("Tersambung"), msg("hub gedung"))
ONE_PC = Connection(msg("Hub di komputer ini"))
CENTRE_NOT_SET_UP = Connection(msg("Tanpa pusat"), msg("belum dipasang"))


def without_centre(since: datetime) -> Connection:
    """The hub is there, the line to the centre is not; nobody at a counter needs to do anything."""
    return Connection(msg("Tanpa pusat"), msg("sejak {time} · antrean berjalan normal", time=clock_time(since)))


def cut_off_from_hub(waiting: int = 0, lost_at: datetime | None = None) -> Connection:
    """The network of the building is down; the banner says since when and what to do."""
    note = msg("{count} catatan menunggu", count=waiting) if waiting else None
    return Connection(msg("Terputus dari hub"), note, is_cut_off=True, lost_at=lost_at)


def evening_out(count: int) -> Connection:
    """The hub is back and gets what was done without it."""
    return Connection(msg("Tersambung"), msg("Menyamakan {count} catatan...", count=count))


def cut_off_banner(since: datetime) -> Banner:
    """What a clerk needs to know for as long as the hub is out of reach."""
    return Banner(
        Level.WARN,
        "plug-connected-x",
        msg("Terputus dari hub sejak {time}.", time=clock_time(since)),
        msg("Semua pekerjaan tersimpan di komputer ini. Sesudah ini, panggil hanya orang yang menunjukkan karcis."),
        msg("Mencoba lagi tiap 5 detik"),
    )


def back_banner(count: int) -> Banner:
    """The hub is back, and has everything."""
    return Banner(Level.OK, "plug-connected", msg("Tersambung kembali."), msg("{count} catatan terkirim.", count=count))


def clock_banner(minutes: int) -> Banner:
    """This computer's clock and the hub's differ by more than anybody should see."""
    return Banner(
        Level.WARN,
        "clock",
        msg("Jam komputer ini berselisih {minutes} menit dari hub.", minutes=minutes),
        msg("Waktu hub yang dipakai. Minta admin membetulkan jam."),
    )
