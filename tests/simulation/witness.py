"""Sees every commit of every computer as it happens, and knows at once when a promise is broken (I3-I6, I8, I13)."""

from collections import defaultdict
from collections.abc import Callable, Collection

from msgspec import Struct, json

from mppdesk.db.journal.codec import decode_entry
from mppdesk.domain import facts
from mppdesk.domain.entries import Entry, SubjectType
from mppdesk.server.answers import OK
from mppdesk.sync.command_messages import read_answer
from mppdesk.sync.protocol import Told
from tests.simulation.building import HUB, HUBS
from tests.simulation.disk import Row
from tests.simulation.machines import Machine
from tests.simulation.privacy import is_in_the_clear
from tests.simulation.queue_watch import QueueWatch
from tests.simulation.revoking import is_turned_away
from tests.simulation.sights import Sights
from tests.simulation.versions import NEWER, running

Place = tuple[str, int]
Number = tuple[str, str, int]
"""Day, prefix, number."""


class Witness:
    """What was committed where. `accuse` hears each violation; `revoked` are the devices that got a successor today.

    `copied` are the devices of which an old or a second copy ran today: cut off from everybody, such a copy cannot know
    what the other one gave out. The reckoning looks for what these double among the anomalies.
    """

    def __init__(
        self, accuse: Callable[[str], None], copied: Collection[str] = (), revoked: Collection[str] = ()
    ) -> None:
        self._accuse = accuse
        self._copied = copied
        self._revoked = revoked
        self._authors: dict[str, str] = {}
        self.hashes: dict[Place, bytes] = {}
        self.entries: dict[str, Entry] = {}
        self._heads: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
        self._numbers: dict[Number, tuple[str, str]] = {}
        self._registered: dict[tuple[str, int, int], str] = {}
        self._decisions: dict[tuple[str, str], tuple[str, int]] = {}
        self._queues = {name: QueueWatch(accuse) for name in HUBS}
        self._commits = 0
        self._sights = Sights()
        self.decided: list[str] = []

    @property
    def apart(self) -> set[str]:
        """The visits on which somebody acted without knowing all that had been done."""
        return self._sights.apart

    def logs_of(self, devices: Collection[str]) -> set[str]:
        """The logs that some devices wrote."""
        return {log_id for log_id, device_id in self._authors.items() if device_id in devices}

    def put_back(self, machine: Machine) -> None:
        """A disk went back to an older copy; what it holds now is where it goes on."""
        self._heads[machine.name] = defaultdict(int, machine.heads())
        self._sights.put_back(machine)
        if machine.name in self._queues:
            self._queues[machine.name].forget()

    def committed(self, machine: Machine, rows: list[Row]) -> None:
        self._commits += 1
        with running(NEWER):
            for row in rows:
                self._take(machine, row)

    def promised(self, machine: Machine, message: Struct) -> None:
        """I10: an answer says nothing that a power cut would take back."""
        heads = self._heads[machine.name]
        if machine.disk.connection.in_transaction:
            self._accuse(f"I10: {machine.name} answered before it committed")
        for each in (*getattr(message, "results", ()), *getattr(message, "heads", ())):
            if each.seq > heads[each.log_id]:
                self._accuse(f"I10: {machine.name} says that it has {each.log_id}/{each.seq}")
        if isinstance(message, Told) and message.status == OK:
            act = read_answer(json.decode(message.answer)).act
            if act is not None and act not in self.entries:
                self._accuse(f"I10: {machine.name} told of {act}, which is nowhere")

    def _take(self, machine: Machine, row: Row) -> None:
        self._check_log(machine, row)
        entry = self.entries.get(row["entry_id"])
        is_new = entry is None
        if entry is None:
            entry = self.entries[row["entry_id"]] = decode_entry(row["bytes"])
            if is_in_the_clear(row["bytes"]):
                self._accuse(f"DESIGN 10: {machine.name} recorded a person in the clear: {entry.kind}")
            self._check_new(machine, entry)
        elif (entry.log_id, entry.seq) != (row["log_id"], row["seq"]):
            self._accuse(f"I3: entry id {entry.entry_id} stands in two logs")
        self._check_author(machine, entry)
        self._sights.committed(machine, entry, is_new=is_new)
        if machine.name in self._queues:
            self._queues[machine.name].committed(entry, is_own=machine.is_author_of(entry))

    def _check_log(self, machine: Machine, row: Row) -> None:
        place, heads = (row["log_id"], row["seq"]), self._heads[machine.name]
        if row["seq"] != heads[row["log_id"]] + 1:
            self._accuse(f"I3: {machine.name} stored {place} after {heads[row['log_id']]}")
        heads[row["log_id"]] = row["seq"]
        if self.hashes.setdefault(place, row["hash"]) != row["hash"]:
            self._accuse(f"I3: {machine.name} stored another entry at {place}")

    def _check_author(self, machine: Machine, entry: Entry) -> None:
        """I12: whoever knows that a station was revoked takes nothing of it before a supervisor lets it count."""
        if isinstance(entry.fact, facts.LogOpened):
            self._authors[entry.log_id] = entry.fact.device_id
        author = self._authors.get(entry.log_id, "")
        if author in self._revoked and author != machine.device_id and is_turned_away(machine, author):
            self._accuse(f"I12: {machine.name} took {entry.log_id}/{entry.seq} of a station that was revoked")

    def _check_new(self, machine: Machine, entry: Entry) -> None:
        """Something new happened: it may repeat no number and no decision."""
        if machine.disk.is_full:
            self._accuse(f"I13: {machine.name} stored {entry.kind} on a full disk")
        fact = entry.fact
        if machine.name == HUB and entry.subject.type == SubjectType.VISIT:
            self.decided.append(f"{entry.kind} {getattr(fact, 'number', '')} {getattr(fact, 'counter', '')}")
        if isinstance(fact, facts.TicketIssued):
            self._check_number(machine, (fact.day, fact.prefix, fact.number), entry.entry_id)
        elif isinstance(fact, facts.SubmissionRegistered):
            self._check_register(machine, (fact.agency, fact.year, fact.n), entry.entry_id)
        command_id = getattr(fact, "command_id", None)
        if command_id:
            made = (entry.log_id, self._commits)
            if self._decisions.setdefault((command_id, machine.device_id), made) != made:
                self._accuse(f"I6: {machine.name} decided {command_id} twice: {entry.kind}")

    def _check_number(self, machine: Machine, number: Number, entry_id: str) -> None:
        first, device_id = self._numbers.setdefault(number, (entry_id, machine.device_id))
        if first == entry_id:
            return
        if not device_id == machine.device_id in self._copied:
            self._accuse(f"I4: number {number} was given twice, now at {machine.name}")

    def _check_register(self, machine: Machine, place: tuple[str, int, int], entry_id: str) -> None:
        if self._registered.setdefault(place, entry_id) != entry_id:
            self._accuse(f"I4: register number {place} was given twice, now at {machine.name}")

    def new_day(self) -> None:
        """Yesterday's queues are over."""
        for watch in self._queues.values():
            watch.forget()
