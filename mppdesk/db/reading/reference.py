"""Reference data for decisions and windows: site, counters, catalogue, people; read once, kept until changed."""

import json
from collections import defaultdict
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

import msgspec
from sqlalchemy import bindparam, select

from mppdesk.db import tables
from mppdesk.db.deciding.hub_seats import seat_in, takeover_of
from mppdesk.db.journal.logs import Journal
from mppdesk.db.reading.setting_values import AGENCY, COUNTER, WORKPLACES, Workplaces, read_settings
from mppdesk.db.sql import Statement, Store
from mppdesk.db.unit import ChangeRelay
from mppdesk.domain.catalog import Agency, Catalog, Service, ServiceVersion
from mppdesk.domain.entries import SubjectType
from mppdesk.domain.errors import StorageTrouble
from mppdesk.domain.facts import HubTakenOver
from mppdesk.domain.paper_logo import PaperLogo
from mppdesk.domain.site import CounterPlace, Site, UserProfile
from mppdesk.domain.station import HubSeat
from mppdesk.texts import msg

_versions = tables.view_service_versions.c
_in_force = Statement(
    select(_versions.code, _versions.version, _versions.ordinal, _versions.body)
    .where(_versions.site_id == bindparam("site_id"))
    .order_by(_versions.code, _versions.ordinal, _versions.published_ms, _versions.version_id)
)
_one_version = Statement(
    select(_versions.version, _versions.ordinal, _versions.body)
    .where(_versions.site_id == bindparam("site_id"), _versions.version == bindparam("version"))
    .order_by(_versions.ordinal)
    .limit(1)
)
_users = Statement(
    select(
        tables.view_users.c.user_id,
        tables.view_users.c.user_name,
        tables.view_users.c.display_name,
        tables.view_users.c.roles,
        tables.view_users.c.is_active,
    )
    .where(tables.view_users.c.site_id == bindparam("site_id"))
    .order_by(tables.view_users.c.changed_hlc, tables.view_users.c.user_id)
)

_services = msgspec.msgpack.Decoder(Service)
_TOPICS = frozenset({SubjectType.SITE_SETTING, SubjectType.SERVICE_VERSION, SubjectType.USER, SubjectType.STATION})


EVERYWHERE = Workplaces()


@dataclass(frozen=True)
class Reference:
    """One consistent reading; `seat` is who is the hub, `takeover` what it recorded when it became so.

    Counters and users by id. Of a setting that cannot be read the last value that could holds, and its name is in
    `unreadable_settings`.
    """

    site: Site
    catalog: Catalog
    counters: dict[str, CounterPlace]
    users: dict[str, UserProfile]
    seat: HubSeat | None = None
    takeover: HubTakenOver | None = None
    unreadable_settings: tuple[str, ...] = ()
    logo: PaperLogo | None = None
    _versions: dict[str, ServiceVersion | None] = field(default_factory=dict)
    _services: dict[str, frozenset[str]] = field(default_factory=dict)

    def services_of(self, counter_id: str) -> frozenset[str]:
        """The services a counter is set up for: those named, else all of its agency.

        Each ticket asks for those of all counters: looked for once, as this reading never changes.
        """
        if counter_id not in self._services:
            self._services[counter_id] = self._set_up_for(counter_id)
        return self._services[counter_id]

    def _set_up_for(self, counter_id: str) -> frozenset[str]:
        place = self.counters.get(counter_id)
        if place is None:
            return frozenset()
        if place.services:
            return frozenset(place.services)
        return frozenset(each.service.code for each in self.catalog.of_agency(place.agency))

    def agencies_of(self, services: frozenset[str]) -> frozenset[str]:
        found = (self.catalog.services.get(code) for code in services)
        return frozenset(each.service.agency for each in found if each)

    def version(self, store: Store, site_id: str, version: str) -> ServiceVersion | None:
        """A version by its hash, also one no longer in force: open files keep theirs."""
        if version not in self._versions:
            row = store.one(_one_version, site_id=site_id, version=version)
            self._versions[version] = ServiceVersion(_services.decode(row[2]), row[0], row[1]) if row else None
        return self._versions[version]


class ReferenceCache:
    """The current reference of a process; a commit that touches settings, catalogue or people renews it."""

    def __init__(self, site_id: str, changes: ChangeRelay | None = None) -> None:
        self._site_id = site_id
        self._lock = Lock()
        self._current: Reference | None = None
        if changes is not None:
            changes.subscribe(self._forget)

    def current(self, store: Store) -> Reference:
        with self._lock:
            if self._current is None:
                self._current = read_reference(store, self._site_id)
            return self._current

    def known(self) -> Reference | None:
        """The current reference where it was read already, without a transaction."""
        with self._lock:
            return self._current

    def _forget(self, topics: frozenset[str]) -> None:
        if topics & _TOPICS:
            with self._lock:
                self._current = None


def read_reference(store: Store, site_id: str) -> Reference:
    """Read site, counters, catalogue and people in the caller's transaction."""
    settings = read_settings(store, site_id)
    if settings.site is None:
        raise StorageTrouble(
            msg("Folder data ini belum disiapkan untuk sebuah MPP."),
            msg("Jalankan mppdesk init --sample lebih dahulu."),
        )
    agencies, seat = settings.of_kind(AGENCY, Agency), seat_in(store, site_id)
    return Reference(
        site=settings.site,
        catalog=Catalog({each.code: each for each in agencies.values()}, _services_in_force(store, site_id)),
        counters={settings.ids[name]: place for name, place in settings.of_kind(COUNTER, CounterPlace).items()},
        users=_read_users(store, site_id, settings.of_kind(WORKPLACES, Workplaces)),
        seat=seat,
        takeover=takeover_of(seat, Journal(store, site_id).entries_of),
        unreadable_settings=settings.unreadable,
        logo=settings.logo,
    )


def _services_in_force(store: Store, site_id: str) -> dict[str, ServiceVersion]:
    newest: dict[str, tuple[str, int, bytes]] = {}
    for code, version, ordinal, body in store.all(_in_force, site_id=site_id):
        newest[code] = (version, ordinal, body)
    return {
        code: ServiceVersion(_services.decode(body), version, ordinal)
        for code, (version, ordinal, body) in newest.items()
    }


def _read_users(store: Store, site_id: str, workplaces: dict[str, Workplaces]) -> dict[str, UserProfile]:
    by_name: dict[str, list[Any]] = defaultdict(list)
    for row in store.all(_users, site_id=site_id):
        by_name[row[1]].append(row)
    return {
        row[0]: UserProfile(
            user_name=row[1],
            display_name=row[2],
            roles=tuple(json.loads(row[3])),
            agencies=workplaces.get(f"{WORKPLACES}{row[1]}", EVERYWHERE).agencies,
            counters=workplaces.get(f"{WORKPLACES}{row[1]}", EVERYWHERE).counters,
        )
        for rows in by_name.values()
        if (row := rows[-1])[4]
    }
