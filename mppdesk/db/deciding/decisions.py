"""Which decisions of the journal a command led to."""

from sqlalchemy import bindparam, select

from mppdesk.db.sql import Statement, Store
from mppdesk.db.tables import view_commands
from mppdesk.domain.entries import Subject

_commands = view_commands.c
_decisions_of = Statement(
    select(_commands.subject_type, _commands.subject_id, _commands.entry_id)
    .where(_commands.site_id == bindparam("site_id"), _commands.command_id == bindparam("command_id"))
    .order_by(_commands.entry_id)
)


def decisions_of(store: Store, site_id: str, command_id: str) -> list[tuple[Subject, str]]:
    """The subject and the entry id of each decision known here that this command led to, here or at the hub."""
    rows = store.all(_decisions_of, site_id=site_id, command_id=command_id)
    return [(Subject(kind, subject_id), entry_id) for kind, subject_id, entry_id in rows]
