"""What the administration window shows and asks for; times are moments in the zone of the building."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol

from mppdesk.domain.errors import ClerkError
from mppdesk.domain.invitation import Invitation
from mppdesk.domain.station import StationRole
from mppdesk.texts import Text
from mppdesk.ui.administration.places_port import PlacesPort
from mppdesk.ui.administration.printer_port import PrinterPort


class Place(StrEnum):
    """What this PC is in its building."""

    ONE_PC = "one_pc"
    HUB = "hub"
    STATION = "station"


@dataclass(frozen=True, slots=True)
class StationRow:
    """One computer of the building; `seen` is when it was last heard, `held` how many pieces of its journal wait."""

    device_id: str
    label: str
    role: StationRole
    enrolled: datetime
    seen: datetime | None = None
    is_hub: bool = False
    is_revoked: bool = False
    are_facts_admitted: bool = True
    held: int = 0


@dataclass(frozen=True, slots=True)
class BuildingScreen:
    """The page "Gedung". `address` is where the hub listens, or would, as HOST:PORT; `own_label` that of a station.

    `trouble` is why the hub of this PC does not listen although it should; `successor` names the computer that took the
    hub over from this one. `agencies` are code and short name.
    """

    site_name: str
    place: Place
    address: str
    now: datetime
    fingerprint: str | None = None
    own_label: str = ""
    trouble: ClerkError | None = None
    successor: str = ""
    stations: tuple[StationRow, ...] = ()
    agencies: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Invited:
    """A one-time code that was made for one new computer."""

    label: str
    role: StationRole
    invitation: Invitation
    made: datetime
    expires: datetime


@dataclass(frozen=True, slots=True)
class CentreRow:
    """How the hub at the other side of a link stands to its centre, as it said; `oldest` waits there the longest."""

    is_reached: bool
    since: datetime
    waiting: int
    oldest: datetime | None


@dataclass(frozen=True, slots=True)
class LinkRow:
    """One way to another computer; `is_running` is false where no program follows it. `oldest` waits the longest."""

    to: str
    url: str
    is_reached: bool
    is_running: bool
    since: datetime | None
    last_exchange: datetime | None
    waiting: int
    oldest: datetime | None
    stopped_logs: int
    centre: CentreRow | None = None


@dataclass(frozen=True, slots=True)
class HeldRow:
    """A device whose journal waits: its label, or the beginning of its id where nobody enrolled it.

    Not `is_entitled`: the station is admitted, but recorded what only another place in the building may.
    """

    device_id: str
    label: str
    is_enrolled: bool
    pieces: int
    since: datetime
    is_entitled: bool = True


@dataclass(frozen=True, slots=True)
class StoppedRow:
    """A log that stopped on its way, whose it is, and the word why; with `wrong_key` whose key it was."""

    log_id: str
    label: str
    reason: str
    seq: int
    seen: datetime


@dataclass(frozen=True, slots=True)
class SyncScreen:
    """The page "Sinkronisasi": the same as `mppdesk sync status --json` tells."""

    now: datetime
    place: Place
    links: tuple[LinkRow, ...] = ()
    held: tuple[HeldRow, ...] = ()
    stopped: tuple[StoppedRow, ...] = ()


@dataclass(frozen=True, slots=True)
class Look:
    """Who looked at an anomaly, when, and what she wrote; empty where she wrote nothing or it cannot be opened."""

    who: str
    at: datetime
    note: str = ""


@dataclass(frozen=True, slots=True)
class AnomalyRow:
    """A step that did not fit what had happened: what it is about, when, who and where, what was recorded.

    It is open as long as nobody has `seen` it.
    """

    entry_id: str
    about: str
    at: datetime
    who: str
    where: str
    what: Text
    kind: str
    reason: str
    seen: Look | None = None


@dataclass(frozen=True, slots=True)
class WrongDate:
    """The service day that goes on lies ahead of today, as the clock has it; `left` tickets are not finished."""

    day: date
    today: date
    left: int = 0


@dataclass(frozen=True, slots=True)
class AnomalyScreen:
    """The page "Kejanggalan", open ones first and the newest of them; `more` further ones are left out."""

    rows: tuple[AnomalyRow, ...] = ()
    more: int = 0
    wrong_date: WrongDate | None = None


class AdministrationPort(PrinterPort, PlacesPort, Protocol):
    """Calls are made off the GUI thread and may raise ClerkError; what they do is recorded with who is signed in."""

    def building(self) -> BuildingScreen: ...

    def make_building(self, address: str) -> None:
        """Let this PC be the hub of a building, keeping its data; returns when it listens."""

    def end_building(self) -> None: ...

    def invite(self, role: StationRole, label: str, agency: str | None) -> Invited:
        """Make a one-time code; `agency` limits whose personal data the new computer gets, None does not."""

    def revoke(self, device_id: str) -> None: ...

    def admit(self, device_id: str) -> None: ...

    def sync(self) -> SyncScreen: ...

    def anomalies(self) -> AnomalyScreen: ...

    def open_anomalies(self) -> int:
        """How many nobody looked at yet."""

    def mark_seen(self, entry_id: str, note: str) -> None:
        """Say that the anomaly was looked at, and what was found; an empty note is none."""

    def correct_date(self, today: date, leftovers: str | None) -> None:
        """Say that a wrong clock opened the day that goes on; `leftovers` are decided so: cancel, outside."""
