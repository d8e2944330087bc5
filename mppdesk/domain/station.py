"""A station of the building: an enrolled device, folded from its entries."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from mppdesk.domain import facts
from mppdesk.domain.entries import Entry
from mppdesk.domain.fold import Folded, fold

FIRST_STATION_ISSUER = 2
FIRST_TERM = 1


class StationRole(StrEnum):
    HUB = "hub"
    STANDBY = "standby"
    COUNTER = "counter"
    KIOSK = "kiosk"
    BOARD = "board"
    SUPERVISOR = "supervisor"

    @property
    def reads_people(self) -> bool:
        """Whether the data keys of its agencies are given to such a station; kiosks and boards need none."""
        return self not in (StationRole.KIOSK, StationRole.BOARD)

    @property
    def signs_in(self) -> bool:
        """Whether people sign in there, so that it is given what their PINs are checked with."""
        return self not in (StationRole.KIOSK, StationRole.BOARD)


@dataclass(frozen=True, slots=True)
class HubSeat:
    """A device that is, or was, the hub: from `term` on (1: since the site was set up) until a higher one."""

    device_id: str
    label: str
    term: int
    enrolled_ms: int


@dataclass(frozen=True, slots=True)
class Station:
    """`agencies` are codes, empty for all; `token_hash` is SHA-256 of the bearer token, in hex.

    `hub_term` is the term in which it took the hub over, 0 when it never did. A revoked station commands nothing any
    more; its facts come in only after a supervisor admitted them.
    """

    device_id: str
    public_key: bytes
    label: str
    role: str
    agencies: tuple[str, ...]
    issuer_no: int
    token_hash: str
    enrolled_ms: int
    is_revoked: bool = False
    are_facts_admitted: bool = True
    hub_term: int = 0

    @property
    def may_command(self) -> bool:
        return not self.is_revoked

    @property
    def seat(self) -> HubSeat | None:
        """The last term of this device as the hub; None when it never was."""
        return seat_of(self.device_id, self.label, self.role, self.hub_term, self.enrolled_ms)


def seat_of(device_id: str, label: str, role: str, hub_term: int, enrolled_ms: int) -> HubSeat | None:
    """The seat of a station with these values; None for one that never was the hub."""
    if hub_term == 0 and role != StationRole.HUB:
        return None
    return HubSeat(device_id, label, max(hub_term, FIRST_TERM), enrolled_ms)


def seat_among(seats: Iterable[HubSeat | None]) -> HubSeat | None:
    """The hub of a building: the seat of the highest term; None for a single PC, which asks nobody.

    Two standbys that took over unseen by each other have one term: everywhere the same one of them holds.
    """
    known = [seat for seat in seats if seat is not None]
    return min(known, key=lambda seat: (-seat.term, seat.enrolled_ms, seat.device_id), default=None)


def fold_station(entries: Iterable[Entry]) -> Folded[Station]:
    """Fold the entries of one device; total: it never raises."""
    return fold(entries, _step)


def _step(state: Station | None, entry: Entry) -> Station | str | None:
    if entry.kind == "StationEnrolled":
        return _enrolled(state, entry)
    if entry.kind == "StationInvited":
        return state
    if state is None:
        return "not_enrolled"
    match entry.kind:
        case "StationRevoked":
            return replace(state, is_revoked=True, are_facts_admitted=False)
        case "StationAdmitted":
            return replace(state, are_facts_admitted=True)
        case "HubTakenOver":
            return replace(state, hub_term=max(state.hub_term, entry.fact.term))
    return "unknown_kind"


def _enrolled(before: Station | None, entry: Entry) -> Station:
    """The last enrolment holds: a device that enrols again has a new token and may have another place.

    That it was the hub stays true, so nobody who obeyed its term is led back to an earlier hub.
    """
    fact: facts.StationEnrolled = entry.fact
    return Station(
        device_id=entry.subject.id,
        public_key=fact.public_key,
        label=fact.label,
        role=fact.role,
        agencies=fact.agencies,
        issuer_no=fact.issuer_no,
        token_hash=fact.token_hash,
        enrolled_ms=entry.wall_ms,
        hub_term=before.hub_term if before else 0,
    )
