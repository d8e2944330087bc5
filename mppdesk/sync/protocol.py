"""The messages of an exchange, version 1, as docs/sync.md describes them; MessagePack on the wire."""

import zlib
from typing import Annotated, TypeVar

import msgspec

from mppdesk.db.deciding.handed_slips import HandedSlip
from mppdesk.db.journal.logs import Head
from mppdesk.db.privacy.verifiers import Verifier
from mppdesk.db.replication.key_parcels import KeyParcel
from mppdesk.db.replication.segments import MAX_SEGMENT_BYTES, Segment
from mppdesk.db.replication.vector import Summary

PROTOCOL = 1
# Entries of one message each way; one segment may go over it by one entry.
MAX_MESSAGE_BYTES = MAX_SEGMENT_BYTES
# A hostile body may unpack to any size: four full messages are more than any honest one.
_MAX_UNPACKED_BYTES = 4 * MAX_SEGMENT_BYTES
_STORED, _FAST = 0, 1
# A short message is hashes, ids and signatures, which nothing makes smaller, and fits one packet of a network anyway.
_SHORT, _SMALLEST_WINDOW, _LEAST_MEMORY = 1024, 9, 1
# Of a message of some kilobytes, clearing zlib's usual 256 KiB takes longer than the rest; sizes stay the same.
_MIDDLING, _ITS_WINDOW, _ITS_MEMORY = 8192, 13, 6
# The status of an answer when the hub lacks what the station did before it asked.
NOT_DECIDED = 0

Message = TypeVar("Message")
Place = Annotated[int, msgspec.Meta(ge=0, le=2**63 - 1)]
"""A number of an entry that a database can compare with; 0 is before the first."""


Moment = Annotated[int, msgspec.Meta(ge=0, le=2**47)]
"""UTC milliseconds that every calendar can show."""


class UnreadableMessage(ValueError):
    """Bytes that are no message of this protocol."""


class Hello(msgspec.Struct, frozen=True):
    """The asker's vector in digests."""

    site_id: str
    summary: Summary
    protocol: int = PROTOCOL


class CentreStanding(msgspec.Struct, frozen=True):
    """How a hub stands to its centre: reached or not since a moment, and what waits there for it and how long."""

    is_reached: bool
    since_ms: Moment
    waiting: Place = 0
    oldest_ms: Moment | None = None


class PrintersPlace(msgspec.Struct, frozen=True):
    """How far a hub has come with the words on printers: `seq` grows with each news, each start is another `run`."""

    run: Annotated[str, msgspec.Meta(max_length=64)]
    seq: Place


class HelloAnswer(msgspec.Struct, frozen=True):
    """What differs, with the answerer's heads there; `epoch` changes when its database came from a backup.

    `centre`: None from a hub that is linked to none or does not know yet, from one of an older version, and from a
    centre. `printers`: None from whoever takes no words on printers.
    """

    epoch: str
    now_ms: int
    is_older_different: bool
    differing: tuple[int, ...]
    heads: tuple[Head, ...]
    centre: CentreStanding | None = None
    printers: PrintersPlace | None = None


class Want(msgspec.Struct, frozen=True):
    """Entries of a log after a number."""

    log_id: str
    after: Place


class Push(msgspec.Struct, frozen=True):
    site_id: str
    segments: tuple[Segment, ...]
    wants: tuple[Want, ...]


class Result(msgspec.Struct, frozen=True):
    """What became of a segment, and the answerer's head of that log after it (0 when it has none)."""

    log_id: str
    outcome: str
    seq: Place
    reason: str = ""


class PushAnswer(msgspec.Struct, frozen=True):
    now_ms: int
    results: tuple[Result, ...]
    segments: tuple[Segment, ...]


class Ask(msgspec.Struct, frozen=True):
    """A station's command with what the hub must know before it decides: the station's newest entries.

    `command` is the message of `POST /v1/commands` in JSON; `have` is the station's place in the hub's log.
    """

    site_id: str
    command: bytes
    segments: tuple[Segment, ...]
    have: Want
    keys: tuple[KeyParcel, ...] = ()


class Told(msgspec.Struct, frozen=True):
    """The hub's answer with what the station must know to show it: the hub's newest entries, and slips to print.

    `status` and `answer` are those of `POST /v1/commands`; status 0 means that the hub lacks entries of the station
    and decided nothing: exchange first, then ask again with the same id.
    """

    now_ms: int
    status: int
    answer: bytes
    results: tuple[Result, ...]
    segments: tuple[Segment, ...]
    slips: tuple[HandedSlip, ...]
    keys: tuple[KeyParcel, ...] = ()


class People(msgspec.Struct, frozen=True):
    """What PINs are checked with, of the users who may sign in at the station that asks; never in the journal."""

    verifiers: tuple[Verifier, ...]


def pack(message: msgspec.Struct) -> bytes:
    """Encode a message and compress it where that is worth while (zlib, RFC 1950)."""
    plain = msgspec.msgpack.encode(message)
    if len(plain) > _MIDDLING:
        return zlib.compress(plain, _FAST)
    if len(plain) > _SHORT:
        packing = zlib.compressobj(_FAST, zlib.DEFLATED, _ITS_WINDOW, _ITS_MEMORY)
    else:
        packing = zlib.compressobj(_STORED, zlib.DEFLATED, _SMALLEST_WINDOW, _LEAST_MEMORY)
    return packing.compress(plain) + packing.flush()


def unpack(raw: bytes, kind: type[Message]) -> Message:
    """Read a message that came from outside; raises UnreadableMessage for anything else."""
    unpacker = zlib.decompressobj()
    try:
        plain = unpacker.decompress(raw, _MAX_UNPACKED_BYTES)
        if unpacker.unconsumed_tail or not unpacker.eof:
            raise UnreadableMessage("too large, or cut off")
        return msgspec.msgpack.decode(plain, type=kind)
    except (zlib.error, msgspec.MsgspecError, RecursionError, UnicodeDecodeError) as error:
        raise UnreadableMessage(str(error)) from error
