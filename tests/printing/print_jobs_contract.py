"""What every implementation of the PrintJobs port keeps; a test class names its own way to make one."""

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

import pytest

from mppdesk.domain.paper_roll import NEAR_END_MM
from mppdesk.domain.print_job import JobState, PrinterState, PrintJob
from mppdesk.domain.slip import SlipKind
from mppdesk.operations.printing_ports import PrintJobs
from tests.fakes.memory_print_jobs import print_job

LOKET_1, KIOSK = "Loket 1", "Kios 1"
PRINTERS = {LOKET_1: "screen:", KIOSK: "tcp://192.0.2.7:9100"}


class ReadablePrintJobs(PrintJobs, Protocol):
    """The port, with a look at single jobs."""

    def job(self, job_id: str) -> PrintJob | None: ...


MakePrintJobs = Callable[[dict[str, str], tuple[PrintJob, ...]], ReadablePrintJobs]


def found(jobs: ReadablePrintJobs, job_id: str) -> PrintJob:
    job = jobs.job(job_id)
    assert job is not None
    return job


class PrintJobsContract:
    @pytest.fixture
    def make(self) -> MakePrintJobs:
        raise NotImplementedError

    def test_printers_are_given_by_name(self, make: MakePrintJobs) -> None:
        assert make(PRINTERS, ()).printers() == PRINTERS

    def test_open_jobs_are_those_of_one_printer_oldest_first(self, make: MakePrintJobs) -> None:
        late, early = print_job("b", created_ms=2), print_job("c", created_ms=1)
        jobs = make(PRINTERS, (late, early, print_job("a", created_ms=2), print_job("d", printer=KIOSK)))
        assert [job.job_id for job in jobs.open_jobs(LOKET_1)] == ["c", "a", "b"]
        assert jobs.open_jobs(KIOSK) == (print_job("d", printer=KIOSK),)

    @pytest.mark.parametrize("state", list(JobState))
    def test_only_queued_and_blocked_jobs_are_open(self, make: MakePrintJobs, state: JobState) -> None:
        is_open = state in {JobState.QUEUED, JobState.BLOCKED}
        jobs = make(PRINTERS, (print_job("a", state=state),))
        assert bool(jobs.open_jobs(LOKET_1)) is is_open
        assert (jobs.begin_sending("a", 5) is not None) is is_open
        assert found(jobs, "a").state is (JobState.SENDING if is_open else state)

    def test_sending_counts_the_attempt_and_forgets_the_cause(self, make: MakePrintJobs) -> None:
        jobs = make(PRINTERS, (print_job("a"),))
        jobs.begin_sending("a", 5)
        jobs.settle("a", JobState.BLOCKED, PrinterState.PAPER_OUT, 0, 6)
        begun = jobs.begin_sending("a", 7)
        assert begun == replace(print_job("a"), state=JobState.SENDING, attempts=2, changed_ms=7)
        assert found(jobs, "a") == begun

    def test_a_job_is_begun_once(self, make: MakePrintJobs) -> None:
        jobs = make(PRINTERS, (print_job("a"),))
        assert jobs.begin_sending("a", 5) is not None
        assert jobs.begin_sending("a", 6) is None
        assert jobs.begin_sending("missing", 6) is None

    def test_settling_records_what_is_known(self, make: MakePrintJobs) -> None:
        jobs = make(PRINTERS, (print_job("a"),))
        jobs.begin_sending("a", 5)
        jobs.settle("a", JobState.UNCONFIRMED, PrinterState.UNREACHABLE, 217, 9)
        settled = found(jobs, "a")
        assert (settled.state, settled.cause) == (JobState.UNCONFIRMED, PrinterState.UNREACHABLE)
        assert (settled.bytes_given, settled.changed_ms, settled.created_ms) == (217, 9, 0)

    def test_a_job_that_has_to_wait_says_why_and_counts_no_attempt(self, make: MakePrintJobs) -> None:
        jobs = make(PRINTERS, (print_job("a"), print_job("b", state=JobState.PRINTED)))
        assert jobs.block("a", PrinterState.PAPER_OUT, 6)
        blocked = replace(print_job("a"), state=JobState.BLOCKED, cause=PrinterState.PAPER_OUT, changed_ms=6)
        assert found(jobs, "a") == blocked
        assert not jobs.block("b", PrinterState.PAPER_OUT, 7)
        assert not jobs.block("missing", PrinterState.PAPER_OUT, 7)
        assert found(jobs, "b") == print_job("b", state=JobState.PRINTED)

    def test_recovery_leaves_to_people_what_was_on_its_way(self, make: MakePrintJobs) -> None:
        jobs = make(PRINTERS, (print_job("a"), print_job("b", state=JobState.PRINTED), print_job("c")))
        jobs.begin_sending("a", 5)
        assert jobs.recover(8) == 1
        assert jobs.recover(9) == 0
        states = [found(jobs, name).state for name in "abc"]
        assert states == [JobState.UNCONFIRMED, JobState.PRINTED, JobState.QUEUED]
        assert found(jobs, "a").changed_ms == 8

    def test_only_old_open_tickets_expire(self, make: MakePrintJobs) -> None:
        old = print_job("old", created_ms=99)
        ahead = print_job("ahead", created_ms=301)
        kept = (
            print_job("new", created_ms=100),
            print_job("newest", created_ms=300),
            print_job("receipt", kind=SlipKind.RECEIPT, created_ms=1),
            print_job("printed", state=JobState.PRINTED, created_ms=1),
        )
        jobs = make(PRINTERS, (old, ahead, *kept))
        assert jobs.expire(before_ms=100, now_ms=200) == 2
        assert found(jobs, "ahead").state is JobState.EXPIRED
        assert found(jobs, "old") == replace(old, state=JobState.EXPIRED, changed_ms=200)
        assert tuple(found(jobs, job.job_id) for job in kept) == kept

    def test_the_roll_shrinks_by_what_came_out_or_may_have(self, make: MakePrintJobs) -> None:
        jobs = make(PRINTERS, (print_job("a"), print_job("b"), print_job("c")))
        assert jobs.roll(LOKET_1) is None
        jobs.roll_changed(LOKET_1, 4)
        for name, state, paper_mm in (
            ("a", JobState.PRINTED, 60),
            ("b", JobState.UNCONFIRMED, 140),
            ("c", JobState.FAILED, 0),
        ):
            jobs.begin_sending(name, 5)
            jobs.settle(name, state, None, 200, 9, paper_mm)
        roll = jobs.roll(LOKET_1)
        assert roll is not None
        assert (roll.changed_ms, roll.printed_mm, roll.slip_mm) == (4, 200, 70)
        jobs.roll_changed(LOKET_1, 10)
        assert jobs.roll(LOKET_1) == replace(roll, changed_ms=10, printed_mm=0)
        assert jobs.roll(KIOSK) is None

    def test_names_of_one_printer_have_one_roll(self, make: MakePrintJobs) -> None:
        """What was counted apart before anybody saw that they lead to one printer is put together."""
        jobs = make(PRINTERS, (print_job("a"), print_job("b", printer=KIOSK), print_job("c")))
        jobs.roll_changed(KIOSK, 3)
        jobs.roll_changed(LOKET_1, 4)
        jobs.settle("a", JobState.PRINTED, None, 200, 9, 60)
        both = frozenset({KIOSK, LOKET_1})
        jobs.share_roll(both)
        jobs.settle("b", JobState.PRINTED, None, 200, 9, 70)
        known = jobs.roll(LOKET_1)
        assert known is not None and (known.changed_ms, known.printed_mm) == (4, 130)
        assert jobs.roll(KIOSK) == known
        jobs.share_roll(both)
        assert jobs.roll(LOKET_1) == jobs.roll(KIOSK) == known

    def test_a_name_that_leads_elsewhere_has_a_roll_of_its_own(self, make: MakePrintJobs) -> None:
        jobs = make(PRINTERS, (print_job("a"),))
        jobs.roll_changed(LOKET_1, 4)
        jobs.share_roll(frozenset({KIOSK, LOKET_1}))
        for name in (KIOSK, LOKET_1):
            jobs.share_roll(frozenset({name}))
        jobs.settle("a", JobState.PRINTED, None, 200, 9, 60)
        rolls = jobs.roll(KIOSK), jobs.roll(LOKET_1)
        assert [roll and roll.printed_mm for roll in rolls] == [0, 60]

    def test_a_name_that_comes_from_another_printer_leaves_its_roll_there(self, make: MakePrintJobs) -> None:
        third = "Loket 3"
        jobs = make({**PRINTERS, third: "tcp://192.0.2.9:9100"}, (print_job("a", printer=third),))
        jobs.share_roll(frozenset({LOKET_1, KIOSK}))
        jobs.roll_changed(third, 3)
        jobs.settle("a", JobState.PRINTED, None, 200, 9, 60)
        jobs.roll_changed(KIOSK, 7)
        jobs.share_roll(frozenset({LOKET_1, third}))
        for name in (LOKET_1, third):
            roll = jobs.roll(name)
            assert roll is not None and (roll.changed_ms, roll.printed_mm) == (3, 60)

    def test_what_a_sensor_says_of_the_roll_is_kept(self, make: MakePrintJobs) -> None:
        jobs = make(PRINTERS, ())
        jobs.paper_seen(LOKET_1, PrinterState.PAPER_NEAR_END)
        roll = jobs.roll(LOKET_1)
        assert roll is not None and roll.is_near_end
        assert roll.slips_left(PrinterState.PAPER_NEAR_END) == NEAR_END_MM // roll.slip_mm
