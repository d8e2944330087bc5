"""The Hub port in this process: look the command up, decide, append, commit, answer; nothing answered before."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import bindparam, insert, select

from mppdesk.db.deciding.decisions import decisions_of
from mppdesk.db.deciding.handed_slips import HandedSlip, handed_id, handed_slips
from mppdesk.db.deciding.hub_view import StoredHubView
from mppdesk.db.reading.reference import ReferenceCache
from mppdesk.db.replication.outbox import Outbox
from mppdesk.db.replication.sync_tables import local_withdrawn
from mppdesk.db.sql import Statement, Store
from mppdesk.db.unit import Writer, WriteUnit
from mppdesk.domain.commands import Answer, Command, TicketView
from mppdesk.domain.entries import SYSTEM_USER, Actor, Entry, Subject, SubjectType
from mppdesk.domain.errors import Refused
from mppdesk.domain.facts import RegisteredProvisionally, SubmissionRegistered, TicketIssued
from mppdesk.domain.hub import Case, decide
from mppdesk.domain.log import fold_log
from mppdesk.domain.print_job import JobState
from mppdesk.domain.station import FIRST_STATION_ISSUER
from mppdesk.texts import msg

_withdraw = Statement(insert(local_withdrawn))
_is_withdrawn = Statement(
    select(local_withdrawn.c.command_id).where(local_withdrawn.c.command_id == bindparam("command_id"))
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A command of another computer; with `prints_itself` its slips are handed over instead of printed here."""

    command: Command
    actor: Actor
    prints_itself: bool = False


@dataclass(frozen=True, slots=True)
class Answered:
    """The answer, and the slips that the asker prints: the same again for the same command id."""

    answer: Answer
    slips: tuple[HandedSlip, ...] = ()


class _HalfWritten(Exception):
    """One of many failed after it had begun to write; the transaction of all is rolled back."""


