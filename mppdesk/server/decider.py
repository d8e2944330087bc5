"""The one thread that decides: commands in the order they came, in one commit with those that come meanwhile."""

import asyncio
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import chain
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Protocol

from mppdesk.db.deciding.hub import Answered, Asked

# Both bound how long the first of a batch waits for the last.
_MOST_TOGETHER = 32
_GAP_S = 0.001


class ManyHub(Protocol):
    """A hub that decides several commands with one commit."""

    def ask_many(self, asked: Iterable[Asked]) -> list[Answered | Exception]: ...


Tell = Callable[[Answered | Exception], None]
"""Is told the hub's answer, or what the decision raised, in the event loop."""


@dataclass(frozen=True, slots=True, eq=False)
class _Waiting:
    asked: Asked
    tell: Tell
    loop: asyncio.AbstractEventLoop


class Decider:
    """Group commit: nobody is answered before the commit that holds the decision is synced."""

    def __init__(self, hub: ManyHub) -> None:
        self._hub = hub
        self._waiting: SimpleQueue[_Waiting | None] = SimpleQueue()
        self._thread = Thread(target=self._work, name="decider", daemon=True)
        self._thread.start()

    async def ask(self, asked: Asked) -> Answered:
        """Give the hub's answer; raises what the decision raised."""
        answer: asyncio.Future[Answered] = asyncio.get_running_loop().create_future()
        self.submit(asked, partial(_settle, answer))
        return await answer

    def submit(self, asked: Asked, tell: Tell) -> None:
        """Have a command decided; called in the event loop, where `tell` is called too."""
        self._waiting.put(_Waiting(asked, tell, asyncio.get_running_loop()))

    def close(self) -> None:
        """Decide what is waiting, then end the thread."""
        self._waiting.put(None)
        self._thread.join()

    def _work(self) -> None:
        expected, is_last = 1, False
        while not is_last and (first := self._waiting.get()) is not None:
            batch = _Batch(first, self._waiting, expected)
            self._decide(batch)
            expected, is_last = len(batch.taken) + self._waiting.qsize(), batch.is_last

    def _decide(self, batch: "_Batch") -> None:
        answers: list[Answered | Exception]
        try:
            answers = self._hub.ask_many(batch)
        except Exception as trouble:  # noqa: BLE001 - told to everybody who asked; nothing of the batch is stored
            answers = [trouble] * len(batch.taken)
        batch.taken[0].loop.call_soon_threadsafe(_deliver, batch.taken, answers)


class _Batch:
    """The commands of one commit in their order: who waits, and who comes while they are decided.

    Gone through again, they are the same ones. `is_last`: the decider was told to end.
    """

    def __init__(self, first: _Waiting, waiting: "SimpleQueue[_Waiting | None]", expected: int) -> None:
        """Who comes next is waited for a moment while fewer came than the `expected`, who ask one after the other.

        Else they would come in two halves by turns, each with a commit of its own. Who asks alone is never held up.
        """
        self.taken = [first]
        self.is_last = False
        self._waiting = waiting
        self._expected = expected
        self._coming = self._come()

    def __iter__(self) -> Iterator[Asked]:
        coming, self._coming = self._coming, iter(())
        for each in chain(tuple(self.taken), coming):
            yield each.asked

    def _come(self) -> Iterator[_Waiting]:
        while len(self.taken) < _MOST_TOGETHER:
            try:
                following = self._next(is_expected=len(self.taken) < self._expected)
            except Empty:
                return
            if following is None:
                self.is_last = True
                return
            self.taken.append(following)
            yield following

    def _next(self, *, is_expected: bool) -> _Waiting | None:
        return self._waiting.get(timeout=_GAP_S) if is_expected else self._waiting.get_nowait()


def _deliver(batch: list[_Waiting], answers: list[Answered | Exception]) -> None:
    for waiting, answer in zip(batch, answers, strict=True):
        waiting.loop.call_soon(waiting.tell, answer)


def _settle(future: "asyncio.Future[Answered]", answer: Answered | Exception) -> None:
    if future.done():
        return  # its connection is gone; the same id asked again gets the same answer
    if isinstance(answer, Exception):
        future.set_exception(answer)
    else:
        future.set_result(answer)
