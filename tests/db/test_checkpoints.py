"""Folding the write-ahead log away: nobody waits for it, and nothing of it is left where it must not be."""

from pathlib import Path
from threading import Thread

from mppdesk.db.engine import Database
from mppdesk.server.checkpoints import Checkpoints
from tests.fakes.clock import CountedIds, FakeClock
from tests.fakes.office import open_office

_PATIENCE_S = 20.0


class CountedFolds:
    """A database of which only the checkpoints are counted."""

    def __init__(self) -> None:
        self.count = 0

    def checkpoint(self) -> bool:
        self.count += 1
        return True


def test_the_log_is_folded_while_a_command_is_being_written(tmp_path: Path) -> None:
    with open_office(tmp_path, FakeClock(), CountedIds()) as office:
        office.issue()
        size = office.home.database.path.stat().st_size
        with office.home.database.writing():
            folding = Thread(target=office.home.database.checkpoint)
            folding.start()
            folding.join(_PATIENCE_S)
            assert not folding.is_alive(), "it waits for the writer, and would make the writer wait"
        assert office.home.database.path.stat().st_size > size


def test_nothing_is_folded_where_nothing_was_written(tmp_path: Path) -> None:
    database = Database(tmp_path / "none.db", bytes(32))
    assert database.checkpoint()
    assert not database.path.exists()


def test_it_is_time_after_many_commits_or_a_minute_after_a_few() -> None:
    now, database = [100.0], CountedFolds()
    checkpoints = Checkpoints(database, lambda: now[0])

    def folds_after(seconds: float, commits: int) -> bool:
        now[0] += seconds
        for _ in range(commits):
            checkpoints.note_commit()
        return checkpoints.fold_when_due()

    assert not folds_after(1000.0, commits=0)
    assert folds_after(1.0, commits=1)
    assert not folds_after(1.0, commits=1)
    assert folds_after(1.0, commits=1000)
    assert not folds_after(1.0, commits=1)
    assert folds_after(60.0, commits=0)
    assert database.count == 3
