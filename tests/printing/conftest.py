"""A database for the print jobs, made once: whoever uses it fills it anew."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mppdesk.db import migrate
from mppdesk.db.engine import Database


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """An encrypted database with its tables."""
    folder: Path = tmp_path_factory.mktemp("print-jobs")
    opened = Database(folder / "mppdesk.db", bytes(32))
    migrate.upgrade(opened, folder / "backups", datetime(2026, 11, 20, tzinfo=UTC))
    yield opened
    opened.close()
