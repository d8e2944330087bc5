"""A few days of the simulated building in every run of the suite; `python -m tests.simulation` runs many."""

import random

import pytest

from tests.simulation.__main__ import simulate
from tests.simulation.building import SMALL
from tests.simulation.mutants import MUTANTS
from tests.simulation.run import Run

SMALL_DAYS = 1
FIXED_SEED = 2026
pytestmark = pytest.mark.timeout(600)


def test_days_of_a_fixed_seed_break_no_promise() -> None:
    report = simulate(SMALL_DAYS, FIXED_SEED, SMALL)

    assert not report.red, "\n".join(report.lines())


def test_a_day_of_a_fresh_seed_breaks_no_promise() -> None:
    report = simulate(SMALL_DAYS, random.SystemRandom().randrange(10**9), SMALL)

    assert not report.red, "\n".join(report.lines())


def test_the_same_seed_gives_the_same_trace() -> None:
    first, again = (Run("same", SMALL).days(1) for _ in range(2))

    assert first.trace == again.trace
    assert first.steps == again.steps > 1000


@pytest.mark.parametrize("name", ["F5", "F6"])
def test_a_mutant_is_caught_in_a_day(name: str) -> None:
    with MUTANTS[name].at_work():
        assert Run(f"caught/{name}").days(1).violations
