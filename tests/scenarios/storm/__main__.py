"""`python -m tests.scenarios.storm --seconds 60 --seed 7`: a storm by hand, reported as one line of JSON."""

import sys
import tempfile
from argparse import ArgumentParser
from contextlib import ExitStack
from pathlib import Path

import msgspec

from tests.fakes.postgres import fresh_database, running_postgres
from tests.scenarios.storm.building import Size
from tests.scenarios.storm.run import Plan, storm


def main() -> int:
    """Answer 0 when every promise was kept."""
    parser = ArgumentParser(prog="tests.scenarios.storm", description=__doc__)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--counters", type=int, default=8)
    parser.add_argument("--kiosks", type=int, default=2)
    parser.add_argument("--acknowledged", type=int, default=0, help="blow on until so much was acknowledged")
    parser.add_argument("--look-again", type=float, help="seconds after which a quiet station is asked to look again")
    parser.add_argument("--database", help="an empty PostgreSQL database; without one a server is made for the run")
    parser.add_argument("--keep", type=Path, help="leave all folders here")
    parser.add_argument("--takeover", action="store_true", help="a standby takes over, the old hub comes back")
    parser.add_argument("--reuses-ids", action="store_true", help="broken kiosks: the checks must see it")
    given = parser.parse_args()
    with ExitStack() as open_until_the_end:
        database = given.database
        if database is None:
            server = open_until_the_end.enter_context(running_postgres())
            database = open_until_the_end.enter_context(fresh_database(server)).render_as_string(hide_password=False)
        folder = given.keep or Path(open_until_the_end.enter_context(tempfile.TemporaryDirectory(prefix="mppdesk-")))
        folder.mkdir(parents=True, exist_ok=True)
        size = Size(given.counters, given.kiosks, given.takeover)
        plan = Plan(given.seed, given.seconds, size, given.acknowledged, given.reuses_ids, given.look_again)
        report = storm(folder, database, plan)
    sys.stdout.write(f"{msgspec.json.encode(report).decode()}\n")
    return 0 if report.is_good else 1


if __name__ == "__main__":
    sys.exit(main())
