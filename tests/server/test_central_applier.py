"""The centre's folding goes on for everybody, whatever goes wrong at one site or in one look."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Semaphore
from typing import Any

import pytest

from mppdesk.db.central import folding
from mppdesk.db.sql import Statement
from mppdesk.domain.errors import StorageTrouble
from mppdesk.server.central_applier import Applier
from mppdesk.texts import msg

BROKEN, SOUND = "site-broken", "site-sound"
TROUBLE = StorageTrouble(msg("Kueri dibatalkan."), msg("Coba lagi."))


class TwoSites:
    """As far as folding asks: a database where both sites wait, and one of them cannot be folded."""

    duplicate = ValueError

    def __init__(self, trouble: Exception) -> None:
        self._trouble = trouble
        self.asked = Semaphore(0)

    @contextmanager
    def writing(self) -> Iterator[Any]:
        yield self

    reading = outside = writing

    def all(self, statement: Statement) -> list[tuple[str, ...]]:
        """Which sites wait; nothing was left unread by an older program."""
        return [(BROKEN,), (SOUND,)] if statement is folding._waiting else []

    def one(self, statement: Statement, *, site_id: str) -> tuple[bool]:
        if site_id == BROKEN:
            raise self._trouble
        self.asked.release()
        return (False,)


@pytest.mark.expects_log("fold")
@pytest.mark.parametrize("trouble", [TROUBLE, RuntimeError("a fault of this program")])
def test_a_site_that_cannot_be_folded_holds_up_no_other(trouble: Exception) -> None:
    sites = TwoSites(trouble)
    with Applier(sites, poll_s=0.01):
        assert all(sites.asked.acquire(timeout=10) for _ in range(3))


@pytest.mark.expects_log("fold")
@pytest.mark.parametrize("trouble", [TROUBLE, RuntimeError("a fault of this program")])
def test_a_look_that_fails_ends_no_folding(trouble: Exception) -> None:
    def failing_once() -> Callable[[], None]:
        troubles = [trouble]

        def look() -> None:
            if troubles:
                raise troubles.pop()

        return look

    sites = TwoSites(TROUBLE)
    with Applier(sites, failing_once(), poll_s=0.01):
        assert sites.asked.acquire(timeout=10)
