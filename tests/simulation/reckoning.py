"""The evening's reckoning, when all is mended and quiet: what must be true then (I1-I3, I6, I7, I9, I12, I15)."""

from collections import Counter
from collections.abc import Callable, Collection, Container, Mapping

from sqlalchemy import bindparam, select

from mppdesk.db.journal.codec import decode_entry
from mppdesk.db.journal.logs import Journal
from mppdesk.db.projections import views
from mppdesk.db.reading.anomalies import anomalies
from mppdesk.db.replication import troubles
from mppdesk.db.replication.copied_folders import COPIED_FOLDER
from mppdesk.db.replication.outbox import Outbox
from mppdesk.db.sql import Statement, Store, one_of
from mppdesk.db.tables import journal_entries, view_anomalies, view_calls, view_visits
from mppdesk.domain.commands import Answer
from mppdesk.domain.entries import Entry, SubjectType
from mppdesk.domain.facts import LogOpened, TicketCalled, TicketIssued
from mppdesk.domain.ticket_number import ticket_number
from tests.simulation.building import Building
from tests.simulation.disk import SimulatedDatabase
from tests.simulation.forgetting import keys_destroyed
from tests.simulation.lost import Lost
from tests.simulation.machines import Machine
from tests.simulation.people import Hall
from tests.simulation.privacy import keys_in, keys_needed, tables_in_the_clear
from tests.simulation.servers import HubProcess
from tests.simulation.stations import StationProcess
from tests.simulation.versions import running

LONGEST_WAIT_S = 5.0
_TWICE = "issued_twice"
_MOST_ANOMALIES = 1000

_entries = journal_entries.c
_visits = view_visits.c
_all_entries = Statement(
    select(_entries.log_id, _entries.seq, _entries.entry_id, _entries.bytes)
    .where(_entries.site_id == bindparam("site_id"))
    .order_by(_entries.log_id, _entries.seq)
)
_calls = Statement(select(view_calls.c.entry_id).where(view_calls.c.site_id == bindparam("site_id")))
_told = view_anomalies.c
_visit_anomalies = Statement(
    select(_told.entry_id, _told.subject_id, _told.kind, _told.reason).where(
        _told.site_id == bindparam("site_id"), _told.subject_type == SubjectType.VISIT
    )
)
_called = Statement(
    select(_visits.label, _visits.status).where(
        _visits.site_id == bindparam("site_id"), one_of(_visits.status, ("called", "waiting"))
    )
)


