"""What the pages of the administration window show, read from the open folder of this PC."""

from datetime import datetime

from mppdesk.app.own_hub import PORT, OwnHub, addresses_here
from mppdesk.app.station import Station
from mppdesk.db.reading import anomalies
from mppdesk.db.reading.moment import Moment
from mppdesk.db.reading.stations import label_of_log, last_recorded_ms
from mppdesk.db.replication import held
from mppdesk.db.replication.stations import StationBook
from mppdesk.domain.station import Station as Enrolled
from mppdesk.domain.station import StationRole, seat_among
from mppdesk.sync.place import StationPlace, place_of
from mppdesk.sync.protocol import CentreStanding
from mppdesk.sync.status import LinkStatus, sync_status
from mppdesk.ui.administration.port import (
    AnomalyRow,
    AnomalyScreen,
    BuildingScreen,
    CentreRow,
    HeldRow,
    LinkRow,
    Look,
    Place,
    StationRow,
    StoppedRow,
    SyncScreen,
    WrongDate,
)

_MOST_ANOMALIES = 100
_SHORT_ID = 8
_HTTPS = "https://"


def book_of(station: Station) -> StationBook:
    """The stations of the building, read anew."""
    joined = place_of(station.home)
    return StationBook(station.home.database, station.home.site_id, joined.root if joined else None)


def building_screen(station: Station) -> BuildingScreen:
    """Read the page "Gedung"."""
    joined, own, known = place_of(station.home), station.own_hub, book_of(station).all()
    with station.readers.moment() as moment:
        site, agencies = moment.reference.site, moment.reference.catalog.agencies
    return BuildingScreen(
        site_name=site.name,
        place=_place(joined, own),
        address=_address(joined, own),
        now=station.now(),
        fingerprint=_fingerprint(station, joined),
        own_label=joined.welcome.label if joined else "",
        trouble=own.trouble if own else None,
        successor=_successor(station, joined, known),
        stations=_stations(station, known),
        agencies=tuple(sorted((code, each.short_name) for code, each in agencies.items())),
    )


def sync_screen(station: Station) -> SyncScreen:
    """Read the page "Sinkronisasi": the same as the verb `sync status` tells."""
    home, now = station.home, station.now()
    status = sync_status(home, int(now.timestamp() * 1000))
    book = book_of(station)
    labels = {each.device_id: each.label for each in book.all()}
    admitted = {each.device_id for each in book.all() if each.are_facts_admitted}
    with home.database.reading() as store:
        of_logs = {each.log_id: label_of_log(store, home.site_id, each.log_id) for each in status.stopped}
    return SyncScreen(
        now=now,
        place=_place(place_of(home), station.own_hub),
        links=tuple(_link(station, each) for each in status.links),
        held=tuple(
            HeldRow(
                device_id=each.device_id,
                label=labels.get(each.device_id, each.device_id[:_SHORT_ID]),
                is_enrolled=each.device_id in labels,
                pieces=each.segments,
                since=station.in_zone(each.since_ms),
                is_entitled=each.device_id not in admitted,
            )
            for each in status.held
        ),
        stopped=tuple(
            StoppedRow(
                log_id=each.log_id,
                label=of_logs[each.log_id] or labels.get(each.log_id, each.log_id[:_SHORT_ID]),
                reason=each.reason,
                seq=each.seq,
                seen=station.in_zone(each.seen_ms),
            )
            for each in status.stopped
        ),
    )


def anomaly_screen(station: Station) -> AnomalyScreen:
    """Read the page "Kejanggalan"."""
    with station.readers.moment() as moment:
        found, more = anomalies.anomalies(moment, _MOST_ANOMALIES)
        wrong_date = _wrong_date(moment)
    rows = (
        AnomalyRow(
            entry_id=each.entry_id,
            about=str(each.about),
            at=station.in_zone(each.wall_ms),
            who=each.who,
            where=each.where,
            what=each.what,
            kind=each.kind,
            reason=each.reason,
            seen=_look(station, each.seen),
        )
        for each in found
    )
    return AnomalyScreen(tuple(rows), more, wrong_date)


