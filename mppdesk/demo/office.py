"""The demo's office: the sample MPP in a folder of its own, its key beside it, printers where the demo wants them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from mppdesk.app.station import Show, Station, open_station
from mppdesk.cli.setting_up import make_sample, site_value
from mppdesk.db import home as homes
from mppdesk.db.identity import RandomIds
from mppdesk.db.privacy.secret_store import SecretPlace
from mppdesk.db.settings import StoredSettings
from mppdesk.domain.entries import Actor
from mppdesk.domain.site import PrinterPlace
from mppdesk.operations import setup
from mppdesk.operations.ports import Clock

VIA = "demo"


@contextmanager
def demo_office(home: Path, clock: Clock, show: Show, printer: str | None = None) -> Iterator[Station]:
    """Make and open the sample office; `printer` sends every slip to that URL instead of the paper window."""
    ids = RandomIds()
    make_sample(home, clock, ids, place=SecretPlace.FILE)
    if printer is not None:
        _move_printers(home, clock, ids, printer)
    with open_station(home, clock, ids, show) as station:
        yield station


def _move_printers(home: Path, clock: Clock, ids: RandomIds, url: str) -> None:
    """Point every printer of the sample at one URL, by an entry like any other change of settings."""
    with homes.writing(home, clock, ids) as opened:
        with opened.database.reading() as store:
            site = opened.reference.current(store).site
        moved = replace(site, printers=tuple(PrinterPlace(place.name, url) for place in site.printers))
        current = StoredSettings(opened.database, opened.site_id)
        setup.change_settings(opened.required_writer(), current, Actor(VIA, VIA), {"site": site_value(moved)})
