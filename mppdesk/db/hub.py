"""The Hub port in this process: look the command up, decide, append, commit, answer; nothing answered before."""

from collections.abc import Sequence

from sqlalchemy import bindparam, select

from mppdesk.db.hub_view import StoredHubView
from mppdesk.db.reference import ReferenceCache
from mppdesk.db.sql import Statement
from mppdesk.db.tables import view_commands
from mppdesk.db.unit import Writer, WriteUnit
from mppdesk.domain.commands import Answer, Command, TicketView
from mppdesk.domain.entries import Actor, Entry, Subject, SubjectType
from mppdesk.domain.facts import SubmissionRegistered
from mppdesk.domain.hub import Case, decide

_decisions_of = Statement(
    select(view_commands.c.subject_type, view_commands.c.subject_id, view_commands.c.entry_id)
    .where(view_commands.c.site_id == bindparam("site_id"), view_commands.c.command_id == bindparam("command_id"))
    .order_by(view_commands.c.entry_id)
)


class LocalHub:
    """Decides for a building with one PC, and for the stations that ask this process over the network."""

    def __init__(self, writer: Writer, reference: ReferenceCache) -> None:
        self._writer = writer
        self._reference = reference

    def ask(self, command: Command, actor: Actor) -> Answer:
        """Give the answer of an accepted command, the same for the same id; raises Refused, which wrote nothing."""
        with self._writer.begin(actor) as unit:
            return self._answer(unit, command, actor)

    def ask_many(self, asked: Sequence[tuple[Command, Actor]]) -> list[Answer | Exception]:
        """Decide several commands of other computers in their order with one commit; none is answered before it.

        Gives the answer of each, or what it raised: Refused changed nothing, and no trouble of one touches another.
        Raises StorageTrouble when the commit itself fails; then nothing of any of them is stored.
        """
        answers: list[Answer | Exception] = []
        with self._writer.sharing() as part:
            for command, actor in asked:
                unit: WriteUnit | None = None
                try:
                    with part(actor) as unit:
                        answers.append(self._answer(unit, command, actor, is_from_afar=True))
                except Exception as trouble:
                    if unit is None or not unit.store.in_transaction:
                        raise
                    answers.append(trouble)
        return answers

    def _answer(self, unit: WriteUnit, command: Command, actor: Actor, *, is_from_afar: bool = False) -> Answer:
        known = self._recorded(unit, command.command_id)
        if known:
            return answer_of(unit, known)
        decided = decide(command, self._case(unit, actor, is_from_afar))
        if not decided.drafts:
            return Answer(why=decided.why)
        entries = unit.record(*decided.drafts)
        for order in decided.slips:
            unit.print(order)
        return answer_of(unit, [each for each in entries if is_decision(each, command.command_id)])

    def _case(self, unit: WriteUnit, actor: Actor, is_from_afar: bool) -> Case:
        reference = self._reference.current(unit.store)
        return Case(
            view=StoredHubView(unit.store, self._writer.site_id, reference, unit.entries_of, unit.visit_of),
            actor=actor,
            now=self._writer.now(),
            new_id=unit.new_id,
            new_token=self._writer.ids.token,
            holidays=reference.site.holidays,
            is_from_afar=is_from_afar,
        )

    def _recorded(self, unit: WriteUnit, command_id: str) -> list[Entry]:
        """The decisions that this command id led to before."""
        rows = unit.store.all(_decisions_of, site_id=self._writer.site_id, command_id=command_id)
        return [
            entry
            for kind, subject_id, entry_id in rows
            for entry in unit.entries_of(Subject(kind, subject_id))
            if entry.entry_id == entry_id
        ]


def is_decision(entry: Entry, command_id: str) -> bool:
    return getattr(entry.fact, "command_id", None) == command_id


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
        act = act or entry.entry_id
    return Answer(ticket=ticket, why=why, act=act, register_number=register_number)


def _ticket_after(unit: WriteUnit, decision: Entry) -> TicketView | None:
    """The ticket as it stood right after a decision."""
    visit = unit.folding_of(decision.subject).state_after(decision.entry_id)
    if visit is None:
        return None
    return TicketView(id=visit.visit_id, number=visit.label, service=visit.stop.service, state=str(visit.status))
