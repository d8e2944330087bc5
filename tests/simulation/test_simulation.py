"""Days of the simulated building in every run of the suite; `python -m tests.simulation` runs as many as one likes.

`MPPDESK_SIMULATION=30` makes it thirty small days and two large ones, `MPPDESK_SIMULATION=mutants` hunts every mutant.
"""

import os
import random

import pytest

from tests.simulation.__main__ import hunt, simulate
from tests.simulation.building import LARGE, SMALL, Size
from tests.simulation.mutants import MUTANTS
from tests.simulation.rates import Trouble
from tests.simulation.run import Run

ASKED = os.environ.get("MPPDESK_SIMULATION", "")
SMALL_DAYS = int(ASKED) if ASKED.isdecimal() else 4
LARGE_DAYS = 2 if ASKED.isdecimal() else 0
TINY = Size(2, 1, 20)
FIXED_SEED = 2026
pytestmark = [pytest.mark.minutes, pytest.mark.timeout(3600)]


@pytest.mark.parametrize("kind", ["fixed", "fresh"])
def test_small_days_break_no_promise(kind: str) -> None:
    report = simulate(SMALL_DAYS // 2, _seed(kind), SMALL)

    assert not report.red, "\n".join(report.lines())


@pytest.mark.skipif(LARGE_DAYS == 0, reason="only when MPPDESK_SIMULATION says how many small days")
@pytest.mark.parametrize("kind", ["fixed", "fresh"])
def test_large_days_break_no_promise(kind: str) -> None:
    report = simulate(LARGE_DAYS // 2, _seed(kind), LARGE)

    assert not report.red, "\n".join(report.lines())


def test_the_same_seed_gives_the_same_trace() -> None:
    first, again = (Run("same", TINY).days(1) for _ in range(2))

    assert first.trace == again.trace
    assert first.steps == again.steps > 1000


def test_wrong_clocks_change_nothing_of_what_the_hub_decides() -> None:
    """I14: the same people on a day of right clocks and on one of clocks that drift and jump, the hub's too."""
    right, wrong = (Run("clocks", TINY, trouble=trouble) for trouble in (Trouble.NOTHING, Trouble.CLOCKS))
    for run in (right, wrong):
        assert not run.days(1).violations

    assert wrong.decided == right.decided
    assert len(right.decided) > 60


def test_numbers_counted_in_memory_are_caught() -> None:
    with MUTANTS["F6"].at_work():
        assert Run("caught", TINY).days(1).violations


@pytest.mark.skipif(ASKED != "mutants", reason="only when MPPDESK_SIMULATION=mutants")
@pytest.mark.parametrize("name", sorted(MUTANTS))
def test_every_mutant_is_caught_in_two_minutes_of_processor_time(name: str) -> None:
    assert hunt(name, FIXED_SEED) is not None, MUTANTS[name].what


def _seed(kind: str) -> int:
    return FIXED_SEED if kind == "fixed" else random.SystemRandom().randrange(10**9)
