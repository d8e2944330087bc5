"""The print jobs in memory and those in the database keep one contract."""

from dataclasses import replace

import pytest

from mppdesk.db.engine import Database
from mppdesk.db.paper.jobs import StoredPrintJobs
from mppdesk.db.unit import ChangeRelay
from mppdesk.domain.errors import Refused
from mppdesk.domain.paper_roll import PaperRoll
from mppdesk.domain.print_job import JobState, PrinterState, PrintJob
from mppdesk.domain.slip import SlipKind
from tests.fakes.memory_print_jobs import MemoryPrintJobs, print_job
from tests.printing.print_jobs_contract import KIOSK, LOKET_1, PRINTERS, MakePrintJobs, PrintJobsContract
from tests.printing.stored_jobs import fill


class TestMemoryPrintJobs(PrintJobsContract):
    @pytest.fixture
    def make(self) -> MakePrintJobs:
        return MemoryPrintJobs


class TestStoredPrintJobs(PrintJobsContract):
    @pytest.fixture
    def make(self, database: Database) -> MakePrintJobs:
        def with_jobs(printers: dict[str, str], jobs: tuple[PrintJob, ...]) -> StoredPrintJobs:
            fill(database, jobs)
            return StoredPrintJobs(database, ChangeRelay(), printers)

        return with_jobs

    def test_a_printer_that_was_set_up_meanwhile_has_the_roll_of_its_model(self, make: MakePrintJobs) -> None:
        jobs = make({"Loket 1": "tcp://192.0.2.7:9100"}, ())
        assert isinstance(jobs, StoredPrintJobs)
        jobs.use_printers({"Kios": "tcp://192.0.2.8:9100?model=generic-58", "Kantor": "spool://KANTOR?form=a5"})
        jobs.roll_changed("Kios", 4)
        jobs.roll_changed("Kantor", 4)
        assert jobs.roll("Kios") == PaperRoll(4, 10_000, 0, 60, is_near_end=False)
        assert jobs.roll("Kantor") is None

    def test_a_printer_of_sheets_never_shares_the_roll_of_a_name_that_leads_to_it(self, make: MakePrintJobs) -> None:
        jobs = make({"Loket 1": "spool://KANTOR", "Kantor": "spool://KANTOR?form=a5"}, ())
        jobs.roll_changed("Loket 1", 4)
        jobs.share_roll(frozenset({"Loket 1", "Kantor"}))
        jobs.roll_changed("Loket 1", 5)
        assert jobs.roll("Kantor") is None

    def test_the_logo_on_what_people_keep_is_paper_of_the_roll_too(self, make: MakePrintJobs) -> None:
        with_logo = {"Loket 1": "tcp://192.0.2.7:9100?logo=raster"}
        jobs = make(with_logo, (print_job("a"), print_job("b", kind=SlipKind.RECEIPT)))
        jobs.settle("a", JobState.PRINTED, None, 200, 9, 60)
        jobs.settle("b", JobState.PRINTED, None, 200, 9, 100)
        roll = jobs.roll("Loket 1")
        assert roll is not None and roll.printed_mm == 60 + 100 + 12

    def test_a_printer_of_sheets_has_no_roll(self, make: MakePrintJobs) -> None:
        jobs = make({"Kantor": "spool://KANTOR?form=a5"}, (print_job("a", printer="Kantor"),))
        jobs.roll_changed("Kantor", 4)
        jobs.begin_sending("a", 5)
        jobs.settle("a", JobState.UNCONFIRMED, None, 200, 9, 60)
        jobs.paper_seen("Kantor", PrinterState.PAPER_OUT)
        assert jobs.roll("Kantor") is None

    def test_jobs_are_recent_in_the_order_in_which_they_came_whatever_the_clock_said(
        self, make: MakePrintJobs, database: Database
    ) -> None:
        make(PRINTERS, (print_job("b", created_ms=900), print_job("c", created_ms=1), print_job("a", created_ms=500)))
        jobs = StoredPrintJobs(database, ChangeRelay(), PRINTERS)
        assert [job.job_id for job in jobs.recent(2)] == ["a", "c"]

    def test_questions_are_few_and_none_is_about_a_printer_that_never_says_anything(
        self, make: MakePrintJobs, database: Database
    ) -> None:
        asked = [print_job(f"{n:03}", state=JobState.UNCONFIRMED, created_ms=n) for n in range(30)]
        mute = [replace(print_job(f"m{n}", state=JobState.UNCONFIRMED), cause=PrinterState.MUTE) for n in range(30)]
        make(PRINTERS, (*asked, *mute))
        jobs = StoredPrintJobs(database, ChangeRelay(), PRINTERS)
        assert [job.job_id for job in jobs.unconfirmed()] == [f"{n:03}" for n in range(10, 30)]

    def test_the_slips_of_a_ticket_are_found_oldest_first(self, make: MakePrintJobs, database: Database) -> None:
        of_one = tuple(replace(print_job(name), subject_id="visit") for name in ("b", "a"))
        make(PRINTERS, (of_one[0], print_job("c"), of_one[1]))
        jobs = StoredPrintJobs(database, ChangeRelay(), PRINTERS)
        assert [job.job_id for job in jobs.of_subject("visit")] == ["b", "a"]

    def test_an_open_job_comes_out_of_another_printer_as_the_original_it_is(self, make: MakePrintJobs) -> None:
        held = replace(print_job("held", state=JobState.BLOCKED), cause=PrinterState.UNREACHABLE)
        jobs = stored(make, held, replace(print_job("queued", created_ms=1), copy_number=1))
        assert jobs.move("held", KIOSK, now_ms=7) and jobs.move("queued", KIOSK, now_ms=8)
        assert jobs.open_jobs(LOKET_1) == ()
        assert [(job.job_id, job.state, job.cause, job.copy_number) for job in jobs.open_jobs(KIOSK)] == [
            ("held", JobState.QUEUED, None, 0),
            ("queued", JobState.QUEUED, None, 1),
        ]
        with pytest.raises(Refused):
            jobs.move("held", "Loket 9", now_ms=9)

    @pytest.mark.parametrize("state", [state for state in JobState if state not in (JobState.QUEUED, JobState.BLOCKED)])
    def test_what_may_be_out_is_never_moved(self, make: MakePrintJobs, state: JobState) -> None:
        job = print_job("out", state=state)
        jobs = stored(make, job)
        assert not jobs.move("out", KIOSK, now_ms=7)
        assert jobs.job("out") == job

    def test_an_expired_ticket_is_listed_until_somebody_wants_it_or_lets_it_go(self, make: MakePrintJobs) -> None:
        jobs = stored(make, *(print_job(name, created_ms=at) for at, name in enumerate(("first", "second", "third"))))
        jobs.expire(before_ms=2, now_ms=100)
        assert [job.job_id for job in jobs.expired()] == ["first", "second"]
        assert jobs.revive("first", now_ms=200)
        assert not jobs.revive("third", now_ms=200), "it never expired"
        assert jobs.expire(before_ms=150, now_ms=200) == 1, "the third; the first was wanted anew"
        jobs.cancel("second", now_ms=201)
        assert [job.job_id for job in jobs.expired()] == ["third"]
        revived = jobs.job("first")
        assert revived is not None and (revived.state, revived.copy_number) == (JobState.QUEUED, 0)


def stored(make: MakePrintJobs, *jobs: PrintJob) -> StoredPrintJobs:
    made = make(PRINTERS, jobs)
    assert isinstance(made, StoredPrintJobs)
    return made
