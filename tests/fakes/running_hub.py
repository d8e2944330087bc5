"""A hub that listens on a real socket of this computer, over the small office."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx

from mppdesk.db.home import OpenHome
from mppdesk.db.replication.signing import Signer
from mppdesk.db.replication.stations import own_token
from mppdesk.server.app import make_app
from mppdesk.server.building import Building
from mppdesk.server.hub import running_hub
from mppdesk.sync.place import place_of
from tests.fakes.office import Office
from tests.fakes.serving_thread import served_here


class StationOf:
    """One enrolled station of a hub, with the short ways of a test to ask it."""

    def __init__(self, url: str, token: str, welcome: dict[str, Any] | None = None) -> None:
        self.welcome = welcome or {}
        self.token = token
        self.client = httpx.Client(base_url=url, headers={"authorization": f"Bearer {token}"}, timeout=10.0)

    def close(self) -> None:
        self.client.close()

    def post(self, path: str, message: Any) -> httpx.Response:
        return self.client.post(path, json=message)

    def command(self, command_id: str, kind: str, **more: Any) -> httpx.Response:
        return self.post("/v1/commands", {"command_id": command_id, "kind": kind, **more})

    def ticket(self, command_id: str, service: str = "DUKA-01", **more: Any) -> dict[str, Any]:
        answer = self.command(command_id, "issue", service=service, **more)
        assert answer.status_code == httpx.codes.OK, answer.text
        found: dict[str, Any] = answer.json()["ticket"]
        return found


class RunningHub:
    """The hub's address and its own verbs' station."""

    def __init__(self, office: Office, home: OpenHome, url: str, building: Building) -> None:
        self.office = office
        self.url = url
        self.port = int(url.rpartition(":")[2])
        self.building = building
        place = place_of(home)
        own = own_token(home.secrets.search, home.setting("device_id") or "")
        self.itself = StationOf(url, place.welcome.token if place else own)

    def code(self, role: str = "counter", label: str = "Loket 2") -> str:
        answer = self.itself.post("/v1/codes", {"role": role, "label": label})
        assert answer.status_code == httpx.codes.OK, answer.text
        return str(answer.json()["code"])

    def enrol(self, lane: int = 1, role: str = "counter", label: str = "Loket 2") -> StationOf:
        """Enrol a station whose device id and key are made of a number."""
        signer = signer_of(lane)
        message = {
            "code": self.code(role, label), "device_id": signer.device_id, "public_key": signer.public_key.hex()
        }  # fmt: skip
        answer = httpx.post(f"{self.url}/v1/enrol", json=message, timeout=10.0)
        assert answer.status_code == httpx.codes.OK, answer.text
        welcome = answer.json()
        return StationOf(self.url, welcome["token"], welcome)


def signer_of(lane: int) -> Signer:
    return Signer(f"{lane:032x}", lane.to_bytes(32))


@contextmanager
def hub_of(office: Office, port: int = 0) -> Iterator[RunningHub]:
    """Serve an office on a port of this computer (0: any free one), in a thread."""
    with served(office.home, office, port) as hub:
        yield hub


@contextmanager
def served(home: OpenHome, office: Office, port: int = 0) -> Iterator[RunningHub]:
    """Serve a folder of an office's building, its own or that of a standby."""
    with running_hub(home, office.clock) as building, served_here(make_app(building), building.feed.end, port) as url:
        hub = RunningHub(office, home, url, building)
        try:
            yield hub
        finally:
            hub.itself.close()
