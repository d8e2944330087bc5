"""The supervised takeover: what is known of the hub before, the entry that makes this computer the hub, a rehearsal."""

import ssl
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
from sqlalchemy import bindparam, select

from mppdesk.db import home as homes
from mppdesk.db.deciding.hub_view import StoredHubView
from mppdesk.db.home import HomeFile, OpenHome
from mppdesk.db.journal.codec import decode_entry, decode_value
from mppdesk.db.journal.logs import Journal
from mppdesk.db.privacy.secret_store import SecretPlace
from mppdesk.db.projections import views
from mppdesk.db.replication.stations import StationBook
from mppdesk.db.safekeeping import backup
from mppdesk.db.sql import Statement
from mppdesk.db.tables import journal_entries, view_settings
from mppdesk.domain.entries import SYSTEM_USER, Actor, Draft, Subject, SubjectType
from mppdesk.domain.errors import NotAllowed, Refused
from mppdesk.domain.facts import HubTakenOver, NumberBlock, SettingChanged
from mppdesk.domain.hub.terms import Takeover, hub_block, taken_over
from mppdesk.domain.site import Role
from mppdesk.domain.station import Station
from mppdesk.operations.ports import Clock, Ids
from mppdesk.server.fence import Fence
from mppdesk.sync import link_notes
from mppdesk.sync.addresses import HUB_HEADER, SETTING
from mppdesk.sync.peers import PEER
from mppdesk.texts import msg

_PATIENCE_S = 2.0
_EVERYWHERE = ("0.0.0.0", "[::]")
_HUB = Actor(SYSTEM_USER, "hub")
_MAY = (Role.SUPERVISOR, Role.ADMINISTRATOR)
_setting = Statement(
    select(view_settings.c.setting_id, view_settings.c.value).where(
        view_settings.c.site_id == bindparam("site_id"), view_settings.c.name == bindparam("of_name")
    )
)
_entries = journal_entries.c
_entry_at = Statement(
    select(_entries.bytes).where(
        _entries.site_id == bindparam("site_id"),
        _entries.log_id == bindparam("log_id"),
        _entries.seq == bindparam("seq"),
    )
)


@dataclass(frozen=True, slots=True)
class HubBefore:
    """What this computer knows of the hub; times are UTC milliseconds, 0 for never."""

    label: str
    last_seen_ms: int
    entries_until_ms: int


def announce(home: OpenHome, url: str, actor: Actor | None = None) -> None:
    """Let the building know at which address this computer listens, and who ordered it, if anybody did.

    An address of every interface is none.
    """
    if any(f"//{host}:" in url for host in _EVERYWHERE):
        return
    writer = home.required_writer()
    name, value = SETTING + writer.author.device_id, {"url": url}
    with writer.begin(actor or _HUB) as unit:
        row = unit.store.one(_setting, site_id=home.site_id, of_name=name)
        if row is not None and decode_value(bytes(row[1])) == value:
            return
        subject = Subject(SubjectType.SITE_SETTING, row[0] if row else unit.new_id())
        unit.record(Draft(unit.new_id(), subject, SettingChanged(name=name, value=value), by_system=actor is None))


def hub_before(home: OpenHome) -> HubBefore | None:
    """The hub that would be taken over; None where no other computer is the hub."""
    with home.database.reading() as store:
        view = StoredHubView(store, home.site_id, home.reference.current(store))
        seat = view.seat()
        if seat is None or seat.device_id == home.setting("device_id"):
            return None
        head = Journal(store, home.site_id).latest_head_of(seat.device_id)
        row = store.one(_entry_at, site_id=home.site_id, log_id=head.log_id, seq=head.seq) if head else None
    note = link_notes.read(home.path).get(PEER)
    seen_ms = note.state.last_exchange_ms if note else None
    return HubBefore(seat.label, seen_ms or 0, decode_entry(bytes(row[0])).wall_ms if row else 0)


def answering(urls: Iterable[str], authority: str | None) -> str | None:
    """The address where a hub answers that still decides; None when nobody does."""
    verify: ssl.SSLContext | bool = ssl.create_default_context(cafile=authority) if authority else True
    with httpx.Client(verify=verify, timeout=_PATIENCE_S, trust_env=False) as client:
        for url in urls:
            with suppress(httpx.HTTPError):
                answer = client.get(f"{url}/health")
                if answer.is_success and answer.headers.get(HUB_HEADER, "1") == "1":
                    return url
    return None


