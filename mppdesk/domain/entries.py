"""The envelope of a journal entry: who recorded what about which subject, and what the author had seen before.

`docs/format.md` gives the bytes. The body is one of `facts.FACTS`; a kind that this version does not know is kept
as `UnknownFact` and forwarded byte for byte.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

SYSTEM_USER = "system"


class SubjectType(StrEnum):
    VISIT = "visit"
    SUBMISSION = "submission"
    COUNTER_DAY = "counter_day"
    SERVICE_DAY = "service_day"
    SERVICE_VERSION = "service_version"
    USER = "user"
    SITE_SETTING = "site_setting"
    STATION = "station"
    ANOMALY = "anomaly"
    LOG = "log"


@dataclass(frozen=True, slots=True, order=True)
class Subject:
    """What an entry is about; the id is random, never a number, a label or a code. An anomaly's is its entry's."""

    type: str
    id: str


@dataclass(frozen=True, slots=True)
class Actor:
    """Who did it (a stable user id or `system`) and by which door: desktop, kiosk, cli, hub."""

    user: str
    via: str


@dataclass(frozen=True, slots=True)
class Sealed:
    """A personal field: AES-256-GCM under a key that may be destroyed; bound to its entry and field."""

    key_id: str
    nonce: bytes
    ciphertext: bytes


@dataclass(frozen=True, slots=True)
class UnknownFact:
    """A body this version cannot read, with the reason; its bytes stay in the journal."""

    reason: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A fact before it is recorded.

    `secrets` are plain texts by field name; the storage seals each into the fact's field of that name, so that a plain
    personal text exists only between the operation and the seal. `by_system` marks what nobody pressed a key for.
    """

    entry_id: str
    subject: Subject
    fact: Any
    secrets: Mapping[str, str] = field(default_factory=dict)
    by_system: bool = False


# No subject comes near it: one with over 500 entries is a design error (DESIGN 4).
LAST_STEP = 2**31


@dataclass(frozen=True, slots=True)
class Entry:
    """One recorded fact. `hlc` = milliseconds << 16 | counter; `wall_ms` is UTC; `step` orders by cause."""

    log_id: str
    seq: int
    prev_hash: bytes
    entry_id: str
    kind: str
    version: int
    subject: Subject
    step: int
    hlc: int
    wall_ms: int
    utc_offset_min: int
    actor: Actor
    site_id: str
    fact: Any

    @property
    def order(self) -> tuple[int, int, str, int]:
        """The order of the fold: an entry always follows what its author had seen, whatever the clocks say."""
        return (self.step, self.hlc, self.log_id, self.seq)
