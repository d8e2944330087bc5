"""What operations need from the outside: the hub, transactions, time, ids; real parts are chosen in `app` and `cli`."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from mppdesk.domain.commands import Answer, Command
from mppdesk.domain.entries import Actor, Draft, Entry, Subject
from mppdesk.domain.hub import SlipOrder
from mppdesk.domain.submission import Submission


class Clock(Protocol):
    """The hub's clock; `now` is aware, in UTC."""

    def now(self) -> datetime: ...


class Ids(Protocol):
    """Random 128-bit ids, 32 hex digits, whose order is roughly that of their making; and opaque tokens."""

    def new(self) -> str: ...

    def token(self) -> str: ...


class Hub(Protocol):
    """Whoever decides who is next: this process, or the hub of the building."""

    def ask(self, command: Command, actor: Actor) -> Answer:
        """Give the answer of an accepted command, the same for the same id; raises Refused, which changed nothing."""


class Unit(Protocol):
    """One transaction: what is recorded in it is on disk together, or not at all."""

    def record(self, *drafts: Draft) -> tuple[Entry, ...]: ...

    def entries_of(self, subject: Subject) -> list[Entry]: ...

    def print(self, order: SlipOrder) -> str:
        """Queue a slip with this transaction; answers the job id."""

    def new_id(self) -> str: ...

    def submission_of(self, visit: str, service: str) -> Submission | None:
        """The submission that a visit has for a service."""


class Units(Protocol):
    def begin(self, actor: Actor) -> AbstractContextManager[Unit]:
        """Begin a transaction; it is committed and synced when the block ends."""


class Changes(Protocol):
    """Who wants to know what changed: called once after each commit with the topics."""

    def subscribe(self, listener: Callable[[frozenset[str]], None]) -> Callable[[], None]: ...
