"""The one thread that decides: commands in the order they came, as many in one commit as came meanwhile."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Protocol

from mppdesk.domain.commands import Answer, Command
from mppdesk.domain.entries import Actor

# Bounds how long the first of a batch waits for the last.
_MOST_TOGETHER = 32


class ManyHub(Protocol):
    """A hub that decides several commands with one commit."""

    def ask_many(self, asked: Sequence[tuple[Command, Actor]]) -> list[Answer | Exception]: ...


@dataclass(frozen=True, slots=True, eq=False)
class _Asked:
    command: Command
    actor: Actor
    answer: "asyncio.Future[Answer]"


class Decider:
    """Group commit: nobody is answered before the commit that holds the decision is synced."""

    def __init__(self, hub: ManyHub) -> None:
        self._hub = hub
        self._waiting: SimpleQueue[_Asked | None] = SimpleQueue()
        self._thread = Thread(target=self._work, name="decider", daemon=True)
        self._thread.start()

    async def ask(self, command: Command, actor: Actor) -> Answer:
        """Give the hub's answer; raises what the decision raised."""
        asked = _Asked(command, actor, asyncio.get_running_loop().create_future())
        self._waiting.put(asked)
        return await asked.answer

    def close(self) -> None:
        """Decide what is waiting, then end the thread."""
        self._waiting.put(None)
        self._thread.join()

    def _work(self) -> None:
        while (first := self._waiting.get()) is not None:
            batch, is_last = self._gather(first)
            self._decide(batch)
            if is_last:
                return

    def _gather(self, first: _Asked) -> tuple[list[_Asked], bool]:
        batch = [first]
        while len(batch) < _MOST_TOGETHER:
            try:
                asked = self._waiting.get_nowait()
            except Empty:
                return batch, False
            if asked is None:
                return batch, True
            batch.append(asked)
        return batch, False

    def _decide(self, batch: list[_Asked]) -> None:
        answers: list[Answer | Exception]
        try:
            answers = self._hub.ask_many([(each.command, each.actor) for each in batch])
        except Exception as trouble:  # noqa: BLE001 - told to everybody who asked; nothing of the batch is stored
            answers = [trouble] * len(batch)
        loop = batch[0].answer.get_loop()
        loop.call_soon_threadsafe(_deliver, batch, answers)


def _deliver(batch: list[_Asked], answers: list[Answer | Exception]) -> None:
    for asked, answer in zip(batch, answers, strict=True):
        if asked.answer.done():
            continue  # its connection is gone; the same id asked again gets the same answer
        if isinstance(answer, Exception):
            asked.answer.set_exception(answer)
        else:
            asked.answer.set_result(answer)
