"""Hundreds of sites that ask one process of the centre whether there is news: its time, and the processor it takes.

Each compares journals and data keys as often as a busy hub may at most, and holds a stream of pokes open.

`python -m tests.benchmarks.polling [--sites 500] [--logs 200] [--seconds 20] [--every 5]`
"""

import argparse
import heapq
import os
import socket
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

import msgspec

from mppdesk.db.central import schema as central_schema
from mppdesk.db.central.copy import copy_rows
from mppdesk.db.central.database import PostgresDatabase, connect
from mppdesk.db.central.sites import CentralSite, register
from mppdesk.db.central.tables import central_key_days
from mppdesk.db.replication.key_parcels import KeyDay, KeyDigest
from mppdesk.db.replication.vector import Vector
from mppdesk.db.tables import journal_heads
from mppdesk.sync.centre_link import LEAST_S
from mppdesk.sync.keys import KeysDiffer, KeysHello
from mppdesk.sync.protocol import Hello, HelloAnswer, pack, unpack
from tests.benchmarks.figures import Figure, percentile, report
from tests.benchmarks.http_clients import KeptConnection
from tests.benchmarks.ingest import durable_postgres
from tests.fakes.postgres import fresh_database
from tests.fakes.running_centre import serving_centre

_DAY_MS = 86_400_000
_RECENT_DAYS = 8
_DAYS_OF_KEYS = 2
_AGENCIES = 30
_CALLERS = 8
_ALONE = 300
_GOAL_P50_MS = 2.0

Reading = TypeVar("Reading", bound=msgspec.Struct)


@dataclass(frozen=True, slots=True)
class PollingSite:
    """A site with nothing new: its token, and what it says again and again of its journals and its data keys."""

    token: str
    hello: bytes
    keys_hello: bytes


class Polled:
    """What the callers saw: milliseconds of each answer, and how many were late for their turn."""

    def __init__(self) -> None:
        self.answers_ms: list[float] = []
        self.keys_ms: list[float] = []
        self.late = 0


def make_site(database: PostgresDatabase, number: int, logs: int, now_ms: int) -> PollingSite:
    """Register a site that has the heads of some logs, one an hour back from now, and know its summary."""
    site_id = f"{number:032x}"
    rows = [
        {"site_id": site_id, "log_id": _log_id(now_ms - 3_600_000 * back), "seq": 100, "hash": os.urandom(32)}
        for back in range(logs)
    ]
    today = now_ms // _DAY_MS
    days = [KeyDay(f"AGENCY-{n}", today - back) for n in range(_AGENCIES) for back in range(_DAYS_OF_KEYS)]
    digests = tuple(KeyDigest(day, os.urandom(16)) for day in days)
    with database.writing() as store:
        register(store, CentralSite(site_id, f"MPP {number}", "", b"", now_ms), f"token-{number}")
        copy_rows(store, journal_heads, rows)
        copy_rows(store, central_key_days, [_key_day(site_id, each) for each in digests])
    vector = Vector(site_id)
    with database.reading() as store:
        vector.refresh(store)
    hello = Hello(site_id, vector.summary(today - _RECENT_DAYS))
    return PollingSite(f"token-{number}", pack(hello), pack(KeysHello(site_id, today - _DAYS_OF_KEYS, digests)))


def poll(url: str, sites: Sequence[PollingSite], every_s: float, until: float, polled: Polled) -> None:
    """Let some sites ask in turns, each `every_s`, spread evenly; each must hear that nothing differs."""
    began = time.monotonic()
    turns = [(began + every_s * at / len(sites), at) for at in range(len(sites))]
    with KeptConnection(_address(url)) as client:
        while turns and (turn := heapq.heappop(turns))[0] < until:
            due, at = turn
            time.sleep(max(0.0, due - time.monotonic()))
            asked = time.perf_counter()
            answer = _ask(client, sites[at])
            answered = time.perf_counter()
            keys = _ask_keys(client, sites[at])
            polled.answers_ms.append((answered - asked) * 1000)
            polled.keys_ms.append((time.perf_counter() - answered) * 1000)
            assert not answer.differing and not keys.days
            polled.late += time.monotonic() > due + every_s
            heapq.heappush(turns, (due + every_s, at))


def ask_alone(url: str, address: str, site: PollingSite) -> tuple[list[float], list[float]]:
    """Let one site ask while nobody else does, by turns with a bare statement at PostgreSQL: both in milliseconds."""
    took: list[float] = []
    bare: list[float] = []
    with KeptConnection(_address(url)) as client, closing(connect(address)) as connection:
        for _ in range(_ALONE):
            began = time.perf_counter()
            connection.execute("SELECT 1").fetchone()
            stated = time.perf_counter()
            _ask(client, site)
            bare.append((stated - began) * 1000)
            took.append((time.perf_counter() - stated) * 1000)
    return took, bare


