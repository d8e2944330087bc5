"""An open data folder as a running hub: its parts wired, from the first commit to the last."""

import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from random import SystemRandom

from mppdesk import __version__
from mppdesk.db.deciding.unconfirmed_calls import UnconfirmedCall, UnconfirmedCalls
from mppdesk.db.deciding.unmapped_files import unmapped_files
from mppdesk.db.home import OpenHome
from mppdesk.db.paper.old_jobs import OldPrintJobs
from mppdesk.db.privacy.verifiers import PinCheck
from mppdesk.db.reading.changes import Changes
from mppdesk.db.reading.readers import StoredReaders
from mppdesk.db.reading.reference import Reference
from mppdesk.db.replication.replica_store import ReplicaStore
from mppdesk.db.replication.stations import StationBook, own_token
from mppdesk.domain.entries import SubjectType
from mppdesk.domain.hub.arrival import ARRIVAL_MS
from mppdesk.operations.ports import Clock
from mppdesk.server import certificates, takeover
from mppdesk.server.building import Building
from mppdesk.server.changes import shown
from mppdesk.server.checkpoints import Checkpoints
from mppdesk.server.decider import Decider
from mppdesk.server.enrolment import Enrolment
from mppdesk.server.events import EventFeed
from mppdesk.server.fence import Fence, FencedDecider
from mppdesk.server.leader_pins import LeaderPins
from mppdesk.server.people import people_at
from mppdesk.server.printer_news import PrinterNews
from mppdesk.server.sightings import Sightings
from mppdesk.sync.centre_link import CENTRE, linked_to_centre
from mppdesk.sync.centre_watch import CentreWatch
from mppdesk.sync.exchange import Answerer
from mppdesk.sync.own_replica import replica_of
from mppdesk.sync.peers import PeerPlace, linked_to_peers
from mppdesk.sync.place import StationPlace, place_of
from mppdesk.sync.printer_words import FAR_PRINTERS

# Of its own: two hubs that were started from one image must not try again at the same moments.
_chance = SystemRandom().random
_WRITTEN_BY_HEALTH = "health_checked_ms"
_SHORT_EPOCH = 8
_RUN_BYTES = 8


@contextmanager
def running_hub(home: OpenHome, clock: Clock) -> Iterator[Building]:
    """Make the folder's process the hub of its building; ends with the decisions that were still asked."""
    writer = home.required_writer()
    readers = StoredReaders(home.database, home.site_id, home.reference, clock)
    joined = place_of(home)
    root = joined.root if joined else (writer.author.device_id, writer.author.public_key)
    book = StationBook(home.database, home.site_id, root)
    enrolment = Enrolment(home, book, root)
    if joined is None:
        enrolment.enrol_hub()
    fence = Fence(book, writer.author.device_id)
    changes = Changes(home.database, home.site_id, writer.author.log_id)
    feed = EventFeed(partial(shown, changes), writer.author.log_id[-_SHORT_EPOCH:])
    replica = replica_of(home, book)
    printers = PrinterNews(
        book.by_device, time.monotonic, secrets.token_hex(_RUN_BYTES), lambda: _tell_of_printers(feed, home)
    )
    checkpoints = Checkpoints(home.database)
    centre = CentreWatch(home, writer.now_ms, time.monotonic)
    unsubscribe = writer.changes.subscribe(_on_change(book, feed, replica, checkpoints, centre))
    decider = Decider(home.required_hub())
    try:
        with (
            linked_to_centre(home, replica, _chance, joined, lambda: fence.is_hub),
            linked_to_peers(home, _peer_place(home, joined), replica, _chance, fence.heard),
        ):
            yield _building(
                home, readers, book, enrolment, feed, decider, replica, printers, fence, checkpoints, centre
            )
    finally:
        decider.close()
        unsubscribe()


def _building(
    home: OpenHome,
    readers: StoredReaders,
    book: StationBook,
    enrolment: Enrolment,
    feed: EventFeed,
    decider: Decider,
    replica: ReplicaStore,
    printers: PrinterNews,
    fence: Fence,
    checkpoints: Checkpoints,
    centre: CentreWatch,
) -> Building:
    writer = home.required_writer()
    sightings = Sightings(writer.now_ms)
    old_jobs = OldPrintJobs(home.database)
    return Building(
        site_id=home.site_id,
        own_log=writer.author.log_id,
        version=__version__,
        decider=FencedDecider(decider, fence),
        fence=fence,
        take_over=partial(takeover.ordered, home, book, fence),
        feed=feed,
        answerer=Answerer(replica, epoch(home), centre, printers.place),
        printers=printers,
        moment=readers.moment,
        reference=lambda: home.reference.known() or _reference(readers),
        station=sightings.noting(book.by_token),
        sightings=sightings,
        withdraw=home.required_hub().withdraw,
        enrol=fence.guarding(enrolment.enrol),
        make_code=fence.guarding(enrolment.make_code),
        prove_write=lambda: home.set_setting(_WRITTEN_BY_HEALTH, str(writer.now_ms())),
        unconfirmed_calls=_Unconfirmed(readers),
        unmapped_files=lambda: _unmapped(home),
        checkpoints=checkpoints,
        drop_old_slips=lambda: old_jobs.tidy(writer.now_ms()),
        people=partial(people_at, readers),
        check_leader=LeaderPins(readers, PinCheck(home.database, home.secrets.pepper), writer.now_ms),
        authority=lambda: certificates.authority(home.path),
        standby_authority=lambda: certificates.for_standby(home.path),
        new_id=writer.ids.new,
    )


def _peer_place(home: OpenHome, joined: StationPlace | None) -> PeerPlace:
    """How this computer shows itself to the others: as the station it joined as, or as the site's first hub."""
    if joined is not None:
        return PeerPlace(joined.url, joined.welcome.token, joined.authority)
    token = own_token(home.secrets.search, home.required_writer().author.device_id)
    authority = home.path / certificates.FOLDER / certificates.AUTHORITY_FILE
    return PeerPlace("", token, str(authority) if authority.exists() else None)


def epoch(home: OpenHome) -> str:
    """Names this database until it is restored from a backup, which gives it a new home id."""
    return home.file.home_id


class _Unconfirmed:
    """Finds the calls whose time to arrive is over."""

    def __init__(self, readers: StoredReaders) -> None:
        self._readers = readers
        self._calls = UnconfirmedCalls()

    def __call__(self) -> tuple[UnconfirmedCall, ...]:
        with self._readers.moment() as moment:
            return self._calls.older_than(moment, moment.now_ms - ARRIVAL_MS)


def _unmapped(home: OpenHome) -> tuple[str, ...]:
    with home.database.reading() as store:
        return unmapped_files(store, home.site_id)


def _on_change(
    book: StationBook, feed: EventFeed, replica: ReplicaStore, checkpoints: Checkpoints, centre: CentreWatch
) -> Callable[[frozenset[str]], None]:
    def told(topics: frozenset[str]) -> None:
        if SubjectType.STATION in topics:
            book.forget()
            replica.admit_known()
        if CENTRE in topics:
            centre.forget()
        checkpoints.note_commit()
        feed.wake()

    return told


def _tell_of_printers(feed: EventFeed, home: OpenHome) -> None:
    """To the computers of the building, and to the windows of this one."""
    feed.poke()
    home.required_writer().changes.tell(frozenset({FAR_PRINTERS}))


def _reference(readers: StoredReaders) -> Reference:
    with readers.moment() as moment:
        return moment.reference
