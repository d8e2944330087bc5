"""Notes beside the database on the links of a running program, for the verbs that tell how they are."""

from contextlib import suppress
from pathlib import Path
from threading import Lock

import msgspec

from mppdesk.sync.loop import LinkState
from mppdesk.sync.waiting import Mark

_FILE = "links.json"
_writing = Lock()


class LinkNote(msgspec.Struct, frozen=True):
    """A link as its loop saw it last, at `noted_ms`; `mark` is where the last whole exchange began."""

    url: str
    noted_ms: int
    state: LinkState
    mark: Mark | None = None


def read(home: Path) -> dict[str, LinkNote]:
    """The notes by the name of the other side; none when there are none that can be read."""
    with suppress(OSError, msgspec.MsgspecError):
        return msgspec.json.decode((home / _FILE).read_bytes(), type=dict[str, LinkNote])
    return {}


def write(home: Path, name: str, note: LinkNote) -> None:
    """Replace one note; a disk that is full costs the note, never the link."""
    with _writing:
        _replace(home, read(home) | {name: note})


def drop(home: Path, name: str) -> None:
    """Take a note away: nothing waits for a link that is not wanted now."""
    with _writing:
        notes = read(home)
        if notes.pop(name, None) is not None:
            _replace(home, notes)


def _replace(home: Path, notes: dict[str, LinkNote]) -> None:
    with suppress(OSError):
        fresh = home / f"{_FILE}.new"
        fresh.write_bytes(msgspec.json.encode(notes))
        fresh.replace(home / _FILE)
