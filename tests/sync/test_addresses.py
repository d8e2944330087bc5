"""Requests reach the hub of the highest term, whatever other addresses say or do not say."""

from collections.abc import Callable

import httpx
import pytest

from mppdesk.sync.addresses import HUB_HEADER, TERM_HEADER, Addresses, ToTheHub

OLD, NEW, MUTE = "http://10.0.0.1:8731", "http://10.0.0.2:8731", "http://10.0.0.3:8731"
Server = Callable[[httpx.Request], httpx.Response]


class Network:
    """Servers by their addresses; whoever is not here does not connect."""

    def __init__(self, **servers: Server) -> None:
        self.servers = {{"old": "10.0.0.1", "new": "10.0.0.2"}[name]: server for name, server in servers.items()}
        self.asked: list[tuple[str, str]] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.asked.append((request.url.host, request.headers[TERM_HEADER]))
        assert request.headers["host"] == request.url.netloc.decode()
        server = self.servers.get(request.url.host)
        if server is None:
            raise httpx.ConnectError("nobody there", request=request)
        return server(request)


def says(term: int, *, is_hub: bool = True) -> Server:
    headers = {TERM_HEADER: str(term), HUB_HEADER: "1" if is_hub else "0"}
    return lambda request: httpx.Response(200, headers=headers, text=request.content.decode())


def client(addresses: Addresses, network: Network) -> httpx.Client:
    return httpx.Client(base_url=OLD, transport=ToTheHub(addresses, httpx.MockTransport(network)))


def test_a_dead_address_is_passed_over_and_the_one_that_answered_is_first_from_then_on() -> None:
    addresses, network = Addresses((MUTE, OLD)), Network(old=says(1))
    with client(addresses, network) as asking:
        assert asking.post("/v1/x", content=b"body").text == "body"
        assert asking.get("/v1/y").is_success
    assert [host for host, _ in network.asked] == ["10.0.0.3", "10.0.0.1", "10.0.0.1"]


@pytest.mark.parametrize(("patience_s", "tried", "most_s"), [(1.0, 2, 1.0), (30.0, 5, 2.5)])
def test_addresses_that_hear_nothing_cost_a_clerk_one_time_out_and_an_exchange_tries_them_all(
    patience_s: float, tried: int, most_s: float
) -> None:
    """A cable that is pulled: no address of a hub, a standby or one before them says no, and none says yes."""
    now, asked = [0.0], list[str]()

    def silence(request: httpx.Request) -> httpx.Response:
        asked.append(request.url.host)
        now[0] += request.extensions["timeout"]["connect"]
        raise httpx.ConnectTimeout("silence", request=request)

    addresses = Addresses(tuple(f"http://10.0.0.{number}:8731" for number in range(1, 6)))
    way = ToTheHub(addresses, httpx.MockTransport(silence), lambda: now[0])
    patience = httpx.Timeout(patience_s, connect=0.5)
    with httpx.Client(base_url=OLD, transport=way) as asking, pytest.raises(httpx.ConnectTimeout):
        asking.get("/v1/x", timeout=patience)
    assert (len(asked), now[0]) == (tried, most_s)


def test_who_answers_after_a_silent_address_has_what_is_left_of_the_time() -> None:
    now, left = [0.0], list[float]()

    def server(request: httpx.Request) -> httpx.Response:
        if request.url.host == "10.0.0.3":
            now[0] += 0.5
            raise httpx.ConnectTimeout("silence", request=request)
        left.append(request.extensions["timeout"]["read"])
        return httpx.Response(200)

    way = ToTheHub(Addresses((MUTE, OLD)), httpx.MockTransport(server), lambda: now[0])
    with httpx.Client(base_url=OLD, transport=way) as asking:
        asking.get("/v1/x", timeout=httpx.Timeout(1.0, connect=0.5))
    assert left == [0.5]


def test_a_standby_is_no_hub_until_it_took_over() -> None:
    addresses, network = Addresses((OLD, NEW)), Network(new=says(1, is_hub=False))
    with client(addresses, network) as asking:
        with pytest.raises(httpx.ConnectError):
            asking.get("/v1/x")
        network.servers["10.0.0.2"] = says(2)
        assert asking.get("/v1/x").is_success


def test_after_a_higher_term_no_answer_of_a_lower_one_is_taken_and_the_old_hub_is_told() -> None:
    told: list[int] = []
    addresses, network = Addresses((NEW, OLD), told=told.append), Network(old=says(1), new=says(2))
    with client(addresses, network) as asking:
        assert asking.get("/v1/x").headers[TERM_HEADER] == "2"
        del network.servers["10.0.0.2"]
        with pytest.raises(httpx.ConnectError, match="highest term"):
            asking.get("/v1/x")
    assert told == [2]
    assert network.asked[-1] == ("10.0.0.1", "2")


def test_a_server_that_says_nothing_of_terms_is_the_hub_of_the_first() -> None:
    addresses, network = Addresses((OLD,)), Network(old=lambda request: httpx.Response(200))
    with client(addresses, network) as asking:
        assert asking.get("/v1/x").is_success
        addresses.heard(2)
        with pytest.raises(httpx.ConnectError):
            asking.get("/v1/x")


def test_an_answer_that_got_lost_is_not_asked_elsewhere() -> None:
    def slow(request: httpx.Request) -> httpx.Response:
        raise httpx.ReadTimeout("decided, perhaps", request=request)

    addresses, network = Addresses((OLD, NEW)), Network(old=slow, new=says(1))
    with client(addresses, network) as asking, pytest.raises(httpx.ReadTimeout):
        asking.post("/v1/sync/ask")
    assert [host for host, _ in network.asked] == ["10.0.0.1"]


def test_a_term_that_no_building_reaches_is_none() -> None:
    """Python refuses to read a number of five thousand digits with an error that no window expects."""
    addresses = Addresses((OLD,))
    assert addresses.obeys({TERM_HEADER: "9" * 5000})
    assert addresses.term == 1
