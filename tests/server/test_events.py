"""Events: small deltas in a sequence without gaps; a listener goes on where it was, or reads anew after a gap."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from itertools import count, pairwise
from typing import Any

import pytest

from mppdesk.domain.entries import Draft, Subject, SubjectType
from mppdesk.domain.errors import StorageTrouble
from mppdesk.domain.facts import UserDefined
from mppdesk.server import events
from mppdesk.server.events import QUIET, Changed, EventFeed
from mppdesk.texts import msg
from tests.fakes.running_hub import RunningHub, StationOf

LIMIT_BYTES = 1000
MANY, TOGETHER = 4000, 150


class Heard:
    """One event as a browser would read it."""

    def __init__(self, text: str) -> None:
        parts = dict(line.split(": ", 1) for line in text.splitlines() if line and not line.startswith(":"))
        self.size = len(text.encode())
        self.place, self.kind, self.data = parts["id"], parts["event"], json.loads(parts["data"])

    @property
    def seq(self) -> int:
        return int(self.place.rpartition("-")[2])

    @property
    def changed(self) -> list[dict[str, Any]]:
        return list(self.data.get("changed", ()))


@contextmanager
def listening(station: StationOf, last_seen: str | None = None) -> Iterator[Iterator[Heard]]:
    """The events of a hub on its socket, as they come."""
    headers = {"last-event-id": last_seen} if last_seen else {}
    with station.client.stream("GET", "/v1/events", headers=headers) as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        yield _events(answer.iter_text())


def _events(pieces: Iterator[str]) -> Iterator[Heard]:
    text = ""
    for piece in pieces:
        *whole, text = (text + piece).split("\n\n")
        yield from (Heard(each) for each in whole if not each.startswith(":"))


def place_of(station: StationOf) -> str:
    return str(station.client.get("/v1/queue").json()["place"])


def until(events: Iterator[Heard], is_so: Callable[[dict[str, Any]], bool]) -> list[Heard]:
    heard = []
    for event in events:
        heard.append(event)
        if any(is_so(change) for change in event.changed):
            return heard
    raise AssertionError("the events ended")


def test_every_change_is_heard_small_and_in_sequence(station: StationOf) -> None:
    with listening(station, place_of(station)) as events:
        station.command("o", "open_counter", counter="Loket 1")
        for number in range(12):
            station.ticket(f"i{number}")
        station.command("c", "call_next", counter="Loket 1")
        heard = until(events, lambda change: change.get("ticket", {}).get("state") == "called")

    assert [after.seq - before.seq for before, after in pairwise(heard)] == [1] * (len(heard) - 1)
    assert max(event.size for event in heard) < LIMIT_BYTES
    seen = {each["ticket"]["number"] for event in heard for each in event.changed if "ticket" in each}
    assert seen == {f"B-{number:03}" for number in range(1, 13)}
    assert any(each.get("counter", {}).get("label") == "Loket 1" for event in heard for each in event.changed)


def test_a_listener_goes_on_after_what_it_saw(station: StationOf) -> None:
    with listening(station, place_of(station)) as events:
        station.ticket("i1")
        seen = until(events, lambda change: "ticket" in change)[-1]
    station.ticket("i2")

    with listening(station, seen.place) as events:
        missed = until(events, lambda change: change.get("ticket", {}).get("number") == "B-002")

    assert missed[0].seq == seen.seq + 1


def test_a_place_that_nobody_remembers_is_told_to_read_anew(station: StationOf) -> None:
    for place in ("another-run-7", "x", "-", "9" * 40, f"{place_of(station)}9999"):
        with listening(station, place) as events:
            told = next(events)
        assert (told.kind, told.place) == ("refetch", place_of(station)), place


def test_the_queue_and_its_place_fit_together(station: StationOf) -> None:
    """What happened after the reading is in the events after its place."""
    place = place_of(station)
    station.ticket("i1")

    with listening(station, place) as events:
        assert until(events, lambda change: change.get("ticket", {}).get("number") == "B-001")


def test_who_is_too_slow_reads_anew_and_holds_nobody_up() -> None:
    """A listener that does not read for longer than is remembered; another one meanwhile hears everything."""
    asyncio.run(_slow_and_quick())


async def _slow_and_quick() -> None:
    waiting: list[dict[str, Any]] = []

    def read() -> Changed:
        changes, waiting[:] = list(waiting), []
        return changes

    feed = EventFeed(read, "run")
    running = asyncio.create_task(feed.run())
    slow, quick = feed.listen(None), feed.listen(None)
    first, heard = asyncio.ensure_future(anext(slow)), asyncio.ensure_future(_all(quick, MANY))
    await asyncio.sleep(0)
    numbers = count()
    while not heard.done():
        waiting.extend({"ticket": {"number": next(numbers)}} for _ in range(TOGETHER))
        feed.wake()
        await asyncio.wait([heard], timeout=0.03)
    assert [after - before for before, after in pairwise(heard.result())] == [1] * (len(heard.result()) - 1)
    kinds = [each.kind for each in _read(await first)]
    assert set(kinds) == {"delta"}
    assert [each.kind for each in _read(await anext(slow))] == ["refetch"]
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def _all(stream: AsyncIterator[bytes], changes: int) -> list[int]:
    """The sequence numbers of the events until so many changes were heard."""
    seen, heard = [], 0
    async for piece in stream:
        for event in _read(piece):
            seen.append(event.seq)
            heard += len(event.changed)
        if heard >= changes:
            return seen
    return seen


def _read(piece: bytes) -> list[Heard]:
    return [Heard(each) for each in piece.decode().split("\n\n")[:-1]]


def test_a_quiet_hub_gives_a_sign_of_life(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(events, "_KEEP_ALIVE_S", 0.01)

    async def first() -> bytes:
        feed = EventFeed(lambda: (), "run")
        running = asyncio.create_task(feed.run())
        try:
            return await anext(feed.listen(None))
        finally:
            running.cancel()

    assert asyncio.run(first()) == b": alive\n\n"


@pytest.mark.expects_log("changes wait for the next look")
@pytest.mark.parametrize("trouble", [StorageTrouble(msg("Disk sibuk."), msg("Tunggu.")), KeyError("unforeseen")])
def test_a_reading_that_fails_is_made_good_by_reading_anew_and_the_next_is_heard(
    trouble: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A scanner that held the file for a moment ended all events of a hub for the rest of its run."""
    monkeypatch.setattr(events, "_AFTER_TROUBLE_S", 0.01)
    ticket = {"ticket": {"number": 2}}

    async def heard() -> list[bytes]:
        readings: list[Changed | Exception] = [trouble, trouble, [], [ticket]]

        def read() -> Changed:
            reading = readings.pop(0)
            if isinstance(reading, Exception):
                raise reading
            return reading

        feed = EventFeed(read, "run")
        running, stream = asyncio.create_task(feed.run()), feed.listen(None)
        try:
            anew = await asyncio.wait_for(anext(stream), 5.0)
            feed.wake()
            return [anew, await asyncio.wait_for(anext(stream), 5.0)]
        finally:
            running.cancel()

    anew, shown = asyncio.run(heard())
    assert [each.kind for each in _read(anew)] == ["refetch"]
    assert [each.changed for each in _read(shown)] == [[ticket]]


