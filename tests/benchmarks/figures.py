"""A figure of a benchmark: its value, the floor measured in the same run, and the ratio; one JSON line each."""

import json
import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

RUNS = 5
_DIGITS = 3


@dataclass(frozen=True)
class Figure:
    """One run's value beside its floor, in the same unit; `goal` is the most it may be (issue A7)."""

    name: str
    value: float
    floor: float
    goal: float | None = None


def percentile(values: Sequence[float], percent: float) -> float:
    """The smallest value that at least `percent` of them do not exceed (nearest rank)."""
    ordered = sorted(values)
    rank = max(1, -(-len(ordered) * percent // 100))
    return ordered[int(rank) - 1]


def medians(run: Callable[[int], Sequence[Figure]], runs: int = RUNS) -> list[Figure]:
    """Measure several times and give each figure's median run."""
    measured = [run(number) for number in range(runs)]
    middle = []
    for figures in zip(*measured, strict=True):
        by_value = sorted(figures, key=lambda figure: figure.value)
        middle.append(by_value[statistics.median_low(range(len(by_value)))])
    return middle


def report(figures: Sequence[Figure], facts: Mapping[str, Any]) -> None:
    """Print one JSON line a figure, with what was so in this run."""
    for figure in figures:
        ratio = figure.value / figure.floor if figure.floor else None
        line = {
            "figure": figure.name,
            "value": round(figure.value, _DIGITS),
            "floor": round(figure.floor, _DIGITS),
            "ratio": None if ratio is None else round(ratio, _DIGITS),
            "goal": figure.goal,
            "reached": None if figure.goal is None else figure.value <= figure.goal,
            **facts,
        }
        print(json.dumps(line), flush=True)
