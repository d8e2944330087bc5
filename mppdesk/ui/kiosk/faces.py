"""What stands on the tiles of each step and which of them fit on a page. Free of Qt."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

from mppdesk.operations.readings import KioskAgency, KioskService
from mppdesk.texts import Text, msg
from mppdesk.ui.kiosk.acts import Act, ActKind
from mppdesk.ui.kiosk.view_state import KioskState

_Item = TypeVar("_Item")


class Look(StrEnum):
    """How a button is dressed: `closed` is dashed and grey but may be touched, `main` is the one filled button."""

    PLAIN = "plain"
    CLOSED = "closed"
    TINTED = "tinted"
    PRIORITY = "priority"
    MAIN = "main"
    TOOL = "tool"
    STAFF = "staff"


@dataclass(frozen=True, slots=True)
class Face:
    """One tile: icon or none, what it is called, what that means, how it stands; the arrow says "goes on"."""

    title: Text
    act: Act
    words: Text | None = None
    icon: str | None = None
    status: Text | None = None
    status_icon: str | None = None
    look: Look = Look.PLAIN
    has_arrow: bool = False


@dataclass(frozen=True, slots=True)
class Page(Generic[_Item]):
    """Those of many things that fit on one page; `number` counts from 0."""

    items: tuple[_Item, ...]
    number: int
    count: int
    total: int


def paged(items: Sequence[_Item], wanted: int, places: int) -> Page[_Item]:
    """Cut a page out; a page beyond the end is the last one."""
    places = max(1, places)
    count = max(1, -(-len(items) // places))
    number = min(max(0, wanted), count - 1)
    return Page(tuple(items[number * places : (number + 1) * places]), number, count, len(items))


def plain(words: str) -> Text:
    """Words of the catalogue, which are the same in every language."""
    return msg("{words}", words=words)


def home_faces(agencies: Sequence[KioskAgency], places: int) -> tuple[Face, ...]:
    """The most used agencies, and the way to all others where they do not fit."""
    if len(agencies) <= places:
        return tuple(map(agency_face, agencies))
    return (*map(agency_face, agencies[: places - 1]), _all_face(len(agencies)))


def all_faces(state: KioskState) -> tuple[Face, ...]:
    """Every agency by its letter, or those of the chosen letter."""
    agencies = sorted(state.screen.agencies if state.screen else (), key=lambda each: each.agency.short_name.casefold())
    return tuple(agency_face(each) for each in agencies if state.letter in {None, initial(each)})


def letters(agencies: Sequence[KioskAgency]) -> tuple[str, ...]:
    """The letters agencies begin with; a letter that leads nowhere is not offered."""
    return tuple(sorted({initial(each) for each in agencies}))


def initial(agency: KioskAgency) -> str:
    return agency.agency.short_name[:1].upper()


def agency_face(offered: KioskAgency) -> Face:
    agency = offered.agency
    return Face(
        title=plain(agency.short_name),
        act=Act(ActKind.CHOOSE_AGENCY, agency.code),
        words=plain(agency.everyday_words),
        icon=agency.icon,
        status=offered.closed or waiting_words(offered.waiting),
        status_icon="clock-pause" if offered.closed else "users",
        look=Look.CLOSED if offered.closed else Look.PLAIN,
    )


def service_face(offered: KioskService) -> Face:
    """The everyday name first, the official one below where it says something else."""
    service = offered.service
    everyday = service.everyday_name or service.name
    official = plain(service.name) if everyday != service.name else None
    return Face(
        title=plain(everyday),
        act=Act(ActKind.CHOOSE_SERVICE, service.code),
        words=official,
        status=offered.closed,
        status_icon="clock-pause" if offered.closed else None,
        look=Look.CLOSED if offered.closed else Look.PLAIN,
        has_arrow=True,
    )


def waiting_words(count: int) -> Text:
    return msg("{count} menunggu", count=count) if count else msg("Tidak ada antrean")


def people_words(count: int) -> Text:
    return msg("{count} orang", count=count) if count else msg("Tidak ada antrean")


def _all_face(count: int) -> Face:
    return Face(
        msg("Instansi lain"),
        Act(ActKind.SEE_ALL),
        msg("Semua {count} instansi, menurut abjad", count=count),
        icon="search",
        look=Look.TINTED,
    )


def _priority(code: str, icon: str, title: Text, words: Text | None = None) -> Face:
    return Face(title, Act(ActKind.TAKE_TICKET, code), words, icon, look=Look.PRIORITY)


PRIORITY_FACES = (
    _priority("elderly", "old", msg("Lansia"), msg("60 tahun ke atas")),
    _priority("disability", "disabled", msg("Disabilitas"), msg("termasuk pendamping")),
    _priority("pregnant", "woman", msg("Ibu hamil"), msg("atau menyusui")),
    _priority("toddler", "baby-carriage", msg("Membawa balita")),
    _priority("emergency", "ambulance", msg("Keadaan darurat")),
)
