"""What earlier sheets left in a printer: whatever name leads to it, its next sheet has to reckon with that."""

import threading
from collections.abc import Hashable

from mppdesk.domain.printer_models import PrinterModel
from mppdesk.printing.late_answers import LateAnswers

# Bytes of the longest command without dots in our sheets: the content of a QR code; and of all that says how many
# bytes are to come, which a question taken for it would make many.
_LONGEST_OF_TEXT = 256
# A piece of a slip that is sent as a picture, 256 rows of 72 bytes.
_LONGEST_OF_PICTURES = 20_000
# A code or a logo as a picture, also where only the set-up sends one: 96 rows of 48 bytes.
_LONGEST_OF_SMALL_PICTURES = 5_000
_PICTURE = b"\x1dv0"


class LeftBehind:
    """What one printer may still say and wait for; of an earlier run of the program nobody knows.

    A sheet may have broken off in a command, which takes what follows for its own: `in_a_command` bytes of one without
    dots, or `in_a_picture` bytes of dots. `is_flushed`: as many were sent since. `is_mute`: the last look was not
    answered.
    """

    def __init__(self) -> None:
        self.late_answers = LateAnswers()
        self.in_a_command = _LONGEST_OF_TEXT
        self.in_a_picture = 0
        self.is_flushed = False
        self.is_mute = False

    def allow_for_others(self, in_a_picture: int) -> None:
        """A set-up page, a test slip or an earlier run may have been here: what it left, nobody counted."""
        self.late_answers.allow_for_others()
        self._add(in_a_picture)

    def add(self, data: bytes) -> None:
        """This sheet was given up: nobody knows how much of it arrived."""
        self._add(longest_command(data) if _PICTURE in data else 0)

    def inherit(self, other: "LeftBehind") -> None:
        """The printer may be the one that was elsewhere before: plugged in anew, or under another number."""
        self.late_answers.inherit(other.late_answers)
        self._add(other.in_a_picture)

    def _add(self, in_a_picture: int) -> None:
        self.in_a_command = _LONGEST_OF_TEXT
        if in_a_picture:
            self.in_a_picture = max(self.in_a_picture, in_a_picture)
            self.is_flushed = False


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


def longest_picture(model: PrinterModel) -> int:
    """How many bytes of dots at most this kind of printer waits for where nobody knows what broke off in it."""
    return _LONGEST_OF_SMALL_PICTURES if model.draws_text else _LONGEST_OF_PICTURES
