"""One PC at work: the open data folder with its readers, print jobs and printers."""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from mppdesk.app.far_printers import PRINT_JOBS, OwnWord
from mppdesk.app.own_hub import OWN_HUB, OwnHub
from mppdesk.app.printer_board import PrinterBoard
from mppdesk.db import home as homes
from mppdesk.db.home import OpenHome
from mppdesk.db.paper.jobs import StoredPrintJobs
from mppdesk.db.reading.readers import StoredReaders
from mppdesk.db.unit import Writer
from mppdesk.domain.entries import SYSTEM_USER, Actor, SubjectType
from mppdesk.domain.site import Site
from mppdesk.domain.slip import Slip
from mppdesk.operations.ports import Clock, Hub, Ids
from mppdesk.printing.devices import Devices
from mppdesk.printing.escpos import with_logo
from mppdesk.printing.spooler import Spooler
from mppdesk.sync.hubs_clock import HubsClock
from mppdesk.sync.place import place_of
from mppdesk.sync.printer_words import FAR_PRINTERS
from mppdesk.sync.standing import Standing

if TYPE_CHECKING:
    from mppdesk.sync.station import StationLink

CONNECTION = "connection"
"""The topic of how the hub is reached."""
Show = Callable[[Slip], None]


@dataclass
class Station:
    """Everything a window's port works with; kiosk and desks are told apart by their actors.

    `hub` decides: this process, or the hub of the building, to which `link` is the way. Where this process decides,
    `own_hub` lets it do so for a building.
    """

    home: OpenHome
    hub: Hub
    clock: Clock
    ids: Ids
    readers: StoredReaders
    jobs: StoredPrintJobs
    spooler: Spooler
    printers: PrinterBoard
    link: "StationLink | None" = None
    own_hub: OwnHub | None = None

    def standing(self) -> Standing:
        """How this PC stands to its hub and the hub to its centre; may block."""
        if self.link is not None:
            return self.link.standing()
        return self.own_hub.standing() if self.own_hub else Standing(is_cut_off=False, since_ms=0, is_hub=True)

    @property
    def writer(self) -> Writer:
        return self.home.required_writer()

    @property
    def site(self) -> Site:
        with self.readers.moment() as moment:
            return moment.reference.site

    @property
    def kiosk(self) -> Actor:
        """Nobody signs in at a kiosk."""
        return Actor(SYSTEM_USER, "kiosk")

    def now(self) -> datetime:
        """The hub's clock in the zone of the building."""
        return self.clock.now().astimezone(self._zone)

    def in_zone(self, wall_ms: int) -> datetime:
        """A moment (UTC milliseconds) in the zone of the building."""
        return datetime.fromtimestamp(wall_ms / 1000, self._zone)

    @property
    def _zone(self) -> ZoneInfo:
        return ZoneInfo(self.home.setting("zone") or self.writer.zone.key)


@contextmanager
def open_station(
    home: Path,
    clock: Clock,
    ids: Ids,
    show: Show,
    printer: str | None = None,
    chance: Callable[[], float] = random.random,
) -> Iterator[Station]:
    """Open a data folder for work; `show` is the paper window, `printer` a URL that takes every slip instead.

    The folder of a station reaches the hub of its building for as long as the block runs; what that tells of the way
    there comes as the topic CONNECTION. Everything in it goes by the hub's clock, which here is `clock`, corrected.
    """
    hubs = HubsClock(clock)
    with homes.writing(home, hubs, ids) as opened, _way_to_hub(opened, chance, hubs) as link:
        readers = StoredReaders(opened.database, opened.site_id, opened.reference, hubs)
        urls = partial(_urls, readers, printer)
        jobs = StoredPrintJobs(opened.database, opened.required_writer().changes, urls())
        board = PrinterBoard(
            jobs, partial(_site, readers), lambda: round(hubs.now().timestamp() * 1000), lambda: spooler.wake()
        )
        devices = Devices(with_logo(readers.logo), show=show)
        spooler = Spooler(jobs, devices.open, hubs, board.tell, is_watched=board.is_watched)
        opened.required_writer().changes.subscribe(partial(_follow, jobs, spooler, urls))
        own_hub = _own_hub(opened, hubs) if link is None else None
        own_word = OwnWord(board.all_here, link, own_hub, opened.required_writer().author.device_id)
        board.listen(lambda _status: own_word.look())
        opened.required_writer().changes.subscribe(own_word.hear)
        own_word.begin()
        try:
            hub = link.hub if link else opened.required_hub()
            yield Station(opened, hub, hubs, ids, readers, jobs, spooler, board, link, own_hub)
        finally:
            spooler.stop()
            if own_hub is not None:
                own_hub.close()


def _site(readers: StoredReaders) -> Site:
    with readers.moment() as moment:
        return moment.reference.site


def _urls(readers: StoredReaders, instead: str | None) -> dict[str, str]:
    """The URL of each printer by its name, as the settings are now."""
    return {place.name: instead or place.url for place in _site(readers).printers}


def _follow(
    jobs: StoredPrintJobs, spooler: Spooler, urls: Callable[[], dict[str, str]], topics: frozenset[str]
) -> None:
    """Print what is new, and where the settings say now."""
    if SubjectType.SITE_SETTING in topics:
        jobs.use_printers(urls())
    if topics & {PRINT_JOBS, SubjectType.SITE_SETTING}:
        spooler.wake()


def _own_hub(opened: OpenHome, clock: Clock) -> OwnHub:
    """The hub of this PC, which listens again where it did before."""
    changes = opened.required_writer().changes
    own_hub = OwnHub(opened, clock, lambda: changes.tell(frozenset({OWN_HUB})))
    own_hub.resume()
    return own_hub


@contextmanager
def _way_to_hub(opened: OpenHome, chance: Callable[[], float], clock: HubsClock) -> "Iterator[StationLink | None]":
    """The way to the hub of the building; None where this very process decides."""
    place = place_of(opened)
    if place is None:
        yield None
        return
    # A network library is a quarter of a second that a single PC never waits for.
    from mppdesk.sync.station import linked

    changes = opened.required_writer().changes
    told, told_of_printers = (partial(changes.tell, frozenset({topic})) for topic in (CONNECTION, FAR_PRINTERS))
    with linked(opened, place, chance, clock, told, told_of_printers) as link:
        yield link