class Reckoning:
    """Checks one building in one evening. `apart` are the visits on which somebody acted without knowing all.

    `accuse` hears each violation.
    """

    def __init__(
        self, building: Building, hall: Hall, lost: Lost, apart: Container[str], accuse: Callable[[str], None]
    ) -> None:
        self._building = building
        self._apart = apart
        is_whole = building.reaches_centre
        self._machines = [each for each in building.machines.values() if is_whole or each is not building.centre]
        self._last = building.centre if is_whole else building.hub
        self._hall = hall
        self._lost = lost
        self._accuse = accuse
        self._entries: list[Entry] = []
        self._keys: dict[str, str] = {}
        self._destroyed: set[str] = set()

    def check(self) -> None:
        self.check_vectors()
        self._check_views()
        self._check_told()
        self._check_same_answers()
        self._check_keys()
        for machine in self._machines:
            with SimulatedDatabase(machine.disk).reading() as store:
                self._check_troubles(machine, store)
                self._check_outbox(machine, store)
                self._check_privacy(machine, store)
        self._check_doubles()
        self._check_anomalies()
        self._check_loops()
        self._check_tickets()
        self._check_patience()

    def check_vectors(self, strangers: Collection[str] = ()) -> None:
        """I2, I9, I12: soon after the healing everybody has everything but the logs of strangers."""
        hub = self._building.hub.heads()
        for machine in self._machines:
            heads = machine.heads()
            logs = (hub.keys() | heads.keys()) - set(strangers)
            different = sorted(log for log in logs if hub.get(log) != heads.get(log))
            if different:
                shown = [(log, hub.get(log), heads.get(log)) for log in different[:3]]
                self._accuse(f"I2: {machine.name} differs from the hub in {len(different)} logs: {shown}")

    def check_late(self, delivered: Mapping[str, int]) -> None:
        """I12: what a revoked station wrote and delivered waited, and is there once it was admitted."""
        hub = self._building.hub.heads()
        for log_id, seq in delivered.items():
            if hub.get(log_id, 0) < seq:
                self._accuse(f"I12: of {log_id} the hub took {hub.get(log_id, 0)} of {seq} that waited for admission")

    def _check_views(self) -> None:
        """I2: the same journal shows the same to the same version, and what shows is what the journal says."""
        site_id, rebuilt = self._building.site_id, {}
        for version in dict.fromkeys(machine.disk.version for machine in self._machines):
            with SimulatedDatabase(self._building.hub.disk).reading() as store, running(version):
                rebuilt[version] = views.rebuilt_digest(store, site_id)
        for machine in self._machines:
            with SimulatedDatabase(machine.disk).reading() as store:
                if views.live_digest(store, site_id) != rebuilt[machine.disk.version]:
                    self._accuse(f"I2: {machine.name} shows something else than the hub's journal says")

    def _check_told(self) -> None:
        """I1: what anybody was told is done stands at the centre, or waits for it at the hub, unless its only disk was
        destroyed."""
        with SimulatedDatabase(self._last.disk).reading() as store:
            rows = list(store.all(_all_entries, site_id=self._building.site_id))
        self._entries = [decode_entry(row[3]) for row in rows]
        self._check_chains(rows)
        known = {row[2] for row in rows}
        destroyed = self._lost.entry_ids
        for told in self._hall.told:
            act = told.answer.act
            if act is not None and act not in known and act not in destroyed:
                kind = type(told.command).__name__
                self._accuse(f"I1: {told.machine} was told that {kind} {told.command.command_id} is done; it is gone")

    def _check_chains(self, rows: list[tuple[str, int, str, bytes]]) -> None:
        """I3: every log is a chain from its first entry."""
        before: tuple[str, int, bytes] = ("", 0, b"")
        for (log_id, seq, _, raw), entry in zip(rows, self._entries, strict=True):
            expected = (before[1] + 1, before[2]) if before[0] == log_id else (1, bytes(32))
            if (seq, entry.prev_hash) != expected:
                self._accuse(f"I3: the chain of {log_id} breaks at {seq}")
            before = (log_id, seq, Journal.hash_of(raw))

    def _check_same_answers(self) -> None:
        """I6: every acceptance ever given of a command is the same."""
        given: dict[tuple[str, str], Answer] = {}
        for told in self._hall.told:
            if told.answer.act is None:
                continue
            first = given.setdefault((told.command.command_id, told.machine), told.answer)
            if first != told.answer:
                self._accuse(f"I6: {told.command.command_id} was answered {first} and {told.answer}")

    def _check_keys(self) -> None:
        """DESIGN 10: whatever was typed can be read at the hub, unless the only disk with its key was destroyed."""
        with SimulatedDatabase(self._building.hub.disk).reading() as store:
            self._keys = keys_in(store)
        for key_id in keys_needed(self._entries) - self._keys.keys() - self._lost.key_ids:
            self._accuse(f"DESIGN 10: the hub lacks the data key {key_id}")
        self._destroyed = keys_destroyed(self._entries)

    def _check_troubles(self, machine: Machine, store: Store) -> None:
        """I12: no log stopped on its way, and only a folder that was copied or put back is said to be one."""
        for trouble in troubles.all_of(store, self._building.site_id):
            if trouble.reason != COPIED_FOLDER or self._device_of(trouble.log_id) not in self._lost.copied:
                self._accuse(f"I12: {machine.name} stopped {trouble.log_id} at {trouble.seq}: {trouble.reason}")

    def _device_of(self, log_id: str) -> str | None:
        opened = (each.fact for each in self._entries if each.log_id == log_id and isinstance(each.fact, LogOpened))
        return next((each.device_id for each in opened), None)

    def _check_privacy(self, machine: Machine, store: Store) -> None:
        """DESIGN 10: nobody is named in the clear; who reads people has their keys, kiosk and board have none."""
        for table in tables_in_the_clear(store):
            self._accuse(f"DESIGN 10: a person is named in the clear in {table} at {machine.name}")
        here, agencies = keys_in(store), self._building.agencies_of(machine)
        for key_id, agency in self._keys.items():
            if agency in agencies and key_id not in here:
                self._accuse(f"DESIGN 10: {machine.name} lacks the data key {key_id} of {agency}")
        for key_id in sorted(self._destroyed & here.keys()):
            self._accuse(f"DESIGN 10: {machine.name} still has the destroyed data key {key_id}")
        if here and not agencies:
            self._accuse(f"DESIGN 10: {machine.name} has {len(here)} data keys")

    def _check_outbox(self, machine: Machine, store: Store) -> None:
        """I9, I15: no question waits for ever."""
        waiting = Outbox(store).all()
        if waiting:
            self._accuse(f"I9: {machine.name} still waits for answers to {len(waiting)} questions")

    def _check_doubles(self) -> None:
        """I16: the supervisor is shown the numbers that were given twice, and no others."""
        hub = self._building.deciding[0]
        with hub.readers.moment() as moment:
            found, _ = anomalies(moment, _MOST_ANOMALIES)
        shown = {str(each.about) for each in found if each.reason == _TWICE}
        issued = (entry.fact for entry in self._entries if isinstance(entry.fact, TicketIssued))
        counted = Counter((fact.day, ticket_number(fact.prefix, fact.number)) for fact in issued)
        expected = {label for (_, label), count in counted.items() if count > 1}
        if shown != expected:
            self._accuse(f"I16: {sorted(expected)} were given twice, {sorted(shown)} are shown")

    def _check_anomalies(self) -> None:
        """I16: each call counts or is shown as an anomaly; where everybody knew all, there is none."""
        with SimulatedDatabase(self._building.hub.disk).reading() as store:
            counted = {str(row[0]) for row in store.all(_calls, site_id=self._building.site_id)}
            shown = {str(row[0]): row for row in store.all(_visit_anomalies, site_id=self._building.site_id)}
        known = counted | shown.keys()
        calls = [entry for entry in self._entries if isinstance(entry.fact, TicketCalled)]
        # Two hubs of different terms may decide one wish alike: the second says nothing that the first did not.
        decided = {entry.fact.command_id for entry in calls if entry.entry_id in known}
        for entry in calls:
            if entry.entry_id not in known and entry.fact.command_id not in decided:
                self._accuse(f"I16: the call {entry.entry_id} of {entry.fact.number} neither counts nor is shown")
        # An older version knows not of every act that was undone.
        version = self._building.hub.disk.version
        unread = {entry.subject.id for entry in self._entries if not version.knows(entry.kind)}
        for _, visit, kind, reason in shown.values():
            if visit not in self._apart and visit not in unread:
                self._accuse(f"I16: {kind} {reason} is shown of {visit}, though nobody acted apart")

    def _check_loops(self) -> None:
        """I9: no timer died."""
        for machine in self._machines:
            process = machine.process
            state = None
            if isinstance(process, StationProcess):
                state = process.exchanging.loop.state
            elif isinstance(process, HubProcess) and not process.is_hub:
                state = process.sideways.loop.state
            if state is not None and not state.is_reached:
                self._accuse(f"I9: {machine.name} does not reach the hub: {state.why}")

    def _check_patience(self) -> None:
        """Nobody stops: a window waits for one time-out, and for one lost answer that is settled just then."""
        if self._hall.longest_wait_s > LONGEST_WAIT_S:
            self._accuse(f"P2: somebody at a desk waited for {self._hall.longest_wait_s:.1f} s")

    def _check_tickets(self) -> None:
        """I7: after the close nobody waits and no call hangs in the air."""
        with SimulatedDatabase(self._building.hub.disk).reading() as store:
            for label, status in store.all(_called, site_id=self._building.site_id):
                self._accuse(f"I7: {label} is still {status} after the close")
