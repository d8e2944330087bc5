"""Real processes in a storm keep every promise, and the sums that say so can say no."""

import subprocess
import sys
from pathlib import Path

import msgspec
import pytest
from sqlalchemy import delete

from mppdesk.db import home as homes
from mppdesk.db.home import SystemClock
from mppdesk.db.identity import RandomIds
from mppdesk.db.sql import Statement
from mppdesk.db.tables import view_visits
from mppdesk.domain.commands import Answer, IssueTicket, TicketView
from tests.cli.conftest import PROGRAM
from tests.scenarios.storm.building import Building, Size
from tests.scenarios.storm.ledger import Ledger
from tests.scenarios.storm.people import FAMILY_NAME
from tests.scenarios.storm.reckoning import Reckoning, reckon
from tests.scenarios.storm.run import Report
from tests.scenarios.storm.stores import Stores

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="forks its programs")
SIZE = Size(counters=3, kiosks=1)
PLAN = {"seed": 20261122, "seconds": 5.0, "acknowledged": 60, "look-again": 1.0}
MOST_S = 240


def blown(folder: Path, database: str) -> Report:
    """A storm in a process of its own, as by hand."""
    options = {**PLAN, "counters": SIZE.counters, "kiosks": SIZE.kiosks, "keep": folder, "database": database}
    words = (word for name, value in options.items() for word in (f"--{name}", str(value)))
    storm = [sys.executable, "-m", "tests.scenarios.storm", *words]
    run = subprocess.run(storm, capture_output=True, cwd=PROGRAM.parent, timeout=MOST_S, check=False)
    assert run.stdout, run.stderr.decode()[-4000:]
    return msgspec.json.decode(run.stdout, type=Report)


def reckoned(folder: Path, database: str) -> Reckoning:
    building = Building(folder, database, SIZE, {}, 0, 0, ())
    stores = Stores(building)
    try:
        return reckon(building, stores)
    finally:
        stores.close()


def spoil(folder: Path) -> None:
    """What a lost decision, two hands on one number, a lost text, a text in the clear and a wrong view leave behind."""
    ledger = Ledger(folder / "Kiosk 1.jsonl", "Kiosk 1")
    ticket = TicketView(id="0" * 32, number="B-999", service="DUKA-01", state="waiting")
    for person in ("one", "two"):
        ledger.told(IssueTicket, f"by {person}", Answer(ticket=ticket, act="f" * 32), person)
    ledger.written("0" * 32, f"Melati {FAMILY_NAME}", "9999000000000000")
    ledger.close()
    (folder / "Loket 1" / "left.txt").write_text(f"Melati {FAMILY_NAME}")
    with homes.writing(folder / "Loket 1", SystemClock(), RandomIds()) as opened, opened.database.writing() as store:
        store.run(Statement(delete(view_visits)))


@pytest.mark.timeout(MOST_S + 60)  # seven programs, of which some dozen starts
def test_a_storm_of_real_processes_breaks_no_promise(tmp_path: Path, postgres_url: str) -> None:
    report = blown(tmp_path, postgres_url)

    assert report.is_good, msgspec.json.encode(report).decode()
    assert sum(report.kills.values()) >= 3
    assert report.reckoning.acknowledged >= PLAN["acknowledged"] / 2  # also on the slowest computer

    spoil(tmp_path)
    found = reckoned(tmp_path, postgres_url)
    for wrong in (found.lost, found.doubles, found.unread, found.in_the_clear):
        assert wrong
    assert any("views of Loket 1" in each for each in found.differences)
