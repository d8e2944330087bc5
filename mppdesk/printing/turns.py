"""Whose turn it is at a device that several names lead to: the words of two lines would run into each other."""

import threading
from collections.abc import Hashable

LONGEST_TURN_S = 60.0
"""Longer than any sheet takes."""

_places: dict[Hashable, threading.Lock] = {}
_naming = threading.Lock()


class Turn:
    """The right to lead a line to a device, until it is ended."""

    def __init__(self, place: Hashable, lock: threading.Lock) -> None:
        self.place = place
        self._lock = lock
        self._is_over = False

    def end(self) -> None:
        if not self._is_over:
            self._is_over = True
            self._lock.release()


def take_turn(*device: Hashable) -> Turn:
    """Wait until nobody else of this program leads a line to the device, whatever name it goes by.

    Raises TimeoutError.
    """
    with _naming:
        lock = _places.setdefault(device, threading.Lock())
    if not lock.acquire(timeout=LONGEST_TURN_S):
        raise TimeoutError
    return Turn(device, lock)
