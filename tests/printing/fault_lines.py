"""The lines on which a printer can be struck: the network, a serial port, and a queue of CUPS before the network."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from mppdesk.domain.print_job import PrinterState
from mppdesk.printing.cups_queue import CupsQueue
from mppdesk.printing.devices import Devices
from mppdesk.printing.escpos import to_bytes
from tests.fakes.cups import Cups
from tests.fakes.printer import Behaviour, SimulatedPrinter
from tests.printing.fault_cells import Cell, JobsWithCopies, When
from tests.printing.fault_list import Fault, Plugged
from tests.printing.hurried_clock import HURRIED, HurriedClock

_AHEAD_MM, _MM_PER_S = 12.0, 800.0
_PROGRAMS_RUN_S = 8.0
# A queue's programs do not hurry as the clock does: a busy machine's sheet is not to be taken for one that stays in it.
_UNHURRIED = replace(HURRIED, confirm=20.0)
_BOOT_S = 0.2


@dataclass(frozen=True, slots=True)
class Office:
    """What the cells of one test share; `open_jobs` gives two tickets for the printer at a URL."""

    open_jobs: Callable[[str], JobsWithCopies]
    folder: Path
    clock: HurriedClock

    def cell(self, fault: Fault, when: When, plugged: Plugged) -> Cell:
        jobs, devices = self.open_jobs(plugged.url), Devices(to_bytes, timings=HURRIED)
        return Cell(fault, when, plugged, jobs, devices.open, fault.shows, self.clock)


RunCell = Callable[[Office, Fault, When], list[str]]


def on_the_network(behaviour: Callable[[], Behaviour], options: str = "") -> RunCell:
    def run(office: Office, fault: Fault, when: When) -> list[str]:
        with SimulatedPrinter(behaviour()) as printer:
            plugged = Plugged(printer, printer.url + options, printer.stop_listening, printer.listen)
            return office.cell(fault, when, plugged).run()

    return run


def on_a_serial_line(office: Office, fault: Fault, when: When) -> list[str]:
    from tests.fakes.serial_line import SerialLine

    path, moving = office.folder / f"tty-{when}", Behaviour(mm_per_s=_MM_PER_S, boots_in_s=_BOOT_S)
    with SimulatedPrinter(moving) as printer, SerialLine(printer, path) as line:
        plugged = Plugged(printer, f"serial://{line.path}?baud=115200", line.unplug, line.plug_in)
        return office.cell(fault, when, plugged).run()


def in_a_queue(cups: Cups, office: Office, fault: Fault, when: When) -> list[str]:
    """A queue sees nothing of paper or cover, and never says that a sheet is printed; its programs do not hurry."""
    queue = f"KARCIS-{when}"
    with SimulatedPrinter() as printer:
        cups.add_queue(queue)
        cups.prints_on(printer.port, queue)

        def plug_in() -> None:
            printer.listen()
            cups.administer("cupsenable", queue)

        device = CupsQueue(queue, to_bytes, _UNHURRIED, server=cups.server)
        cell = office.cell(fault, when, Plugged(printer, f"spool://{queue}", printer.stop_listening, plug_in))
        shows = fault.shows & {PrinterState.UNREACHABLE} if when is When.BEFORE else frozenset()
        return replace(cell, open_device=lambda _: device, shows=shows, seen_within_s=_PROGRAMS_RUN_S).run()


WIRES: dict[str, RunCell] = {
    "tcp": on_the_network(Behaviour),
    "tcp tanda": on_the_network(lambda: Behaviour(knows_tags=True), "?confirm=tag"),
    "tcp mendahului": on_the_network(lambda: Behaviour(mm_per_s=_MM_PER_S, runs_ahead_mm=_AHEAD_MM)),
    "tcp modul": on_the_network(lambda: Behaviour(mm_per_s=_MM_PER_S, is_module=True)),
    "serial": on_a_serial_line,
}
