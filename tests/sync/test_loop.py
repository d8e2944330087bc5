"""When a loop exchanges: after a poke at once, after a failure in its turn or when the other side is heard."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Semaphore
from typing import Any, cast

from mppdesk.sync.exchange import Exchanged
from mppdesk.sync.link import Unreachable
from mppdesk.sync.loop import SyncLoop
from mppdesk.sync.pace import Pace
from mppdesk.sync.protocol import CentreStanding

SOON_S, PATIENCE_S = 0.2, 10.0
FAR_S = 60.0


class Link:
    """Answers each exchange as it is told to; `asked` counts them."""

    def __init__(self, answer: Callable[[], Exchanged]) -> None:
        self.answer = answer
        self._asked = Semaphore(0)

    def exchange(self, here: object) -> Exchanged:
        try:
            return self.answer()
        finally:
            self._asked.release()

    def is_asked(self, within_s: float) -> bool:
        return self._asked.acquire(timeout=within_s)

    def close(self) -> None:
        pass


class Store:
    def now_ms(self) -> int:
        return 0


class SlowPace(Pace):
    """Waits a minute after a failure, so that a try before it is none of its own."""

    def after_failure(self, asked_to_wait_s: float = 0.0) -> float:
        super().after_failure(asked_to_wait_s)
        return FAR_S


@contextmanager
def running(
    link: Link, settle: Callable[[], object] = lambda: None, due_s: Callable[[], float] = lambda: FAR_S
) -> Iterator[SyncLoop]:
    loop = SyncLoop(cast(Any, link), cast(Any, Store()), SlowPace(lambda: 0.0), settle=settle, due_s=due_s)
    loop.start()
    try:
        yield loop
    finally:
        loop.stop()


def _gone() -> Exchanged:
    raise Unreachable("ConnectError")


def test_a_poke_is_followed_by_an_exchange() -> None:
    link = Link(Exchanged)
    with running(link) as loop:
        assert link.is_asked(PATIENCE_S)
        loop.poke()
        assert link.is_asked(PATIENCE_S)


def test_commits_do_not_hurry_the_next_try_of_a_link_that_failed() -> None:
    link = Link(_gone)
    with running(link) as loop:
        assert link.is_asked(PATIENCE_S)
        loop.poke()
        assert not link.is_asked(SOON_S)

        loop.heard()
        assert link.is_asked(PATIENCE_S)


def test_each_try_that_failed_is_told() -> None:
    """Whoever reads the note of a link sees that somebody tries."""
    told: list[str] = []
    link = Link(_gone)
    loop = SyncLoop(cast(Any, link), cast(Any, Store()), SlowPace(lambda: 0.0), lambda state: told.append(state.why))
    loop.once()
    loop.once()

    assert told == ["ConnectError", "ConnectError"]


def test_what_the_other_side_said_of_its_centre_is_forgotten_with_it() -> None:
    link = Link(lambda: Exchanged(centre=CentreStanding(is_reached=True, since_ms=1)))
    loop = SyncLoop(cast(Any, link), cast(Any, Store()), SlowPace(lambda: 0.0))
    loop.once()
    assert loop.state.centre == CentreStanding(is_reached=True, since_ms=1)

    link.answer = _gone
    loop.once()
    assert loop.state.centre is None


def test_what_an_exchange_brings_makes_no_other_one() -> None:
    loops: list[SyncLoop] = []

    def bringing() -> Exchanged:
        for loop in loops:
            loop.poke()  # as each commit does, in the thread that commits
        return Exchanged(received=1)

    link = Link(bringing)
    with running(link) as loop:
        assert link.is_asked(PATIENCE_S)
        loops.append(loop)
        loop.poke()
        assert link.is_asked(PATIENCE_S)
        assert not link.is_asked(SOON_S)


def test_what_is_settled_after_an_exchange_goes_out_with_the_next() -> None:
    settled: list[SyncLoop] = []
    link = Link(Exchanged)

    def settle() -> None:
        if settled:
            settled.pop().poke()

    with running(link, settle) as loop:
        assert link.is_asked(PATIENCE_S)
        settled.append(loop)
        loop.poke()
        assert link.is_asked(PATIENCE_S)
        assert link.is_asked(PATIENCE_S)


def test_what_is_still_owed_after_an_exchange_does_not_wait_for_the_next_poll() -> None:
    link = Link(Exchanged)
    with running(link, due_s=lambda: 0.0):
        assert link.is_asked(PATIENCE_S)
        assert link.is_asked(PATIENCE_S)
