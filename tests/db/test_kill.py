"""A program killed at any moment: every acknowledged fact is there, the chain verifies, no number repeats.

Killing shows that a commit is whole or not at all; that it survives a power cut is shown in test_durability.py.
`MPPDESK_KILLS=1000 python -m pytest tests/db/test_kill.py` kills more often.
"""

import json
import math
import multiprocessing
import os
import random
import sys
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pytest

from mppdesk.db import home as homes
from mppdesk.db.journal.verify import verify
from tests.fakes.busy_office import be_busy
from tests.fakes.clock import CountedIds, FakeClock
from tests.fakes.office import make_home

KILLS = int(os.environ.get("MPPDESK_KILLS", "20"))
MOST_FACTS_BEFORE_A_KILL = 40
EVERY_FEW_KILLS = 5
# A day has 599 numbers of an agency: an office in which they are used up would only refuse.
KILLS_OF_AN_OFFICE = 20

# Forked from a process that has imported everything, a kill costs milliseconds; Windows starts each from nothing.
_processes: Any = multiprocessing.get_context("spawn" if sys.platform == "win32" else "forkserver")
_processes.set_forkserver_preload(["tests.fakes.busy_office"])


def killed_after(home: Path, facts: int) -> list[dict[str, Any]]:
    """Let the busy office run, kill it when it has acknowledged so many facts; answers all that it said."""
    here, there = _processes.Pipe(duplex=False)
    office = _processes.Process(target=_work, args=(home, there))
    office.start()
    there.close()
    said: list[dict[str, Any]] = []
    try:
        while True:
            if len(said) == facts:
                office.kill()
            said.append(json.loads(here.recv()))
    except EOFError:  # what the kill cut off in the middle was told to nobody
        office.join()
    assert office.exitcode not in (0, 1), "it ended by itself"
    return said


def _work(home: Path, there: Connection) -> None:
    be_busy(home, there.send)


def check(home: Path, acknowledged: list[dict[str, Any]]) -> None:
    with homes.reading(home) as opened, opened.database.reading() as store:
        found = verify(store, opened.site_id)
        assert found.is_sound, found.findings
        entries = {row[0] for row in store.connection.execute("SELECT entry_id FROM journal_entries")}
        lost = [fact for fact in acknowledged if fact["act"] is not None and fact["act"] not in entries]
        assert not lost
        labels = dict(store.connection.execute("SELECT visit_id, label FROM view_visits").fetchall())
        assert all(labels[fact["visit"]] == fact["number"] for fact in acknowledged if "visit" in fact)
        numbers = "SELECT count(*), count(DISTINCT day || '/' || label) FROM view_visits"
        total, distinct = store.connection.execute(numbers).fetchone()
        assert total == distinct
        jobs = (
            "SELECT count(*) FROM view_visits WHERE service = 'DUKA-02' AND visit_id NOT IN (SELECT subject_id FROM {})"
        )
        assert store.connection.execute(jobs.format("local_print_jobs")).fetchone()[0] == 0, "a ticket without its slip"


@pytest.mark.parametrize("office", range(math.ceil(KILLS / KILLS_OF_AN_OFFICE)))
def test_what_was_acknowledged_survives_being_killed(tmp_path: Path, office: int) -> None:
    home, chance = tmp_path / "home", random.Random(random.getrandbits(32))
    make_home(home, FakeClock(), CountedIds())
    kills = min(KILLS_OF_AN_OFFICE, KILLS - office * KILLS_OF_AN_OFFICE)
    acknowledged: list[dict[str, Any]] = []
    for kill in range(1, kills + 1):
        acknowledged += killed_after(home, chance.randint(0, MOST_FACTS_BEFORE_A_KILL))
        if kill % EVERY_FEW_KILLS == 0 or kill == kills:
            check(home, acknowledged)
    with_a_number = {fact["visit"] for fact in acknowledged if "visit" in fact}
    assert len(with_a_number) >= kills
    assert sum(fact["act"] is not None for fact in acknowledged) > len(acknowledged) // 2
