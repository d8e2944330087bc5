"""The date of an office: on its very first day nothing tells a wrong clock, and a person ends what it opened."""

import random
from collections.abc import Callable
from contextlib import suppress
from functools import partial

from mppdesk.db.deciding.hub import Asked
from mppdesk.domain.commands import CorrectDate
from mppdesk.domain.errors import ClerkError
from tests.simulation.building import Building
from tests.simulation.chance import WallClock
from tests.simulation.servers import HubProcess

_A_YEAR_S = 365 * 86_400.0
_NOTICED_S = (30 * 60.0, 3 * 3600.0)


class Dates:
    """A hub whose clock stands a year ahead on the first morning, and the supervisor who reads the banner."""

    def __init__(self, building: Building, chance: random.Random, count: Callable[[str], None]) -> None:
        self._building = building
        self._chance = chance
        self._count = count
        self._is_first = building.is_new
        self._calendar = WallClock(building.timeline)

    def plan(self) -> None:
        """Let a new office begin its first day under a wrong date, which somebody puts right at the clock later."""
        if self._is_first:
            self._count("first day of a wrong clock")
            clock = self._building.hub.clock
            clock.jump(_A_YEAR_S)
            self._building.timeline.after(self._chance.uniform(*_NOTICED_S), clock.set_right)
        self._is_first = False

    def look(self) -> None:
        """The banner says that the day which goes on is later than the clock: `mppdesk day correct`.

        Whoever reads it knows the date, and that the clock is the one that is wrong when it is.
        """
        for hub in self._building.deciding[:1]:
            hub.machine.guarded(partial(self._correct, hub))

    def _correct(self, hub: HubProcess) -> None:
        with hub.readers.moment() as moment:
            last, today = moment.view.last_day(), moment.now.date().isoformat()
        if last is None or last.day <= today or moment.now_utc.date() != self._calendar.now().date():
            return
        command = CorrectDate(command_id=hub.writer.ids.new(), day=today, leftovers="outside")
        with suppress(ClerkError):  # a full disk; looked at again
            hub.decide(Asked(command, self._building.leader))
            self._count("date corrected")
