"""A few days of the simulated building in every run of the suite; `python -m tests.simulation` runs many."""

import random

import pytest

from tests.simulation.__main__ import simulate
from tests.simulation.building import SMALL, Size
from tests.simulation.mutants import MUTANTS
from tests.simulation.run import Run

# More days and all mutants: `python -m tests.simulation --days 30`, `--mutants`.
SMALL_DAYS = 1
TINY = Size(2, 1, 20)
FIXED_SEED = 2026
pytestmark = pytest.mark.timeout(600)


def test_days_of_a_fixed_seed_break_no_promise() -> None:
    report = simulate(SMALL_DAYS, FIXED_SEED, SMALL)

    assert not report.red, "\n".join(report.lines())


def test_a_day_of_a_fresh_seed_breaks_no_promise() -> None:
    report = simulate(SMALL_DAYS, random.SystemRandom().randrange(10**9), SMALL)

    assert not report.red, "\n".join(report.lines())


def test_the_same_seed_gives_the_same_trace() -> None:
    first, again = (Run("same", TINY).days(1) for _ in range(2))

    assert first.trace == again.trace
    assert first.steps == again.steps > 1000


def test_numbers_counted_in_memory_are_caught() -> None:
    with MUTANTS["F6"].at_work():
        assert Run("caught", TINY).days(1).violations