def test_what_no_screen_shows_pokes_once_for_all_of_it_and_a_shown_change_settles_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Else a station that idles got it at its next poll; with a poke for each, a hall would exchange all the time."""
    monkeypatch.setattr(events, "_POKE_S", 0.02)
    monkeypatch.setattr(events, "_KEEP_ALIVE_S", 0.2)
    ticket = {"ticket": {"number": 2}}

    async def heard() -> list[bytes]:
        waiting: list[dict[str, Any]] = [QUIET, QUIET]
        feed = EventFeed(lambda: [waiting.pop() for _ in tuple(waiting)], "run")
        running, stream = asyncio.create_task(feed.run()), feed.listen(None)
        try:
            poke = await asyncio.wait_for(anext(stream), 5.0)
            waiting += [QUIET, ticket]
            feed.wake()
            return [poke, await asyncio.wait_for(anext(stream), 5.0), await asyncio.wait_for(anext(stream), 5.0)]
        finally:
            running.cancel()

    poke, shown, alive = asyncio.run(heard())
    assert [each.changed for each in _read(poke + shown)] == [[], [ticket]]
    assert alive == b": alive\n\n"


def test_of_many_pokes_the_first_is_heard_at_once_and_the_others_together(monkeypatch: pytest.MonkeyPatch) -> None:
    """A printer whose cover flutters must not make every station of the building ask all the time."""
    apart_s = 0.1
    monkeypatch.setattr(events, "_BETWEEN_POKES_S", apart_s)
    monkeypatch.setattr(events, "_KEEP_ALIVE_S", 0.3)

    async def heard() -> tuple[list[bytes], float]:
        feed = EventFeed(list, "run")
        running, stream = asyncio.create_task(feed.run()), feed.listen(None)
        listening_first = asyncio.ensure_future(anext(stream))
        try:
            await asyncio.sleep(0)
            began = asyncio.get_running_loop().time()
            feed.poke()
            pieces = [await asyncio.wait_for(listening_first, 5.0)]
            for _ in range(50):
                feed.poke()
            pieces.append(await asyncio.wait_for(anext(stream), 5.0))
            apart = asyncio.get_running_loop().time() - began
            return [*pieces, await asyncio.wait_for(anext(stream), 5.0)], apart
        finally:
            running.cancel()

    (first, second, alive), apart = asyncio.run(heard())
    assert [each.changed for each in _read(first + second)] == [[], []]
    assert apart > 0.99 * apart_s
    assert alive == b": alive\n\n"


@pytest.mark.parametrize("place", ["station", "user"])
def test_who_works_here_and_on_which_computers_is_heard_at_once(
    hub: RunningHub, station: StationOf, place: str
) -> None:
    with listening(station, place_of(station)) as events:
        if place == "station":
            hub.enrol(9)
        else:
            office = hub.office
            with office.writer.begin(office.actor) as unit:
                user = UserDefined(user_name="baru", display_name="Baru Contohwan", roles=("clerk",))
                unit.record(Draft(unit.new_id(), Subject(SubjectType.USER, unit.new_id()), user))
        until(events, lambda change: place in change)


@pytest.mark.parametrize("steps", range(4))
def test_who_leaves_at_a_bad_moment_takes_nothing_along(steps: int) -> None:
    """A server cancels the stream of a lost listener again and again until it is over."""

    async def heard() -> list[int]:
        waiting: list[dict[str, Any]] = [{"ticket": {"number": 1}}]
        feed = EventFeed(lambda: [waiting.pop()] if waiting else [], "run")
        leaving = [asyncio.ensure_future(_everything(feed.listen(None))) for _ in range(5)]
        staying = asyncio.ensure_future(_all(feed.listen(None), 2))
        running = asyncio.create_task(feed.run())
        for _ in range(steps):
            await asyncio.sleep(0)
        while not all(each.done() for each in leaving):
            for each in leaving:
                each.cancel()
            await asyncio.sleep(0)
        waiting.append({"ticket": {"number": 2}})
        feed.wake()
        try:
            return await asyncio.wait_for(staying, 5.0)
        finally:
            assert not running.done()
            running.cancel()

    assert asyncio.run(heard()) == [1, 2]


def test_at_the_end_everybody_is_let_go() -> None:
    """A stream that would not end had to be cut off at each stop of a hub, with an error in its log."""

    async def left() -> list[bytes]:
        feed = EventFeed(tuple, "run")
        hearing = asyncio.ensure_future(_everything(feed.listen(None)))
        await asyncio.sleep(0)
        feed.end()
        return await asyncio.wait_for(hearing, 5.0) + await _everything(feed.listen(None))

    assert asyncio.run(left()) == []


async def _everything(stream: AsyncIterator[bytes]) -> list[bytes]:
    return [each async for each in stream]
