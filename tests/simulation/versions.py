"""Two versions of the program in one building: the older one knows fewer kinds of facts and commands.

The newer one is the program as it is. It also says more in what both know, as a later version may.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from functools import cache, lru_cache
from operator import attrgetter
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


class _Running(AbstractContextManager[None]):
    """A block in which a program of a version runs; a day has 25,000 of them, too many for generators."""

    __slots__ = ("_before", "_version")

    def __init__(self, version: Version) -> None:
        self._version = version

    def __enter__(self) -> None:
        self._before = enter(self._version)

    def __exit__(self, *trouble: object) -> None:
        enter(self._before)


def running(version: Version) -> AbstractContextManager[None]:
    """Let a program of this version run in the block, which waits for nothing."""
    return _Running(version)


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
    longer, values = _longer(type(message))
    return longer(*values(message), _MORE[1])


@cache
def _longer(kind: type[msgspec.Struct]) -> tuple[type[msgspec.Struct], Callable[[msgspec.Struct], Iterable[Any]]]:
    """The message with one field more, and what gives the values of the others."""
    names = kind.__struct_fields__
    longer = msgspec.defstruct(kind.__name__, [(name, Any) for name in (*names, _MORE[0])], frozen=True)
    return longer, attrgetter(*names) if len(names) > 1 else lambda message: (getattr(message, name) for name in names)


def _remembering() -> Callable[[bytes], Entry]:
    """Each version remembers what it read itself."""
    newer, older = (lru_cache(maxsize=_MOST_REMEMBERED)(codec._decoded) for _ in range(2))
    return lambda raw: older(raw) if _now_running is OLDER else newer(raw)


class _Known(dict[str, Any]):
    """What the version that runs knows of all."""

    def get(self, kind: str, default: Any = None) -> Any:
        return default if kind in _now_running.unknown else super().get(kind, default)

    def __contains__(self, kind: object) -> bool:
        return super().__contains__(kind) and _now_running.knows(str(kind))


def _encoded(entry: Entry) -> bytes:
    raw = _encode_entry(entry)
    if entry.kind not in _LONGER_KINDS or not _now_running.says_more:
        return raw
    envelope = _envelopes.decode(raw)
    body = {**msgspec.msgpack.decode(envelope.body), _MORE[0]: _MORE[1]}
    return msgspec.msgpack.encode(msgspec.structs.replace(envelope, body=msgspec.Raw(msgspec.msgpack.encode(body))))
