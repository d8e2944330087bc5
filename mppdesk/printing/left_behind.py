"""What earlier sheets left in a printer: whatever name leads to it, its next sheet has to reckon with that."""

import threading
from collections.abc import Hashable

from mppdesk.printing.late_answers import LateAnswers

# Bytes of the longest command in our sheets: the content of a QR code, or a slice of a picture.
_LONGEST_OF_TEXT, _LONGEST_OF_PICTURES = 256, 20_000
_PICTURE = b"\x1dv0"


class LeftBehind:
    """What one printer may still say and wait for; of an earlier run of the program nobody knows.

    `unfinished` is how many bytes a command may still wait for in which a sheet broke off. `is_mute`: the last look was
    not answered.
    """

    def __init__(self) -> None:
        self.late_answers = LateAnswers()
        self.unfinished = _LONGEST_OF_TEXT
        self.is_mute = False

    def allow_for_others(self) -> None:
        """A set-up page or a test slip may have been here: what it left, nobody counted."""
        self.late_answers.allow_for_others()
        self.unfinished = max(self.unfinished, _LONGEST_OF_TEXT)


class Places:
    """Of each physical printer what was left there, under the place that its wire ends at."""

    def __init__(self) -> None:
        self._known: dict[Hashable, LeftBehind] = {}
        self._lock = threading.Lock()

    def at(self, place: Hashable) -> LeftBehind:
        with self._lock:
            return self._known.setdefault(place, LeftBehind())


def longest_command(data: bytes) -> int:
    """How many bytes at most a sheet's command waits for that broke off; as many NUL bytes end it."""
    return min(len(data), _LONGEST_OF_PICTURES) if _PICTURE in data else _LONGEST_OF_TEXT
