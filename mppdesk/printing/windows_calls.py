"""Calls into the Windows spooler, which may take minutes where a printer hangs on another computer."""

import threading
from collections.abc import Callable
from queue import Empty, SimpleQueue
from typing import TypeVar, cast

T = TypeVar("T")

_MOST_HANGING = 4


class PatientCalls:
    """Makes each call in a thread of its own and waits for it no longer than it is worth."""

    def __init__(self) -> None:
        self._hanging: list[threading.Thread] = []

    def within(self, seconds: float, act: Callable[[], T]) -> T:
        """Give what `act` gives. Raises what it raises, and TimeoutError; nobody waits for it any more then.

        A spooler that hangs for a day is not given a thread every ten seconds: it must wake before it is asked again.
        """
        self._hanging = [thread for thread in self._hanging if thread.is_alive()]
        if len(self._hanging) >= _MOST_HANGING:
            raise TimeoutError
        answers: SimpleQueue[tuple[T | None, BaseException | None]] = SimpleQueue()

        def work() -> None:
            try:
                answers.put((act(), None))
            except BaseException as error:  # noqa: BLE001 - raised again where it was asked
                answers.put((None, error))

        thread = threading.Thread(target=work, name="windows spooler", daemon=True)
        thread.start()
        try:
            answer, error = answers.get(timeout=seconds)
        except Empty:
            self._hanging.append(thread)
            raise TimeoutError from None
        if error is not None:
            raise error
        return cast(T, answer)


class HandedOver:
    """How far a job came; either its first byte is given, or it is given up, and never both.

    A call that was not waited for may still go on minutes later, when the sheet was printed by another attempt.
    """

    def __init__(self) -> None:
        self.job = 0
        self.given = 0
        self._is_begun = False
        self._is_given_up = False
        self._lock = threading.Lock()

    def go_on(self) -> None:
        """What comes next may reach the paper; raises OSError where nobody waits for it any more."""
        with self._lock:
            if self._is_given_up:
                raise ConnectionAbortedError
            self._is_begun = True

    def give_up(self) -> bool:
        """Let nothing go on; answer whether not a byte was given, so that none ever will be."""
        with self._lock:
            self._is_given_up = True
            return not self._is_begun
