"""What the endpoints of one building share."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import cached_property

from mppdesk.db.deciding.unconfirmed_calls import UnconfirmedCall
from mppdesk.db.privacy.verifiers import Verifier
from mppdesk.db.reading.moment import Moment
from mppdesk.db.reading.reference import Reference
from mppdesk.domain.commands import Answer
from mppdesk.domain.entries import SYSTEM_USER, Actor
from mppdesk.domain.errors import NotAllowed
from mppdesk.domain.facts import HubTakenOver
from mppdesk.domain.station import Station
from mppdesk.server.checkpoints import Checkpoints
from mppdesk.server.events import EventFeed
from mppdesk.server.fence import Decides, Fence
from mppdesk.server.printer_news import PrinterNews
from mppdesk.server.sightings import Sightings
from mppdesk.server.station_calls import StationCalls
from mppdesk.sync.exchange import Answerer
from mppdesk.texts import msg

VIA = "hub"
_DOORS = ("desktop", "kiosk", "cli", VIA)


@dataclass(frozen=True)
class Building:
    """The parts of a running hub. `station` finds who holds a token; `enrol` makes a new station of a code; `withdraw`
    gives the answer of an accepted command id and makes sure that any other is never accepted. `authority` reads the
    site's certificate (PEM), None where `hub init` made none; `people` gives what the PINs of those are checked with
    who may sign in at a station; `check_leader` answers which user who leads has a PIN, or raises NotAllowed.

    `fence` knows whether this is the hub now; `take_over` makes it the hub, asked by this very computer, with a reason
    where the old one answers; `standby_authority` is what a standby needs for a certificate that stations believe.
    `sightings` tells when each station was last heard, `printers` how its printers stand by its own word.

    `prove_write` returns after a row reached the disk, or raises; it may block, as may `moment` and
    `unconfirmed_calls`.
    """

    site_id: str
    own_log: str
    version: str
    decider: Decides
    feed: EventFeed
    answerer: Answerer
    printers: PrinterNews
    moment: Callable[[], AbstractContextManager[Moment]]
    reference: Callable[[], Reference]
    station: Callable[[str], Station | None]
    withdraw: Callable[[str], Answer | None]
    enrol: Callable[[dict[str, str]], dict[str, object]]
    make_code: Callable[[Actor, str, str, tuple[str, ...]], tuple[str, int]]
    prove_write: Callable[[], None]
    unconfirmed_calls: Callable[[], tuple[UnconfirmedCall, ...]]
    unmapped_files: Callable[[], tuple[str, ...]]
    checkpoints: Checkpoints
    drop_old_slips: Callable[[], int]
    new_id: Callable[[], str]
    authority: Callable[[], bytes | None] = lambda: None
    people: Callable[[Station], tuple[Verifier, ...]] = lambda station: ()
    check_leader: Callable[[Station, str], str] = lambda station, pin: ""
    fence: Fence | None = None
    sightings: Sightings | None = None
    standby_authority: Callable[[], dict[str, str] | None] = lambda: None
    take_over: Callable[[Station, Actor, str], HubTakenOver] | None = None

    @cached_property
    def station_calls(self) -> StationCalls:
        return StationCalls(self.own_log, self.answerer, self.counter_id, self.actor)

    @property
    def is_hub(self) -> bool:
        """Whether this process decides now; a standby does not, nor a hub that was taken over."""
        return self.fence is None or self.fence.is_hub

    def counter_id(self, name: str) -> str | None:
        """The id of a counter by its id or its label."""
        counters = self.reference().counters
        if name in counters:
            return name
        return next((key for key, place in counters.items() if place.label.casefold() == name.casefold()), None)

    def actor(self, named: object) -> Actor:
        """Who acts, as the station says: a user who is known here and at work, else nobody in particular."""
        if named is None:
            return Actor(SYSTEM_USER, VIA)
        if isinstance(named, dict):
            user, via = named.get("user", SYSTEM_USER), named.get("via", VIA)
            is_text = isinstance(user, str) and isinstance(via, str)
            if is_text and via in _DOORS and (user == SYSTEM_USER or user in self.reference().users):
                return Actor(user, via)
        raise NotAllowed(
            msg("Pengguna dalam permintaan ini tidak dikenal di hub. Tidak ada yang berubah."),
            msg("Masuk kembali di loket, lalu ulangi."),
        )
