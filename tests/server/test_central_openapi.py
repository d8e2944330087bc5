"""The centre's description is true: what it allows is answered as it says, and nothing ends in a 500."""

import random
import zlib
from collections.abc import Iterator
from contextlib import closing
from typing import TYPE_CHECKING, Any

import httpx
import hypothesis
import msgspec
import pytest
import schemathesis
from hypothesis import HealthCheck
from schemathesis import GenerationMode
from schemathesis.core.result import Ok

from mppdesk.db.central.database import PostgresDatabase
from mppdesk.db.central.sites import CentralSite, register
from mppdesk.db.replication.key_parcels import KeyDay, KeyDigest, KeyParcel
from mppdesk.db.replication.segments import Segment
from mppdesk.db.replication.vector import Summary
from mppdesk.server.central import ROUTES
from mppdesk.server.openapi import central_description
from mppdesk.sync.keys import KeysHello, KeysPush
from mppdesk.sync.protocol import Hello, Push, Want, pack
from tests.fakes.postgres import fresh_database
from tests.fakes.running_centre import centre_here
from tests.fakes.running_hub import StationOf
from tests.server.test_events import listening
from tests.server.test_openapi import CHECKS, SEED

if TYPE_CHECKING:
    from sqlalchemy import URL

EXAMPLES = 10
SITE, TOKEN = "5" * 32, "token"
EVENTS = "/v1/events"
SCHEMA = schemathesis.openapi.from_dict(central_description())
OPERATIONS = {
    f"{each.ok().method.upper()} {each.ok().path}": each.ok()
    for each in SCHEMA.get_all_operations()
    if isinstance(each, Ok) and each.ok().path != EVENTS
}


@pytest.fixture(scope="module")
def address(postgres_server: "URL") -> Iterator[str]:
    with fresh_database(postgres_server) as made:
        yield made.render_as_string(hide_password=False)


@pytest.fixture(scope="module")
def centre(address: str) -> Iterator[str]:
    """One centre with one site for all questions; gives its URL."""
    with centre_here(address) as url, closing(PostgresDatabase(address)) as database:
        with database.writing() as store:
            register(store, CentralSite(SITE, "MPP Sukamaju", "b" * 32, bytes(32), 0), TOKEN)
        yield url


def test_every_route_is_described_and_nothing_else(centre: str) -> None:
    routes = {
        (method.lower(), route.path)
        for route in ROUTES
        for method in route.methods or ()
        if method != "HEAD" and route.path != "/openapi.json"
    }
    described = central_description()
    assert {(method, path) for path, methods in described["paths"].items() for method in methods} == routes
    assert httpx.get(f"{centre}/openapi.json").json() == msgspec.json.decode(msgspec.json.encode(described))


@pytest.mark.parametrize("mode", GenerationMode)
@pytest.mark.parametrize("name", OPERATIONS)
def test_every_answer_is_as_described(name: str, mode: GenerationMode, centre: str) -> None:
    if mode is GenerationMode.NEGATIVE and name.startswith("GET "):
        return  # no word in it could be wrong

    @hypothesis.seed(SEED)
    @hypothesis.settings(max_examples=EXAMPLES, database=None, suppress_health_check=list(HealthCheck))
    @hypothesis.given(case=OPERATIONS[name].as_strategy(generation_mode=mode))
    def ask(case: schemathesis.Case[Any]) -> None:
        headers = {"authorization": f"Bearer {TOKEN}"}
        case.call_and_validate(base_url=centre, headers=headers, checks=CHECKS, timeout=10.0)

    ask()


def test_a_stream_of_pokes_is_as_described(centre: str) -> None:
    described = central_description()["paths"][EVENTS]["get"]["responses"]
    assert "401" in described and httpx.get(f"{centre}{EVENTS}").status_code == httpx.codes.UNAUTHORIZED
    assert list(described["200"]["content"]) == ["text/event-stream"]
    with closing(StationOf(centre, TOKEN)) as asker, listening(asker) as events:
        assert next(events).data == {"seq": 0}


def test_who_cannot_write_is_not_well(address: str, centre: str) -> None:
    assert httpx.get(f"{centre}/health").json()["healthy"] is True
    with closing(PostgresDatabase(address)) as database, database.outside() as store:
        store.connection.execute("""
            CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN RAISE EXCEPTION 'read-only' USING ERRCODE = 'read_only_sql_transaction'; END $$;
            CREATE TRIGGER refuse BEFORE INSERT OR UPDATE ON central_identity EXECUTE FUNCTION refuse()
        """)
        try:
            ill = httpx.get(f"{centre}/health")
        finally:
            store.connection.execute("DROP TRIGGER refuse ON central_identity")
    assert ill.status_code == httpx.codes.SERVICE_UNAVAILABLE
    assert "tidak boleh ditulis" in ill.json()["refused"]["what_happened"]


@pytest.mark.parametrize("path", ["/v1/sync/hello", "/v1/sync/push", "/v1/sync/keys/hello", "/v1/sync/keys"])
def test_hostile_messages_are_answered_as_described(path: str, centre: str) -> None:
    allowed = {int(status) for status in central_description()["paths"][path]["post"]["responses"]}
    with httpx.Client(base_url=centre, timeout=30, trust_env=False) as client:
        for body in _hostile():
            for headers in ({}, {"authorization": f"Bearer {TOKEN}"}):
                answer = client.post(path, content=body, headers=headers)
                assert answer.status_code in allowed - {200} | ({200} if headers else set()), answer.text
                assert answer.status_code < httpx.codes.INTERNAL_SERVER_ERROR, answer.text


def _hostile() -> Iterator[bytes]:
    chance = random.Random(7)
    yield b""
    yield zlib.compress(bytes(20_000_000))
    for _ in range(4):
        yield chance.randbytes(200)
        yield zlib.compress(chance.randbytes(200))
    raw = tuple(chance.randbytes(50) for _ in range(3))
    for log_id in ("a" * 32, "\0", "x" * 5000, ""):
        for first_seq in (-(2**63), 0, 1, 2**63 - 1):
            yield pack(Push(SITE, (Segment(log_id, first_seq, b"", raw, bytes(64)),), (Want(log_id, first_seq),)))
    yield pack(Hello(SITE, Summary(-(2**63), b"", {2**63 - 1: b"x", -(2**63): b""})))
    yield pack(Hello("\0", Summary(0, b"", {})))
    for day in (-(2**63), 0, 2**64 - 1):
        yield pack(KeysHello(SITE, day, tuple(KeyDigest(KeyDay(name, day), b"\0" * 40) for name in ("\0", "x" * 5000))))
    for name in ("\0", "x" * 5000, "a" * 32):
        yield pack(KeysPush(SITE, (KeyParcel(name, name, name, name, bytes(32)),), (name,)))
