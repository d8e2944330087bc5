"""A station's word on its printers, and what it hears of the others': beside each exchange of the journal."""

import logging
import math
from collections.abc import Callable
from threading import Lock
from typing import Protocol

from mppdesk.sync.link import Unreachable
from mppdesk.sync.printer_words import NOTHING_SAID, FarPrinters, PrinterWords, StationPrinters
from mppdesk.sync.protocol import PrintersPlace

REPEATED_S = 30.0
"""A hub believes a word for two of these (mppdesk/server/printer_news.py)."""
_KNOWN_FOR_S = 45.0
_AGAIN_S = 5.0
_log = logging.getLogger("mppdesk.sync")


class Way(Protocol):
    """What this needs of the link to the hub; each call raises Unreachable."""

    def tell_printers(self, words: PrinterWords) -> PrintersPlace: ...

    def far_printers(self) -> FarPrinters: ...


class PrinterExchange:
    """Tells the hub what is new or half a minute old, and reads what is new there; nothing where it takes no words.

    `reads`: whether people sign in here, to whom it could be shown. `steady_s` gives seconds of a clock that only goes
    forward. `poke` is called when the hub is to be told something, `told` when `known` may have changed.
    """

    def __init__(
        self,
        way: Way,
        steady_s: Callable[[], float],
        *,
        reads: bool,
        poke: Callable[[], None] = lambda: None,
        told: Callable[[], None] = lambda: None,
    ) -> None:
        self._way, self._steady_s, self._reads = way, steady_s, reads
        self._poke, self._told = poke, told
        self._looking, self._lock = Lock(), Lock()
        self._source: Callable[[], PrinterWords] = lambda: NOTHING_SAID
        self._words = self._said = NOTHING_SAID
        self._said_s = self._seen_s = -math.inf
        self._said_in = ""
        self._failed_s: float | None = None
        self._place: PrintersPlace | None = None
        self._read: FarPrinters | None = None

    def speak_of(self, source: Callable[[], PrinterWords]) -> None:
        """From now on `source` knows how the printers of this computer stand; it may read the disk."""
        self._source = source
        self.look()

    def look(self) -> None:
        """A printer of this computer may stand otherwise: let the hub know, if it does; from any thread."""
        with self._looking:
            self._words = self._source()
        if self._words != self._said:
            self._poke()

    def seen(self, place: PrintersPlace | None) -> None:
        """Take how far the hub has come, of each hello; None: it is of a version that takes no such words."""
        with self._lock:
            self._place, self._seen_s = place, self._steady_s()

    def lost(self) -> None:
        """The hub is out of reach: nothing is known of the others' printers."""
        with self._lock:
            self._place = self._read = None

    def known(self) -> tuple[StationPrinters, ...]:
        """What the others said last, as the hub believes it now; nothing when that is not heard of."""
        with self._lock:
            is_recent = self._steady_s() - self._seen_s < _KNOWN_FOR_S
            return self._read.stations if self._read is not None and is_recent else ()

    def due_s(self) -> float:
        """Seconds until this wants to be called again, if nothing else asks for an exchange."""
        if self._place is None:
            return math.inf
        if self._failed_s is not None:
            return max(0.0, self._failed_s + _AGAIN_S - self._steady_s())
        return self._repeated_in_s()

    def __call__(self) -> None:
        """Say and read what is due; what fails is tried again, and no sooner however often the journal is exchanged."""
        place = self._place
        if place is None or (self._failed_s is not None and self.due_s() > 0.0):
            return
        try:
            self._say(place)
            self._hear(place)
        except Unreachable as trouble:
            self._failed_s = self._steady_s()
            _log.info("no words on printers this time: %s", trouble)
        else:
            self._failed_s = None

    def _repeated_in_s(self) -> float:
        return max(0.0, self._said_s + REPEATED_S - self._steady_s()) if self._said.printers else math.inf

    def _say(self, place: PrintersPlace) -> None:
        is_old = self._repeated_in_s() == 0.0
        if is_old:
            self.look()
        words = self._words
        is_forgotten = bool(words.printers) and place.run != self._said_in
        if words != self._said or is_old or is_forgotten:
            self._said_in = self._way.tell_printers(words).run
            self._said, self._said_s = words, self._steady_s()

    def _hear(self, place: PrintersPlace) -> None:
        before = self._read
        if not self._reads or (before is not None and before.place == place):
            return
        found = self._way.far_printers()
        with self._lock:
            self._read = found if self._place is not None else None
        if before is None or found.stations != before.stations:
            self._told()
