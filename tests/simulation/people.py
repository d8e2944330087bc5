"""The people of a day: citizens who come by a curve and hold papers, and what everybody was told."""

import random
from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum

from mppdesk.domain.commands import Answer, Command
from mppdesk.domain.entries import Actor
from mppdesk.domain.errors import ClerkError
from tests.fakes import office
from tests.simulation.stations import StationProcess

_HOUR = 3600.0
# Seconds after the computers start: doors open half an hour later, most people come early; the last at two.
OPENING_S = 0.5 * _HOUR
LAST_TICKET_S = 6.0 * _HOUR
_PEAKS = ((1.5 * _HOUR, 0.8 * _HOUR, 0.6), (4.5 * _HOUR, 0.8 * _HOUR, 0.4))


class Whereabouts(StrEnum):
    WAITING = "waiting"
    AT_COUNTER = "at_counter"
    GONE = "gone"


@dataclass
class Citizen:
    """Somebody with a ticket in the hand."""

    visit: str
    number: str
    service: str
    where: Whereabouts = Whereabouts.WAITING


@dataclass
class Told:
    """Something a person was told is done: it may never get lost (I1), nor be told otherwise (I6)."""

    machine: str
    command: Command
    answer: Answer


@dataclass
class Hall:
    """Who is in the building, and what was told to whom."""

    citizens: dict[str, Citizen] = field(default_factory=dict)
    told: list[Told] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    longest_wait_s: float = 0.0

    def ask(self, process: StationProcess, command: Command, actor: Actor) -> Answer | None:
        """Ask as a window does; None when it was refused or could not be stored."""
        try:
            return self.decided(process, command, actor)
        except ClerkError:
            return None

    def decided(self, process: StationProcess, command: Command, actor: Actor) -> Answer:
        """Ask as a window does; raises ClerkError when it was refused or could not be stored."""
        asked_s = process.timeline.now
        try:
            answer = process.hub.ask(command, actor)
        except ClerkError as refusal:
            self.counts[f"{type(command).__name__} {type(refusal).__name__}"] += 1
            raise
        finally:
            self.longest_wait_s = max(self.longest_wait_s, process.timeline.now - asked_s)
        self.counts[type(command).__name__] += 1
        self.told.append(Told(process.machine.name, command, answer))
        return answer

    def arrived(self, answer: Answer) -> None:
        """Somebody took the paper."""
        if answer.ticket is not None and answer.ticket.id not in self.citizens:
            ticket = answer.ticket
            self.citizens[ticket.id] = Citizen(ticket.id, ticket.number, ticket.service)

    def waiting_for(self, services: frozenset[str]) -> list[Citizen]:
        return [
            each for each in self.citizens.values() if each.where is Whereabouts.WAITING and each.service in services
        ]


def arrivals(chance: random.Random, count: int) -> list[tuple[float, str]]:
    """When each citizen of a day comes, and for which service."""
    codes = [each.code for each in office.SERVICES]
    moments: list[float] = []
    while len(moments) < count:
        middle, width, _ = chance.choices(_PEAKS, [peak[2] for peak in _PEAKS])[0]
        moment = chance.gauss(middle, width)
        if OPENING_S <= moment <= LAST_TICKET_S:
            moments.append(moment)
    return sorted((moment, chance.choice(codes)) for moment in moments)
