"""Group commit: who asks together is answered together, each with what is his; who asks alone waits for nobody."""

import asyncio
from collections.abc import Coroutine, Iterable
from threading import Event
from typing import Any

import pytest

from mppdesk.db.deciding.hub import Answered, Asked
from mppdesk.domain.commands import Answer, CloseDay
from mppdesk.domain.entries import Actor
from mppdesk.domain.errors import ClerkError, Refused, StorageTrouble
from mppdesk.server.decider import Decider
from mppdesk.texts import msg

PATIENCE_S = 10.0
NO = Refused(msg("Tidak."), msg("Ulangi."))
FULL = StorageTrouble(msg("Disk penuh."), msg("Kosongkan."))


class Hub:
    """Refuses what is called `no`; waits in its first batch until told; fails as a whole with `trouble`."""

    def __init__(self) -> None:
        self.batches: list[list[str]] = []
        self.trouble: ClerkError | None = None
        self.is_deciding, self.may_go_on = Event(), Event()

    def ask_many(self, asked: Iterable[Asked]) -> list[Answered | Exception]:
        self.batches.append([each.command.command_id for each in asked])
        self.is_deciding.set()
        assert self.may_go_on.wait(PATIENCE_S)
        if self.trouble:
            raise self.trouble
        return [NO if name == "no" else Answered(Answer(why=name)) for name in self.batches[-1]]


def ask(decider: Decider, name: str) -> Coroutine[Any, Any, Answered]:
    return decider.ask(Asked(CloseDay(command_id=name), Actor("u" * 32, "hub")))


def together(hub: Hub, decider: Decider, first: str, *others: str) -> list[Answered | BaseException]:
    """Ask for the first, and for the others while it is decided."""

    async def asking() -> list[Answered | BaseException]:
        asked = [asyncio.ensure_future(ask(decider, first))]
        await asyncio.to_thread(hub.is_deciding.wait, PATIENCE_S)
        asked += [asyncio.ensure_future(ask(decider, each)) for each in others]
        await asyncio.sleep(0)
        hub.may_go_on.set()
        return await asyncio.gather(*asked, return_exceptions=True)

    try:
        return asyncio.run(asking())
    finally:
        decider.close()


def test_what_came_meanwhile_shares_one_commit_and_each_gets_his_own_answer() -> None:
    hub = Hub()
    answers = together(hub, Decider(hub), "a", "b", "no", "c")

    assert hub.batches == [["a"], ["b", "no", "c"]]
    assert [each.answer.why if isinstance(each, Answered) else each for each in answers] == ["a", "b", NO, "c"]


def test_a_commit_that_fails_is_told_to_all_of_it() -> None:
    hub = Hub()
    hub.trouble = FULL
    assert together(hub, Decider(hub), "a", "b", "c") == [FULL, FULL, FULL]


def test_those_who_ask_on_and_on_are_gathered_into_one_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    """Answered in two halves they would stay two halves, with a commit each."""
    monkeypatch.setattr("mppdesk.server.decider._GAP_S", PATIENCE_S)
    hub = Hub()
    decider = Decider(hub)

    async def on_and_on(number: int, turns: int) -> None:
        for turn in range(turns):
            await ask(decider, f"{number}/{turn}")

    async def all_of_them() -> None:
        asking = [asyncio.ensure_future(on_and_on(0, 4))]
        await asyncio.to_thread(hub.is_deciding.wait, PATIENCE_S)
        asking += [asyncio.ensure_future(on_and_on(number, 3)) for number in range(1, 4)]
        await asyncio.sleep(0)
        hub.may_go_on.set()
        await asyncio.gather(*asking)

    asyncio.run(all_of_them())
    decider.close()
    assert [len(batch) for batch in hub.batches] == [1, 4, 4, 4]


def test_the_first_is_decided_while_the_others_of_its_commit_are_still_to_come(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mppdesk.server.decider._GAP_S", PATIENCE_S)

    class HubInTurn(Hub):
        def ask_many(self, asked: Iterable[Asked]) -> list[Answered | Exception]:
            names = []
            for each in asked:
                names.append(each.command.command_id)
                self.is_deciding.set()
                assert self.may_go_on.wait(PATIENCE_S)
            self.batches.append(names)
            assert [each.command.command_id for each in asked] == names, "gone through again, they are the same"
            return [Answered(Answer(why=name)) for name in names]

    hub = HubInTurn()
    decider = Decider(hub)

    async def in_turn() -> None:
        hub.may_go_on.set()
        await asyncio.gather(ask(decider, "a"), ask(decider, "b"))
        hub.may_go_on.clear()
        hub.is_deciding.clear()
        first = asyncio.ensure_future(ask(decider, "c"))
        await asyncio.to_thread(hub.is_deciding.wait, PATIENCE_S)
        second = asyncio.ensure_future(ask(decider, "d"))
        await asyncio.sleep(0)
        hub.may_go_on.set()
        await asyncio.gather(first, second)

    asyncio.run(in_turn())
    decider.close()
    assert hub.batches[-1] == ["c", "d"]


def test_what_is_asked_before_the_end_is_decided() -> None:
    hub = Hub()
    decider = Decider(hub)

    async def asking() -> Answered:
        hub.may_go_on.set()
        asked = asyncio.ensure_future(ask(decider, "last"))
        await asyncio.sleep(0)
        decider.close()
        return await asked

    assert asyncio.run(asking()).answer.why == "last"
