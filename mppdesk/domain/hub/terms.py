"""Which computer decides, and where its numbers go on when it takes the hub over in the middle of a day (0015)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from mppdesk.domain.commands import Command, RegisterSubmission
from mppdesk.domain.errors import Refused
from mppdesk.domain.facts import HubTakenOver, NumberBlock, ReservedRegister
from mppdesk.domain.hub.alone import is_decided_alone
from mppdesk.domain.hub.view import Case, HubView
from mppdesk.domain.office_day import HUB_BLOCK, HUB_ISSUER, STANDBY_BLOCK, STANDBY_ISSUER, ServiceDay
from mppdesk.domain.register import register_after_restore
from mppdesk.domain.restoring import block_from, number_by_the_clock
from mppdesk.domain.station import Station, StationRole
from mppdesk.texts import Text, msg

OWN_BLOCK = 0
# Four-digit lanes of a hundred, one for each issuer, where a restore by the clock (0012) comes only before 06.50 or
# from 18.03 on.
_LANE = 100
_EARLY_LANES, _EARLY_ISSUERS = 1000, 25
_LATE_LANES, _ISSUERS = 7500, 50
_HUNDREDS_OF_A_TERM = 3


class NotTheHub(Refused):
    """Another computer is the hub now; nothing was decided."""


def require_seat(case: Case, command: Command) -> None:
    """Only the hub of the highest term decides; a cut-off station what concerns the person before it."""
    seat = case.view.seat()
    if seat is None or seat.device_id == case.device_id or not case.device_id:
        return
    is_here = case.is_cut_off or not (case.is_from_afar or isinstance(command, RegisterSubmission))
    if not is_here or not is_decided_alone(command):
        raise not_the_hub(seat.label)


def not_the_hub(label: str | Text) -> NotTheHub:
    """What a hub says that was taken over, and a standby that was not asked to take over."""
    return NotTheHub(
        msg("Hub sekarang: {label}. Komputer ini tidak memutuskan; tidak ada yang berubah.", label=label),
        msg("Ulangi; loket mencari hub itu sendiri. Bila tetap terjadi, beri tahu penyelia."),
    )


@dataclass(frozen=True, slots=True)
class Takeover:
    """What a takeover is decided from; `agencies` are codes, `now` is in the site's zone, `last_seen_ms` of the hub.

    `heard_term` is the highest term that anybody told of: what a destroyed disk recorded of it may be nowhere. `root`
    is id and key of the device that set the site up, as far as it is known.
    """

    device: Station
    stations: tuple[Station, ...]
    agencies: tuple[str, ...]
    now: datetime
    last_seen_ms: int
    reason: str = ""
    heard_term: int = 0
    root: tuple[str, bytes] = ("", b"")


def taken_over(view: HubView, asked: Takeover) -> HubTakenOver:
    """Make the device the hub of the next term; raises Refused for a station that is no standby, and for the hub."""
    seat, device = view.seat(), asked.device
    if seat is not None and seat.device_id == device.device_id and seat.term >= asked.heard_term:
        raise Refused(msg("Komputer ini sudah menjadi hub. Tidak ada yang berubah."), msg("Jalankan mppdesk hub."))
    if not device.may_command or device.role not in (StationRole.HUB, StationRole.STANDBY):
        raise Refused(
            msg("{label} bukan hub cadangan. Tidak ada yang berubah.", label=device.label),
            msg("Ambil alih di komputer yang didaftarkan dengan peran standby."),
        )
    first_number = _first_number(view, asked)
    return HubTakenOver(
        term=max(view.term(), asked.heard_term) + 1,
        device_id=device.device_id,
        last_seen_ms=asked.last_seen_ms,
        numbers_from=first_number,
        reserved=tuple(_reserved(view, agency, asked, first_number) for agency in asked.agencies),
        reason=asked.reason,
        day=asked.now.date().isoformat(),
        root_device=asked.root[0],
        root_key=asked.root[1],
    )


def takeover_on(view: HubView, day: str, opened_in: int) -> HubTakenOver | None:
    """The takeover that gives the hub its numbers of a date, opened in a term; None when the day itself does.

    A date that was opened before it, and those up to its own: these the hub before may have opened unseen.
    """
    taken = view.takeover()
    return taken if taken is not None and (opened_in < view.term() or day <= taken.day) else None


def hub_block(view: HubView, day: str, opened_in: int) -> NumberBlock:
    """The hub's numbers of a date that is opened in a term; after a takeover on it those that nobody else has used."""
    taken = takeover_on(view, day, opened_in)
    return block_of(taken) if taken is not None and taken.numbers_from != OWN_BLOCK else HUB_BLOCK


def block_of(taken: HubTakenOver) -> NumberBlock:
    """The numbers of a hub that took over, until the next day opens."""
    first = taken.numbers_from
    is_early = _EARLY_LANES <= first < _EARLY_LANES + _LANE * _EARLY_ISSUERS
    is_late = _LATE_LANES <= first < _LATE_LANES + _LANE * _EARLY_ISSUERS
    if not (is_early or is_late):
        return block_from(first)
    return NumberBlock(STANDBY_ISSUER, first, first + _LANE - 1)


def highest_reserved(taken: HubTakenOver | None, agency: str, year: int) -> int:
    """The last register number that a takeover keeps free in an agency's book of a year; 0 when none."""
    rows = taken.reserved if taken else ()
    return max((row.last for row in rows if (row.agency, row.year) == (agency, year)), default=0)


def _first_number(view: HubView, asked: Takeover) -> int:
    """Where no other issuer of this date can have been, also one that this computer has not heard of."""
    day, device, today = view.last_day(), asked.device, asked.now.date().isoformat()
    if day is not None and day.day >= today and _gives_from_hub_block(device, day):
        return OWN_BLOCK
    since = max(day.day, today) if day is not None else today
    if view.is_restored_since(since, device.device_id):
        return number_by_the_clock(asked.now)  # its own block or lane may be used by what it lost
    if device.issuer_no == _first_standby(asked.stations) and not view.is_restored_since(since):
        return STANDBY_BLOCK[0]
    if device.issuer_no < _EARLY_ISSUERS:
        return _EARLY_LANES + _LANE * device.issuer_no
    if device.issuer_no < _ISSUERS:
        return _LATE_LANES + _LANE * (device.issuer_no - _EARLY_ISSUERS)
    return number_by_the_clock(asked.now)


def _gives_from_hub_block(device: Station, day: ServiceDay) -> bool:
    """Whether a device opened the day as the hub, with the numbers that a hub has of every day."""
    return device.seat is not None and device.seat.term == day.term and day.block(HUB_ISSUER) == HUB_BLOCK


def _first_standby(stations: Iterable[Station]) -> int | None:
    return min((each.issuer_no for each in stations if each.role == StationRole.STANDBY), default=None)


def _reserved(view: HubView, agency: str, asked: Takeover, first_number: int) -> ReservedRegister:
    """Numbers that the hubs before may have given out unseen; two for a hub that another standby may not know of."""
    year = asked.now.year
    highest = max(view.highest_register(agency, year), highest_reserved(view.takeover(), agency, year))
    hundreds = 1 if first_number == STANDBY_BLOCK[0] else 2
    # A hub of a term that is only heard of kept as many free itself, and gave out others after them.
    unseen_terms = max(0, asked.heard_term - view.term())
    last = register_after_restore(highest, hundreds + _HUNDREDS_OF_A_TERM * unseen_terms) - 1
    return ReservedRegister(agency, year, highest + 1, last)