def open_anomalies(station: Station) -> int:
    """How many anomalies nobody looked at yet."""
    with station.readers.moment() as moment:
        return anomalies.open_anomalies(moment)


def _look(station: Station, look: anomalies.Look | None) -> Look | None:
    return Look(look.who, station.in_zone(look.wall_ms), look.note or "") if look is not None else None


def _wrong_date(moment: Moment) -> WrongDate | None:
    if moment.date <= moment.now.date():
        return None
    return WrongDate(moment.date, moment.now.date(), len(moment.view.undecided_visits(moment.day)))


def _place(joined: StationPlace | None, own: OwnHub | None) -> Place:
    if joined is not None:
        return Place.STATION
    return Place.HUB if own is not None and own.address is not None else Place.ONE_PC


def _address(joined: StationPlace | None, own: OwnHub | None) -> str:
    """Where the hub listens, or would if nobody chose another address."""
    if joined is not None:
        return joined.url.removeprefix(_HTTPS)
    if own is not None and own.address is not None:
        return own.address
    return f"{next(iter(addresses_here()), '127.0.0.1')}:{PORT}"


def _fingerprint(station: Station, joined: StationPlace | None) -> str | None:
    from mppdesk.server import certificates  # brings what a single PC never loads

    home = station.home.path
    if joined is None:
        return certificates.fingerprint(home) if certificates.has_authority(home) else None
    if joined.authority is None:
        return None
    from mppdesk.sync.authority import fingerprint_of

    return fingerprint_of((home / joined.authority).read_bytes())


def _successor(station: Station, joined: StationPlace | None, known: tuple[Enrolled, ...]) -> str:
    """The computer that took the hub over from this one; empty where none did."""
    seat = seat_among(each.seat for each in known)
    is_another = seat is not None and seat.device_id != station.home.setting("device_id")
    return seat.label if seat is not None and is_another and joined is None else ""


def _stations(station: Station, known: tuple[Enrolled, ...]) -> tuple[StationRow, ...]:
    home = station.home
    with home.database.reading() as store:
        recorded = {each.device_id: last_recorded_ms(store, home.site_id, each.device_id) for each in known}
        waiting = {each.device_id: each.segments for each in held.devices(store, home.site_id)}
    seat = seat_among(each.seat for each in known)
    return tuple(
        _row(station, each, recorded[each.device_id], seat is not None and seat.device_id == each.device_id,
             waiting.get(each.device_id, 0))
        for each in known
    )  # fmt: skip


def _row(station: Station, each: Enrolled, recorded_ms: int | None, is_hub: bool, waiting: int) -> StationRow:
    heard_ms = station.own_hub.heard_of(each.device_id) if station.own_hub else None
    seen_ms = max((ms for ms in (heard_ms, recorded_ms) if ms is not None), default=None)
    return StationRow(
        device_id=each.device_id,
        label=each.label,
        role=StationRole(each.role),
        enrolled=station.in_zone(each.enrolled_ms),
        seen=None if seen_ms is None else station.in_zone(seen_ms),
        is_hub=is_hub,
        is_revoked=each.is_revoked,
        are_facts_admitted=each.are_facts_admitted,
        held=waiting,
    )


def _link(station: Station, link: LinkStatus) -> LinkRow:
    def at(ms: int | None) -> datetime | None:
        return None if ms is None else station.in_zone(ms)

    return LinkRow(
        to=link.to,
        url=link.url.removeprefix(_HTTPS),
        is_reached=link.is_reached,
        is_running=link.is_running,
        since=at(link.since_ms),
        last_exchange=at(link.last_exchange_ms),
        waiting=link.waiting,
        oldest=at(link.oldest_waiting_ms),
        stopped_logs=link.stopped_logs,
        centre=_centre(station, link.centre) if link.centre else None,
    )


def _centre(station: Station, centre: CentreStanding) -> CentreRow:
    oldest = None if centre.oldest_ms is None else station.in_zone(centre.oldest_ms)
    return CentreRow(centre.is_reached, station.in_zone(centre.since_ms), centre.waiting, oldest)
