"""How the printers of every computer of a building stand, by its own last word; kept in this process only."""

from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

from mppdesk.domain.station import Station
from mppdesk.sync.printer_words import (
    LONGEST_NAME,
    MOST_STATIONS,
    NOTHING_SAID,
    FarPrinters,
    PrinterWords,
    StationPrinters,
)
from mppdesk.sync.protocol import PrintersPlace

BELIEVED_S = 60.0
"""A station repeats its word every 30 s (mppdesk/sync/printer_exchange.py); one that is silent for two is not there."""


@dataclass(frozen=True, slots=True)
class _Word:
    words: PrinterWords
    until_s: float | None


class PrinterNews:
    """Takes each station's word, tells it to the others, and lets it go when the station is not heard of; any thread.

    `station` gives an enrolled device, `steady_s` seconds of a clock that only goes forward, `run` names this start of
    the hub. `changed` is called whenever somebody has to be told.
    """

    def __init__(
        self,
        station: Callable[[str], Station | None],
        steady_s: Callable[[], float],
        run: str,
        changed: Callable[[], None] = lambda: None,
    ) -> None:
        self._station = station
        self._steady_s = steady_s
        self._run = run
        self._changed = changed
        self._lock = Lock()
        self._words: dict[str, _Word] = {}
        self._seq = 0

    def hear(self, device_id: str, words: PrinterWords) -> PrintersPlace:
        """Take the word of a station, which holds for as long as it is repeated."""
        return self._take(device_id, words, self._steady_s() + BELIEVED_S)

    def hear_own(self, device_id: str, words: PrinterWords) -> None:
        """Take the word of this very process, which lives as long as this does."""
        self._take(device_id, words, None)

    def place(self) -> PrintersPlace:
        """How far the news has come; whoever read up to there knows all of it."""
        self.let_go()
        with self._lock:
            return PrintersPlace(self._run, self._seq)

    def others(self, device_id: str) -> FarPrinters:
        """What all computers but this one said last; nothing of one that was revoked meanwhile."""
        place = self.place()
        with self._lock:
            known = {each: word.words for each, word in self._words.items() if each != device_id}
        found = ((station, words) for each, words in known.items() if (station := self._station(each)))
        said = sorted((_said(station, words) for station, words in found if station.may_command), key=_by_label)
        return FarPrinters(place, tuple(said[:MOST_STATIONS]))

    def let_go(self) -> None:
        """Forget who was not heard of for too long."""
        now_s = self._steady_s()
        with self._lock:
            silent = [each for each, word in self._words.items() if word.until_s is not None and word.until_s < now_s]
            for each in silent:
                del self._words[each]
            self._seq += bool(silent)
        if silent:
            self._changed()

    def _take(self, device_id: str, words: PrinterWords, until_s: float | None) -> PrintersPlace:
        with self._lock:
            before = self._words.get(device_id)
            if words.printers:
                self._words[device_id] = _Word(words, until_s)
            else:
                self._words.pop(device_id, None)
            is_news = words != (before.words if before else NOTHING_SAID)
            self._seq += is_news
            place = PrintersPlace(self._run, self._seq)
        if is_news:
            self._changed()
        return place


def _said(station: Station, words: PrinterWords) -> StationPrinters:
    return StationPrinters(station.device_id, station.label[:LONGEST_NAME] or "?", words.printers)


def _by_label(said: StationPrinters) -> tuple[str, str]:
    return said.label.casefold(), said.device_id
