"""Sees every commit of every computer as it happens, and knows at once when a promise is broken (I3-I6, I8, I13)."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

from mppdesk.db.journal.codec import decode_entry
from mppdesk.domain import facts
from mppdesk.domain.calling import Why
from mppdesk.domain.entries import Entry
from tests.simulation.building import HUB
from tests.simulation.disk import Row
from tests.simulation.machines import Machine

_RELEASES = (
    facts.CallExpired, facts.TicketNoShow, facts.TicketRequeued, facts.TicketTransferred, facts.TicketHeld,
    facts.TicketFinished, facts.TicketCancelled, facts.ActUndone,
)  # fmt: skip

Place = tuple[str, int]


@dataclass
class _Queued:
    """A ticket in the hub's own order of events, whatever its clock says.

    `is_plain`: it went through the queue without a detour until now.
    """

    agency: str
    position: int
    is_priority: bool
    is_waiting: bool = True
    is_plain: bool = True
    called_at: str | None = None


class Witness:
    """What was committed where. `accuse` hears each violation."""

    def __init__(self, accuse: Callable[[str], None]) -> None:
        self._accuse = accuse
        self.hashes: dict[Place, bytes] = {}
        self.entries: dict[str, Entry] = {}
        self._heads: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        self._numbers: dict[tuple[str, str, int], str] = {}
        self._decisions: dict[tuple[str, str], tuple[str, int]] = {}
        self._queue: dict[str, _Queued] = {}
        self._commits = 0

    def put_back(self, machine: Machine) -> None:
        """A disk went back to an older copy; what it holds now is where it goes on."""
        self._heads[machine.name] = defaultdict(int, machine.heads())

    def committed(self, machine: Machine, rows: list[Row]) -> None:
        self._commits += 1
        for row in rows:
            self._check_log(machine, row)
            entry = self.entries.get(row["entry_id"])
            if entry is None:
                entry = self.entries[row["entry_id"]] = decode_entry(row["bytes"])
                self._check_new(machine, entry)
            elif (entry.log_id, entry.seq) != (row["log_id"], row["seq"]):
                self._accuse(f"I3: entry id {entry.entry_id} stands in two logs")
            if machine.name == HUB:
                self._follow_queue(machine, entry)

    def _check_log(self, machine: Machine, row: Row) -> None:
        place, heads = (row["log_id"], row["seq"]), self._heads[machine.name]
        if row["seq"] != heads[row["log_id"]] + 1:
            self._accuse(f"I3: {machine.name} stored {place} after {heads[row['log_id']]}")
        heads[row["log_id"]] = row["seq"]
        if self.hashes.setdefault(place, row["hash"]) != row["hash"]:
            self._accuse(f"I3: {machine.name} stored another entry at {place}")

    def _check_new(self, machine: Machine, entry: Entry) -> None:
        """Something new happened: it may repeat no number and no decision."""
        if machine.disk.is_full:
            self._accuse(f"I13: {machine.name} stored {entry.kind} on a full disk")
        fact = entry.fact
        if isinstance(fact, facts.TicketIssued):
            key = (fact.day, fact.prefix, fact.number)
            if self._numbers.setdefault(key, entry.entry_id) != entry.entry_id:
                self._accuse(f"I4: number {key} was given twice, now at {machine.name}")
        command_id = getattr(fact, "command_id", None)
        if command_id:
            made = (entry.log_id, self._commits)
            if self._decisions.setdefault((command_id, machine.device_id), made) != made:
                self._accuse(f"I6: {machine.name} decided {command_id} twice: {entry.kind}")

    def _follow_queue(self, machine: Machine, entry: Entry) -> None:
        fact, visit_id = entry.fact, entry.subject.id
        is_own = machine.is_author_of(entry)
        if isinstance(fact, facts.TicketIssued):
            self._queue[visit_id] = _Queued(
                fact.stops[0].agency, len(self._queue), fact.priority is not None, is_plain=is_own
            )
            return
        queued = self._queue.get(visit_id)
        if queued is None:
            return
        if isinstance(fact, facts.TicketCalled) and is_own:
            self._check_call(queued, fact)
            queued.is_waiting, queued.called_at = False, fact.counter
        elif isinstance(fact, _RELEASES):
            queued.called_at, queued.is_plain = None, False
        else:
            queued.is_plain = False
        if not isinstance(fact, facts.CallExpired | facts.TicketCalled):
            queued.is_waiting = False

    def _check_call(self, queued: _Queued, fact: facts.TicketCalled) -> None:
        if queued.called_at is not None:
            self._accuse(f"I5: {fact.number} was called by {fact.counter} while called by {queued.called_at}")
        if fact.why == Why.OUT_OF_TURN or not queued.is_plain:
            return
        passed_over = [
            each
            for each in self._queue.values()
            if each.is_waiting and each.is_plain and each.position < queued.position
            and (each.agency, each.is_priority) == (queued.agency, queued.is_priority)
        ]  # fmt: skip
        if passed_over:
            self._accuse(f"I8: {fact.number} was called before {len(passed_over)} who came earlier")

    def new_day(self) -> None:
        """Yesterday's queue is over."""
        self._queue.clear()
