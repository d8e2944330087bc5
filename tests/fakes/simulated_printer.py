"""A thermal printer on a real TCP port: it takes time, runs out of paper, falls silent, and keeps what it printed.

`python -m tests.fakes.simulated_printer --port 9100` is a printer to work with by hand: slips appear as text, and a
line typed on its keyboard (`kertas habis`, `tutup terbuka`, `normal` ...) changes how it stands.
"""

import argparse
import contextlib
import itertools
import socket
import struct
import sys
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from types import TracebackType
from typing import Protocol

from tests.fakes.escpos_stream import CommandKind, EscposCommand, EscposStream, as_text

DOTS_PER_MM = 8
PATIENCE_S = 10.0
_RESET_ON_CLOSE = struct.pack("ii", 1, 0)


class Condition(StrEnum):
    """How the printer stands; the words are what a person types."""

    HEALTHY = "normal"
    NEAR_END = "kertas menipis"
    PAPER_OUT = "kertas habis"
    COVER_OPEN = "tutup terbuka"
    CUTTER_JAM = "pemotong macet"
    ERROR = "rusak"
    OFFLINE = "terputus"


# Answers to DLE EOT 1, 2, 3, 4 and to GS r 1.
_ANSWERS = {
    Condition.HEALTHY: ("12121212", 0x00),
    Condition.NEAR_END: ("1212121e", 0x03),
    Condition.PAPER_OUT: ("1a32127e", 0x0F),
    Condition.COVER_OPEN: ("1a161212", 0x00),
    Condition.CUTTER_JAM: ("1a521a12", 0x00),
    Condition.ERROR: ("1a523212", 0x00),
    Condition.OFFLINE: ("1a121212", 0x00),
}
_ONLINE = frozenset({Condition.HEALTHY, Condition.NEAR_END})


@dataclass(frozen=True, slots=True)
class PrintedSlip:
    """What came out up to a cut."""

    data: bytes
    text: str


@dataclass(slots=True)
class Behaviour:
    """What this model can do; all of it may change while the printer runs.

    `answers` and `confirms`: whether DLE EOT and GS r are answered. `knows_tags`: whether GS ( H is, with the tag it
    carries; None prints its signs, as firmware does that never heard of it.
    `calls_itself`: its texts for GS I 66, 67 and 68.
    `reads`: False leaves all bytes in the socket. `hangs_up`: whether it closes a line whose work is done.
    `mm_per_s`: None prints at once. `fails_after`: printed bytes after which `fails_with` comes about.
    `resets_after`: received bytes after which the line is torn. `noise`: bytes sent to whoever connects.
    """

    condition: Condition = Condition.HEALTHY
    answers: bool = True
    confirms: bool = True
    knows_tags: bool | None = False
    calls_itself: tuple[str, ...] = ()
    reads: bool = True
    hangs_up: bool = True
    mm_per_s: float | None = None
    fails_after: int | None = None
    fails_with: Condition = Condition.PAPER_OUT
    resets_after: int | None = None
    noise: bytes = b""


class Line(Protocol):
    """What a printer answers into: a socket, or the printer's end of a serial line."""

    def sendall(self, data: bytes, /) -> None: ...