class LocalHub:
    """Decides for a building with one PC, and for the stations that ask this process over the network."""

    def __init__(self, writer: Writer, reference: ReferenceCache, *, is_cut_off: bool = False) -> None:
        """With `is_cut_off` it decides for a station that cannot reach the hub of its building."""
        self._writer = writer
        self._reference = reference
        self._is_cut_off = is_cut_off

    def ask(self, command: Command, actor: Actor) -> Answer:
        """Give the answer of an accepted command, the same for the same id; raises Refused, which wrote nothing."""
        with self._writer.begin(actor) as unit:
            return self._answer(unit, command, actor)

    def ask_many(self, asked: Iterable[Asked]) -> list[Answered | Exception]:
        """Decide several commands of other computers in their order with one commit; none is answered before it.

        Each is decided as soon as `asked` gives it; gone through again, it gives the same ones. Gives the answer of
        each, or what it raised: Refused changed nothing, and no trouble of one touches another. Raises StorageTrouble
        when the commit itself fails; then nothing of any of them is stored.
        """
        try:
            return self._ask_together(asked)
        except _HalfWritten:
            return [self._ask_apart(each) for each in asked]

    def _ask_together(self, asked: Iterable[Asked]) -> list[Answered | Exception]:
        """Decide all in one transaction; what raises before its first write has changed nothing."""
        answers: list[Answered | Exception] = []
        with self._writer.sharing() as part:
            for each in asked:
                unit = part(each.actor)
                try:
                    answers.append(self._answered(unit, each))
                except Exception as trouble:
                    if unit.has_written or not unit.store.in_transaction:
                        raise _HalfWritten from trouble
                    answers.append(trouble)
        return answers

    def _ask_apart(self, asked: Asked) -> Answered | Exception:
        """Decide one in a transaction of its own; savepoints for all would cost each a tenth, and help one in years."""
        try:
            with self._writer.begin(asked.actor) as unit:
                return self._answered(unit, asked)
        except Exception as trouble:  # noqa: BLE001 - told to who asked
            return trouble

    def withdraw(self, command_id: str) -> Answer | None:
        """Give the answer of an accepted command; any other id is refused from now on, and the answer is None.

        A number that the asker gave itself meanwhile, under the same id, was not accepted here.
        """
        with self._writer.begin(Actor(SYSTEM_USER, "hub")) as unit:
            known = [entry for entry in self._recorded(unit, command_id) if not _is_issued_alone(entry)]
            if known:
                return answer_of(unit, known)
            if not is_withdrawn(unit.store, command_id):
                unit.store.run(_withdraw, command_id=command_id, withdrawn_ms=self._writer.now_ms())
        return None

    def issued_alone(self, command_id: str, actor: Actor) -> Answer | None:
        """The number that a kiosk gave itself for this wish while it was cut off: it is on the person's paper."""
        with self._writer.begin(actor) as unit:
            known = [entry for entry in self._recorded(unit, command_id) if _is_issued_alone(entry)]
            return answer_of(unit, known) if known else None

    def has_decided(self, command_id: str, actor: Actor) -> bool:
        """Whether this computer decided such a command itself, now or in an earlier start."""
        with self._writer.begin(actor) as unit:
            logs = {entry.log_id for entry in self._recorded(unit, command_id)}
            opened = [fold_log(unit.entries_of(Subject(SubjectType.LOG, log_id))).state for log_id in logs]
        return any(log is not None and log.device_id == self._writer.author.device_id for log in opened)

    def _answered(self, unit: WriteUnit, asked: Asked) -> Answered:
        answer = self._answer(unit, asked.command, asked.actor, asked)
        return Answered(answer, handed_slips(unit.store, asked.command.command_id) if asked.prints_itself else ())

    def _answer(self, unit: WriteUnit, command: Command, actor: Actor, asked: Asked | None = None) -> Answer:
        known = self._told(unit, command.command_id)
        if known:
            return answer_of(unit, known)
        if asked is not None and is_withdrawn(unit.store, command.command_id):
            raise Refused(
                msg("Permintaan ini sudah ditarik oleh komputer yang meminta. Tidak ada yang berubah."),
                msg("Ulangi tindakannya bila masih perlu."),
            )
        decided = decide(command, self._case(unit, actor, is_from_afar=asked is not None))
        if not decided.drafts:
            return Answer(why=decided.why)
        entries = unit.record(*decided.drafts)
        for number, order in enumerate(decided.slips):
            if asked is not None and asked.prints_itself:
                unit.print(order, handed_id(command.command_id, number), JobState.HANDED)
            else:
                unit.print(order)
        return answer_of(unit, [each for each in entries if is_decision(each, command.command_id)])

    def _told(self, unit: WriteUnit, command_id: str) -> list[Entry]:
        """The decisions that a wish led to before, of which its person was or may be told.

        A number of a kiosk's own block is on her paper. One that the hub made is not while its answer with the slip
        is still waited for, though the journal may tell of it: a kiosk that is cut off gives another, and the hub
        takes its own back.
        """
        known = self._recorded(unit, command_id)
        on_paper = [entry for entry in known if _is_issued_alone(entry)]
        if on_paper or not self._is_cut_off or not Outbox(unit.store).is_waiting(command_id):
            return on_paper or known
        return [entry for entry in known if not isinstance(entry.fact, TicketIssued)]

    def _case(self, unit: WriteUnit, actor: Actor, *, is_from_afar: bool) -> Case:
        reference = self._reference.current(unit.store)
        return Case(
            view=StoredHubView(
                unit.store, self._writer.site_id, reference, unit.entries_of, unit.visit_of, unit.remembered
            ),
            actor=actor,
            now=self._writer.now(),
            new_id=unit.new_id,
            new_token=self._writer.ids.token,
            holidays=reference.site.holidays,
            is_from_afar=is_from_afar,
            is_cut_off=self._is_cut_off,
            device_id=self._writer.author.device_id,
        )

    def _recorded(self, unit: WriteUnit, command_id: str) -> list[Entry]:
        """The decisions that this command id led to before."""
        return [
            entry
            for subject, entry_id in decisions_of(unit.store, self._writer.site_id, command_id)
            for entry in unit.entries_of(subject)
            if entry.entry_id == entry_id
        ]


def is_withdrawn(store: Store, command_id: str) -> bool:
    """Whether a station gave this command up before it was accepted."""
    return store.one(_is_withdrawn, command_id=command_id) is not None


def is_decision(entry: Entry, command_id: str) -> bool:
    return getattr(entry.fact, "command_id", None) == command_id


def _is_issued_alone(entry: Entry) -> bool:
    return isinstance(entry.fact, TicketIssued) and entry.fact.issuer_no >= FIRST_STATION_ISSUER


def answer_of(unit: WriteUnit, decisions: list[Entry]) -> Answer:
    """Make the answer from what was recorded, so that a repeat gets the same one."""
    ticket: TicketView | None = None
    why = act = register_number = None
    for entry in decisions:
        if entry.subject.type == SubjectType.VISIT:
            ticket, act = _ticket_after(unit, entry), entry.entry_id
            why = getattr(entry.fact, "why", None)
        elif isinstance(entry.fact, SubmissionRegistered):
            register_number = entry.fact.register_number
        elif isinstance(entry.fact, RegisteredProvisionally):
            register_number = entry.fact.provisional_number
        act = act or entry.entry_id
    return Answer(ticket=ticket, why=why, act=act, register_number=register_number)


def _ticket_after(unit: WriteUnit, decision: Entry) -> TicketView | None:
    """The ticket as it stood right after a decision."""
    visit = unit.folding_of(decision.subject).state_after(decision.entry_id)
    if visit is None:
        return None
    return TicketView(id=visit.visit_id, number=visit.label, service=visit.stop.service, state=str(visit.status))
