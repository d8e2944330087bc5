"""Commands over HTTP: the same decisions as in process, the same answer for the same id, a sentence for the rest."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx
import pytest

from mppdesk.domain import commands
from mppdesk.sync.command_messages import KINDS, read_command, write_command
from tests.fakes.office import Office
from tests.fakes.running_hub import RunningHub, StationOf


def test_a_ticket_is_issued_called_and_served(office: Office, station: StationOf) -> None:
    assert station.command("c1", "open_counter", counter="Loket 1").status_code == httpx.codes.OK
    ticket = station.ticket("c2")
    assert (ticket["number"], ticket["state"]) == ("B-001", "waiting")

    called = station.command("c3", "call_next", counter="loket 1").json()
    assert called["ticket"] == {**ticket, "state": "called"}
    assert called["why"] == "longest_wait"
    for command_id, kind in (("c4", "start"), ("c5", "finish")):
        assert station.command(command_id, kind, counter=office.counter("Loket 1")).status_code == httpx.codes.OK

    assert office.readers.find_ticket("B-001").status == "finished"  # type: ignore[union-attr]


def test_nobody_waiting_is_an_answer(station: StationOf) -> None:
    station.command("c1", "open_counter", counter="Loket 1")

    answer = station.command("c2", "call_next", counter="Loket 1")

    assert (answer.status_code, answer.json()["ticket"], answer.json()["why"]) == (200, None, "nobody_waiting")


def test_the_same_id_asked_again_gets_the_same_ticket(station: StationOf) -> None:
    first = station.command("c1", "issue", service="DUKA-01").json()

    assert station.command("c1", "issue", service="DUKA-01").json() == first
    assert station.ticket("c2")["number"] == "B-002"


def test_nobody_asks_the_hub_for_a_number_of_a_block_that_is_not_its_own(station: StationOf) -> None:
    """Else the number that it gives there is given once more by the kiosk whose block that is, cut off just then."""
    for issuer_no in (0, 1, 2):
        answer = station.command("c1", "issue", service="DUKA-01", issuer_no=issuer_no)
        assert answer.status_code == httpx.codes.BAD_REQUEST
        assert "issuer_no" in answer.json()["refused"]["what_happened"]


def test_many_at_once_get_a_number_each(station: StationOf) -> None:
    with ThreadPoolExecutor(8) as pool:
        numbers = list(pool.map(lambda n: station.ticket(f"c{n}")["number"], range(40)))

    assert sorted(numbers) == [f"B-{n:03}" for n in range(1, 41)]


def test_what_a_rule_refuses_is_a_conflict_in_words(station: StationOf) -> None:
    answer = station.command("c1", "call_next", counter="Loket 1")

    assert answer.status_code == httpx.codes.CONFLICT
    refused = answer.json()["refused"]
    assert "Loket 1" in refused["what_happened"]
    assert refused["what_to_do"]


@pytest.mark.parametrize(
    "body",
    [
        b"", b"x", b"[]", b"null", b'{"kind": "issue"}',
        b'{"command_id": "a b", "kind": "issue", "service": "DUKA-01"}',
        b'{"command_id": "c", "kind": "issue"}', b'{"command_id": "c", "kind": "issue", "service": 7}',
        b'{"command_id": "c", "kind": "issue", "service": "DUKA-01", "more": 1}', b'{"command_id": "c", "kind": 7}',
        b'{"command_id": "c", "kind": "issue", "service": "\\ud800"}', b'{"command_id": "c", "kind": ["issue"]}',
        b'{"command_id": "c", "kind": "issue", "service": "' + b"x" * 5000 + b'"}', b"[" * 5000,
        b'{"command_id": "c", "kind": "requeue", "visit": "v", "behind": 99999999999999999999999}',
    ],
)  # fmt: skip
def test_what_is_no_command_is_refused_in_words(station: StationOf, body: bytes) -> None:
    answer = station.client.post("/v1/commands", content=body)

    assert answer.status_code in (httpx.codes.BAD_REQUEST, httpx.codes.CONFLICT)
    assert answer.json()["refused"]["what_to_do"]


def test_a_body_beyond_every_honest_size_is_not_read_to_its_end(station: StationOf) -> None:
    assert station.client.post("/v1/commands", content=b"x" * 400_000).status_code == 413


def test_nobody_commands_without_a_token(hub: RunningHub) -> None:
    for headers in ({}, {"authorization": "Bearer wrong"}, {"authorization": "Basic x"}):
        for method, path in (("POST", "/v1/commands"), ("GET", "/v1/queue"), ("GET", "/v1/events")):
            assert httpx.request(method, hub.url + path, headers=headers).status_code == 401
    assert httpx.get(f"{hub.url}/health").json()["healthy"] is True


def test_a_hub_that_cannot_write_is_not_well(hub: RunningHub) -> None:
    with hub.office.home.database.writing() as store:
        writer = store.connection
    assert httpx.get(f"{hub.url}/health").json()["healthy"] is True

    writer.execute("PRAGMA query_only = ON")
    try:
        ill = httpx.get(f"{hub.url}/health")
    finally:
        writer.execute("PRAGMA query_only = OFF")

    assert ill.status_code == httpx.codes.SERVICE_UNAVAILABLE
    assert ill.json()["refused"]["what_to_do"]


@pytest.mark.parametrize("actor", [{"user": [None]}, {"user": {}}, {"user": 7}, {"via": ["hub"]}, [], "siti"])
def test_an_actor_that_is_no_text_is_refused_like_any_stranger(station: StationOf, actor: object) -> None:
    assert station.command("c1", "issue", service="DUKA-01", actor=actor).status_code == 403


def test_an_actor_must_be_known_here(office: Office, station: StationOf) -> None:
    known = station.command("c1", "issue", service="DUKA-01", actor={"user": office.actor.user, "via": "kiosk"})
    stranger = station.command("c2", "issue", service="DUKA-01", actor={"user": "x" * 32})

    assert (known.status_code, stranger.status_code) == (200, 403)


def test_every_command_of_the_domain_has_a_name() -> None:
    abstract: set[type[commands.Command]] = {
        commands.Command,
        commands.CounterCommand,
        commands.TicketCommand,
    }
    # Decided by the hub for itself, or by a station alone.
    at_home: set[type[commands.Command]] = {commands.ExpireCall, commands.MapRegister, commands.ClaimTicket}
    defined = {
        each
        for each in vars(commands).values()
        if isinstance(each, type) and issubclass(each, commands.Command) and each not in abstract | at_home
    }
    assert set(KINDS.values()) == defined


@pytest.mark.parametrize(
    "command",
    [
        commands.IssueTicket(command_id="c", service="DUKA-01", priority="elderly"),
        commands.CallTicket(command_id="c", counter="k", visit="v", reason="emergency"),
        commands.OpenCounter(command_id="c", counter="k", services=("DUKA-01",)),
        commands.TransferTicket(command_id="c", visit="v", service="POLI-01", note="Bawa map", then_back=True),
    ],
)
def test_a_command_is_read_as_it_was_written(command: Any) -> None:
    assert read_command(write_command(command), lambda name: name) == command


@pytest.mark.parametrize("command_id", ["a%20b", "%00", "x" * 129, "%F0%9F%98%80"])
def test_what_is_no_command_id_is_not_withdrawn(station: StationOf, command_id: str) -> None:
    assert station.client.post(f"/v1/commands/{command_id}/withdrawal").status_code == httpx.codes.BAD_REQUEST


def test_an_id_with_a_slash_is_withdrawn_like_any_other(station: StationOf) -> None:
    assert station.client.post("/v1/commands/a%2Fb/withdrawal").json() == {"accepted": None}
    assert station.command("a/b", "issue", service="DUKA-01").status_code == httpx.codes.CONFLICT
