"""How a station stands to the hub and the centre, in the words of the top bar: a state, not an error."""

from dataclasses import dataclass
from datetime import datetime

from mppdesk.domain.formats import clock_time
from mppdesk.texts import Text, msg


@dataclass(frozen=True, slots=True)
class Connection:
    """What the chip shows; `is_cut_off` turns it yellow."""

    word: Text
    note: Text | None = None
    is_cut_off: bool = False


CONNECTED = Connection(msg("Tersambung"), msg("hub dan pusat"))
ONE_PC = Connection(msg("Hub di komputer ini"))
CENTRE_NOT_SET_UP = Connection(msg("Tanpa pusat"), msg("belum dipasang"))


def without_centre(since: datetime) -> Connection:
    """The hub is there, the line to the centre is not; nobody at a counter needs to do anything."""
    return Connection(msg("Tanpa pusat"), msg("sejak {time} · antrean berjalan normal", time=clock_time(since)))


def cut_off_from_hub() -> Connection:
    """The network of the building is down; the banner says since when and what to do."""
    return Connection(msg("Terputus dari hub"), is_cut_off=True)
