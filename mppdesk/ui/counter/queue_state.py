"""The three lists at the left: who waits, who was put aside, who did not come, in the hub's order."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from mppdesk.domain.formats import clock_time
from mppdesk.operations.readings import CounterScreen, QueueRow
from mppdesk.texts import Text, msg


class Tab(StrEnum):
    WAITING = "waiting"
    ON_HOLD = "on_hold"
    NO_SHOW = "no_show"


TABS = tuple(Tab)
OLD_MINUTES = 10
_JUST_LOST = msg("Baru saja terputus, hanya panduan")
_NOBODY = {
    Tab.WAITING: msg("Tidak ada yang menunggu. Nomor baru muncul di sini."),
    Tab.ON_HOLD: msg("Tidak ada yang ditunda."),
    Tab.NO_SHOW: msg("Tidak ada yang tercatat tidak hadir."),
}


@dataclass(frozen=True, slots=True)
class QueueRowView:
    """One person in a list; `second` is the service, or why somebody was put aside."""

    visit: str
    number: str
    service: str
    note: str | None
    wait: Text
    is_priority: bool
    is_next: bool
    spoken: Text

    def __hash__(self) -> int:
        return hash(self.visit)  # all the texts would have to be written out, at every repaint


@dataclass(frozen=True, slots=True)
class AgeView:
    """How old a list is that the hub keeps no more; `is_old` where it hardly helps anybody any longer."""

    said: Text
    more: Text
    is_old: bool


@dataclass(frozen=True, slots=True)
class QueueView:
    """The open list; `empty` is said instead of rows, `age` above them while the hub is out of reach."""

    tab: Tab
    tabs: Mapping[Tab, Text]
    rows: tuple[QueueRowView, ...]
    empty: Text
    age: AgeView | None = None


def queue_view(screen: CounterScreen, tab: Tab, now: datetime, lost_at: datetime | None = None) -> QueueView:
    """The list of the open tab, never sorted here: the order is the hub's, and nobody is next once it is lost."""
    lists = {Tab.WAITING: screen.waiting, Tab.ON_HOLD: screen.on_hold, Tab.NO_SHOW: screen.no_show}
    has_next = screen.next_up is not None and screen.current is None and lost_at is None
    next_visit = screen.next_up.row.visit if screen.next_up and has_next else None
    rows = tuple(_row(row, tab, row.visit == next_visit, now) for row in lists[tab])
    return QueueView(tab, _tab_words(screen), rows, _NOBODY[tab], _age(lost_at, now) if lost_at else None)


def minutes_since(then_ms: int, now: datetime) -> int:
    """Whole minutes gone by, never negative where two clocks differ."""
    return max(0, int(now.timestamp() * 1000 - then_ms) // 60_000)


def _age(lost_at: datetime, now: datetime) -> AgeView:
    time, minutes = clock_time(lost_at), minutes_since(round(lost_at.timestamp() * 1000), now)
    if minutes >= OLD_MINUTES:
        more = msg("{minutes} menit lalu; percayai karcis.", minutes=minutes)
        return AgeView(msg("Daftar lama, per pukul {time}", time=time), more, is_old=True)
    more = msg("{minutes} menit lalu, hanya panduan", minutes=minutes)
    return AgeView(msg("Daftar per pukul {time}", time=time), more if minutes else _JUST_LOST, is_old=False)


def _tab_words(screen: CounterScreen) -> Mapping[Tab, Text]:
    return {
        Tab.WAITING: msg("Menunggu {count}", count=len(screen.waiting)),
        Tab.ON_HOLD: msg("Ditunda {count}", count=len(screen.on_hold)),
        Tab.NO_SHOW: msg("Tidak hadir {count}", count=len(screen.no_show)),
    }


def _row(row: QueueRow, tab: Tab, is_next: bool, now: datetime) -> QueueRowView:
    minutes = minutes_since(row.issued_ms if tab is Tab.WAITING else row.since_ms, now)
    return QueueRowView(
        visit=row.visit,
        number=row.number,
        service=row.service,
        note=row.note,
        wait=msg("{minutes} mnt", minutes=minutes),
        is_priority=row.is_priority,
        is_next=is_next,
        spoken=_spoken(row, minutes, is_next),
    )


def _spoken(row: QueueRow, minutes: int, is_next: bool) -> Text:
    said = [row.number]
    if row.is_priority:
        said.append(str(msg("prioritas")))
    said += [row.service, str(msg("{minutes} menit", minutes=minutes))]
    if row.note:
        said.append(row.note)
    if is_next:
        said.append(str(msg("berikutnya")))
    return msg("{said}", said=", ".join(said))
