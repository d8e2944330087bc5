"""The word of this PC on its printers, for the hub of the building, and what the other computers said of theirs."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from mppdesk.app.own_hub import OWN_HUB
from mppdesk.domain.entries import SubjectType
from mppdesk.domain.errors import BadInput
from mppdesk.domain.print_job import PrinterState
from mppdesk.domain.printer_address import NetworkAddress, parse_url
from mppdesk.operations.far_printers import FarPrinter
from mppdesk.operations.readings import PrinterStatus
from mppdesk.sync.printer_words import (
    LONGEST_NAME,
    MOST_COUNTED,
    MOST_PRINTERS,
    PrinterWord,
    PrinterWords,
    StationPrinters,
)

if TYPE_CHECKING:  # a station begins to speak before all of it is there, and a single PC needs no network library
    from mppdesk.app.own_hub import OwnHub
    from mppdesk.app.station import Station
    from mppdesk.sync.station import StationLink

PRINT_JOBS = "print_jobs"
_OF_PRINTERS = frozenset({OWN_HUB, SubjectType.SITE_SETTING})
_FEW_SLIPS = 10
"""Nobody counts on the last slips of an estimate: such a roll is near its end, whatever its printer says."""


class OwnWord:
    """Lets the hub of the building hear how the printers of this PC stand; `statuses` may read the disk."""

    def __init__(
        self,
        statuses: Callable[[], Iterable[PrinterStatus]],
        link: "StationLink | None",
        own_hub: "OwnHub | None",
        device_id: str,
    ) -> None:
        self._statuses, self._link, self._own_hub, self._device_id = statuses, link, own_hub, device_id
        self._is_unsure = False

    def begin(self) -> None:
        """Say it for the first time; what changes from here on is told by `look` and `hear`."""
        if self._link is not None:
            self._link.printers.speak_of(self._words)
        else:
            self.look()

    def look(self) -> None:
        """A printer may stand otherwise; from any thread."""
        hub = self._own_hub.at_home if self._own_hub is not None else None
        if self._link is not None:
            self._link.printers.look()
        elif hub is not None:
            hub.building.printers.hear_own(self._device_id, self._words())

    def hear(self, topics: frozenset[str]) -> None:
        """A job that prints is no news; that a person said of an unsure one what became of it is."""
        if topics & _OF_PRINTERS or (self._is_unsure and PRINT_JOBS in topics):
            self.look()

    def _words(self) -> PrinterWords:
        words = words_of(self._statuses())
        self._is_unsure = any(each.unsure for each in words.printers)
        return words


def words_of(statuses: Iterable[PrinterStatus]) -> PrinterWords:
    """What is told of these printers: nothing of one that was never asked, and the stopped ones first.

    A slip that waits only for its turn is no news.
    """
    known = sorted((each for each in statuses if each.state is not PrinterState.UNKNOWN), key=_urgency)
    return PrinterWords(tuple(map(_word, known[:MOST_PRINTERS])))


def far_printers(station: "Station") -> tuple[FarPrinter, ...]:
    """The printers of the other computers as is known now, without those on the network that this PC asks itself."""
    said = _said_elsewhere(station)
    if not said:
        return ()
    with station.readers.moment() as moment:
        urls = {place.name: place.url for place in moment.reference.site.printers}
    own = {name for name, url in urls.items() if _is_on_network(url) and _is_asked_here(station, name)}
    return tuple(
        _far(each.label, word, _since(station, word)) for each in said for word in each.printers if word.name not in own
    )


def waiting_elsewhere(station: "Station", printer: str) -> tuple[str, ...]:
    """The other computers that said last that slips wait for a printer there, because it has stopped."""
    name = printer[:LONGEST_NAME]
    waits = (each for each in _said_elsewhere(station) if any(w.name == name and w.waiting for w in each.printers))
    return tuple(_plain(each.label) for each in waits)


def _said_elsewhere(station: "Station") -> tuple[StationPrinters, ...]:
    if station.link is not None:
        return station.link.printers.known()
    hub = station.own_hub.at_home if station.own_hub is not None else None
    return hub.building.printers.others(station.writer.author.device_id).stations if hub is not None else ()


def _since(station: "Station", word: PrinterWord) -> datetime | None:
    """Never after now, whatever somebody says."""
    return min(station.in_zone(word.since_ms), station.now()) if word.since_ms is not None else None


def _is_asked_here(station: "Station", name: str) -> bool:
    said = station.printers.last_word(name)
    return said is not None and said.state is not PrinterState.UNKNOWN


def _is_on_network(url: str) -> bool:
    try:
        return isinstance(parse_url(url), NetworkAddress)
    except BadInput:
        return False


def _urgency(status: PrinterStatus) -> tuple[bool, str]:
    return not status.state.blocks, status.name


def _word(status: PrinterStatus) -> PrinterWord:
    state, waiting = _state(status), status.open_jobs if status.state.blocks else 0
    return PrinterWord(
        status.name[:LONGEST_NAME],
        state.value,
        max(0, status.since_ms) if state is status.state else None,
        min(waiting, MOST_COUNTED),
        min(len(status.unconfirmed), MOST_COUNTED),
    )


def _state(status: PrinterStatus) -> PrinterState:
    is_low = status.slips_left is not None and status.slips_left < _FEW_SLIPS
    return PrinterState.PAPER_NEAR_END if is_low and status.state is PrinterState.READY else status.state


def _far(place: str, word: PrinterWord, since: datetime | None) -> FarPrinter:
    return FarPrinter(_plain(place), _plain(word.name), word.known_state, since, word.waiting, word.unsure)


def _plain(name: str) -> str:
    """A name as it may stand on a screen: no sign that turns or breaks a line."""
    return "".join(sign if sign.isprintable() else " " for sign in name)
