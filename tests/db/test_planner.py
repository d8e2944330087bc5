"""No question of the hub reads a table that grows for years; the plans are stated, so they hold on every computer."""

import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

from mppdesk.db import print_jobs, unit
from mppdesk.db.deciding import hub, hub_view
from mppdesk.db.journal import history
from mppdesk.db.projections import views
from mppdesk.db.reading import finding, readers
from mppdesk.db.sql import Statement, Store
from tests.fakes.office import open_office

WHOLE_SITE = re.compile(r"(SEARCH|SCAN) (view|journal)_\w+ .*\(site_id=\?\)$|SCAN (view|journal)_")
SMALL_TABLES = ("view_logs", "view_settings", "view_users", "view_service_days")
"""A row for each start, setting, person and day."""


def test_every_question_is_answered_by_an_index(tmp_path: Path) -> None:
    with open_office(tmp_path / "home") as office, office.home.database.reading() as store:
        slow = {
            f"{module.__name__}.{name}": step
            for module in (finding, history, hub, hub_view, print_jobs, readers, unit, views)
            for name, statement in statements(module)
            for step in plan(store, statement)
            if WHOLE_SITE.match(step) and not any(table in step for table in SMALL_TABLES)
        }
        assert not slow
        # It reads the last row of its index, however many days there were: nothing is sorted.
        assert len(plan(store, hub_view._last_day)) == 1


def statements(module: ModuleType) -> Iterator[tuple[str, Statement]]:
    return ((name, found) for name, found in vars(module).items() if isinstance(found, Statement))


def plan(store: Store, statement: Statement) -> list[str]:
    text, _ = statement.compiled("sqlite")
    if text.startswith("INSERT"):
        return []
    values = ["1"] * text.count("?")
    return [str(row[3]) for row in store.connection.execute(f"EXPLAIN QUERY PLAN {text}", values).fetchall()]
