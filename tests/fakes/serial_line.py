"""A serial line made of a pseudo-terminal: what the program opens on one side, a simulated printer has on the other.

It has no speed and no ready line; those need hardware. POSIX only.
"""

import contextlib
import os
import threading
import tty
from collections.abc import Iterator
from contextlib import contextmanager

from tests.fakes.simulated_printer import PATIENCE_S, Behaviour, SimulatedPrinter

_MOST_AT_ONCE = 4096


class PrintersEnd:
    """The end of the line in the printer."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def sendall(self, data: bytes, /) -> None:
        os.write(self._descriptor, data)

    def read(self) -> bytes:
        """Nothing once the line is unplugged, which a pseudo-terminal tells by an error."""
        try:
            return os.read(self._descriptor, _MOST_AT_ONCE)
        except OSError:
            return b""


@contextmanager
def printer_on_a_serial_line(behaviour: Behaviour) -> Iterator[tuple[SimulatedPrinter, str]]:
    """A printer, and the path of its line as the program opens it; held open here, as a plugged-in cable is."""
    printers, computers = os.openpty()
    tty.setraw(computers)
    end = PrintersEnd(printers)
    with SimulatedPrinter(behaviour) as printer:
        worker = threading.Thread(target=printer.serve_serial, args=(end, end.read), daemon=True)
        worker.start()
        try:
            yield printer, os.ttyname(computers)
        finally:
            os.close(computers)
            worker.join(PATIENCE_S)
            with contextlib.suppress(OSError):
                os.close(printers)