def take_over(
    home: OpenHome, book: StationBook, actor: Actor, last_seen_ms: int, reason: str = "", heard_term: int = 0
) -> HubTakenOver:
    """Make this computer the hub of the next term; raises Refused for one that may not be, NotAllowed for a clerk.

    `heard_term` is the highest that was heard of here.
    """
    writer = home.required_writer()
    device = book.by_device(writer.author.device_id)
    if device is None:
        raise Refused(
            msg("Komputer ini tidak terdaftar di gedung. Tidak ada yang berubah."),
            msg("Daftarkan dahulu dengan peran standby (mppdesk hub enrol, mppdesk join)."),
        )
    with writer.begin(actor) as unit:
        reference = home.reference.current(unit.store)
        view = StoredHubView(unit.store, home.site_id, reference, unit.entries_of, unit.visit_of)
        _require_supervisor(view, actor)
        agencies = tuple(sorted(reference.catalog.agencies))
        root = book.root or (writer.author.device_id, writer.author.public_key)
        asked = Takeover(device, book.all(), agencies, writer.now(), last_seen_ms, reason, heard_term, root)
        fact = taken_over(view, asked)
        unit.record(Draft(unit.new_id(), Subject(SubjectType.STATION, device.device_id), fact))
    book.forget()
    return fact


def ordered(
    home: OpenHome, book: StationBook, fence: Fence, station: Station, actor: Actor, reason: str
) -> HubTakenOver:
    """Take over as a verb of this very computer asks the process that runs here."""
    if station.device_id != home.required_writer().author.device_id:
        raise NotAllowed(
            msg("Pengambilalihan hanya diperintah di komputer cadangan itu sendiri. Tidak ada yang berubah."),
            msg("Jalankan mppdesk hub take-over di komputer cadangan."),
        )
    before = hub_before(home)
    return take_over(home, book, actor, before.last_seen_ms if before else 0, reason, fence.term)


def latest(home: OpenHome) -> HubTakenOver | None:
    """What the present hub recorded when it took over; None while the first one goes on."""
    with home.database.reading() as store:
        return StoredHubView(store, home.site_id, home.reference.current(store)).takeover()


def numbers_of(home: OpenHome, today: date) -> NumberBlock:
    """The ticket numbers of the new hub until the next day opens, whether it has seen this one opened or not."""
    with home.database.reading() as store:
        view = StoredHubView(store, home.site_id, home.reference.current(store))
        day = view.last_day()
        if day is not None and day.day >= today.isoformat():
            return hub_block(view, day.day, day.term)
        return hub_block(view, today.isoformat(), view.term())


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What a takeover in a copy of the folder showed; `is_equal`: the views are those of the journal."""

    taken: HubTakenOver
    block: NumberBlock
    is_equal: bool
    is_demoted: bool

    @property
    def is_good(self) -> bool:
        return self.is_equal and self.is_demoted


def rehearse(home: OpenHome, root: tuple[str, bytes], actor: Actor, clock: Clock, ids: Ids) -> Rehearsal:
    """Take over in a copy of the folder that speaks with nobody, and look at what came of it; the copy is destroyed."""
    before = hub_before(home)
    with _copied(home, clock, ids) as copy:
        book = StationBook(copy.database, copy.site_id, root)
        old_hub = _device_of_hub(copy)
        taken = take_over(copy, book, actor, before.last_seen_ms if before else 0)
        with copy.database.reading() as store:
            is_equal = views.live_digest(store, copy.site_id) == views.rebuilt_digest(store, copy.site_id)
        is_demoted = old_hub is not None and not Fence(book, old_hub).is_hub
        return Rehearsal(taken, numbers_of(copy, copy.required_writer().now().date()), is_equal, is_demoted)


def _device_of_hub(home: OpenHome) -> str | None:
    with home.database.reading() as store:
        seat = StoredHubView(store, home.site_id, home.reference.current(store)).seat()
    return seat.device_id if seat else None


@contextmanager
def _copied(home: OpenHome, clock: Clock, ids: Ids) -> Iterator[OpenHome]:
    with TemporaryDirectory(prefix="mppdesk-latihan-") as folder:
        path = Path(folder)
        backup.copy_database(home.database, path / homes.DATABASE_FILE)
        homes.adopt(path, HomeFile(ids.new(), SecretPlace.FILE), home.secrets)
        with homes.writing(path, clock, ids) as opened:
            yield opened


def _require_supervisor(view: StoredHubView, actor: Actor) -> None:
    user = view.user(actor.user)
    if user is not None and not any(role in user.roles for role in _MAY):
        raise NotAllowed(
            msg("{name} bukan penyelia. Hub tidak diambil alih.", name=user.display_name),
            msg("Minta penyelia atau administrator: mppdesk hub take-over --as PENGGUNA."),
        )
