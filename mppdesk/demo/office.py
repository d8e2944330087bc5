"""The demo's office: the sample MPP in a folder of its own, its key beside it, printers where the demo wants them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from mppdesk.cli.setting_up import NewOffice, make_sample
from mppdesk.db import home as homes
from mppdesk.db.home import OpenHome
from mppdesk.db.identity import RandomIds
from mppdesk.db.print_jobs import StoredPrintJobs
from mppdesk.db.readers import StoredReaders
from mppdesk.db.secret_store import SecretPlace
from mppdesk.db.settings import StoredSettings
from mppdesk.domain.entries import Actor
from mppdesk.domain.site import PrinterPlace, Site
from mppdesk.domain.slip import Slip
from mppdesk.operations import setup
from mppdesk.operations.desk import Desk
from mppdesk.operations.ports import Clock
from mppdesk.operations.readings import PrinterStatus
from mppdesk.printing.devices import Devices
from mppdesk.printing.escpos import to_bytes
from mppdesk.printing.profiles import GENERIC_80
from mppdesk.printing.spooler import Spooler

VIA = "demo"


@dataclass
class DemoOffice:
    """The open office with everything the demo acts through."""

    home: OpenHome
    made: NewOffice
    clock: Clock
    ids: RandomIds
    readers: StoredReaders
    jobs: StoredPrintJobs
    spooler: Spooler
    site: Site

    @property
    def kiosk(self) -> Actor:
        return Actor("kiosk", "kiosk")

    def desk(self, counter: str, label: str, user: str, clerk_name: str) -> Desk:
        with self.readers.moment() as moment:
            place = moment.reference.counters[counter]
        return Desk(counter, label, Actor(user, "desktop"), clerk_name, place.printer)


@contextmanager
def demo_office(
    home: Path,
    clock: Clock,
    *,
    printer: str | None = None,
    show: Callable[[Slip], None] = lambda slip: None,
    on_status: Callable[[PrinterStatus], None] = lambda status: None,
) -> Iterator[DemoOffice]:
    """Make and open the sample office; `printer` sends every slip to that URL instead of the paper window."""
    ids = RandomIds()
    made = make_sample(home, clock, ids, place=SecretPlace.FILE)
    with homes.writing(home, clock, ids) as opened:
        if printer is not None:
            _move_printers(opened, printer)
        readers = StoredReaders(opened.database, opened.site_id, opened.reference, clock)
        with readers.moment() as moment:
            site = moment.reference.site
        jobs = StoredPrintJobs(
            opened.database, opened.required_writer().changes, {place.name: place.url for place in site.printers}
        )
        spooler = Spooler(jobs, Devices(lambda slip: to_bytes(slip, GENERIC_80), show=show).open, clock, on_status)
        try:
            yield DemoOffice(opened, made, clock, ids, readers, jobs, spooler, site)
        finally:
            spooler.stop()


def _move_printers(opened: OpenHome, url: str) -> None:
    """Point every printer of the sample at one URL, by an entry like any other change of settings."""
    with opened.database.reading() as store:
        site = opened.reference.current(store).site
    moved = replace(site, printers=tuple(PrinterPlace(place.name, url) for place in site.printers))
    current = StoredSettings(opened.database, opened.site_id)
    settings = {"site": msgspec.to_builtins(moved)}
    setup.change_settings(opened.required_writer(), current, Actor(VIA, VIA), settings)
