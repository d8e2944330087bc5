"""A link that knows what waits for it, and notes beside the database how it is for the verbs that tell of it."""

from collections.abc import Callable

from mppdesk.db.home import OpenHome
from mppdesk.db.replication.replica_store import ReplicaStore
from mppdesk.sync import link_notes
from mppdesk.sync.addresses import Addresses
from mppdesk.sync.exchange import Exchanged
from mppdesk.sync.link import UNHURRIED, Link, Patience
from mppdesk.sync.link_notes import LinkNote
from mppdesk.sync.loop import LinkState
from mppdesk.sync.protocol import PrintersPlace
from mppdesk.sync.waiting import Mark, mark


class MarkedLink(Link):
    """The way to one other side, by its name; `mark` is where the last whole exchange began, None before the first.

    After each exchange `clock_seen` hears how far the other clock is ahead of this one, in milliseconds, and
    `printers_seen` how far the other side has come with the words on printers.
    """

    def __init__(
        self,
        home: OpenHome,
        name: str,
        url: str,
        token: str,
        authority: str | None = None,
        addresses: Addresses | None = None,
        clock_seen: Callable[[int], object] = bool,
        printers_seen: Callable[[PrintersPlace | None], object] = bool,
    ) -> None:
        super().__init__(url, token, authority, addresses)
        self._home = home
        self._name = name
        self._url = url
        self._clock_seen = clock_seen
        self._printers_seen = printers_seen
        before = link_notes.read(home.path).get(name)
        # Another server has nothing of what the former one has.
        self.mark: Mark | None = before.mark if before and before.url == url else None

    def exchange(self, here: ReplicaStore, patience: Patience = UNHURRIED) -> Exchanged:
        began = self._now()
        done = super().exchange(here, patience)
        self._clock_seen(done.offset_ms)
        self._printers_seen(done.printers)
        if not done.stopped:
            self.mark = began
        return done

    def note(self, state: LinkState) -> None:
        """Leave a note for `mppdesk sync status`."""
        writer = self._home.required_writer()
        link_notes.write(self._home.path, self._name, LinkNote(self._url, writer.now_ms(), state, self.mark))

    def _now(self) -> Mark:
        with self._home.database.reading() as store:
            return mark(store, self._home.site_id, self._home.required_writer().author.log_id)
