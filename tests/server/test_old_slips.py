"""A hub drops the slips of the past by itself, and goes on when the disk refused once."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest

from mppdesk.db.paper.jobs import StoredPrintJobs
from mppdesk.db.paper.old_jobs import KEPT_MS
from mppdesk.domain.errors import StorageTrouble
from mppdesk.server.hub import running_hub
from mppdesk.server.old_slips import drop_old_slips
from mppdesk.texts import msg
from tests.fakes.clock import CountedIds, FakeClock
from tests.fakes.office import open_office


@pytest.mark.expects_log("left for the next minute")
def test_a_disk_that_refuses_is_asked_again() -> None:
    tries: list[int] = []

    def refuses_once() -> int:
        tries.append(len(tries))
        if tries == [0]:
            raise StorageTrouble(msg("Disk menolak."), msg("Ulangi."))
        return 0

    async def until_asked_again() -> None:
        task = asyncio.create_task(drop_old_slips(refuses_once, every_s=0.0))
        while len(tries) < 2:
            await asyncio.sleep(0)
        task.cancel()

    asyncio.run(until_asked_again())


def test_a_hub_knows_which_slips_are_old_by_its_own_clock(tmp_path: Path) -> None:
    clock = FakeClock()
    with open_office(tmp_path / "home", clock, CountedIds()) as office:
        office.issue("DUKA-02")
        jobs = StoredPrintJobs(office.home.database, office.writer.changes, {})
        (slip,) = jobs.recent(10)
        jobs.cancel(slip.job_id, office.writer.now_ms())
        with running_hub(office.home, clock) as building:
            assert building.drop_old_slips() == 0
            clock.forward(timedelta(milliseconds=KEPT_MS + 1).total_seconds())
            assert building.drop_old_slips() == 1
        assert jobs.recent(10) == ()