class SimulatedPrinter:
    """Use it as a context manager; every method may be called from any thread."""

    def __init__(self, behaviour: Behaviour | None = None, port: int = 0) -> None:
        self.behaviour = behaviour or Behaviour()
        self.slips: list[PrintedSlip] = []
        self.connections = 0
        self.bytes_printed = 0
        self._port = port
        self._changed = threading.Condition()
        self._buffer: deque[tuple[EscposCommand, Line]] = deque()
        self._on_paper: list[EscposCommand] = []
        self._lines: set[socket.socket] = set()
        self._listener: socket.socket | None = None
        self._threads: list[threading.Thread] = []
        self._is_off = False

    def __enter__(self) -> "SimulatedPrinter":
        self.listen()
        self._start(self._print_for_ever)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop_listening()
        with self._changed:
            self._is_off = True
            self._changed.notify_all()
        for thread in self._threads:
            thread.join(PATIENCE_S)

    @property
    def url(self) -> str:
        return f"tcp://127.0.0.1:{self._port}"

    def listen(self) -> None:
        """Plug the network cable in; the port stays the same for the printer's whole life."""
        listener = socket.create_server(("127.0.0.1", self._port))
        self._port = listener.getsockname()[1]
        self._listener = listener
        self._start(lambda: self._accept_for_ever(listener))

    def stop_listening(self) -> None:
        """Pull the network cable: open lines are torn, new ones refused."""
        if self._listener is not None:
            self._listener.shutdown(socket.SHUT_RDWR)
            self._listener.close()
            self._listener = None
        with self._changed:
            for line in self._lines:
                _tear(line)

    def serve_serial(self, line: Line, read: Callable[[], bytes]) -> None:
        """Work for a line that is plugged in for good; `read` gives what came, and nothing at its end."""
        stream = EscposStream()
        while data := read():
            if self.behaviour.reads:
                for command in stream.feed(data):
                    self._take(command, line)

    def become(self, condition: Condition) -> None:
        """Change how the printer stands; when it is online again it goes on with what its buffer holds."""
        with self._changed:
            self.behaviour.condition = condition
            self._changed.notify_all()

    def power_cycle(self) -> None:
        """Switch off and on: what the buffer held is gone for ever."""
        with self._changed:
            self._buffer.clear()
            self._on_paper.clear()

    def wait_for(self, is_so: Callable[["SimulatedPrinter"], bool]) -> None:
        """Wait until something is true of the printer; raises TimeoutError."""
        with self._changed:
            if not self._changed.wait_for(lambda: is_so(self), PATIENCE_S):
                raise TimeoutError

    def slip(self, ordinal: int) -> PrintedSlip:
        """Wait as long as it takes for the slip with this number, counted from 0."""
        with self._changed:
            self._changed.wait_for(lambda: len(self.slips) > ordinal)
            return self.slips[ordinal]

    def _start(self, work: Callable[[], None]) -> None:
        thread = threading.Thread(target=work, name="simulated printer", daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept_for_ever(self, listener: socket.socket) -> None:
        while True:
            try:
                line, _ = listener.accept()
            except OSError:  # the listener was closed
                return
            with self._changed:
                self.connections += 1
                self._lines.add(line)
                self._changed.notify_all()
            self._start(lambda line=line: self._serve(line))  # type: ignore[misc]

    def _serve(self, line: socket.socket) -> None:
        with line:
            with contextlib.suppress(OSError):  # the other side is gone; a printer does not mind
                line.sendall(self.behaviour.noise)
                self._receive(line)
            with self._changed:
                self._lines.discard(line)

    def _receive(self, line: socket.socket) -> None:
        stream, received = EscposStream(), 0
        if not self.behaviour.reads:
            with self._changed:
                self._changed.wait_for(lambda: self.behaviour.reads or self._is_off)
        while data := line.recv(4096):
            limit = self.behaviour.resets_after
            for command in stream.feed(data if limit is None else data[: max(0, limit - received)]):
                self._take(command, line)
            received += len(data)
            if limit is not None and received >= limit:
                _tear(line)
                return
        with self._changed:
            self._changed.wait_for(lambda: self._is_off or self.behaviour.hangs_up)
            self._changed.wait_for(lambda: not self._works_for(line), timeout=1.0)

    def _works_for(self, line: Line) -> bool:
        is_working = self._listener is not None and self.behaviour.condition in _ONLINE
        return is_working and any(owner is line for _, owner in self._buffer)

    def _take(self, command: EscposCommand, line: Line) -> None:
        """Answer a real-time question at once, even while stopped; everything else waits for its turn."""
        if command.kind is CommandKind.REAL_TIME_STATUS:
            self._answer(line, command.data[2])
            return
        with self._changed:
            self._buffer.append((command, line))
            self._changed.notify_all()

    def _answer(self, line: Line, question: int) -> None:
        if self.behaviour.answers and 1 <= question <= 4:
            answers = bytes.fromhex(_ANSWERS[self.behaviour.condition][0])
            line.sendall(answers[question - 1 : question])

    def _print_for_ever(self) -> None:
        with self._changed:
            while not self._is_off:
                if self._buffer and self.behaviour.condition in _ONLINE:
                    self._print(*self._buffer[0])
                    self._changed.notify_all()
                else:
                    self._changed.wait()

    def _print(self, command: EscposCommand, line: Line) -> None:
        self._wait_for_the_paper(command)
        if not self._buffer or self._buffer[0][0] is not command:  # the power went while the paper moved
            return
        self._buffer.popleft()
        if command.kind is CommandKind.STATUS:
            self._confirm(line)
            return
        if command.kind is CommandKind.TAG:
            self._answer_tag(line, command)
            return
        if command.kind is CommandKind.IDENTITY:
            self._call_itself(line, command.data[2] - 66)
            return
        self._on_paper.append(command)
        self.bytes_printed += len(command.data)
        if command.kind is CommandKind.CUT:
            self._cut()
        if self.behaviour.fails_after is not None and self.bytes_printed >= self.behaviour.fails_after:
            self.behaviour.fails_after = None
            self.behaviour.condition = self.behaviour.fails_with

    def _wait_for_the_paper(self, command: EscposCommand) -> None:
        if self.behaviour.mm_per_s and command.dots:
            self._changed.wait_for(lambda: self._is_off, command.dots / DOTS_PER_MM / self.behaviour.mm_per_s)

    def _confirm(self, line: Line) -> None:
        if not self.behaviour.confirms:
            return
        with contextlib.suppress(OSError):  # nobody waits for it any more
            line.sendall(bytes((_ANSWERS[self.behaviour.condition][1],)))

    def _answer_tag(self, line: Line, command: EscposCommand) -> None:
        if self.behaviour.knows_tags is None:
            signs = (bytes((sign,)) for sign in command.data if sign >= 0x20)
            self._on_paper.extend(EscposCommand(CommandKind.CHARACTER, sign) for sign in signs)
        elif self.behaviour.knows_tags:
            with contextlib.suppress(OSError):  # nobody waits for it any more
                line.sendall(b'7"' + command.data[-4:] + b"\0")

    def _call_itself(self, line: Line, which: int) -> None:
        if 0 <= which < len(self.behaviour.calls_itself):
            with contextlib.suppress(OSError):  # nobody waits for it any more
                line.sendall(b"_" + self.behaviour.calls_itself[which].encode("ascii") + b"\0")

    def _cut(self) -> None:
        data = b"".join(command.data for command in self._on_paper)
        self.slips.append(PrintedSlip(data, as_text(self._on_paper)))
        self._on_paper.clear()


def _tear(line: socket.socket) -> None:
    """End a line the rude way: the other side gets a reset."""
    line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
    with contextlib.suppress(OSError):  # the other side was quicker
        line.shutdown(socket.SHUT_RD)


def _show_slips(printer: SimulatedPrinter) -> None:
    for ordinal in itertools.count():
        print(f"{printer.slip(ordinal).text}\n{'- ' * 24}", flush=True)  # noqa: T201


def main() -> None:
    parser = argparse.ArgumentParser(description="Printer tiruan: karcis tampil sebagai teks.")
    parser.add_argument("--port", type=int, default=9100)
    parser.add_argument("--mm-per-s", type=float, default=None, help="kecepatan kertas; tanpa ini langsung jadi")
    chosen = parser.parse_args()
    with SimulatedPrinter(Behaviour(mm_per_s=chosen.mm_per_s), chosen.port) as printer:
        words = ", ".join(condition.value for condition in Condition)
        print(f"{printer.url} menunggu. Ketik keadaannya: {words}.", flush=True)  # noqa: T201
        threading.Thread(target=_show_slips, args=(printer,), daemon=True).start()
        for typed in sys.stdin:
            if typed.strip() in list(Condition):
                printer.become(Condition(typed.strip()))
        threading.Event().wait()  # no keyboard: print until stopped


if __name__ == "__main__":
    main()
