"""What may not grow without bound (I15): messages, open questions, held segments, vectors, a process's activities."""

from sqlalchemy import bindparam, func, select

from mppdesk.db.replication.segments import MAX_SEGMENT_BYTES
from mppdesk.db.replication.sync_tables import local_asked, local_held_segments
from mppdesk.db.sql import Statement
from mppdesk.db.tables import journal_heads
from tests.simulation.disk import SimulatedDatabase
from tests.simulation.machines import Machine

_MOST_MESSAGE_BYTES = MAX_SEGMENT_BYTES + 64 * 1024
_MOST_HELLO_BYTES = 32 * 1024
_MOST_QUESTIONS = 60
_MOST_HELD = 20
# Of a week in which every computer starts ten times a day.
_MOST_LOGS = 1000
_MOST_ACTIVITIES = 60

_questions = Statement(select(func.count()).select_from(local_asked))
_segments, _heads = local_held_segments.c, journal_heads.c
_held = Statement(select(func.count()).where(_segments.site_id == bindparam("site_id")))
_logs = Statement(select(func.count()).where(_heads.site_id == bindparam("site_id")))


def is_too_large(path: str, body: bytes) -> bool:
    """Whether a packed message is larger than any honest one."""
    return len(body) > (_MOST_HELLO_BYTES if path.endswith("/hello") else _MOST_MESSAGE_BYTES)


def overgrown(machine: Machine) -> dict[str, int]:
    """What a computer has too much of, and how much."""
    process = machine.process
    with SimulatedDatabase(machine.disk).reading() as store:
        found = {
            "open questions": (store.one(_questions), _MOST_QUESTIONS),
            "held segments": (store.one(_held, site_id=machine.site_id), _MOST_HELD),
            "logs": (store.one(_logs, site_id=machine.site_id), _MOST_LOGS),
            "activities": ((len(process.activities) if process else 0,), _MOST_ACTIVITIES),
        }
    return {name: row[0] for name, (row, most) in found.items() if row is not None and row[0] > most}
