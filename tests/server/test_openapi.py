"""The description at /openapi.json is true: what it allows is answered as it says, and nothing ends in a 500."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import httpx
import hypothesis
import msgspec
import pytest
import schemathesis
from hypothesis import HealthCheck
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from mppdesk.server.app import ROUTES
from mppdesk.server.openapi import PACKED, description
from tests.fakes.office import open_office
from tests.fakes.running_hub import RunningHub, StationOf, hub_of

SEED = 20261123
EXAMPLES = 30
KNOWN: dict[str, Any] = {
    "service": "DUKA-01",
    "counter": "Loket 1",
    "actor": None,
    "services": [],
    "priority": None,
    "printer": None,
}
# One counter's morning: commands that are accepted one after the other.
A_MORNING: tuple[tuple[str, dict[str, Any]], ...] = (
    ("open_counter", {"services": []}),
    ("issue", {"service": "DUKA-01"}),
    ("call_next", {}),
    ("recall", {}),
    ("start", {}),
    ("hold", {"note": None}),
    ("issue", {"service": "DUKA-01", "priority": "elderly"}),
    ("call_next", {}),
    ("no_show", {}),
    ("issue", {"service": "DUKA-01"}),
    ("call_next", {}),
    ("start", {}),
    ("finish", {}),
    ("stop_new_numbers", {}),
    ("resume_new_numbers", {}),
    ("take_break", {"until": "10.15"}),
    ("end_break", {}),
    ("close_counter", {}),
)
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
# Never ends; tests/server/test_events.py listens to it.
_ENDLESS = "/v1/events"
# Requests without a word in them cannot break the description.
_NOTHING_TO_SPOIL = {
    (name, GenerationMode.NEGATIVE) for name in ("GET /health", "GET /v1/authority", "GET /v1/sync/people")
}


@schemathesis.serializer(PACKED)
def _as_it_is(context: schemathesis.SerializationContext, value: Any) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode()


SCHEMA = schemathesis.openapi.from_dict(description())
OPERATIONS = {
    f"{each.ok().method.upper()} {each.ok().path}": each.ok()
    for each in SCHEMA.get_all_operations()
    if isinstance(each, Ok) and each.ok().path != _ENDLESS
}


def test_every_route_is_described_and_nothing_else() -> None:
    routes = {
        (method.lower(), route.path.replace(":path", ""))
        for route in ROUTES
        for method in route.methods or ()
        if method != "HEAD" and route.path != "/openapi.json"
    }
    assert {(method, path) for path, methods in description()["paths"].items() for method in methods} == routes


@pytest.fixture(scope="module")
def building(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHub]:
    """One hub for all questions: whatever one of them did, the next finds it well."""
    with open_office(tmp_path_factory.mktemp("hub")) as office, hub_of(office) as running:
        office.open("Loket 1")
        yield running


@pytest.fixture(scope="module")
def counter(building: RunningHub) -> Iterator[StationOf]:
    with closing(building.enrol()) as enrolled:
        yield enrolled


def test_the_hub_serves_it_to_anybody(building: RunningHub) -> None:
    served = httpx.get(f"{building.url}/openapi.json")

    assert served.json() == msgspec.json.decode(msgspec.json.encode(description()))


def test_without_a_token_there_is_health_the_certificate_and_the_way_in_by_a_code(building: RunningHub) -> None:
    """An open call more is a decision; the station's token is what every other one stands on."""
    paths = description()["paths"]
    calls = [(method, path) for path, methods in paths.items() for method in methods]
    with httpx.Client(base_url=building.url) as stranger:
        answered = {
            (method, path): stranger.request(method, path.replace("{command_id}", "c"), content=b"{}").status_code
            for method, path in calls
        }
    is_let_in = {call for call, status in answered.items() if status != httpx.codes.UNAUTHORIZED}
    assert is_let_in == {("get", "/health"), ("get", "/v1/authority"), ("post", "/v1/enrol")}
    assert is_let_in == {(method, path) for method, path in calls if paths[path][method].get("security") == []}


@pytest.mark.parametrize(
    ("name", "mode"),
    [(name, mode) for name in OPERATIONS for mode in GenerationMode if (name, mode) not in _NOTHING_TO_SPOIL],
)
def test_every_answer_is_as_described(
    name: str, mode: GenerationMode, building: RunningHub, counter: StationOf
) -> None:
    asker = building.itself if name == "POST /v1/codes" else counter
    headers = {"authorization": f"Bearer {asker.token}"}

    @hypothesis.seed(SEED)
    @hypothesis.settings(max_examples=EXAMPLES, database=None, suppress_health_check=list(HealthCheck))
    @hypothesis.given(case=OPERATIONS[name].as_strategy(generation_mode=mode))
    def ask(case: schemathesis.Case[Any]) -> None:
        case.call_and_validate(base_url=building.url, headers=headers, checks=CHECKS, timeout=10.0)

    ask()


def test_commands_that_mean_something_are_answered_as_described(building: RunningHub, counter: StationOf) -> None:
    """Names that exist here instead of random ones, so that most commands get beyond the first refusal."""

    @hypothesis.seed(SEED)
    @hypothesis.settings(max_examples=4 * EXAMPLES, database=None, suppress_health_check=list(HealthCheck))
    @hypothesis.given(case=OPERATIONS["POST /v1/commands"].as_strategy())
    def ask(case: schemathesis.Case[Any]) -> None:
        assert isinstance(case.body, dict)
        case.body = {**case.body, **{name: value for name, value in KNOWN.items() if name in case.body}}
        answered(building, counter, case)

    ask()


def test_every_acceptance_of_a_morning_is_as_described(tmp_path: Path) -> None:
    with open_office(tmp_path) as office, hub_of(office) as building, closing(building.enrol()) as counter:
        for number, (kind, more) in enumerate(A_MORNING):
            where = {} if kind == "issue" else {"counter": "Loket 1"}
            body = {"command_id": f"morning-{number}", "kind": kind, **where, **more}
            case = OPERATIONS["POST /v1/commands"].Case(body=body, media_type="application/json")
            answer = answered(building, counter, case)
            assert answer.status_code == httpx.codes.OK, (body, answer.text)


def answered(building: RunningHub, counter: StationOf, case: schemathesis.Case[Any]) -> Any:
    headers = {"authorization": f"Bearer {counter.token}"}
    return case.call_and_validate(base_url=building.url, headers=headers, checks=CHECKS, timeout=10.0)
