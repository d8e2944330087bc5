"""What each computer had seen of a visit when it acted on it: only who acted apart can do a thing twice (I16)."""

from collections import Counter, defaultdict

from mppdesk.domain.entries import Entry, SubjectType
from tests.simulation.machines import Machine


class Sights:
    """Counts entries: whoever has fewer of a visit than there are anywhere acts without knowing the rest."""

    def __init__(self) -> None:
        self.apart: set[str] = set()
        self._made: Counter[str] = Counter()
        self._seen: dict[str, Counter[str]] = defaultdict(Counter)

    def put_back(self, machine: Machine) -> None:
        """A disk holds something else now."""
        self._seen[machine.name] = Counter(machine.entries_by_visit())

    def committed(self, machine: Machine, entry: Entry, *, is_new: bool) -> None:
        if entry.subject.type != SubjectType.VISIT:
            return
        visit, seen = entry.subject.id, self._seen[machine.name]
        if is_new:
            if seen[visit] != self._made[visit]:
                self.apart.add(visit)
            self._made[visit] += 1
        seen[visit] += 1
