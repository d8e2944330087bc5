"""No question of the hub reads a table that grows for years; the plans are stated, so they hold on every computer."""

import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

from mppdesk.db import unit
from mppdesk.db.deciding import hub, hub_questions
from mppdesk.db.journal import history
from mppdesk.db.paper import old_jobs, rolls, rows
from mppdesk.db.projections import views
from mppdesk.db.reading import finding, readers
from mppdesk.db.sql import Statement, Store
from tests.fakes.office import open_office

WHOLE_SITE = re.compile(r"(SEARCH|SCAN) (view|journal)_\w+ .*\(site_id=\?\)$|SCAN (view|journal)_")
ALL_JOBS = re.compile(r"SCAN (local_print_jobs|latest)")
SMALL_TABLES = ("view_logs", "view_settings", "view_users", "view_service_days")
"""A row for each start, setting, person and day."""


def test_every_question_is_answered_by_an_index(tmp_path: Path) -> None:
    with open_office(tmp_path / "home") as office, office.home.database.reading() as store:
        slow = {
            f"{module.__name__}.{name}": step
            for module in (finding, history, hub, hub_questions, readers, unit, views)
            for name, statement in statements(module)
            for step in plan(store, statement)
            if WHOLE_SITE.match(step) and not any(table in step for table in SMALL_TABLES)
        }
        assert not slow
        # It reads the last row of its index, however many days there were: nothing is sorted.
        assert len(plan(store, hub_questions.LAST_DAY)) == 1


def test_no_question_of_the_printers_reads_the_slips_of_the_past(tmp_path: Path) -> None:
    """What still has to come out is asked for every second; what came out is kept for weeks."""
    with open_office(tmp_path / "home") as office, office.home.database.reading() as store:
        plans = {
            name: plan(store, statement) for module in (rows, old_jobs, rolls) for name, statement in statements(module)
        }
    unsettled = "ix_local_print_jobs_unsettled"
    of_the_unsettled = {name for name, steps in plans.items() if any(unsettled in step for step in steps)}
    assert of_the_unsettled == {"OPEN_JOBS", "ALL_OPEN", "UNCONFIRMED", "EXPIRED", "RECOVER", "EXPIRE", "_give_up"}
    assert "ix_local_print_jobs_copies" in plans["MOST_COPIES"][0]
    scanned = {name for name in plans.keys() - of_the_unsettled if any(ALL_JOBS.match(step) for step in plans[name])}
    # A destroyed key is rare. The two others read their few rows from the end, unsorted.
    assert scanned == {"_drop_of_key", "RECENT", "OF_SUBJECT"}
    assert plans["RECENT"] == ["SCAN local_print_jobs"]
    assert plans["OF_SUBJECT"] == ["CO-ROUTINE latest", "SCAN local_print_jobs", "SCAN latest"]


def statements(module: ModuleType) -> Iterator[tuple[str, Statement]]:
    return ((name, found) for name, found in vars(module).items() if isinstance(found, Statement))


def plan(store: Store, statement: Statement) -> list[str]:
    text, _ = statement.compiled("sqlite")
    if text.startswith("INSERT"):
        return []
    values = ["1"] * text.count("?")
    return [str(row[3]) for row in store.connection.execute(f"EXPLAIN QUERY PLAN {text}", values).fetchall()]
