"""A whole day without a display: the real code, every outcome, and `summary.json` that says what happened."""

import json
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import bindparam, func, select

from mppdesk.app.station import Station
from mppdesk.db.journal.verify import verify
from mppdesk.db.paper.tables import local_print_jobs
from mppdesk.db.sql import Statement
from mppdesk.db.tables import view_calls, view_visits
from mppdesk.demo.citizens import invent_citizens
from mppdesk.demo.clock import VirtualClock, dawn_of, opening_of
from mppdesk.demo.office import demo_office
from mppdesk.demo.people import Hall, citizen, clerk
from mppdesk.demo.pictures import PHOTOGRAPHED_TICKETS, Photographer
from mppdesk.demo.stage import Stage
from mppdesk.domain.entries import Actor
from mppdesk.domain.print_job import JobState
from mppdesk.domain.site import Role
from mppdesk.domain.slip import Slip
from mppdesk.domain.visit import TicketStatus
from mppdesk.operations.desk import Desk

DAY = timedelta(hours=7)
COUNTERS = 13
# The doors open before the clerks come from the roll call: a hall with people in it.
_ROLL_CALL = timedelta(minutes=20)
# How long virtual time waits for a printer that cannot print before the day goes on without it.
_PATIENCE_S = 15.0
_LOOK_AGAIN_S = 1.0

_outcomes = Statement(
    select(view_visits.c.status, view_visits.c.outcome, func.count(), func.sum(view_visits.c.was_transferred))
    .where(view_visits.c.site_id == bindparam("site_id"))
    .group_by(view_visits.c.status, view_visits.c.outcome)
)
_numbers = Statement(
    select(view_visits.c.day, view_visits.c.label).where(view_visits.c.site_id == bindparam("site_id")).distinct()
)
_called = Statement(select(view_calls.c.visit_id).where(view_calls.c.site_id == bindparam("site_id")).distinct())
_job_states = Statement(select(local_print_jobs.c.state, func.count()).group_by(local_print_jobs.c.state))


@dataclass
class Printed:
    """What came out while the day ran, and how long the day waited for it."""

    slips: list[Slip] = field(default_factory=list)
    has_news: bool = True
    is_given_up: bool = False
    tried_at: float = 0.0
    seconds_waiting: float = 0.0

    def hear(self, topics: frozenset[str]) -> None:
        """Know when there is something new to print, so that the printers are not asked in vain."""
        self.has_news |= "print_jobs" in topics


def run_day(out: Path, *, seed: int, tickets: int, printer: str | None) -> dict[str, Any]:
    """Play one day of the sample office into a folder; answers the summary that is also written there."""
    started = time.monotonic()
    home = _fresh(out / "data")
    clock = VirtualClock(dawn_of(datetime.now(UTC)))
    printed = Printed()
    with demo_office(home, clock, printed.slips.append, printer) as office:
        hall = staffed_hall(office, Random(seed))
        opens = opening_of(clock.now(), hall.site.holidays, hall.site.zone)
        clock.move_to(opens)
        office.writer.changes.subscribe(printed.hear)
        stage = Stage(clock, lambda: _print(office, printed, patience_s=_PATIENCE_S if printer else 0.0))
        for person in invent_citizens(hall.random, hall.catalog, hall.agencies, tickets - PHOTOGRAPHED_TICKETS, opens):
            stage.enter(citizen(hall, person), person.arrives)
        for index, (desk, _) in enumerate(hall.staffed):
            stage.enter(clerk(hall, desk), opens + _ROLL_CALL + timedelta(seconds=10 * index))
        with Photographer(hall, out, printed.slips) as photographer:
            for offset, photograph in photographer.moments():
                stage.play(opens + offset)
                photograph()
            stage.play(opens + DAY)
            printed.is_given_up = False
            _print(office, printed, patience_s=_PATIENCE_S)
            photographer.papers()
        summary = _summary(office, printed)
    summary["seconds"] = round(time.monotonic() - started, 2)
    summary["database"] = str(home)
    (out / "summary.json").write_text(json.dumps(summary, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    return summary


def _fresh(home: Path) -> Path:
    """A folder for this run; what an earlier run left is another day's and stays out of the way."""
    if not home.exists():
        return home
    return _fresh(home.with_name(f"{home.name}-baru"))


def staffed_hall(office: Station, random: Random) -> Hall:
    """Staff some counters: the two busiest of the large agencies, one of the others, a clerk at each."""
    with office.readers.moment() as moment:
        catalog, places, site = moment.reference.catalog, moment.reference.counters, moment.reference.site
        clerks = [(user_id, user) for user_id, user in moment.reference.users.items() if Role.CLERK in user.roles]
    taken: Counter[str] = Counter()
    staffed: list[tuple[Desk, str]] = []
    for counter, place in places.items():
        most = 2 if catalog.agencies[place.agency].counters_estimate > 2 else 1
        if taken[place.agency] < most and len(staffed) < COUNTERS:
            taken[place.agency] += 1
            user_id, user = clerks[len(staffed) % len(clerks)]
            desk = Desk(counter, place.label, Actor(user_id, "desktop"), user.display_name, place.printer)
            staffed.append((desk, place.agency))
    return Hall(office, site, random, catalog, tuple(sorted(taken)), tuple(staffed))


def _print(office: Station, printed: Printed, patience_s: float) -> None:
    """Let the printers do what is queued; virtual time waits for a real one, but only once for one that is gone."""
    started = time.monotonic()
    if not printed.has_news or (printed.is_given_up and started < printed.tried_at + _LOOK_AGAIN_S):
        return
    printed.tried_at = started
    left = office.spooler.run_until_empty(0.0 if printed.is_given_up else patience_s)
    printed.has_news = left > 0
    printed.is_given_up = any(status.state.blocks for status in office.spooler.statuses().values())
    printed.seconds_waiting += time.monotonic() - started


def _summary(office: Station, printed: Printed) -> dict[str, Any]:
    """Count what the store holds; nothing here is counted by the ones who acted."""
    site_id = office.home.site_id
    with office.home.database.reading() as store:
        rows = store.all(_outcomes, site_id=site_id)
        numbers = store.all(_numbers, site_id=site_id)
        called = store.all(_called, site_id=site_id)
        checked = verify(store, site_id)
        jobs: dict[str, int] = dict(store.all(_job_states))
    by_status: Counter[str] = Counter()
    by_outcome: Counter[str] = Counter()
    transferred = 0
    for status, outcome, count, moved in rows:
        by_status[status] += count
        transferred += int(moved or 0)
        if status == TicketStatus.FINISHED:
            by_outcome[outcome] += count
    return {
        "issued": by_status.total(),
        "numbers_distinct": len(numbers),
        "called": len(called),
        "finished": by_status["finished"],
        "registered": by_outcome["registered"],
        "returned_incomplete": by_outcome["returned"],
        "no_show": by_status["no_show"],
        "transferred": transferred,
        "on_hold": by_status["on_hold"],
        "cancelled": by_status["cancelled"],
        "waiting": by_status["waiting"] + by_status["called"] + by_status["serving"],
        "slips_printed": jobs.get(str(JobState.PRINTED), 0),
        "slips_unconfirmed": jobs.get(str(JobState.UNCONFIRMED), 0),
        "slips_blocked": jobs.get(str(JobState.BLOCKED), 0) + jobs.get(str(JobState.QUEUED), 0),
        "entries": checked.entries,
        "chain_ok": checked.chain_ok,
        "rebuild_equal": checked.rebuild_equal,
        "seconds_waiting_for_printer": round(printed.seconds_waiting, 2),
    }
