"""Slips of the past: a month long they can be printed again, then they go, a few at a time; what is open stays."""

from collections.abc import Iterable
from dataclasses import replace

import pytest
from sqlalchemy import func, select

from mppdesk.db.engine import Database
from mppdesk.db.paper.old_jobs import ASKED_ABOUT_MS, KEPT_MS, LOOKED_AT_ONCE, OldPrintJobs
from mppdesk.db.paper.tables import local_print_jobs
from mppdesk.db.sql import Statement
from mppdesk.domain.print_job import UNSETTLED, JobState, PrinterState, PrintJob
from tests.fakes.memory_print_jobs import print_job
from tests.printing.stored_jobs import fill

NOW_MS = 1_795_140_000_000
MONTH_AGO, LAST_WEEK = NOW_MS - KEPT_MS - 1, NOW_MS - KEPT_MS // 4
SETTLED = [state for state in JobState if state not in UNSETTLED]
_states = Statement(select(local_print_jobs.c.job_id, local_print_jobs.c.state))
_count = Statement(select(func.count()).select_from(local_print_jobs))


def old(name: str, state: JobState, at_ms: int = MONTH_AGO) -> PrintJob:
    return print_job(name, state=state, created_ms=at_ms)


def kept(database: Database, jobs: Iterable[PrintJob]) -> dict[str, JobState]:
    """What is left of some jobs after one look."""
    fill(database, jobs)
    OldPrintJobs(database).tidy(NOW_MS)
    with database.reading() as store:
        return {name: JobState(state) for name, state in store.all(_states)}


def test_what_is_settled_goes_after_a_month_and_what_is_open_never(database: Database) -> None:
    jobs = [*(old(f"old {state}", state) for state in JobState), old("new", JobState.PRINTED, LAST_WEEK)]
    left = kept(database, jobs)
    assert set(left) == {"new", *(f"old {state}" for state in UNSETTLED)}
    assert len(SETTLED) >= 4


@pytest.mark.parametrize("state", [JobState.UNCONFIRMED, JobState.EXPIRED])
def test_what_nobody_answered_about_for_a_day_is_given_up_and_kept_for_another_month(
    database: Database, state: JobState
) -> None:
    """A queue that never confirms leaves a question about every slip: they must not pile up for years."""
    asked_long, asked_today = old("long", state, NOW_MS - ASKED_ABOUT_MS - 1), old("today", state, NOW_MS - 1)
    queued = old("queued", JobState.QUEUED)
    left = kept(database, [asked_long, asked_today, queued])
    assert left == {"long": JobState.CANCELLED, "today": state, "queued": JobState.QUEUED}
    given_up = OldPrintJobs(database)
    assert given_up.tidy(NOW_MS + KEPT_MS) == 0
    assert given_up.tidy(NOW_MS + KEPT_MS + 1) == 1


def test_what_a_printer_printed_that_never_says_anything_stays_as_doubtful_as_it_is_and_goes(
    database: Database,
) -> None:
    mute = [
        replace(old(name, JobState.UNCONFIRMED, at_ms), cause=PrinterState.MUTE)
        for name, at_ms in (("old", MONTH_AGO), ("new", LAST_WEEK))
    ]
    assert kept(database, mute) == {"new": JobState.UNCONFIRMED}


def test_a_look_takes_few_and_the_next_goes_on_where_it_ended(database: Database) -> None:
    """Nobody waits at a kiosk for the slips of last month; and the slips of a wrong clock hide none behind them."""
    of_a_wrong_clock = [old(f"w{n}", JobState.PRINTED, NOW_MS + KEPT_MS) for n in range(LOOKED_AT_ONCE)]
    fill(database, [*of_a_wrong_clock, *(old(f"p{n}", JobState.PRINTED) for n in range(LOOKED_AT_ONCE + 10))])
    jobs = OldPrintJobs(database)
    assert [jobs.tidy(NOW_MS) for _ in range(4)] == [0, LOOKED_AT_ONCE, 10, 0]
    with database.reading() as store:
        assert store.one(_count) == (LOOKED_AT_ONCE,)


def test_a_copy_ordered_from_an_old_job_meanwhile_keeps_nothing_from_going(database: Database) -> None:
    copy = replace(old("copy", JobState.QUEUED, NOW_MS), copy_number=1)
    assert kept(database, [old("original", JobState.PRINTED), copy]) == {"copy": JobState.QUEUED}
