"""Hostile messages stop at the edge of the hub: refused in a sentence, and it issues and calls on."""

import zlib
from collections.abc import Iterator
from typing import Any

import httpx
import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mppdesk.db.replication.key_parcels import KeyParcel
from mppdesk.db.replication.segments import MAX_SEGMENT_BYTES, Segment
from mppdesk.db.replication.vector import Summary
from mppdesk.sync.protocol import Ask, Hello, Push, UnreadableMessage, Want, pack, unpack
from tests.fakes.office import open_office
from tests.fakes.running_hub import RunningHub, StationOf, hub_of
from tests.sync.hostile import EDGES, MOST_UINT64, NASTY, HostileLog, log_id_of, stranger

SITE = "5" * 32
HOSTILE_LOG_IDS = (*NASTY, "z" * 32, "F" * 32, "-" + "1" * 31, log_id_of(1))


def whole_push(site_id: str = SITE) -> bytes:
    segment = HostileLog(site_id, stranger(), log_id_of(1)).segment()
    return pack(Push(site_id, (segment,), (Want(log_id_of(1), 0),)))


@given(raw=st.binary(max_size=200))
def test_random_bytes_are_no_message(raw: bytes) -> None:
    for kind in (Hello, Push, Ask):
        for body in (raw, zlib.compress(raw)):
            with pytest.raises(UnreadableMessage):
                unpack(body, kind)


def test_a_bomb_is_not_unpacked_and_a_cut_body_not_read() -> None:
    whole = whole_push()
    bomb = zlib.compress(b"\0" * (256 * MAX_SEGMENT_BYTES), 9)
    for body in (bomb, whole[:-1], whole[: len(whole) // 2], b"", zlib.compress(b"\x91" * 100_000)):
        with pytest.raises(UnreadableMessage):
            unpack(body, Push)


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningHub]:
    with open_office(tmp_path_factory.mktemp("hub")) as office, hub_of(office) as running:
        yield running


@pytest.fixture(scope="module")
def station(hub: RunningHub) -> Iterator[StationOf]:
    enrolled = hub.enrol()
    enrolled.command("open", "open_counter", counter="Loket 1")
    yield enrolled
    enrolled.close()


def works_on(station: StationOf, name: str) -> bool:
    """Whether the hub issues, calls and finishes."""
    issued = station.ticket(f"i-{name}")
    called = station.command(f"c-{name}", "call_next", counter="Loket 1")
    finished = station.command(f"f-{name}", "finish", counter="Loket 1")
    return bool(issued["number"]) and called.status_code == finished.status_code == httpx.codes.OK


@pytest.mark.parametrize("path", ["hello", "push", "ask"])
@pytest.mark.parametrize(
    "body",
    [b"", b"rubbish", zlib.compress(b"\xc1"), zlib.compress(b"\0" * (32 * MAX_SEGMENT_BYTES)), whole_push()[:-3]],
    ids=["nothing", "rubbish", "no message", "bomb", "cut off"],
)
def test_the_edge_refuses_what_is_no_message(station: StationOf, path: str, body: bytes) -> None:
    answer = station.client.post(f"/v1/sync/{path}", content=body)

    assert answer.status_code == httpx.codes.BAD_REQUEST
    assert answer.json()["refused"]["what_to_do"]


def test_a_body_without_end_is_not_read_to_its_end(station: StationOf) -> None:
    assert station.client.post("/v1/sync/push", content=b"x" * (9 * 1024 * 1024)).status_code == 413


def test_another_site_is_refused(station: StationOf) -> None:
    assert station.client.post("/v1/sync/push", content=whole_push("6" * 32)).status_code == httpx.codes.FORBIDDEN


@settings(max_examples=40, suppress_health_check=list(HealthCheck))
@given(
    log_id=st.sampled_from(HOSTILE_LOG_IDS),
    number=st.sampled_from((*EDGES, MOST_UINT64)),
    raws=st.lists(st.binary(max_size=30), max_size=3),
    hash_=st.binary(max_size=40),
    text=st.sampled_from(NASTY),
)
def test_well_formed_messages_of_any_content_are_answered(
    hub: RunningHub, station: StationOf, log_id: str, number: int, raws: list[bytes], hash_: bytes, text: str
) -> None:
    site_id = hub.building.site_id
    segment = Segment(log_id, number, hash_, tuple(raws), hash_)
    want = Want(log_id, number)
    command = msgspec.json.encode({"command_id": text, "kind": "issue", "service": text, "actor": {"user": text}})
    messages: dict[str, Any] = {
        "hello": Hello(site_id, Summary(number, hash_, {number: hash_})),
        "push": Push(site_id, (segment,), (want,)),
        "ask": Ask(site_id, command, (segment,), want, (KeyParcel(text, text, text, text, hash_),)),
    }
    for path, message in messages.items():
        answer = station.client.post(f"/v1/sync/{path}", content=pack(message))
        assert answer.status_code in (httpx.codes.OK, httpx.codes.BAD_REQUEST), (path, answer.text)


def test_after_all_that_the_hub_works_on(station: StationOf) -> None:
    assert works_on(station, "after")
