"""The storm itself, by a seed: when which computer is killed or hangs, and how the lines are meanwhile."""

import random
from collections import Counter

from tests.fakes.bad_line import CALM, BadLine, Weather
from tests.scenarios.storm.computers import Computer

_ROUGH = Weather(chance_of_fault=0.06)
_DEAD = Weather(is_dead=True)
# A gust, a lull, and now and then a line on which nothing is heard; each lasts a few kills.
_WEATHERS, _HOW_OFTEN, _LONGEST = (CALM, _ROUGH, _DEAD), (3, 5, 1), 5
# Of twelve computers one is killed every 200 to 700 ms; fewer must live as long to hear of each other at all.
_PAUSES_S, _OF_COMPUTERS = (0.2, 0.7), 12
_HANGS, _LONGEST_HANG = 0.25, 6
# What serves everybody is killed less often than its share, or nobody would ever be served.
_SERVER, _STATION = 1, 3


class Storm:
    """At each step a computer is killed and switched on again, or hangs for some steps, and the weather may turn."""

    def __init__(self, chance: random.Random, line: BadLine, computers: dict[str, Computer], servers: set[str]) -> None:
        self.kills: Counter[str] = Counter()
        self.hangs: Counter[str] = Counter()
        self._chance = chance
        self._line = line
        self._computers = computers
        self._weights = [_SERVER if name in servers else _STATION for name in computers]
        self._steps_left = 0
        self._off: set[str] = set()
        self._hanging: dict[str, int] = {}

    def pause_s(self) -> float:
        return self._chance.uniform(*_PAUSES_S) * _OF_COMPUTERS / len(self._computers)

    def step(self) -> None:
        if self._steps_left == 0:
            self._steps_left = self._chance.randint(1, _LONGEST)
            self._line.set_weather(self._chance.choices(_WEATHERS, _HOW_OFTEN)[0])
        self._steps_left -= 1
        self._thaw_some()
        name = self._chance.choices(list(self._computers), self._weights)[0]
        if name in self._off:
            return
        if self._chance.random() < _HANGS:
            self._hang(name)
        else:
            self._kill(name)

    def thaw_all(self) -> None:
        """Whatever hangs goes on."""
        for name in self._hanging:
            self._computers[name].thaw()
        self._hanging.clear()

    def leave_off(self, name: str) -> None:
        """This one stays dead for now."""
        self._hanging.pop(name, None)
        self._computers[name].kill()
        self.kills[name] += 1
        self._off.add(name)

    def bring_back(self, name: str) -> None:
        self._off.discard(name)
        self._computers[name].switch_on()

    def _kill(self, name: str) -> None:
        self._hanging.pop(name, None)
        self._computers[name].kill()
        self._computers[name].switch_on()
        self.kills[name] += 1

    def _hang(self, name: str) -> None:
        self._hanging[name] = self._chance.randint(1, _LONGEST_HANG)
        self._computers[name].freeze()
        self.hangs[name] += 1

    def _thaw_some(self) -> None:
        self._hanging = {name: steps - 1 for name, steps in self._hanging.items()}
        for name in [name for name, steps in self._hanging.items() if steps <= 0]:
            del self._hanging[name]
            self._computers[name].thaw()
