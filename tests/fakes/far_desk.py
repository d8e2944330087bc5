"""Another computer that joined a running hub, with the short ways of a test."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mppdesk.db import home as homes
from mppdesk.db.home import OpenHome
from mppdesk.db.paper.jobs import StoredPrintJobs
from mppdesk.db.privacy.secret_store import SecretPlace
from mppdesk.db.reading.readers import StoredReaders
from mppdesk.domain import commands
from mppdesk.sync.joining import join
from mppdesk.sync.place import place_of
from mppdesk.sync.station import StationLink, linked
from tests.fakes.clock import CountedIds, followed
from tests.fakes.office import PRINTER
from tests.fakes.running_hub import RunningHub


class FarDesk:
    """A joined station with the short ways of a test."""

    def __init__(self, home: OpenHome, link: StationLink, hub: RunningHub, ids: CountedIds, label: str) -> None:
        self.home, self.link, self.ids = home, link, ids
        self.actor = hub.office.actor
        self.counter = hub.office.counter(label)
        self.readers = StoredReaders(home.database, home.site_id, home.reference, hub.office.clock)

    def ask(self, kind: type[commands.Command], **more: object) -> commands.Answer:
        values = {"command_id": self.ids.new(), **more}
        return self.link.hub.ask(kind(**values), self.actor)  # type: ignore[arg-type]

    def jobs(self) -> list[str]:
        kept = StoredPrintJobs(self.home.database, self.home.required_writer().changes, {PRINTER: "screen:"})
        return [job.label for job in kept.recent(10)]


@contextmanager
def joined(
    hub: RunningHub, folder: Path, lane: str = "first start", label: str = "Loket 1", role: str = "counter"
) -> Iterator[FarDesk]:
    """Join the building with a folder, or start again with it: then in another lane of ids."""
    ids, clock = CountedIds(lane), followed(hub.office.clock)
    if not homes.exists(folder):
        join(folder, hub.url, hub.code(role, label), clock, ids, place=SecretPlace.FILE)
    with homes.writing(folder, clock, ids) as opened:
        place = place_of(opened)
        assert place is not None
        with linked(opened, place, lambda: 0.5, clock) as link:
            yield FarDesk(opened, link, hub, ids, label)
