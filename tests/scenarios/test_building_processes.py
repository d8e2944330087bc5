"""Real processes over TLS: a call at one station is on the board of the other, and a killed hub costs nothing."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest

from mppdesk.db import home as homes
from mppdesk.db.home import SystemClock
from mppdesk.db.identity import RandomIds
from mppdesk.db.projections import views
from mppdesk.db.replication.stations import own_token
from mppdesk.server import certificates
from mppdesk.sync.hub_calls import post_json
from tests.cli.conftest import PROGRAM, run_program
from tests.fakes.office import SITE, make_home

WITHIN_S = 20.0
STOP_S = 20.0
SERVICE = "DUKA-01"
MINE, OTHER = "Loket 1", "Loket 2"


class Process:
    """One program with lines of JSON in and out; what it says besides goes to a file."""

    def __init__(self, *words: str, log: Path) -> None:
        self._log = log.open("ab")
        self._running = subprocess.Popen(
            [sys.executable, *words],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log,
            text=True,
            encoding="utf-8",
            cwd=PROGRAM.parent,
        )
        self._count = 0

    def heard(self) -> dict[str, Any]:
        assert self._running.stdout is not None
        line = self._running.stdout.readline()
        assert line, Path(self._log.name).read_text(encoding="utf-8")[-2000:]
        found: dict[str, Any] = json.loads(line)
        return found

    def ask(self, question: dict[str, Any]) -> dict[str, Any]:
        assert self._running.stdin is not None
        self._running.stdin.write(f"{json.dumps(question)}\n")
        self._running.stdin.flush()
        return self.heard()

    def command(self, kind: str, **more: Any) -> dict[str, Any]:
        self._count += 1
        return self.ask({"kind": kind, "command_id": f"{self._running.pid}-{self._count}", **more})

    def look(self, within_s: float, **wanted: Any) -> dict[str, Any]:
        """What the station sees, as soon as it is as wanted or at the end of the time."""
        seen: dict[str, Any] = self.ask({"wanted": wanted, "within_s": within_s})["seen"]
        return seen

    def sees(self, **wanted: Any) -> dict[str, Any]:
        """What the station sees, once it is as wanted."""
        seen = self.look(WITHIN_S, **wanted)
        assert {name: seen[name] for name in wanted} == wanted
        return seen

    def end(self, how: signal.Signals = signal.SIGTERM) -> None:
        if self._running.poll() is None:
            self._running.send_signal(how)
        self._closed()

    def finish(self) -> None:
        """End as a person ends it: nothing more is asked."""
        assert self._running.stdin is not None
        self._running.stdin.close()
        self._closed()

    def _closed(self) -> None:
        self._running.wait(STOP_S)
        for pipe in (self._running.stdin, self._running.stdout):
            if pipe is not None:
                pipe.close()
        self._log.close()


class Building:
    """A hub's folder with its certificate, and two stations that joined."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.home = folder / "hub"
        self.log = folder / "log.txt"
        make_home(self.home, SystemClock(), RandomIds())
        with homes.reading(self.home) as opened:
            self.secret, device_id = opened.secrets.search, opened.setting("device_id") or ""
        self.fingerprint = certificates.make_authority(self.home, "MPP Contoh", self.secret, SystemClock().now())
        self.token = own_token(self.secret, device_id)
        self.address = "127.0.0.1:0"

    def hub(self) -> Process:
        """Start the hub; from the second time on at the address of the first."""
        hub = Process(str(PROGRAM), "hub", "--data", str(self.home), "--listen", self.address, "--json", log=self.log)
        self.address = str(hub.heard()["listening"]).removeprefix("https://")
        return hub

    def join(self, name: str) -> Any:
        authority = str(self.home / certificates.FOLDER / certificates.AUTHORITY_FILE)
        wanted = {"role": "counter", "label": name}
        code = post_json(f"https://{self.address}/v1/codes", wanted, token=self.token, authority=authority)["code"]
        words = ("--hub", self.address, "--code", code, "--fingerprint", self.fingerprint)
        return run_program("join", *words, "--data", str(self.folder / name), "--json").value

    @contextmanager
    def station(self, name: str) -> Iterator[Process]:
        running = Process("-m", "tests.scenarios.headless_station", str(self.folder / name), log=self.log)
        try:
            assert running.heard() == {"ready": True}
            yield running
        finally:
            running.finish()

    def is_the_same_everywhere(self, *stations: Process) -> bool:
        """Whether the views of the hub and of all stations become equal, byte for byte."""
        until = time.monotonic() + WITHIN_S
        while time.monotonic() < until:
            digest = self.digest()
            if all(station.look(1.0, digest=digest)["digest"] == digest for station in stations):
                return digest == self.digest()
        return False

    def digest(self) -> str:
        """The views of the hub's folder, read beside the running hub."""
        with homes.reading(self.home) as opened, opened.database.reading() as store:
            return views.live_digest(store, opened.site_id)


@pytest.fixture
def building(tmp_path: Path) -> Building:
    return Building(tmp_path)


@pytest.mark.timeout(300)  # eight programs start here, each alone with its imports
def test_a_call_here_is_on_the_board_there_and_a_killed_hub_loses_nothing(building: Building) -> None:
    with ExitStack() as running:
        hub = building.hub()
        running.callback(lambda: hub.end())
        for name in ("here", "there"):
            assert building.join(name)["site"]["name"] == SITE.name
        here = running.enter_context(building.station("here"))
        there = running.enter_context(building.station("there"))

        here.command("open_counter", counter=MINE)
        assert [here.command("issue", service=SERVICE)["number"] for _ in range(2)] == ["B-001", "B-002"]
        assert here.command("call_next", counter=MINE)["number"] == "B-001"
        there.sees(board=["B-001"])
        verb = run_program("ticket", "issue", "--service", SERVICE, "--data", str(building.home), "--json")
        assert verb.ticket["number"] == "B-003"
        there.sees(states={"B-001": "called", "B-002": "waiting", "B-003": "waiting"})

        hub.end(signal.SIGKILL)
        assert here.command("start", counter=MINE)["number"] == "B-001"
        assert here.command("finish", counter=MINE)["number"] == "B-001"
        assert "Terputus dari hub" in here.command("call_next", counter=MINE)["refused"]
        assert here.sees(is_cut_off=True)["waiting"] > 0
        there.sees(is_cut_off=True)

        hub = building.hub()
        assert here.sees(is_cut_off=False)["returned"] > 0
        there.command("open_counter", counter=OTHER)
        assert there.command("call_next", counter=OTHER)["number"] == "B-002"
        for station in (here, there):
            station.sees(states={"B-001": "finished", "B-002": "called", "B-003": "waiting"})
        assert building.is_the_same_everywhere(here, there)
