"""A note beside the database that a hub runs here, for the verbs of the same folder."""

import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

_FILE = "hub.json"


@dataclass(frozen=True, slots=True)
class Presence:
    """Where the hub of a folder listens; `authority` is its certificate file, None without encryption.

    `url` reaches it from this computer, `shown_url` is what it says of itself.
    """

    url: str
    authority: str | None
    shown_url: str


@contextmanager
def announced(home: Path, presence: Presence) -> Iterator[None]:
    """Leave the note while the hub runs; the lock of the folder tells whether it is still true."""
    path = home / _FILE
    path.write_text(json.dumps(asdict(presence)), encoding="utf-8")
    try:
        yield
    finally:
        with suppress(OSError):
            path.unlink()


def found(home: Path) -> Presence | None:
    """The hub that runs in this folder; None when there is no note, or none that can be read."""
    try:
        note = json.loads((home / _FILE).read_text(encoding="utf-8"))
        return Presence(str(note["url"]), note["authority"], str(note["shown_url"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
