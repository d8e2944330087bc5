"""What really came out of a simulated printer, piece by piece: the truth that every claim is compared with."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from tests.fakes.escpos_stream import CommandKind, EscposCommand, as_text

_COPY = "SALINAN"


class SheetKind(StrEnum):
    """What a person would call it: `HALF` lacks its head or its end, `GARBAGE` shows signs that nobody wrote."""

    ORIGINAL = "asli"
    COPY = "salinan"
    HALF = "sepotong"
    GARBAGE = "sampah"


@dataclass(frozen=True, slots=True)
class PrintedSlip:
    """What came out up to a cut."""

    data: bytes
    text: str


@dataclass(frozen=True, slots=True)
class PrintedSheet:
    """One slip as a person finds it; two that came out without a cut between them are two."""

    kind: SheetKind
    text: str


@dataclass(slots=True)
class Paper:
    """The roll: what hangs out of the printer, and what was cut or torn off. `mm` is all that ever moved."""

    slips: list[PrintedSlip] = field(default_factory=list)
    sheets: list[PrintedSheet] = field(default_factory=list)
    mm: float = 0.0
    bytes_printed: int = 0
    _hanging: list[EscposCommand] = field(default_factory=list)

    def take(self, command: EscposCommand) -> None:
        self._hanging.append(command)
        self.bytes_printed += len(command.data)

    def cut(self) -> None:
        data = b"".join(command.data for command in self._hanging)
        self.slips.append(PrintedSlip(data, as_text(self._hanging)))
        self.tear_off()

    def tear_off(self) -> None:
        """Take away what hangs out, as a person does who finds half a slip."""
        self.sheets += [PrintedSheet(_kind_of(part), as_text(part).strip()) for part in _parts(self._hanging)]
        self._hanging.clear()


def _parts(commands: list[EscposCommand]) -> Iterator[list[EscposCommand]]:
    """Cut what came out into what was sent apart: each sheet begins with ESC @. What shows nothing is no part."""
    part: list[EscposCommand] = []
    for command in (*commands, None):
        if command is None or command.kind is CommandKind.INIT:
            if as_text(part).strip():
                yield part
            part = []
        if command is not None:
            part.append(command)


def _kind_of(part: list[EscposCommand]) -> SheetKind:
    text = as_text(part)
    if not text.replace("\n", "").isascii() or not text.replace("\n", "").isprintable():
        return SheetKind.GARBAGE
    if part[0].kind is not CommandKind.INIT or part[-1].kind is not CommandKind.CUT:
        return SheetKind.HALF
    return SheetKind.COPY if _COPY in text else SheetKind.ORIGINAL