def measure(server: Any, count: int, logs: int, seconds: float, every_s: float) -> tuple[list[Figure], dict[str, Any]]:
    """Poll one process for a while, after a round that fills its memory and is not counted."""
    with fresh_database(server) as made:
        address = made.render_as_string(hide_password=False)
        central_schema.upgrade(address)
        database = PostgresDatabase(address)
        now_ms = time.time_ns() // 1_000_000
        sites = [make_site(database, number, logs, now_ms) for number in range(count)]
        with serving_centre(address) as (pid, url), _listening(url, sites):
            with KeptConnection(_address(url)) as client:
                for site in sites:
                    _ask(client, site)
            alone, bare = ask_alone(url, address, sites[0])
            before, began = _cpu_s(pid, database), time.monotonic()
            polled = [Polled() for _ in range(_CALLERS)]
            with ThreadPoolExecutor(_CALLERS) as callers:
                until = began + seconds
                turns = [
                    callers.submit(poll, url, sites[at::_CALLERS], every_s, until, mine)
                    for at, mine in enumerate(polled)
                ]
                for each in turns:
                    each.result()
            spent, took = _cpu_s(pid, database) - before, time.monotonic() - began
            memory_mb = _memory_mb(pid)
        database.close()
    answers = [each for mine in polled for each in mine.answers_ms]
    keys = [each for mine in polled for each in mine.keys_ms]
    late = sum(mine.late for mine in polled)
    facts = {"sites": count, "every_s": every_s, "answers": len(answers), "late": late, "memory_mb": memory_mb}
    floor, floor_99 = percentile(bare, 50), percentile(bare, 99)
    figures = [
        Figure("idle_exchange_alone_p50_ms", percentile(alone, 50), floor, _GOAL_P50_MS),
        Figure("idle_exchange_alone_p99_ms", percentile(alone, 99), floor_99),
        Figure("idle_exchange_p50_ms", percentile(answers, 50), floor, _GOAL_P50_MS),
        Figure("idle_exchange_p99_ms", percentile(answers, 99), floor_99),
        Figure("idle_keys_p50_ms", percentile(keys, 50), floor),
        Figure("idle_keys_p99_ms", percentile(keys, 99), floor_99),
        Figure("cpu_ms_an_exchange", 1000 * spent / len(answers), 0.0),
        Figure("cpu_share_of_one_core", spent / took, 0.0),
    ]
    return figures, facts


@contextmanager
def _listening(url: str, sites: Sequence[PollingSite]) -> Iterator[None]:
    """Every site waits for pokes; the few bytes that come stay in its socket."""
    with ExitStack() as open_sockets:
        for site in sites:
            line = open_sockets.enter_context(socket.create_connection(_address(url)))
            line.sendall(
                f"GET /v1/events HTTP/1.1\r\nHost: centre\r\nAuthorization: Bearer {site.token}\r\n\r\n".encode()
            )
        yield


def _address(url: str) -> tuple[str, int]:
    where = urlsplit(url)
    assert where.hostname is not None and where.port is not None
    return where.hostname, where.port


def _key_day(site_id: str, digest: KeyDigest) -> dict[str, Any]:
    return {"site_id": site_id, "day": digest.of.day, "agency": digest.of.agency, "count": 1, "sum": digest.digest}


def _ask(client: KeptConnection, site: PollingSite) -> HelloAnswer:
    return _asked(client, site, "/v1/sync/hello", site.hello, HelloAnswer)


def _ask_keys(client: KeptConnection, site: PollingSite) -> KeysDiffer:
    return _asked(client, site, "/v1/sync/keys/hello", site.keys_hello, KeysDiffer)


def _asked(client: KeptConnection, site: PollingSite, path: str, message: bytes, kind: type[Reading]) -> Reading:
    return unpack(client.post(path, site.token, message), kind)


def _log_id(made_ms: int) -> str:
    return f"{made_ms:012x}7{os.urandom(10).hex()[:19]}"


def _cpu_s(pid: int, database: PostgresDatabase) -> float:
    """Processor time of the process of the centre and of its PostgreSQL backends; Linux only."""
    with database.outside() as store:
        rows = store.connection.execute("SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend'")
        backends = [int(row[0]) for row in rows.fetchall()]
    return sum(map(_cpu_s_of, (pid, *backends)))


def _cpu_s_of(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(") ")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _memory_mb(pid: int) -> int:
    pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") // 2**20


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sites", type=int, default=500)
    parser.add_argument("--logs", type=int, default=200, help="logs of each site")
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--every", type=float, default=LEAST_S, help="seconds between two questions of a site")
    arguments = parser.parse_args()
    with durable_postgres() as server:
        figures, facts = measure(server, arguments.sites, arguments.logs, arguments.seconds, arguments.every)
    report(figures, facts)


if __name__ == "__main__":
    main()
