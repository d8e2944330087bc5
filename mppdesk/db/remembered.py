"""What a writing transaction has read once and nobody else can change before it ends."""

from collections.abc import Callable

from mppdesk.db.journal.logs import Head
from mppdesk.domain.office_day import ServiceDay


class Remembered:
    """Shared by all who write in one transaction: eight commands in one commit ask the same of the same rows."""

    def __init__(self) -> None:
        self.end_of_log: tuple[Head | None, int] | None = None
        """What Journal.end_of gives for the own log."""
        self._last_day: tuple[ServiceDay | None] | None = None
        self._highest_positions: dict[str, int] = {}

    def last_day(self, read: Callable[[], ServiceDay | None]) -> ServiceDay | None:
        if self._last_day is None:
            self._last_day = (read(),)
        return self._last_day[0]

    def highest_position(self, day: str, read: Callable[[], int]) -> int:
        if day not in self._highest_positions:
            self._highest_positions[day] = read()
        return self._highest_positions[day]

    def note_day(self) -> None:
        """Something was recorded about a day."""
        self._last_day = None

    def note_position(self, day: str, position: int) -> None:
        """A ticket of a day stands at a position now."""
        if position > self._highest_positions.get(day, position):
            self._highest_positions[day] = position
