"""The storm itself, by a seed: when which computer is killed, and when the lines are worse."""

import random
from collections import Counter

from tests.fakes.bad_line import BadLine, Weather
from tests.scenarios.storm.computers import Computer

_ROUGH = Weather(chance_of_fault=0.08)
_DEAD = Weather(is_dead=True)
_CHANCE_OF_DEATH = 0.06
_DEATH_STEPS = 5
# A hub that starts is killed before it heard anybody, if it is as often as the others.
_OFTEN, _SELDOM = 4, 1


class Storm:
    """One step each `pause_s`: somebody is killed and switched on again, and the weather may turn."""

    def __init__(self, chance: random.Random, line: BadLine, computers: dict[str, Computer], servers: set[str]) -> None:
        self.kills: Counter[str] = Counter()
        self._chance = chance
        self._line = line
        self._computers = computers
        self._weights = [_SELDOM if name in servers else _OFTEN for name in computers]
        self._dead_for = 0

    def pause_s(self) -> float:
        return self._chance.uniform(0.2, 0.7)

    def step(self) -> None:
        self._turn()
        name = self._chance.choices(list(self._computers), self._weights)[0]
        computer = self._computers[name]
        computer.kill()
        computer.switch_on()
        self.kills[name] += 1

    def _turn(self) -> None:
        if self._dead_for > 0:
            self._dead_for -= 1
        elif self._chance.random() < _CHANCE_OF_DEATH:
            self._dead_for = self._chance.randint(1, _DEATH_STEPS)
            self._line.set_weather(_DEAD)
            return
        if self._dead_for == 0:
            self._line.set_weather(_ROUGH)
