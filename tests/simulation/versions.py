"""Two versions of the program in one building: the older one knows fewer kinds of facts and commands.

The newer one is the program as it is. It also says more in what both know, as a later version may.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any
from unittest import mock

import msgspec

from mppdesk.db import unit
from mppdesk.db.journal import codec
from mppdesk.domain.entries import Entry
from mppdesk.sync import command_messages

# A few kinds of each station's own and of the hub's: what is typed, what is looked at, what is decided.
_LATER_KINDS = frozenset({"ApplicantRecorded", "PersonalDataOpened", "TicketRecalled", "ShiftNoteLeft"})
_LATER_COMMANDS = frozenset({"recall", "leave_shift_note"})
# Kinds of which later versions write more.
_LONGER_KINDS = frozenset({"ServiceStarted", "CallShown", "TicketFinished", "LogOpened"})
_MORE = ("said_by_a_later_version", [1, "ruang 2"])

_encode_entry = codec.encode_entry
_MOST_REMEMBERED = 2048
_envelopes = msgspec.msgpack.Decoder(codec.Envelope)


@dataclass(frozen=True, slots=True)
class Version:
    """What a program does not know yet, and whether it says more than others know."""

    unknown: frozenset[str] = frozenset()
    says_more: bool = False

    def knows(self, kind: str) -> bool:
        """Whether it knows a kind of fact, or a command by its name."""
        return kind not in self.unknown


NEWER = Version(says_more=True)
OLDER = Version(_LATER_KINDS | _LATER_COMMANDS)

# One thread runs at a time, and whose program it runs is said here.
_now_running = NEWER


def enter(version: Version) -> Version:
    """From now on a program of this version runs; answers whose turn it was, to be entered again afterwards."""
    global _now_running
    before, _now_running = _now_running, version
    return before


@contextmanager
def running(version: Version) -> Iterator[None]:
    """Let a program of this version run in the block, which waits for nothing."""
    before = enter(version)
    try:
        yield
    finally:
        enter(before)


@contextmanager
def side_by_side() -> Iterator[None]:
    """Let the real code know only what the version knows that runs."""
    with ExitStack() as patches:
        for target, name in ((codec, "_bodies"), (command_messages, "KINDS")):
            patches.enter_context(mock.patch.object(target, name, _Known(getattr(target, name))))
        patches.enter_context(mock.patch.object(unit, "encode_entry", _encoded))
        patches.enter_context(mock.patch.object(codec, "_remembered", _remembering()))
        yield


def said_by(version: Version, message: msgspec.Struct) -> msgspec.Struct:
    """A message as a version sends it: a later one with a field that the other side did not ask for."""
    if not version.says_more:
        return message
    return _longer(type(message))(*(getattr(message, name) for name in message.__struct_fields__), _MORE[1])


@cache
def _longer(kind: type[msgspec.Struct]) -> type[msgspec.Struct]:
    names = (*kind.__struct_fields__, _MORE[0])
    return msgspec.defstruct(kind.__name__, [(name, Any) for name in names], frozen=True)


def _remembering() -> Callable[[bytes], Entry]:
    """Each version remembers what it read itself."""
    read = {version: lru_cache(maxsize=_MOST_REMEMBERED)(codec._decoded) for version in (NEWER, OLDER)}
    return lambda raw: read[_now_running](raw)


class _Known(dict[str, Any]):
    """What the version that runs knows of all."""

    def get(self, kind: str, default: Any = None) -> Any:
        return super().get(kind, default) if _now_running.knows(kind) else default

    def __contains__(self, kind: object) -> bool:
        return super().__contains__(kind) and _now_running.knows(str(kind))


def _encoded(entry: Entry) -> bytes:
    raw = _encode_entry(entry)
    if entry.kind not in _LONGER_KINDS or not _now_running.says_more:
        return raw
    envelope = _envelopes.decode(raw)
    body = {**msgspec.msgpack.decode(envelope.body), _MORE[0]: _MORE[1]}
    return msgspec.msgpack.encode(msgspec.structs.replace(envelope, body=msgspec.Raw(msgspec.msgpack.encode(body))))
