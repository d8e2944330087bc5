"""`python -m tests.simulation --days 30 --seed 7 [--large] [--mutant F3 | --mutants]`."""

import argparse
import gc
import subprocess
import sys
import time
from contextlib import nullcontext

from tests.simulation.building import LARGE, SMALL, Size
from tests.simulation.mutants import MUTANTS
from tests.simulation.report import Report
from tests.simulation.run import Run

# A building lives so many days in a row; then the next one begins with a seed of its own.
DAYS_IN_A_ROW = 3
MUTANT_BOUND_S = 120.0


def simulate(days: int, seed: int, size: Size) -> Report:
    """Run buildings until they lived through so many days."""
    report, began_s = Report(), time.process_time()
    for first in range(0, days, DAYS_IN_A_ROW):
        run = Run(f"{seed}/{first}", size)
        report.outcomes.append(run.days(min(DAYS_IN_A_ROW, days - first)))
        gc.collect()
    report.cpu_s = time.process_time() - began_s
    return report


def hunt(name: str, seed: int) -> float | None:
    """Put a mutant to work until a promise is broken; the CPU seconds that took, None when none was."""
    began_s = time.process_time()
    first = 0
    mutant = MUTANTS[name]
    with mutant.at_work():
        while time.process_time() - began_s < MUTANT_BOUND_S:
            run = Run(f"{seed}/{name}/{first}", mutant.size, mutant.rates)
            run.is_enough = mutant.is_caught_by
            if any(map(mutant.is_caught_by, run.days(1).violations)):
                return time.process_time() - began_s
            first += 1
            gc.collect()
    return None


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="tests.simulation")
    parser.add_argument("--days", type=int, default=6)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--large", action="store_true", help="12 counters, 2 kiosks, 300 tickets a day")
    parser.add_argument("--mutant", choices=sorted(MUTANTS), help="put one fault into the code")
    parser.add_argument("--mutants", action="store_true", help="hunt every mutant; fails when one escapes")
    asked = parser.parse_args(arguments)
    size = LARGE if asked.large else SMALL
    _say(f"seed {asked.seed}, commit {_commit()}")
    gc.disable()  # looked for all the time, the few circles of a building would cost a tenth of its days
    if asked.mutants:
        return _hunt_all(asked.seed)
    with MUTANTS[asked.mutant].at_work() if asked.mutant else nullcontext():
        report = simulate(asked.days, asked.seed, size)
    for line in report.lines():
        _say(line)
    return 1 if report.red else 0


def _hunt_all(seed: int) -> int:
    escaped = 0
    for mutant in MUTANTS.values():
        seconds = hunt(mutant.name, seed)
        escaped += seconds is None
        caught = "ESCAPED" if seconds is None else f"caught after {seconds:.1f} CPU-s"
        _say(f"{mutant.name}: {mutant.what}: {caught}")
    return 1 if escaped else 0


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _commit() -> str:
    found = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False)
    return found.stdout.strip() or "unknown"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
