"""The bytes of the journal (docs/format.md): one MessagePack map an entry, hashed exactly as stored."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import fields
from datetime import datetime
from functools import lru_cache
from operator import attrgetter
from typing import Any, get_args

import msgspec

from mppdesk.domain.entries import Actor, Entry, Subject, UnknownFact
from mppdesk.domain.errors import BadInput
from mppdesk.domain.facts import FACTS, belongs_to
from mppdesk.domain.papers import LackingPaper, PaperFacts, ReceiptPaper
from mppdesk.domain.slip import Part, Slip, SlipKind
from mppdesk.texts import msg

MAX_ENTRY_BYTES = 64 * 1024
FIRST_PREV_HASH = bytes(32)
FACT_VERSION = 1
UNKNOWN_KIND = "unknown_kind"
_MAX_INT64 = 2**63 - 1
# Some four megabytes: what happens to the people in a building is read often, and few entries are this large.
_MOST_REMEMBERED, _LARGE_BYTES = 2048, 2048


class Envelope(msgspec.Struct):
    """The entry as it is written; the order of the fields is the order of the bytes."""

    log_id: str
    seq: int
    prev_hash: bytes
    entry_id: str
    kind: str
    version: int
    subject: tuple[str, str]
    step: int
    hlc: int
    wall_ms: int
    utc_offset_min: int
    actor: tuple[str, str]
    site_id: str
    body: msgspec.Raw


class BrokenEntry(ValueError):
    """Bytes that are no entry; they came from outside or from a damaged disk."""


_encoder = msgspec.msgpack.Encoder()
_envelopes = msgspec.msgpack.Decoder(Envelope)
_bodies: dict[str, msgspec.msgpack.Decoder[Any]] = {kind: msgspec.msgpack.Decoder(fact) for kind, fact in FACTS.items()}
_anything = msgspec.msgpack.Decoder()


def digest(raw: bytes) -> bytes:
    """SHA-256, the link of the chain."""
    return hashlib.sha256(raw).digest()


def encode_entry(entry: Entry) -> bytes:
    """Encode an entry that this program writes; raises BadInput beyond 64 KiB, which only a person's text can reach."""
    envelope = Envelope(
        entry.log_id,
        entry.seq,
        entry.prev_hash,
        entry.entry_id,
        entry.kind,
        entry.version,
        (entry.subject.type, entry.subject.id),
        entry.step,
        entry.hlc,
        entry.wall_ms,
        entry.utc_offset_min,
        (entry.actor.user, entry.actor.via),
        entry.site_id,
        msgspec.Raw(_encoder.encode(entry.fact)),
    )
    raw = _encoder.encode(envelope)
    if len(raw) > MAX_ENTRY_BYTES:
        raise BadInput(
            msg("Yang ditulis terlalu panjang untuk satu catatan. Tidak ada yang tersimpan."),
            msg("Persingkat teksnya, lalu ulangi."),
        )
    return raw


def decode_entry(raw: bytes) -> Entry:
    """Decode stored or received bytes; a body that cannot be read becomes UnknownFact, a broken envelope raises.

    Each act on a subject reads all that happened to it before, so the same bytes come again and again.
    """
    return _decoded(raw) if len(raw) > _LARGE_BYTES else _remembered(bytes(raw))


def _decoded(raw: bytes) -> Entry:
    try:
        envelope = _envelopes.decode(raw)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError) as error:
        raise BrokenEntry(str(error)) from error
    for number in (envelope.seq, envelope.step, envelope.hlc, envelope.wall_ms, envelope.utc_offset_min):
        if not -_MAX_INT64 <= number <= _MAX_INT64:
            raise BrokenEntry("a number of the envelope is out of range")
    return Entry(
        log_id=envelope.log_id,
        seq=envelope.seq,
        prev_hash=envelope.prev_hash,
        entry_id=envelope.entry_id,
        kind=envelope.kind,
        version=envelope.version,
        subject=Subject(*envelope.subject),
        step=envelope.step,
        hlc=envelope.hlc,
        wall_ms=envelope.wall_ms,
        utc_offset_min=envelope.utc_offset_min,
        actor=Actor(*envelope.actor),
        site_id=envelope.site_id,
        fact=_decode_body(envelope),
    )


_remembered = lru_cache(maxsize=_MOST_REMEMBERED)(_decoded)


def can_read(kind: str) -> bool:
    """Whether this version knows a kind of fact."""
    return kind in _bodies


def _decode_body(envelope: Envelope) -> Any:
    decoder = _bodies.get(envelope.kind)
    if decoder is None:
        return UnknownFact(UNKNOWN_KIND)
    if envelope.version != FACT_VERSION:
        return UnknownFact("unknown_version")
    if not belongs_to(envelope.kind, envelope.subject[0]):
        return UnknownFact("wrong_subject")
    try:
        fact = decoder.decode(envelope.body)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError, ValueError):
        return UnknownFact("unreadable_body")
    # 0xcf marks an unsigned 64-bit number; only then can one be too large for a column.
    if b"\xcf" in bytes(envelope.body) and _has_huge_number(_anything.decode(envelope.body)):
        return UnknownFact("number_out_of_range")
    return fact


def _has_huge_number(value: Any) -> bool:
    if isinstance(value, int):
        return value > _MAX_INT64
    if isinstance(value, dict):
        return any(_has_huge_number(each) for each in value.values())
    return isinstance(value, list) and any(_has_huge_number(each) for each in value)


def encode_value(value: Any) -> bytes:
    """Encode any plain value of the domain for a column of bytes."""
    return _encoder.encode(value)


def decode_value(raw: bytes) -> Any:
    return _anything.decode(raw)


_slips = msgspec.msgpack.Decoder(list[Any])


def encode_slip(slip: Slip) -> bytes:
    """Encode a slip for a print job: [kind, columns, [[part, field, field, ...], ...]], then its facts if it has some.

    Moments keep their distance from UTC, since a paper says them in the time of its building.
    """
    parts = [[type(part).__name__, *_VALUES[type(part)](part)] for part in slip.parts]
    facts = [msgspec.to_builtins((slip.facts.paper, slip.facts.copy_number, slip.facts.copied))] if slip.facts else []
    return _encoder.encode([slip.kind, slip.columns, parts, *facts])


def decode_slip(raw: bytes) -> Slip:
    """Decode a stored slip; one of an earlier version has no facts."""
    kind, columns, parts, *more = _slips.decode(raw)
    made: Iterator[Any] = (
        msgspec.convert(dict(zip(_FIELDS[_PARTS[name]], values, strict=False)), _PARTS[name]) for name, *values in parts
    )
    facts = PaperFacts(*msgspec.convert(more[0], _FACTS[SlipKind(kind)])) if more else None
    return Slip(SlipKind(kind), tuple(made), columns, facts)


_PARTS: dict[str, type] = {part.__name__: part for part in get_args(Part)}
_FACTS: dict[SlipKind, Any] = {
    SlipKind.RECEIPT: tuple[ReceiptPaper, int, datetime | None],
    SlipKind.LACKING: tuple[LackingPaper, int, datetime | None],
}
_FIELDS = {part: tuple(field.name for field in fields(part)) for part in _PARTS.values()}


def _values_of(names: tuple[str, ...]) -> Callable[[Any], tuple[Any, ...]]:
    """Read the fields of a part as a tuple, also when there is one of them or none."""
    if len(names) > 1:
        return attrgetter(*names)
    return lambda part: tuple(getattr(part, name) for name in names)


_VALUES = {part: _values_of(names) for part, names in _FIELDS.items()}
