"""Pictures of the day: windows in telling states, slips, receipts."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from types import TracebackType

from mppdesk.demo.people import Hall
from mppdesk.domain.slip import Slip


class Photographer:
    """Takes its pictures while the day stands still."""

    def __init__(self, hall: Hall, out: Path, slips: list[Slip]) -> None:
        self._hall = hall
        self._out = out
        self._slips = slips

    def __enter__(self) -> "Photographer":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        return None

    def moments(self) -> Iterator[tuple[timedelta, Callable[[], None]]]:
        yield from ()

    def papers(self) -> None:
        pass
