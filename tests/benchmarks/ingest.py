"""How fast the centre takes a week's backlog into PostgreSQL, over inserting the same rows bare.

`python -m tests.benchmarks.ingest [--tickets 17500] [--runs 5] [--folds]`
"""

import argparse
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import insert

from mppdesk.db.central import schema as central_schema
from mppdesk.db.central.copy import copy_rows
from mppdesk.db.central.database import PostgresDatabase, connect, plain_address
from mppdesk.db.central.folding import fold_next
from mppdesk.db.central.sites import CentralSite, register
from mppdesk.db.journal.codec import decode_entry, digest
from mppdesk.db.replication.replica_store import ReplicaStore
from mppdesk.db.replication.segments import Segment
from mppdesk.db.sql import Statement, Store
from mppdesk.db.tables import journal_entries
from mppdesk.sync.exchange import Answerer
from mppdesk.sync.protocol import MAX_MESSAGE_BYTES, Push, pack, unpack
from tests.benchmarks.commands import lay_down_past, open_home
from tests.benchmarks.figures import RUNS, Figure, medians, report
from tests.fakes.postgres import fresh_database, running_postgres
from tests.sync.replicas import NOW_MS, everybody, heads, replica_of

A_WEEK_OF_TICKETS = 17_500  # 105,000 entries
_LOGS = 7
_TIMES_THE_FLOOR = 2.0
_bare_insert = Statement(insert(journal_entries))
Row = dict[str, Any]


class Backlog:
    """What a hub pushes after a week without a line: packed messages, and the same entries as rows."""

    def __init__(self, site_id: str, segments: Sequence[Segment]) -> None:
        self.site_id = site_id
        self.messages = [pack(Push(site_id, part, ())) for part in _in_messages(segments)]
        self.rows = [_rows(site_id, segment) for segment in segments]

    @property
    def entries(self) -> int:
        return sum(map(len, self.rows))

    @property
    def bytes(self) -> int:
        return sum(len(row["bytes"]) for rows in self.rows for row in rows)


def make_backlog(folder: Path, tickets: int) -> Backlog:
    """Lay down the past of a small office in some logs, and cut all of it."""
    with open_home(folder / "hub") as office:
        for _ in range(_LOGS):
            lay_down_past(office, tickets // _LOGS)
        hub = replica_of(office)
        return Backlog(hub.site_id, [segment for head in heads(hub) for segment in _cut(hub, head.log_id)])


@contextmanager
def durable_postgres() -> Iterator[Any]:
    """The server of the tests, but with every commit on the disk."""
    with running_postgres() as server:
        address = plain_address(server.render_as_string(hide_password=False))
        with psycopg.connect(address, autocommit=True) as connection:
            connection.execute("ALTER SYSTEM SET fsync = on")
            connection.execute("ALTER SYSTEM SET full_page_writes = on")
            connection.execute("SELECT pg_reload_conf()")
        yield server


def measure(server: Any, backlog: Backlog, runs: int, *, folds: bool = False) -> list[Figure]:
    """Take the backlog and insert its rows bare, in turns, each into a fresh database."""
    return medians(lambda _: _run(server, backlog, folds=folds), runs)


def _run(server: Any, backlog: Backlog, *, folds: bool) -> list[Figure]:
    inserted = _bare(server, backlog, copies=False)
    copied = _bare(server, backlog, copies=True)
    taken, folded = _taken(server, backlog, folds=folds)
    figures = [
        Figure("ingest_s", taken, inserted, _TIMES_THE_FLOOR * inserted),
        Figure("ingest_over_copy_s", taken, copied),
    ]
    return [*figures, Figure("folding_s", folded, inserted)] if folds else figures


def _taken(server: Any, backlog: Backlog, *, folds: bool) -> tuple[float, float]:
    """The seconds of taking every message as the server gets it, and of folding all."""
    with fresh_database(server) as url:
        address = url.render_as_string(hide_password=False)
        central_schema.upgrade(address)
        database = PostgresDatabase(address)
        with database.writing() as store:
            register(store, CentralSite(backlog.site_id, "MPP", "", b"", NOW_MS), "token")
        replica = ReplicaStore(database, backlog.site_id, everybody, lambda: NOW_MS, is_folded=False)
        began = time.perf_counter()
        for message in backlog.messages:
            pack(Answerer(replica, "epoch").push(unpack(message, Push)))
        taken = time.perf_counter()
        while folds and fold_next(database, backlog.site_id):
            pass
        ended = time.perf_counter()
        assert sum(head.seq for head in heads(replica)) == backlog.entries
        database.close()
    return taken - began, ended - taken


def _bare(server: Any, backlog: Backlog, *, copies: bool) -> float:
    """The seconds of inserting the same rows in the same batches into the same table, a commit each, and no more."""
    with fresh_database(server) as url:
        address = url.render_as_string(hide_password=False)
        central_schema.upgrade(address)
        with connect(address) as connection:
            store = Store(connection, "postgresql")
            began = time.perf_counter()
            for rows in backlog.rows:
                with store.writing():
                    if copies:
                        copy_rows(store, journal_entries, rows)
                    else:
                        store.many(_bare_insert, rows)
            return time.perf_counter() - began


def _cut(hub: ReplicaStore, log_id: str) -> Iterator[Segment]:
    after = 0
    while (segment := hub.cut(log_id, after)) is not None:
        yield segment
        after = segment.last_seq


def _in_messages(segments: Sequence[Segment]) -> Iterator[tuple[Segment, ...]]:
    message: list[Segment] = []
    for segment in segments:
        if message and sum(each.size for each in message) + segment.size > MAX_MESSAGE_BYTES:
            yield tuple(message)
            message = []
        message.append(segment)
    yield tuple(message)


def _rows(site_id: str, segment: Segment) -> list[Row]:
    return [
        {
            "site_id": site_id,
            "log_id": entry.log_id,
            "seq": entry.seq,
            "entry_id": entry.entry_id,
            "kind": entry.kind,
            "subject_type": entry.subject.type,
            "subject_id": entry.subject.id,
            "step": entry.step,
            "hlc": entry.hlc,
            "hash": digest(raw),
            "bytes": raw,
        }
        for entry, raw in ((decode_entry(raw), raw) for raw in segment.entries)
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tickets", type=int, default=A_WEEK_OF_TICKETS)
    parser.add_argument("--runs", type=int, default=RUNS)
    parser.add_argument("--folds", action="store_true", help="fold the views too, which takes longer")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="mppdesk-bench-") as folder, durable_postgres() as server:
        backlog = make_backlog(Path(folder), arguments.tickets)
        figures = measure(server, backlog, arguments.runs, folds=arguments.folds)
    facts = {"entries": backlog.entries, "bytes": backlog.bytes, "messages": len(backlog.messages)}
    for figure in figures:
        per_s = {"per_s": round(backlog.entries / figure.value), "floor_per_s": round(backlog.entries / figure.floor)}
        report([figure], facts | per_s)


if __name__ == "__main__":
    main()
