"""Work beside the windows: no window waits for a disk, a printer or a line.

Database work is done by one thread in the order it was asked; anything else by a small pool. What comes out is handed
back on the GUI thread. What was foreseen comes out as a `ClerkError`; a bug is written to the log with its trace and
shown as one calm sentence with a short code by which the entry in the log is found.
"""

import logging
import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol, TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from shiboken6 import isValid

from mppdesk.domain.errors import ClerkError
from mppdesk.texts import msg

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

_log = logging.getLogger(__name__)
_Result = TypeVar("_Result")
_Shown = TypeVar("_Shown")
OnClerkError = Callable[[ClerkError], None]


class ProgramBug(ClerkError):
    """Something nobody foresaw; the log knows more under the code."""

    def __init__(self, code: str) -> None:
        super().__init__(
            msg("Ada yang salah di program."),
            msg("Pekerjaan Anda tersimpan; silakan teruskan. Kejadian dicatat (kode {code}).", code=code),
        )
        self.code = code


class Runner(Protocol):
    """What windows need: run `work` elsewhere, then one of the two functions on the GUI thread."""

    def run(
        self, work: Callable[[], _Result], on_done: Callable[[_Result], None], on_clerk_error: OnClerkError
    ) -> None: ...

    def run_beside(
        self, work: Callable[[], _Result], on_done: Callable[[_Result], None], on_clerk_error: OnClerkError
    ) -> None: ...


class Tasks(QObject):
    """Runs work on threads of its own; make it on the GUI thread and `close` it before the program ends."""

    _finished = Signal(object)

    def __init__(self, beside: int = 2, code: Callable[[], str] = lambda: os.urandom(2).hex().upper()) -> None:
        super().__init__()
        self._database = _Threads(1, "database")
        self._beside = _Threads(beside, "beside")
        self._code = code
        self._running = 0
        self._is_closed = False
        self._finished.connect(self._hand_back, Qt.ConnectionType.QueuedConnection)

    @staticmethod
    def inline(code: Callable[[], str] = lambda: os.urandom(2).hex().upper()) -> "InlineTasks":
        """The same interface without threads, for tests and the demo without a display."""
        return InlineTasks(code)

    @property
    def running(self) -> int:
        """How much work has not been handed back yet."""
        return self._running

    def run(
        self, work: Callable[[], _Result], on_done: Callable[[_Result], None], on_clerk_error: OnClerkError
    ) -> None:
        """Do database work, one piece after the other; call on the GUI thread only."""
        self._start(self._database, work, on_done, on_clerk_error)

    def run_beside(
        self, work: Callable[[], _Result], on_done: Callable[[_Result], None], on_clerk_error: OnClerkError
    ) -> None:
        """Do work that needs no database, such as drawing a PDF; call on the GUI thread only."""
        self._start(self._beside, work, on_done, on_clerk_error)

    def close(self) -> None:
        """Wait for the work that was asked for; nothing is handed back any more."""
        self._is_closed = True
        self._database.close()
        self._beside.close()

    def _start(
        self,
        pool: "_Threads",
        work: Callable[[], _Result],
        on_done: Callable[[_Result], None],
        on_clerk_error: OnClerkError,
    ) -> None:
        # News of a last commit may still reach a window whose program is closing; it has nothing to read any more.
        if self._is_closed:
            return
        self._running += 1
        pool.submit(
            lambda: self._finished.emit(_outcome(work, _unless_gone(on_done), _unless_gone(on_clerk_error), self._code))
        )

    def _hand_back(self, show: Callable[[], None]) -> None:
        self._running -= 1
        if not self._is_closed:
            show()


class _Threads:
    """A pool that is made for its first work: the first paint waits for nothing that only later work needs."""

    def __init__(self, most: int, name: str) -> None:
        self._most, self._name = most, name
        self._pool: ThreadPoolExecutor | None = None

    def submit(self, work: Callable[[], None]) -> None:
        if self._pool is None:
            from concurrent.futures import ThreadPoolExecutor

            self._pool = ThreadPoolExecutor(self._most, self._name)
        self._pool.submit(work)

    def close(self) -> None:
        if self._pool is not None:
            self._pool.shutdown()


class InlineTasks:
    """Does the work at once, in the thread that asks."""

    def __init__(self, code: Callable[[], str]) -> None:
        self._code = code

    running = 0

    def run(
        self, work: Callable[[], _Result], on_done: Callable[[_Result], None], on_clerk_error: OnClerkError
    ) -> None:
        """Do the work and hand its result over before returning."""
        _outcome(work, on_done, on_clerk_error, self._code)()

    run_beside = run

    def close(self) -> None:
        """There is nothing to wait for."""


def _unless_gone(show: Callable[[_Shown], None]) -> Callable[[_Shown], None]:
    """Hand over to a window's own method only while the window lives: it may be closed before its answer is there."""
    receiver = getattr(show, "__self__", None)

    def guarded(result: _Shown) -> None:
        if not isinstance(receiver, QObject) or isValid(receiver):
            show(result)

    return guarded


def _outcome(
    work: Callable[[], _Result],
    on_done: Callable[[_Result], None],
    on_clerk_error: OnClerkError,
    code: Callable[[], str],
) -> Callable[[], None]:
    """Do the work; answer what the GUI thread has to do with what came out."""
    try:
        result = work()
    except ClerkError as error:
        foreseen = error
        return lambda: on_clerk_error(foreseen)
    except Exception:  # noqa: BLE001 - at the end of a thread a bug is caught, or lost without a word
        bug = ProgramBug(code())
        _log.exception("bug %s", bug.code)
        return lambda: on_clerk_error(bug)
    return lambda: on_done(result)
