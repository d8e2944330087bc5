"""How a station stands to the hub and the centre, in the words of the top bar: a state, not an error."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from mppdesk.texts import Text, msg
from mppdesk.ui.shared.ages import age, moment_words
from mppdesk.ui.shared.banner import Banner, Level


@dataclass(frozen=True, slots=True)
class Connection:
    """What the chip shows; `is_cut_off` turns it yellow. `lost_at` is when lists began to age, in the office's zone.

    Without `has_centre` the centre is known and out of reach; `more` is said under the pointer and to a screen reader.
    """

    word: Text
    note: Text | None = None
    is_cut_off: bool = False
    lost_at: datetime | None = None
    has_centre: bool = True
    more: Text | None = None


@dataclass(frozen=True, slots=True)
class Backlog:
    """How many entries wait for the other side, and how long the oldest of them does."""

    entries: int
    waited: timedelta = timedelta()


CONNECTED = Connection(msg("Tersambung"), msg("hub dan pusat"))
TO_HUB = Connection(msg("Tersambung"), msg("hub gedung"))
ONE_PC = Connection(msg("Hub di komputer ini"))
HUB_AND_CENTRE = Connection(msg("Hub di komputer ini"), msg("pusat tersambung"))
NOTHING = Backlog(0)


def without_centre(since: datetime, now: datetime, backlog: Backlog = NOTHING) -> Connection:
    """The hub is there, the line to the centre is not; nobody at a counter needs to do anything."""
    note = msg("sejak {time} · antrean berjalan normal", time=moment_words(since, now))
    return Connection(msg("Tanpa pusat"), note, has_centre=False, more=_for_centre(backlog))


def cut_off_from_hub(backlog: Backlog = NOTHING, lost_at: datetime | None = None) -> Connection:
    """The network of the building is down; the banner says since when and what to do."""
    count, waited = backlog.entries, age(backlog.waited)
    note = msg("{count} catatan menunggu, tertua {age}", count=count, age=waited) if count else None
    return Connection(msg("Terputus dari hub"), note, is_cut_off=True, lost_at=lost_at)


def evening_out(count: int) -> Connection:
    """The hub is back and gets what was done without it."""
    return Connection(msg("Tersambung"), msg("Menyamakan {count} catatan...", count=count))


def centre_banner(backlog: Backlog) -> Banner:
    """What who leads may want to know while the centre is out of reach; clerks are told by the chip."""
    return Banner(Level.OK, "cloud-off", _for_centre(backlog), msg("Tidak ada yang perlu dilakukan."))


def cut_off_banner(since: datetime, now: datetime) -> Banner:
    """What a clerk needs to know for as long as the hub is out of reach."""
    return Banner(
        Level.WARN,
        "plug-connected-x",
        msg("Terputus dari hub sejak {time}.", time=moment_words(since, now)),
        msg("Semua pekerjaan tersimpan di komputer ini. Sesudah ini, panggil hanya orang yang menunjukkan karcis."),
        msg("Mencoba lagi tiap 5 detik"),
    )


def back_banner(count: int) -> Banner:
    """The hub is back, and has everything."""
    return Banner(Level.OK, "plug-connected", msg("Tersambung kembali."), msg("{count} catatan terkirim.", count=count))


def clock_banner(difference: timedelta) -> Banner:
    """This computer's clock and the hub's differ by more than anybody should see."""
    return Banner(
        Level.WARN,
        "clock",
        msg("Jam komputer ini berselisih {age} dari hub.", age=age(difference)),
        msg("Waktu hub yang dipakai. Minta admin membetulkan jam."),
    )


def _for_centre(backlog: Backlog) -> Text:
    count, waited = backlog.entries, age(backlog.waited)
    if not count:
        return msg("Tidak ada catatan yang menunggu dikirim ke pusat.")
    return msg("{count} catatan menunggu dikirim ke pusat, tertua {age}.", count=count, age=waited)
