"""A printer made of a window: the paper window of an office without hardware."""

from collections.abc import Callable

from mppdesk.domain.print_job import PrinterState
from mppdesk.domain.slip import Slip
from mppdesk.printing.delivery import Outcome, Sheet, Tell, blocked, printed, to_nobody

Show = Callable[[Slip], None]


class ScreenPrinter:
    """Gives each slip to `show`, which takes it over before it returns; None while no paper window is open.

    `show` is called in the printing thread. As long as nobody shows slips, they wait.
    """

    place = None

    def __init__(self, show: Show | None) -> None:
        self._show = show

    def prepare(self, slip: Slip, name: str) -> Sheet:
        return Sheet(name, slip, b"")

    def print(self, sheet: Sheet, tell: Tell = to_nobody) -> Outcome:
        if self._show is None:
            return blocked(PrinterState.OFFLINE)
        self._show(sheet.slip)
        return printed(0, PrinterState.READY)

    def probe(self) -> PrinterState:
        return PrinterState.OFFLINE if self._show is None else PrinterState.READY
