"""A hub that looks for another one asks for the term alone until there is one, whatever version the other runs."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from mppdesk.db.replication.replica_store import ReplicaStore
from mppdesk.sync.addresses import HUB_HEADER, TERM_HEADER, Addresses, ToTheHub
from mppdesk.sync.exchange import Answerer
from mppdesk.sync.link import TERM_PATH, Link, Unreachable
from mppdesk.sync.protocol import Hello, pack, unpack
from tests.sync.replicas import empty_replica

SITE = "5" * 32
THERE, HELLO = "http://10.0.0.1:8731", "/v1/sync/hello"


class Standby:
    """The other computer: a standby until `is_hub`; `asked` are the addresses it was asked at."""

    def __init__(self, replica: ReplicaStore, *, knows_the_look: bool = True) -> None:
        self._answerer = Answerer(replica, "epoch")
        self._knows_the_look = knows_the_look
        self.is_hub = False
        self.asked: list[str] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request.url.path)
        headers = {TERM_HEADER: "1", HUB_HEADER: str(int(self.is_hub))}
        if request.url.path == HELLO:
            said = self._answerer.hello(unpack(request.content, Hello))
            return httpx.Response(200, headers=headers, content=pack(said))
        return httpx.Response(200 if self._knows_the_look else 404, headers=headers)


@pytest.fixture
def replica(tmp_path: Path) -> Iterator[ReplicaStore]:
    with empty_replica(tmp_path / "store.db", SITE) as store:
        yield store


@pytest.mark.parametrize("knows_the_look", [True, False])
def test_while_nobody_else_is_the_hub_only_the_term_is_asked_for(replica: ReplicaStore, knows_the_look: bool) -> None:
    standby = Standby(replica, knows_the_look=knows_the_look)
    with _link(standby, Addresses((THERE,))) as link:
        for _ in range(3):
            with pytest.raises(Unreachable):
                link.exchange(replica)
        standby.is_hub = True
        for _ in range(2):
            link.exchange(replica)

    assert standby.asked == [HELLO, TERM_PATH, TERM_PATH, TERM_PATH, HELLO, HELLO]


def test_with_one_address_alone_there_is_nothing_to_look_for(replica: ReplicaStore) -> None:
    standby = Standby(replica)
    with Link(THERE, "token") as link:
        link.client = httpx.Client(base_url=THERE, transport=httpx.MockTransport(lambda request: httpx.Response(503)))
        for _ in range(2):
            with pytest.raises(Unreachable):
                link.exchange(replica)
        link.client = httpx.Client(base_url=THERE, transport=httpx.MockTransport(standby))
        link.exchange(replica)

    assert standby.asked == [HELLO]


def _link(standby: Standby, addresses: Addresses) -> Link:
    link = Link(THERE, "token", addresses=addresses)
    link.client = httpx.Client(base_url=THERE, transport=ToTheHub(addresses, httpx.MockTransport(standby)))
    return link
