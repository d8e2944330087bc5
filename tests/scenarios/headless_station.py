"""A station without windows, as a process of its own: one JSON question a line on stdin, one answer a line on stdout.

Run as `python -m tests.scenarios.headless_station FOLDER`.
"""

import json
import sys
import time
from pathlib import Path
from typing import Any

from mppdesk.app.station import Station, open_station
from mppdesk.db.home import SystemClock
from mppdesk.db.identity import RandomIds
from mppdesk.db.projections import views
from mppdesk.domain.entries import SYSTEM_USER, Actor
from mppdesk.domain.errors import ClerkError
from mppdesk.sync.command_messages import read_command

_LOOK_AGAIN_S = 0.05


def main(folder: Path) -> None:
    """Work until stdin ends."""
    with open_station(folder, SystemClock(), RandomIds(), lambda slip: None, "screen:") as station:
        say({"ready": True})
        for line in sys.stdin:
            say(answered(station, json.loads(line)))


def answered(station: Station, question: dict[str, Any]) -> dict[str, Any]:
    """Ask the hub a command, or tell what this station sees once it is as the question wants it."""
    if "kind" in question:
        try:
            answer = station.hub.ask(read_command(question, counters(station).get), Actor(SYSTEM_USER, "desktop"))
        except ClerkError as error:
            return {"refused": str(error.what_happened)}
        return {"number": answer.ticket.number if answer.ticket else None}
    return {"seen": wait_for(station, question["wanted"], question["within_s"])}


def wait_for(station: Station, wanted: dict[str, Any], within_s: float) -> dict[str, Any]:
    """What this station sees as soon as it holds what is wanted, else at the end of the time."""
    until = time.monotonic() + within_s
    while not holds(seen := see(station), wanted) and time.monotonic() < until:
        time.sleep(_LOOK_AGAIN_S)
    return seen


def holds(seen: dict[str, Any], wanted: dict[str, Any]) -> bool:
    return all(seen[name] == value for name, value in wanted.items())


def see(station: Station) -> dict[str, Any]:
    assert station.link is not None
    standing = station.link.standing()
    with station.home.database.reading() as store:
        digest = views.live_digest(store, station.home.site_id)
    return {
        "board": [call.number for call in station.readers.board_screen().calls],
        "states": {row.number: str(row.status) for row in station.readers.tickets()},
        "is_cut_off": standing.is_cut_off,
        "waiting": standing.waiting,
        "returned": standing.returned,
        "digest": digest,
    }


def counters(station: Station) -> dict[str, str]:
    return {choice.label: choice.counter for choice in station.readers.counter_choices()}


def say(value: dict[str, Any]) -> None:
    sys.stdout.write(f"{json.dumps(value)}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
