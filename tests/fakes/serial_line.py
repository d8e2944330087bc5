"""A serial line made of a pseudo-terminal: what the program opens on one side, a simulated printer has on the other.

It has no speed and no ready line; those need hardware. POSIX only.
"""

import os
import select
import tempfile
import threading
import tty
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.fakes.printer import PATIENCE_S, Behaviour, SimulatedPrinter

_MOST_AT_ONCE = 4096


class PrintersEnd:
    """The end of the line in the printer; `unplug` may come from any thread, also from the one that reads."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._asked, self._asks = os.pipe()
        self._guard = threading.Lock()
        self._is_open = True

    def sendall(self, data: bytes, /) -> None:
        with self._guard:
            if self._is_open:
                os.write(self._descriptor, data)

    def read(self) -> bytes:
        """Nothing once the line is unplugged, which a pseudo-terminal tells by an error."""
        ready, _, _ = select.select([self._descriptor, self._asked], [], [])
        if self._asked in ready:
            return b""
        try:
            return os.read(self._descriptor, _MOST_AT_ONCE)
        except OSError:
            return b""

    def unplug(self) -> None:
        os.close(self._asks)

    def close(self) -> None:
        """By the reader, when it has read the end: a descriptor must not change under its hands."""
        with self._guard:
            self._is_open = False
            os.close(self._descriptor)
            os.close(self._asked)


class SerialLine:
    """An adapter at `path` that can be pulled out and put back, then with another number behind the same name."""

    def __init__(self, printer: SimulatedPrinter, path: Path) -> None:
        self.path = path
        self._printer = printer
        self._computers: int | None = None
        self._end: PrintersEnd | None = None
        self._readers: list[threading.Thread] = []

    def __enter__(self) -> Self:
        self.plug_in()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.unplug()
        for reader in self._readers:
            reader.join(PATIENCE_S)

    def plug_in(self) -> None:
        printers, self._computers = os.openpty()
        tty.setraw(self._computers)
        self._end = PrintersEnd(printers)
        reader = threading.Thread(target=self._read, args=(self._end,), name="serial line", daemon=True)
        reader.start()
        self._readers.append(reader)
        self.path.symlink_to(os.ttyname(self._computers))

    def unplug(self) -> None:
        """Whoever has the line open finds that it is gone."""
        if self._computers is not None and self._end is not None:
            self.path.unlink()
            self._end.unplug()
            os.close(self._computers)
            self._computers = None

    def _read(self, end: PrintersEnd) -> None:
        self._printer.serve_serial(end, end.read)
        end.close()


@contextmanager
def printer_on_a_serial_line(behaviour: Behaviour) -> Iterator[tuple[SimulatedPrinter, str]]:
    """A printer, and the path of its line as the program opens it; held open here, as a plugged-in cable is."""
    with (
        tempfile.TemporaryDirectory(prefix="mppdesk-line-") as folder,
        SimulatedPrinter(behaviour) as printer,
        SerialLine(printer, Path(folder) / "ttyKARCIS") as line,
    ):
        yield printer, str(line.path)
