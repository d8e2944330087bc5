"""What a run of the simulation tells: seeds, faults, steps, speed, and every broken promise."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from tests.simulation.run import Outcome

_MOST_SHOWN = 5


@dataclass
class Report:
    """Sums up runs; `cpu_s` is processor time."""

    outcomes: list[Outcome] = field(default_factory=list)
    cpu_s: float = 0.0

    @property
    def red(self) -> list[Outcome]:
        return [outcome for outcome in self.outcomes if outcome.violations]

    def lines(self) -> Iterator[str]:
        """The report for a person, a line each."""
        days = sum(outcome.days for outcome in self.outcomes)
        steps = sum(outcome.steps for outcome in self.outcomes)
        yield f"days {days}, steps {steps}, days per CPU-minute {60 * days / max(self.cpu_s, 0.001):.1f}"
        yield "faults: " + _listed(outcome.faults for outcome in self.outcomes)
        yield "acts: " + _listed(outcome.counts for outcome in self.outcomes)
        for outcome in self.red:
            yield f"seed {outcome.seed}: {len(outcome.violations)} violations"
            yield from (f"  {violation}" for violation in outcome.violations[:_MOST_SHOWN])
        yield f"violations: {sum(len(outcome.violations) for outcome in self.outcomes)}"


def _listed(counts: Iterable[dict[str, int]]) -> str:
    total: Counter[str] = Counter()
    for each in counts:
        total.update(each)
    return ", ".join(f"{name} {count}" for name, count in sorted(total.items()))
