"""Reads our own bytes as a printer does that knows nothing but the commands we send, and measures what comes out."""

from collections.abc import Callable
from dataclasses import dataclass, field

from mppdesk.domain.slip_length import qr_modules
from tests.fakes.escpos_stream import CommandKind, EscposCommand, EscposStream

CHARACTER_DOTS = 24
USUAL_SPACING = 30


@dataclass(slots=True)
class Paper:
    """`widest` is the widest line in columns, `dots` how far it moved until the cut, `strange` all else it obeys."""

    text: str = ""
    dots: int = 0
    widest: int = 0
    has_ended: bool = False
    strange: list[bytes] = field(default_factory=list)
    _spacing: int = USUAL_SPACING
    _size: int = 1
    _columns: int = 0
    _highest: int = 0
    _module: int = 0
    _token: str = ""

    def obey(self, command: EscposCommand) -> None:
        if self.has_ended:
            return
        if command.kind is CommandKind.CHARACTER:
            self._put(command.data.decode("ascii"))
        elif (act := next((act for start, act in _ACTS.items() if command.data.startswith(start)), None)) is None:
            self.strange.append(command.data)
        else:
            act(self, command.data)

    def _put(self, sign: str) -> None:
        self.text += sign
        self._columns += self._size
        self._highest = max(self._highest, self._size * CHARACTER_DOTS)
        self.widest = max(self.widest, self._columns)

    def _end_line(self, _data: bytes) -> None:
        self.text += "\n"
        self.dots += max(self._spacing, self._highest)
        self._columns = self._highest = 0

    def _feed_dots(self, data: bytes) -> None:
        self.dots += data[2]

    def _space(self, data: bytes) -> None:
        self._spacing = data[2]

    def _resize(self, data: bytes) -> None:
        width, height = 1 + (data[2] >> 4), 1 + (data[2] & 15)
        assert width == height
        self._size = width

    def _set_module(self, data: bytes) -> None:
        self._module = data[7]

    def _store(self, data: bytes) -> None:
        self._token = data[8:].decode("ascii")

    def _draw_code(self, _data: bytes) -> None:
        self.dots += qr_modules(self._token) * self._module

    def _draw_rows(self, data: bytes) -> None:
        assert self._columns == 0
        self.dots += int.from_bytes(data[6:8], "little")

    def _end(self, _data: bytes) -> None:
        self.has_ended = True

    def _nothing(self, _data: bytes) -> None:
        """What only changes how letters look."""


_ACTS: dict[bytes, Callable[[Paper, bytes], None]] = {
    b"\n": Paper._end_line,
    b"\x1b@": Paper._nothing,
    b"\x1c.": Paper._nothing,
    b"\x1bt\x00": Paper._nothing,
    b"\x1ba": Paper._nothing,
    b"\x1bE": Paper._nothing,
    b"\x1d!": Paper._resize,
    b"\x1b3": Paper._space,
    b"\x1bJ": Paper._feed_dots,
    b"\x1d(k\x04\x001A": Paper._nothing,
    b"\x1d(k\x03\x001C": Paper._set_module,
    b"\x1d(k\x03\x001E1": Paper._nothing,
    b"\x1d(k\x03\x001Q0": Paper._draw_code,
    b"\x1dv0\x00": Paper._draw_rows,
    b"\x1dVB\x00": Paper._end,
    b"\x1b2": Paper._end,
}


def read_paper(data: bytes) -> Paper:
    """Let one slip come out."""
    paper = Paper()
    for command in EscposStream().feed(data):
        is_content = command.data.startswith(b"\x1d(k") and command.data[5:8] == b"1P0"
        if is_content:
            paper._store(command.data)
        else:
            paper.obey(command)
    return paper
