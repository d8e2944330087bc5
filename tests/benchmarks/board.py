"""From a call at one counter until another computer's board has painted it: a hub process, a joined station, loopback.

`python -m tests.benchmarks.board [--calls 200]`
"""

import argparse
import json
import os
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication

from mppdesk.app.hall_ports import HallBoardPort
from mppdesk.app.station import Station, open_station
from mppdesk.db.home import SystemClock
from mppdesk.db.identity import RandomIds
from mppdesk.db.privacy.secret_store import SecretPlace
from mppdesk.domain.station import StationRole
from mppdesk.sync.hub_calls import post_json
from mppdesk.sync.joining import join
from mppdesk.ui.display_board.view_state import STANDS_S
from mppdesk.ui.display_board.window import BoardWindow
from mppdesk.ui.shared.changes import Changes
from mppdesk.ui.shared.tasks import Tasks
from mppdesk.ui.shared.theme import LIGHT, apply_theme
from tests.benchmarks.commands import Floor, Timed
from tests.benchmarks.figures import Figure, percentile, report
from tests.benchmarks.http_clients import KeptConnection
from tests.benchmarks.hub_http import SERVICES, Hub, running
from tests.benchmarks.windows import until

COUNTER, SERVICE = "Loket 11", SERVICES[0]
_SIZE = (1920, 1080)
# What the steps before a call caused is over by then: the measured call finds a hall that is at rest.
_REST_MS = 150
_WARM = 5
_SEEN_P99_MS = 150.0


class PaintedCalls(QObject):
    """Notes when each call was first painted on the panel, by `perf_counter`."""

    def __init__(self, window: BoardWindow) -> None:
        super().__init__()
        self.at: dict[str, float] = {}
        self._window = window
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.UpdateRequest:
            return False
        self._window.event(event)  # this is the painting itself
        if self._window.state.standing is not None:
            self.at.setdefault(self._window.state.standing.call.number, time.perf_counter())
        return True


class Hall:
    """A board in sight, and a counter elsewhere that calls; each call finds the panel free."""

    def __init__(self, station: Station, tasks: Tasks, hub: KeptConnection, token: str) -> None:
        self._hub, self._token = hub, token
        self._passed_s, self._asked = 0.0, 0
        self._changes = Changes()
        self._asking = ThreadPoolExecutor(1)
        self._forget = station.writer.changes.subscribe(self._changes.tell)
        self._window = BoardWindow(HallBoardPort(station), tasks, station.now, self._seconds)
        self._changes.changed.connect(lambda _topics: self._window.refresh())
        self._painted = PaintedCalls(self._window)
        self._window.resize(*_SIZE)
        self._window.show()
        self._window.begin()
        until(lambda: self._window.state.screen is not None)

    def call(self) -> float:
        """Milliseconds from the question of the counter until the number is painted."""
        self._ask("issue", f'"service":"{SERVICE}"')
        self._passed_s += STANDS_S
        _rest()
        began = time.perf_counter()
        number = self._ask("call_next", f'"counter":"{COUNTER}"')["ticket"]["number"]
        until(lambda: number in self._painted.at)
        self._ask("finish", f'"counter":"{COUNTER}"')
        return (self._painted.at[number] - began) * 1000

    def close(self) -> None:
        self._forget()
        self._asking.shutdown()
        self._window.removeEventFilter(self._painted)
        self._window.close()

    def _ask(self, kind: str, about: str) -> dict[str, Any]:
        """Ask as another computer does, while this one's windows go on."""
        self._asked += 1
        body = f'{{"command_id":"board/{self._asked}","kind":"{kind}",{about}}}'.encode()
        answer = self._asking.submit(self._hub.post, "/v1/commands", self._token, body)
        until(answer.done)
        found: dict[str, Any] = json.loads(answer.result())
        return found

    def _seconds(self) -> float:
        return time.monotonic() + self._passed_s


def measure(folder: Path, calls: int) -> list[Figure]:
    """Call so often, each beside a bare durable commit."""
    bare = Timed()
    floor = Floor(folder)
    with running(folder, {COUNTER: SERVICE}, 0) as hub, _hall(folder / "board", hub) as hall:
        for _ in range(_WARM):
            hall.call()
        took = [_beside(bare, floor, hall) for _ in range(calls)]
    floor.close()
    return [
        Figure("board.call_to_painted_p50_ms", percentile(took, 50), bare.p50),
        Figure("board.call_to_painted_p99_ms", percentile(took, 99), bare.p99, _SEEN_P99_MS),
    ]


def _beside(bare: Timed, floor: Floor, hall: Hall) -> float:
    with bare.once():
        floor.commit()
    return hall.call()


@contextmanager
def _hall(folder: Path, hub: Hub) -> Iterator[Hall]:
    tasks = Tasks()
    try:
        with _joined(folder, hub) as station, KeptConnection(hub.address) as counter:
            hall = Hall(station, tasks, counter, hub.token)
            yield hall
            hall.close()
    finally:
        tasks.close()


@contextmanager
def _joined(folder: Path, hub: Hub) -> Iterator[Station]:
    """Join the building as a board, as a second computer does."""
    url = f"http://{hub.address[0]}:{hub.address[1]}"
    wanted = {"role": str(StationRole.BOARD), "label": "Papan 1"}
    code = str(post_json(f"{url}/v1/codes", wanted, token=hub.token)["code"])
    join(folder, url, code, SystemClock(), RandomIds(), place=SecretPlace.FILE)
    with open_station(folder, SystemClock(), RandomIds(), lambda _slip: None, "screen:") as station:
        link = station.link
        assert link is not None
        until(lambda: not link.standing().is_cut_off)
        yield station


def _rest() -> None:
    timer = QTimer(singleShot=True, interval=_REST_MS)
    timer.start()
    until(lambda: not timer.isActive())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calls", type=int, default=200)
    arguments = parser.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    apply_theme(QApplication(["mppdesk"]), LIGHT)
    with tempfile.TemporaryDirectory(prefix="mppdesk-bench-") as folder:
        found = measure(Path(folder), arguments.calls)
    report(found, vars(arguments))


if __name__ == "__main__":
    main()
