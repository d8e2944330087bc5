"""A folder that works twice is an alarm, and loses nothing: of a copied disk, a rolled-back machine, an old file."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from mppdesk.db.replication import troubles
from mppdesk.db.replication.copied_folders import COPIED_FOLDER
from mppdesk.db.replication.replica_store import ReplicaStore
from mppdesk.domain.entries import Draft, Subject, SubjectType
from mppdesk.domain.facts import DatabaseRestored
from tests.fakes.clock import CountedIds, FakeClock
from tests.fakes.office import Office, open_office
from tests.sync.replicas import digests, empty_replica, meet, replica_of


@pytest.fixture
def ids() -> CountedIds:
    """Of all computers together, since ids are ordered by the time of their making."""
    return CountedIds()


@pytest.fixture
def folder(tmp_path: Path, ids: CountedIds) -> Path:
    """That of a computer which worked once and was switched off."""
    with open_office(tmp_path / "folder", FakeClock(), ids) as office:
        office.open("Loket 1")
    return tmp_path / "folder"


@pytest.fixture
def hub(folder: Path, ids: CountedIds, tmp_path: Path) -> Iterator[ReplicaStore]:
    """Another computer of the building; it has heard of nothing yet."""
    with open_office(folder, FakeClock(), ids) as office:
        site_id = office.home.site_id
    with empty_replica(tmp_path / "hub.db", site_id) as store:
        yield store


def alarms(store: ReplicaStore) -> list[tuple[str, str]]:
    with store.database.reading() as reading:
        return [(each.log_id, each.reason) for each in troubles.all_of(reading, store.site_id)]


def tell(office: Office, hub: ReplicaStore) -> str:
    """Do something and exchange; answers the log of this start."""
    office.issue()
    meet(hub, replica_of(office))
    return office.writer.author.log_id


def test_one_start_after_the_other_is_no_alarm(folder: Path, ids: CountedIds, hub: ReplicaStore) -> None:
    for _ in range(3):
        with open_office(folder, FakeClock(), ids) as office:
            tell(office, hub)
            office.issue()  # and heard of with the next start
        assert alarms(hub) == []


def test_two_that_go_on_from_one_start_are_an_alarm_and_both_are_kept(
    folder: Path, ids: CountedIds, hub: ReplicaStore, tmp_path: Path
) -> None:
    copy = shutil.copytree(folder, tmp_path / "copy")
    with open_office(folder, FakeClock(), ids) as original, open_office(copy, FakeClock(), ids) as copied:
        tell(original, hub)
        assert alarms(hub) == []
        second = tell(copied, hub)

        assert alarms(hub) == [(second, COPIED_FOLDER)]
        meet(hub, replica_of(original))
        assert alarms(replica_of(original)) == [(second, COPIED_FOLDER)]
        assert len({*digests(hub), *digests(replica_of(original)), *digests(replica_of(copied))}) == 1


def test_a_copy_of_a_computer_that_works_on_is_an_alarm_at_once(
    folder: Path, ids: CountedIds, hub: ReplicaStore, tmp_path: Path
) -> None:
    with open_office(folder, FakeClock(), ids) as original:
        tell(original, hub)
        copy = shutil.copytree(folder, tmp_path / "copy")
        tell(original, hub)
        with open_office(copy, FakeClock(), ids) as copied:
            assert (tell(copied, hub), COPIED_FOLDER) in alarms(hub)


@pytest.mark.parametrize("made_after", [True, False], ids=["a clock that is right", "a clock set back"])
def test_a_backup_that_a_person_restored_is_no_alarm(
    folder: Path, ids: CountedIds, hub: ReplicaStore, tmp_path: Path, made_after: bool
) -> None:
    backup = shutil.copytree(folder, tmp_path / "backup")
    with open_office(folder, FakeClock(), ids) as lost:
        tell(lost, hub)
    with open_office(backup, FakeClock(), ids if made_after else CountedIds("earlier")) as restored:
        with restored.writer.begin(restored.actor) as unit:
            fact = DatabaseRestored(backup_made_ms=0, heads=0)
            unit.record(Draft(unit.new_id(), Subject(SubjectType.LOG, restored.writer.author.log_id), fact))
        tell(restored, hub)

        assert alarms(hub) == alarms(replica_of(restored)) == []
