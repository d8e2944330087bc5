"""What is still known of the issuers whose work a restore loses: notes in the data folder, and databases that open."""

import json
import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from sqlalchemy import bindparam, func, select

from mppdesk.db.deciding.restores import binds_numbers
from mppdesk.db.engine import Database
from mppdesk.db.sql import Statement, Store
from mppdesk.db.tables import view_logs, view_visits
from mppdesk.domain.errors import StorageTrouble

_FILE = "restores.json"

_restores = Statement(select(view_logs.c.restored_ms).where(binds_numbers()))
_highest = Statement(select(func.max(view_visits.c.number)).where(view_visits.c.day >= bindparam("day")))


@dataclass(frozen=True, slots=True)
class LostWork:
    """Earlier restores (UTC milliseconds, each once), and the highest number known of a date."""

    restores: frozenset[int] = frozenset()
    highest: int = 0

    def __or__(self, other: "LostWork") -> "LostWork":
        return LostWork(self.restores | other.restores, max(self.highest, other.highest))

    def moments(self, zone: ZoneInfo) -> tuple[datetime, ...]:
        return tuple(datetime.fromtimestamp(each / 1000, zone) for each in sorted(self.restores))

    def since(self, moment_ms: int) -> int:
        """How many restores there were after a moment."""
        return sum(each > moment_ms for each in self.restores)


def known_to(store: Store, day: date) -> LostWork:
    """What an open database knows."""
    highest = store.one(_highest, day=day.isoformat())
    restores = frozenset(int(row[0]) for row in store.all(_restores))
    return LostWork(restores, highest[0] if highest and highest[0] is not None else 0)


def known_in(path: Path, key: bytes, day: date) -> LostWork:
    """What another database file knows; nothing when it cannot be read any more."""
    with suppress(StorageTrouble):
        database = Database(path, key, read_only=True)
        try:
            with database.reading() as store:
                return known_to(store, day)
        finally:
            database.close()
    return LostWork()


def noted(home: Path) -> LostWork:
    """The restores noted beside the database: they are known also when no database opens any more."""
    path = home / _FILE
    try:
        return LostWork(frozenset(int(each) for each in json.loads(path.read_text(encoding="utf-8"))))
    except FileNotFoundError:
        return LostWork()
    except (OSError, ValueError, TypeError):  # somebody restored here, and when he did is all that is left
        return LostWork(frozenset({int(path.stat().st_mtime * 1000)}))


def note(home: Path, restores: Iterable[int]) -> None:
    """Note restores durably; one that is cut off afterwards only leaves more numbers free."""
    temporary = home / f"{_FILE}.new"
    with temporary.open("w", encoding="utf-8") as file:
        json.dump(sorted(restores), file)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(home / _FILE)
