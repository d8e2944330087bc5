"""Calls into the system that have no time-out of their own, and may take minutes."""

import threading
from collections.abc import Callable
from queue import Empty, SimpleQueue
from typing import TypeVar, cast

T = TypeVar("T")

_MOST_HANGING = 4


class PatientCalls:
    """Makes each call in a thread of its own and waits for it no longer than it is worth; `to` names who is called."""

    def __init__(self, to: str) -> None:
        self._to = to
        self._hanging: list[threading.Thread] = []

    def within(self, seconds: float, act: Callable[[], T]) -> T:
        """Give what `act` gives. Raises what it raises, and TimeoutError; nobody waits for it any more then.

        What hangs for a day is not given a thread every ten seconds: it must wake before it is asked again.
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

        thread = threading.Thread(target=work, name=self._to, daemon=True)
        thread.start()
        try:
            answer, error = answers.get(timeout=seconds)
        except Empty:
            self._hanging.append(thread)
            raise TimeoutError from None
        if error is not None:
            raise error
        return cast(T, answer)
