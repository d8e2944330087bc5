"""Facts about the building: its standards, settings, people, stations, what did not fit, and the logs they write."""

from dataclasses import dataclass
from typing import Any

from mppdesk.domain.catalog import Service
from mppdesk.domain.entries import Sealed


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceVersionPublished:
    """A whole published standard; `version_hash` names it, `ordinal` counts the versions of its code."""

    version_hash: str
    ordinal: int
    service: Service


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingChanged:
    """The value of a named setting of the site, whole: `agency/DPMPTSP`, `counter/Loket 2`, `hours`, ..."""

    name: str
    value: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class UserDefined:
    """A member of staff; verifiers of PINs never stand in the journal."""

    user_name: str
    display_name: str
    roles: tuple[str, ...]
    is_active: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class LogOpened:
    """The first entry of a log: who writes it and which log this device wrote before."""

    device_id: str
    public_key: bytes
    app_version: str
    previous_log: str | None = None
    previous_head: bytes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LogClosed:
    pass


@dataclass(frozen=True, slots=True, kw_only=True)
class DatabaseRestored:
    """This database came from a backup; tickets of that day go on at the number `numbers_from`.

    `register_hundreds` are the hundreds that each agency's book keeps free for what was lost.
    """

    backup_made_ms: int
    heads: int
    numbers_from: int = 600
    register_hundreds: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class StationEnrolled:
    """A device of the building, about the subject of its id; `token_hash` is SHA-256 of a random 256-bit token."""

    public_key: bytes
    label: str
    role: str
    issuer_no: int
    token_hash: str
    agencies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StationInvited:
    """Who acts made a one-time code for a new computer; the subject is named after the hash of the code."""

    label: str
    role: str
    agencies: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class StationRevoked:
    """It commands nothing any more; what it still sends waits for a supervisor."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StationAdmitted:
    """A supervisor takes the facts of a revoked station."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnomalySeen:
    """Who leads looked at an anomaly, named by the entry that did not fit; `note` is what she found, sealed."""

    note: Sealed | None = None


@dataclass(frozen=True, slots=True)
class ReservedRegister:
    """Register numbers of an agency's book that are kept free, ends included."""

    agency: str
    year: int
    first: int
    last: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HubTakenOver:
    """A supervisor made this device the hub; stations obey the highest term only.

    `numbers_from` is the first ticket number until the next day opens, 0 where the day's block is its own. It binds
    also dates up to `day`, that of the takeover in the site's zone: the hub before may have opened them unseen.
    `reserved` are register numbers that the hub before may have given out unseen; `reason` is why it was taken over
    although it answered, empty when it did not. `root_device` and `root_key` are the device that set the site up:
    whoever only knows this one, as a centre may, believes that one as well, and whom it enrolled.
    """

    term: int
    device_id: str
    last_seen_ms: int
    numbers_from: int = 600
    reserved: tuple[ReservedRegister, ...] = ()
    reason: str = ""
    day: str = ""
    root_device: str = ""
    root_key: bytes = b""
