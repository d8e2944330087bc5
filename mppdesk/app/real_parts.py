"""The real clock, ids and data folder of a PC; imported after the first paint, since it brings SQL and cryptography."""

from contextlib import ExitStack
from pathlib import Path

from mppdesk.app.station import Show, Station, open_station
from mppdesk.db.home import SystemClock
from mppdesk.db.identity import RandomIds


def system_station(exit_: ExitStack, home: Path, show: Show) -> Station:
    """Open a data folder for the life of the program."""
    return exit_.enter_context(open_station(home, SystemClock(), RandomIds(), show))
