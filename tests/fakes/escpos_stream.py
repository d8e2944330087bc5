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
_TAG_QUESTION = b"\x1d(H\x06\x00\x30\x30"


class CommandKind(Enum):
    """TAG asks for the word that all before it is printed, with the tag of a job (GS ( H)."""

    REAL_TIME_STATUS = auto()
    STATUS = auto()
    IDENTITY = auto()
    TAG = auto()
    CUT = auto()
    FEED = auto()
    CHARACTER = auto()
    QR_CONTENT = auto()
    RASTER = auto()
    OTHER = auto()


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
            return {0x04: 3, 0x05: 3, 0x14: 5}.get(head[1], 1)
        case 0x1B:
            return _ESC_LENGTHS.get(name, 3)
        case 0x1C:
            return _FS_LENGTHS.get(name, 3)
        case _:
            return _gs_length(head, name)


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
    start = data[:2]
    if start == bytes((DLE, 4)):
        return EscposCommand(CommandKind.REAL_TIME_STATUS, data)
    if start == b"\x1dr":
        return EscposCommand(CommandKind.STATUS, data)
    if start == b"\x1dI":
        return EscposCommand(CommandKind.IDENTITY, data)
    if start == b"\x1dV":
        return EscposCommand(CommandKind.CUT, data)
    if data[:7] == _TAG_QUESTION:
        return EscposCommand(CommandKind.TAG, data)
    if start == b"\x1d(" and data[2:3] == b"k":
        kind = CommandKind.QR_CONTENT if data[5:8] == _QR_STORE else CommandKind.OTHER
        return EscposCommand(kind, data)
    if start == b"\x1dv":
        return EscposCommand(CommandKind.RASTER, data, dots=int.from_bytes(data[6:8], "little"))
    if start == b"\x1bd":
        return EscposCommand(CommandKind.FEED, data, dots=30 * data[2])
    if len(data) == 1:
        return _character(data)
    return EscposCommand(CommandKind.OTHER, data)


def _character(data: bytes) -> EscposCommand:
    if data[0] == LF:
        return EscposCommand(CommandKind.FEED, data, dots=30)
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
