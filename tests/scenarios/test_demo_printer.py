"""The demo's day goes on without a printer that has gone, and takes it back when it returns."""

from types import SimpleNamespace
from typing import Any, cast

from mppdesk.demo.headless import Printed, _print
from mppdesk.domain.print_job import PrinterState
from mppdesk.operations.readings import PrinterStatus


class Spooler:
    """A printer with one slip to print, and how long it was waited for each time."""

    def __init__(self) -> None:
        self.state = PrinterState.UNREACHABLE
        self.waits: list[float] = []

    def run_until_empty(self, timeout_s: float) -> int:
        self.waits.append(timeout_s)
        return int(self.state.blocks)

    def statuses(self) -> dict[str, PrinterStatus]:
        return {"Loket A": PrinterStatus("Loket A", self.state, 0)}


def test_a_printer_that_is_gone_is_waited_for_once() -> None:
    spooler, printed = Spooler(), Printed()
    office = cast("Any", SimpleNamespace(spooler=spooler))
    for _ in range(100):
        _print(office, printed, patience_s=15.0)
    assert spooler.waits == [15.0]
    printed.tried_at -= 2  # seconds later
    _print(office, printed, patience_s=15.0)
    assert spooler.waits == [15.0, 0.0]
    spooler.state = PrinterState.READY
    printed.tried_at -= 2
    _print(office, printed, patience_s=15.0)
    printed.hear(frozenset({"print_jobs"}))
    _print(office, printed, patience_s=15.0)
    assert spooler.waits == [15.0, 0.0, 0.0, 15.0]
