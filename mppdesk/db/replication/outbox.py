"""Commands that this station asks the hub: written down before they go out, until their answer is here."""

from dataclasses import dataclass

from sqlalchemy import bindparam, delete, insert, select

from mppdesk.db.replication.sync_tables import local_asked
from mppdesk.db.sql import Statement, Store
from mppdesk.domain.entries import Actor

_asked = local_asked.c
_add = Statement(insert(local_asked))
_all = Statement(
    select(_asked.command_id, _asked.message, _asked.user_id, _asked.via, _asked.asked_ms).order_by(
        _asked.asked_ms, _asked.command_id
    )
)
_one = Statement(select(_asked.command_id).where(_asked.command_id == bindparam("of_command")))
_drop = Statement(delete(local_asked).where(_asked.command_id == bindparam("of_command")))


@dataclass(frozen=True, slots=True)
class Pending:
    """A command without an answer: its JSON message, who asked, and when (UTC milliseconds)."""

    command_id: str
    message: bytes
    actor: Actor
    asked_ms: int


class Outbox:
    """The commands that are on their way, in the caller's transaction."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def add(self, pending: Pending) -> None:
        self._store.run(
            _add,
            command_id=pending.command_id,
            message=pending.message,
            user_id=pending.actor.user,
            via=pending.actor.via,
            asked_ms=pending.asked_ms,
        )

    def all(self) -> tuple[Pending, ...]:
        """List them, the oldest first."""
        return tuple(
            Pending(command_id, bytes(message), Actor(user, via), asked_ms)
            for command_id, message, user, via, asked_ms in self._store.all(_all)
        )

    def is_waiting(self, command_id: str) -> bool:
        """Whether this very command has no answer yet."""
        return self._store.one(_one, of_command=command_id) is not None

    def drop(self, command_id: str) -> None:
        """The answer is here, or it is known that there will be none."""
        self._store.run(_drop, of_command=command_id)
