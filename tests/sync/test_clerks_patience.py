"""A person stands at the desk: all that is asked of a slow hub for one command takes a second together, never each."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from mppdesk.db.replication.replica_store import ReplicaStore
from mppdesk.domain.commands import IssueTicket
from mppdesk.sync.exchange import Answerer
from mppdesk.sync.hub_client import CutOff, RemoteHub
from mppdesk.sync.link import CLERKS_PATIENCE_S, Link
from mppdesk.sync.pace import Breaker
from mppdesk.sync.protocol import Hello, Push, pack, unpack
from tests.fakes.office import Office, open_office
from tests.sync.replicas import empty_replica, replica_of

THERE = "http://10.0.0.1:8731"


class SlowHub:
    """A hub each of whose answers takes `answer_s`; it moves `now`, and answers no command at all."""

    def __init__(self, replica: ReplicaStore, answer_s: float) -> None:
        self._answerer = Answerer(replica, "epoch")
        self._answer_s = answer_s
        self.now = 0.0

    def __call__(self, request: httpx.Request) -> httpx.Response:
        patience = request.extensions["timeout"]["read"]
        self.now += min(self._answer_s, patience)
        if patience < self._answer_s or request.url.path == "/v1/sync/ask":
            self.now += max(0.0, patience - self._answer_s)
            raise httpx.ReadTimeout("silence", request=request)
        if request.url.path == "/v1/sync/hello":
            return httpx.Response(200, content=pack(self._answerer.hello(unpack(request.content, Hello))))
        return httpx.Response(200, content=pack(self._answerer.push(unpack(request.content, Push))))


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with open_office(tmp_path / "home") as opened:
        yield opened


@pytest.mark.parametrize("answer_s", [0.1, 0.3, 0.6, 5.0])
def test_a_slow_hub_costs_one_time_out_in_all(office: Office, tmp_path: Path, answer_s: float) -> None:
    with empty_replica(tmp_path / "hub.db", office.home.site_id) as theirs, Link(THERE, "token") as link:
        hub = SlowHub(theirs, answer_s)
        link.client = httpx.Client(base_url=THERE, transport=httpx.MockTransport(hub))
        remote = RemoteHub(link, office.writer, replica_of(office), Breaker(), lambda: hub.now)
        with pytest.raises(CutOff):
            remote.ask(IssueTicket(command_id="wish", service="DUKA-01"), office.actor)

    assert hub.now == pytest.approx(CLERKS_PATIENCE_S)
