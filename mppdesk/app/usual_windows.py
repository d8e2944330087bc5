"""Which windows a PC opens by itself: a kiosk its kiosk, a board its board; kept in the clear, read before any data."""

import json
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

_FILE = "windows.json"
_OF_ROLES = {"kiosk": "kiosk", "board": "board"}


@dataclass(frozen=True, slots=True)
class UsualWindows:
    """Kinds of windows as `desktop --show` names them; none: sign-in."""

    show: tuple[str, ...] = ()
    full_screen: bool = False


def windows_of(role: str) -> UsualWindows:
    """What a station of a role shows: nobody signs in at a kiosk or a board, and they fill their screen."""
    kind = _OF_ROLES.get(role)
    return UsualWindows((kind,), full_screen=True) if kind else UsualWindows()


def keep(home: Path, windows: UsualWindows) -> None:
    """Remember it beside the data; nothing where sign-in is usual."""
    if windows.show:
        (home / _FILE).write_text(json.dumps(asdict(windows)), encoding="utf-8")


def usual_windows(home: Path) -> UsualWindows:
    """What this PC shows; sign-in where nothing, or nothing readable, was kept."""
    with suppress(OSError, ValueError, TypeError, KeyError):
        kept = json.loads((home / _FILE).read_text(encoding="utf-8"))
        known = tuple(kind for kind in kept["show"] if kind in _OF_ROLES.values())
        return UsualWindows(known, full_screen=bool(kept["full_screen"]) and bool(known))
    return UsualWindows()
