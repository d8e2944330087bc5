"""The one thread that decides: commands in the order they came, as many in one commit as came meanwhile."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Protocol

from mppdesk.db.deciding.hub import Answered, Asked

# Both bound how long the first of a batch waits for the last.
_MOST_TOGETHER = 32
_GAP_S = 0.001


class ManyHub(Protocol):
    """A hub that decides several commands with one commit."""

    def ask_many(self, asked: Sequence[Asked]) -> list[Answered | Exception]: ...


@dataclass(frozen=True, slots=True, eq=False)
class _Waiting:
    asked: Asked
    answer: "asyncio.Future[Answered]"


class Decider:
    """Group commit: nobody is answered before the commit that holds the decision is synced."""

    def __init__(self, hub: ManyHub) -> None:
        self._hub = hub
        self._waiting: SimpleQueue[_Waiting | None] = SimpleQueue()
        self._thread = Thread(target=self._work, name="decider", daemon=True)
        self._thread.start()

    async def ask(self, asked: Asked) -> Answered:
        """Give the hub's answer; raises what the decision raised."""
        waiting = _Waiting(asked, asyncio.get_running_loop().create_future())
        self._waiting.put(waiting)
        return await waiting.answer

    def close(self) -> None:
        """Decide what is waiting, then end the thread."""
        self._waiting.put(None)
        self._thread.join()

    def _work(self) -> None:
        expected = 1
        while (first := self._waiting.get()) is not None:
            batch, is_last = self._gather(first, expected)
            self._decide(batch)
            if is_last:
                return
            expected = len(batch) + self._waiting.qsize()

    def _gather(self, first: _Waiting, expected: int) -> tuple[list[_Waiting], bool]:
        """Take what waits, and wait a moment while fewer came than there are who ask one question after the other.

        Else they would come in two halves by turns, each with a commit of its own. Who asks alone is never held up.
        """
        batch = [first]
        while len(batch) < _MOST_TOGETHER:
            try:
                following = self._next(is_expected=len(batch) < expected)
            except Empty:
                return batch, False
            if following is None:
                return batch, True
            batch.append(following)
        return batch, False

    def _next(self, *, is_expected: bool) -> _Waiting | None:
        return self._waiting.get(timeout=_GAP_S) if is_expected else self._waiting.get_nowait()

    def _decide(self, batch: list[_Waiting]) -> None:
        answers: list[Answered | Exception]
        try:
            answers = self._hub.ask_many([each.asked for each in batch])
        except Exception as trouble:  # noqa: BLE001 - told to everybody who asked; nothing of the batch is stored
            answers = [trouble] * len(batch)
        loop = batch[0].answer.get_loop()
        loop.call_soon_threadsafe(_deliver, batch, answers)


def _deliver(batch: list[_Waiting], answers: list[Answered | Exception]) -> None:
    for waiting, answer in zip(batch, answers, strict=True):
        if waiting.answer.done():
            continue  # its connection is gone; the same id asked again gets the same answer
        if isinstance(answer, Exception):
            waiting.answer.set_exception(answer)
        else:
            waiting.answer.set_result(answer)
