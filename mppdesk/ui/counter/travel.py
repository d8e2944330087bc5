"""How an act travels: done beside the window, in the order of the keys, with one reading after it and one drawing."""

from collections.abc import Callable
from typing import TypeVar

from mppdesk.domain.errors import ClerkError
from mppdesk.operations.readings import CounterScreen, PrinterStatus
from mppdesk.ui.counter.port import CounterPort
from mppdesk.ui.shared.tasks import OnClerkError, Runner

_T = TypeVar("_T")


class Travel:
    """Holds what was read last. Lives on the GUI thread.

    `told` counts the news of the store: what was told before a reading began is in it, so the news of an act of our
    own cost nothing more. `draw` is called once for each reading.
    """

    def __init__(
        self,
        port: CounterPort,
        tasks: Runner,
        told: Callable[[], int],
        draw: Callable[[], None],
        refuse: OnClerkError,
    ) -> None:
        self._port, self._tasks, self._told = port, tasks, told
        self._draw, self._refuse = draw, refuse
        self.screen: CounterScreen | None = None
        self.printer: PrinterStatus | None = None
        self._told_before = 0
        self._underway = 0

    def go(
        self,
        work: Callable[[], _T],
        settle: Callable[[_T], None],
        then: Callable[[_T], None],
        on_refusal: OnClerkError,
    ) -> None:
        """Do the work and read what is true after it; `settle` comes before the drawing, `then` after it."""

        def whole() -> tuple[_T, int, CounterScreen, PrinterStatus | None]:
            answer, told = work(), self._told()
            return answer, told, self._port.screen(), self._port.printer()

        def arrived(result: tuple[_T, int, CounterScreen, PrinterStatus | None]) -> None:
            self._underway -= 1
            answer, self._told_before, self.screen, self.printer = result
            settle(answer)
            self._draw()
            then(answer)
            self.hear()

        def refused(error: ClerkError) -> None:
            self._underway -= 1
            on_refusal(error)

        self._underway += 1
        self._tasks.run(whole, arrived, refused)

    def read(self) -> None:
        """Read once more what is true."""
        self.go(lambda: None, no_more, no_more, self._refuse)

    def hear(self) -> None:
        """Something changed somewhere: read, unless what is read already or is being read holds it."""
        if not self._underway and self._told_before < self._told():
            self.read()


def no_more(_answer: object) -> None:
    """Where nothing is left to settle, or to do afterwards."""
