"""One line of a simulated printer, and what the printer knows of it."""

from contextlib import suppress
from typing import Protocol

from tests.fakes.printer.behaviour import ANSWERS, Behaviour


class Line(Protocol):
    """What a printer answers into: a socket, or the printer's end of a serial line."""

    def sendall(self, data: bytes, /) -> None: ...


class Talk:
    """`has_begun`: whether anything was asked or sent; `is_forgotten`: whether the printer has lost this line."""

    def __init__(self, line: Line, behaviour: Behaviour) -> None:
        self.has_begun = False
        self.is_forgotten = False
        self.hears_changes = False
        self._line = line
        self._behaviour = behaviour

    def say(self, words: bytes) -> None:
        if not self.is_forgotten:
            with suppress(OSError):  # nobody waits for it any more
                self._line.sendall(self._behaviour.interjects + words)

    def tell_status(self) -> None:
        """What GS a asks for: four bytes now, and again at every change."""
        if self.hears_changes:
            self.say(ANSWERS[self._behaviour.condition].automatic)
