"""Cuts a stream of ESC/POS bytes into commands, as the firmware of a printer does."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

DLE, ESC, FS, GS, LF = 0x10, 0x1B, 0x1C, 0x1D, 0x0A

_ESC_LENGTHS = {"@": 2, "2": 2, "<": 2, "p": 5, "$": 4, "\\": 4, "D": 3}
_GS_LENGTHS = {"!": 3, "L": 4, "W": 4, "P": 4, "$": 4, "\\": 4, ":": 2, "^": 5}
_FS_LENGTHS = {".": 2, "&": 2, "S": 4, "p": 4}
_CUTS_THAT_FEED_FIRST = frozenset(b"ABabgh")
_QR_STORE = b"1P0"
_CLEARING = 8
DOTS_A_LINE = 30


class CommandKind(Enum):
    """TAG asks for the word that all before it is printed, with the tag of a job (GS ( H).

    RECOVER is DLE ENQ, CLEAR the DLE DC4 that empties the buffers, AUTOMATIC GS a.
    """

    REAL_TIME_STATUS = auto()
    RECOVER = auto()
    CLEAR = auto()
    AUTOMATIC = auto()
    INIT = auto()
    SIZE = auto()
    STATUS = auto()
    IDENTITY = auto()
    TAG = auto()
    CUT = auto()
    FEED = auto()
    CHARACTER = auto()
    QR_CONTENT = auto()
    QR_MODULE = auto()
    QR_CODE = auto()
    RASTER = auto()
    OTHER = auto()


_STARTS = {
    b"\x10\x04": CommandKind.REAL_TIME_STATUS,
    b"\x10\x05": CommandKind.RECOVER,
    b"\x10\x14\x08": CommandKind.CLEAR,
    b"\x1b@": CommandKind.INIT,
    b"\x1bd": CommandKind.FEED,
    b"\x1d!": CommandKind.SIZE,
    b"\x1da": CommandKind.AUTOMATIC,
    b"\x1dr": CommandKind.STATUS,
    b"\x1dI": CommandKind.IDENTITY,
    b"\x1dV": CommandKind.CUT,
    b"\x1dv": CommandKind.RASTER,
    b"\x1d(H\x06\x00\x30\x30": CommandKind.TAG,
    b"\x1d(k\x03\x001C": CommandKind.QR_MODULE,
    b"\x1d(k\x03\x001Q": CommandKind.QR_CODE,
}


@dataclass(frozen=True, slots=True)
class EscposCommand:
    """One command with all its bytes; `dots` is how far it moves the paper by itself (8 dots a mm)."""

    kind: CommandKind
    data: bytes
    dots: int = 0


class EscposStream:
    """Takes bytes in any pieces; a command is given out when its last byte is there."""

    def __init__(self) -> None:
        self._pending = bytearray()

    def feed(self, data: bytes) -> Iterator[EscposCommand]:
        self._pending += data
        while self._pending:
            length = _length(self._pending)
            if length is None or length > len(self._pending):
                return
            yield _command(bytes(self._pending[:length]))
            del self._pending[:length]


def _length(head: bytearray) -> int | None:
    """Give the length of the first command, None when too few bytes are there to know."""
    if head[0] not in (DLE, ESC, FS, GS):
        return 1
    if len(head) < 2:
        return None
    name = chr(head[1])
    match head[0]:
        case 0x10:
            return _real_time_length(head)
        case 0x1B:
            return _ESC_LENGTHS.get(name, 3)
        case 0x1C:
            return _FS_LENGTHS.get(name, 3)
        case _:
            return _gs_length(head, name)


def _real_time_length(head: bytearray) -> int | None:
    if head[1] == 0x14:
        return None if len(head) < 3 else 10 if head[2] == _CLEARING else 5
    return {0x04: 3, 0x05: 3}.get(head[1], 1)


def _gs_length(head: bytearray, name: str) -> int | None:
    if name == "V":
        return None if len(head) < 3 else 4 if head[2] in _CUTS_THAT_FEED_FIRST else 3
    if name == "(":
        return None if len(head) < 5 else 5 + int.from_bytes(head[3:5], "little")
    if name == "v":
        return None if len(head) < 8 else 8 + _raster_size(head)
    return _GS_LENGTHS.get(name, 3)


def _raster_size(head: bytearray) -> int:
    return int.from_bytes(head[4:6], "little") * int.from_bytes(head[6:8], "little")


def _command(data: bytes) -> EscposCommand:
    """Tell a command by its first bytes; those of single bytes are the text and its line ends."""
    if len(data) == 1:
        return _character(data)
    for start, kind in _STARTS.items():
        if data.startswith(start):
            return EscposCommand(kind, data, _dots_of(kind, data))
    is_qr = data.startswith(b"\x1d(k") and data[5:8] == _QR_STORE
    return EscposCommand(CommandKind.QR_CONTENT if is_qr else CommandKind.OTHER, data)


def _dots_of(kind: CommandKind, data: bytes) -> int:
    match kind:
        case CommandKind.RASTER:
            return int.from_bytes(data[6:8], "little")
        case CommandKind.FEED:
            return DOTS_A_LINE * data[2]
        case _:
            return 0


def _character(data: bytes) -> EscposCommand:
    if data[0] == LF:
        return EscposCommand(CommandKind.FEED, data, DOTS_A_LINE)
    return EscposCommand(CommandKind.CHARACTER if data[0] >= 0x20 else CommandKind.OTHER, data)


def as_text(commands: list[EscposCommand]) -> str:
    """Show what stands on the paper: its characters line by line, a QR code as its content."""
    pieces = []
    for command in commands:
        match command.kind:
            case CommandKind.CHARACTER:
                pieces.append(command.data.decode("cp437"))
            case CommandKind.FEED:
                pieces.append("\n" * (1 if len(command.data) == 1 else command.data[2]))
            case CommandKind.QR_CONTENT:
                pieces.append(f"[QR {command.data[8:].decode('ascii', 'replace')}]\n")
            case CommandKind.RASTER:
                pieces.append("[gambar]\n")
            case _:
                pass
    return "".join(pieces)
