"""What a counter feels while its hub pushes a week's backlog to the centre, and how soon live entries are there.

`python -m tests.benchmarks.backlog [--tickets 17500] [--samples 100]`
"""

import argparse
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

from mppdesk.db.central.database import PostgresDatabase
from mppdesk.db.journal.logs import Journal
from mppdesk.domain import commands
from mppdesk.sync.centre_place import CentrePlace, keep
from tests.benchmarks.commands import COUNTER, SERVICE, lay_down_past, open_home
from tests.benchmarks.figures import Figure, percentile, report
from tests.benchmarks.ingest import A_WEEK_OF_TICKETS, durable_postgres
from tests.fakes.office import Office
from tests.fakes.postgres import fresh_database
from tests.fakes.running_centre import central_process, registered
from tests.fakes.running_hub import hub_of
from tests.sync.replicas import heads, replica_of

# A busy building decides about five commands a second.
_PAUSE_S = 0.2
_LOGS = 7
_PATIENCE_S = 900.0
# As long may a window take until it is repainted (issue A7); an act that waits longer is felt.
_UNNOTICED_MS = 50.0


@dataclass
class Felt:
    """How long commands took, in milliseconds."""

    issue: list[float] = field(default_factory=list)
    call: list[float] = field(default_factory=list)

    def once(self, office: Office) -> None:
        """Issue a ticket and call the next one at the pace of a busy building."""
        office.clock.forward(1)
        began = time.perf_counter()
        office.issue(SERVICE)
        issued = time.perf_counter()
        time.sleep(_PAUSE_S / 2)
        calling = time.perf_counter()
        office.act(commands.CallNext, COUNTER)
        called = time.perf_counter()
        office.act(commands.FinishTicket, COUNTER)
        time.sleep(_PAUSE_S / 2)
        self.issue.append((issued - began) * 1000)
        self.call.append((called - calling) * 1000)


def measure(folder: Path, tickets: int, samples: int) -> tuple[list[Figure], dict[str, float]]:
    """Work a hub that is alone, then while it pushes the backlog; the backlog is laid down in seven logs."""
    with open_home(folder / "hub") as office, durable_postgres() as server, fresh_database(server) as address:
        for _ in range(_LOGS):
            lay_down_past(office, tickets // _LOGS)
        office.open(COUNTER)
        database = address.render_as_string(hide_password=False)
        token = registered(database, office)
        idle, busy = Felt(), Felt()
        with hub_of(office):
            for _ in range(samples):
                idle.once(office)
        with central_process(database) as url:
            keep(office.home, CentrePlace(url, token), None)
            centre = _Centre(PostgresDatabase(database), office)
            try:
                with hub_of(office):
                    live_s, push_s = _pushed(office, centre, busy)
            finally:
                centre.close()
    facts = {"entries": centre.entries, "live_s": round(live_s, 2), "push_s": round(push_s, 2), "felt": len(busy.issue)}
    return [*_figures("issue", busy.issue, idle.issue), *_figures("call_next", busy.call, idle.call)], facts


def _pushed(office: Office, centre: "_Centre", busy: Felt) -> tuple[float, float]:
    """Go on working until the centre has all; seconds until it had the first live entry, and until it had all."""
    began, live = time.monotonic(), None
    own = office.writer.author.log_id
    busy.once(office)
    first = centre.here(own)
    while not centre.has_all():
        busy.once(office)
        if live is None and centre.there(own) >= first:
            live = time.monotonic() - began
        assert time.monotonic() - began < _PATIENCE_S, "the backlog never arrived"
    ended = time.monotonic() - began
    return live if live is not None else ended, ended


class _Centre:
    """What the centre has of the office's journal, beside what the office has."""

    def __init__(self, database: PostgresDatabase, office: Office) -> None:
        self._database = database
        self._office = office
        self.entries = 0

    def here(self, log_id: str) -> int:
        return next(head.seq for head in heads(replica_of(self._office)) if head.log_id == log_id)

    def there(self, log_id: str) -> int:
        with self._database.reading() as store:
            head = Journal(store, self._office.home.site_id).head(log_id)
        return head.seq if head else 0

    def has_all(self) -> bool:
        """Whether the backlog is there: every log, and of the live one all but what is on its way."""
        own = self._office.writer.author.log_id
        with self._database.reading() as store:
            there = {head.log_id: head.seq for head in Journal(store, self._office.home.site_id).heads()}
        self.entries = sum(there.values())
        here = heads(replica_of(self._office))
        return all(there.get(head.log_id) == head.seq for head in here if head.log_id != own) and own in there

    def close(self) -> None:
        self._database.close()


def _figures(name: str, busy: list[float], idle: list[float]) -> list[Figure]:
    return [
        Figure(f"backlog.{name}_p{percent}_ms", value, floor, _UNNOTICED_MS)
        for percent in (50, 99)
        for value, floor in [(percentile(busy, percent), percentile(idle, percent))]
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tickets", type=int, default=A_WEEK_OF_TICKETS)
    parser.add_argument("--samples", type=int, default=100)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="mppdesk-bench-") as folder:
        figures, facts = measure(Path(folder), arguments.tickets, arguments.samples)
    report(figures, facts)


if __name__ == "__main__":
    main()
