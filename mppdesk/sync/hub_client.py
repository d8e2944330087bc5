"""The Hub port of a station: the hub of the building decides, over a network that may lose what was said."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from threading import RLock
from typing import Protocol

import msgspec

from mppdesk.db.deciding.decisions import decisions_of
from mppdesk.db.deciding.handed_slips import HandedSlip, take_over
from mppdesk.db.journal.logs import Journal
from mppdesk.db.replication import local_keys
from mppdesk.db.replication.outbox import Outbox, Pending
from mppdesk.db.replication.replica import Taken
from mppdesk.db.replication.replica_store import ReplicaStore
from mppdesk.db.replication.segments import Segment
from mppdesk.db.unit import Writer, WriteUnit
from mppdesk.domain import commands
from mppdesk.domain.commands import Answer, Command
from mppdesk.domain.entries import Actor, Draft, Subject, SubjectType
from mppdesk.domain.errors import ClerkError
from mppdesk.domain.facts import CallShown
from mppdesk.domain.visit import TicketStatus
from mppdesk.sync.command_messages import read_answer, refusal_of, write_command
from mppdesk.sync.link import CLERKS_PATIENCE_S, Link, Unreachable, all_within
from mppdesk.sync.pace import Breaker
from mppdesk.sync.protocol import MAX_MESSAGE_BYTES, NOT_DECIDED, Ask, Told, Want
from mppdesk.texts import msg

_OK = 200
_NO_LOG = "0" * 32
# Two people at a kiosk may want the same.
_ALWAYS_NEW = (commands.IssueTicket,)
# Asked again, it must not choose a second person, whatever is known here of the first.
_NEVER_NEW = (commands.CallNext,)


class Withdraws(Protocol):
    """Tells what became of a command whose answer got lost, and makes sure that an unaccepted one never is."""

    def withdraw(self, command_id: str) -> Answer | None: ...


class CutOff(ClerkError):
    """The hub does not answer; what was asked may or may not have been decided there."""


class RemoteHub:
    """Asks the hub; for any thread, one question at a time. `monotonic` gives seconds.

    Each command is written down before it goes out and asked again under the same id, so that a lost answer never
    makes a second call or a second number. The answer brings the hub's newest entries, so that windows can show it.
    """

    def __init__(
        self, link: Link, writer: Writer, here: ReplicaStore, breaker: Breaker, monotonic: Callable[[], float]
    ) -> None:
        self._link = link
        self._writer = writer
        self._here = here
        self._breaker = breaker
        self._monotonic = monotonic
        self._lock = RLock()
        self._hub_log = _NO_LOG
        self._hub_has = 0
        self._has_met = False

    def meet_anew(self) -> None:
        """Exchange before the next question: another hub may lack what the one before it had; from any thread."""
        self._has_met = False

    def undisturbed(self) -> AbstractContextManager[object]:
        """No question is settled while this is held: what was lost stays lost until the asker made up for it."""
        return self._lock

    def ask(self, command: Command, actor: Actor) -> Answer:
        """Give the hub's answer; raises Refused as the hub did, CutOff when it cannot be reached."""
        with self._lock:
            if not self._breaker.may_ask(self._monotonic()):
                raise cut_off()
            pending = self._remember(command, actor)
            try:
                told = self._told(pending)
            except Unreachable as trouble:
                self._breaker.failed(self._monotonic())
                raise cut_off() from trouble
            self._breaker.succeeded()
            return self._settle(pending, told)

    def settle(self, way: Withdraws, clear_up: Callable[[Pending, Answer], bool]) -> int:
        """Find out what the hub made of the questions without an answer; answers how many there were.

        `clear_up` gets each one that it had accepted, and says whether its papers are to come out here still. Nothing
        is asked while one is settled, so no question on its way is withdrawn, and nobody at the desk waits for more
        than one. Raises Unreachable when the hub is gone again; what is settled until then stays settled.
        """
        waiting = self._waiting()
        for pending in waiting:
            with self._lock:
                if pending in self._waiting():
                    self._settle_one(pending, way.withdraw(pending.command_id), clear_up)
        return len(waiting)

    def _settle_one(
        self, pending: Pending, accepted: Answer | None, clear_up: Callable[[Pending, Answer], bool]
    ) -> None:
        if accepted is not None and clear_up(pending, accepted):
            self._settle(pending, self._told(pending))  # asked again, the hub gives the same answer with its slips
            return
        with self._writer.begin(pending.actor) as unit:
            if accepted is not None:
                _confirm(unit, accepted)
            Outbox(unit.store).drop(pending.command_id)

    def _waiting(self) -> tuple[Pending, ...]:
        with self._here.database.reading() as store:
            return Outbox(store).all()

    def _remember(self, command: Command, actor: Actor) -> Pending:
        """Write the command down; the same wish without an answer goes out again under its first id."""
        message = {**write_command(command), "actor": {"user": actor.user, "via": actor.via}}
        with self._writer.begin(actor) as unit:
            outbox = Outbox(unit.store)
            for earlier in outbox.all():
                if earlier.command_id == command.command_id or self._is_same_wish(unit, earlier, command, message):
                    return earlier
            pending = Pending(command.command_id, msgspec.json.encode(message), actor, self._writer.now_ms())
            outbox.add(pending)
        return pending

    def _is_same_wish(self, unit: WriteUnit, earlier: Pending, command: Command, message: dict[str, object]) -> bool:
        """Whether a wish waits for its answer already; one whose decision is known may be undone since, and is new."""
        if isinstance(command, _ALWAYS_NEW) or _without_id(msgspec.json.decode(earlier.message)) != _without_id(
            message
        ):
            return False
        return isinstance(command, _NEVER_NEW) or not decisions_of(unit.store, self._writer.site_id, earlier.command_id)

    def _told(self, pending: Pending) -> Told:
        """Ask once; when the hub lacks what this start did before, ask again with that."""
        patience = all_within(CLERKS_PATIENCE_S, self._monotonic)
        if not self._has_met:
            # What earlier starts did while they were cut off.
            self._link.exchange(self._here, patience)
            self._has_met = True
        told = self._link.ask(self._question(pending), patience())
        if told.status == NOT_DECIDED:
            self._note_place(told)
            told = self._link.ask(self._question(pending), patience())
        if told.status == NOT_DECIDED:
            raise Unreachable("the hub does not take this station's journal")
        return told

    def _question(self, pending: Pending) -> Ask:
        segments = self._news()
        with self._here.database.reading() as store:
            keys = local_keys.of_segments(store, self._here.site_id, segments, None)
            head = Journal(store, self._here.site_id).head(self._hub_log)
        return Ask(
            self._here.site_id, pending.message, segments, Want(self._hub_log, head.seq if head else 0), keys
        )  # fmt: skip

    def _news(self) -> tuple[Segment, ...]:
        """The entries of this start that the hub has not confirmed yet, as many as one message may carry."""
        segments: list[Segment] = []
        after, room = self._hub_has, MAX_MESSAGE_BYTES
        while room > 0 and (segment := self._here.cut(self._writer.author.log_id, after)) is not None:
            segments.append(segment)
            after, room = segment.last_seq, room - segment.size
        return tuple(segments)

    def _settle(self, pending: Pending, told: Told) -> Answer:
        """Keep what the answer brought in one transaction, then give the answer or raise the refusal."""
        self._note_place(told)
        answer = read_answer(msgspec.json.decode(told.answer)) if told.status == _OK else None
        with self._writer.begin(pending.actor) as unit:
            taken = [self._here.take_in(unit.store, segment) for segment in told.segments]
            unit.forget()
            self._here.take_keys_in(unit.store, told.keys)
            for each in taken:
                unit.topics |= each.topics
            Outbox(unit.store).drop(pending.command_id)
            if answer is not None:
                _confirm(unit, answer)
                _print(unit, told.slips)
        self._follow_up(taken, told.segments)
        if answer is None:
            raise refusal_of(told.status, told.answer)
        return answer

    def _note_place(self, told: Told) -> None:
        own = self._writer.author.log_id
        self._hub_has = max((each.seq for each in told.results if each.log_id == own), default=self._hub_has)
        if told.segments:
            self._hub_log = told.segments[-1].log_id

    def _follow_up(self, taken: list[Taken], segments: tuple[Segment, ...]) -> None:
        for each, segment in zip(taken, segments, strict=True):
            self._here.follow_up(each, segment.first_seq)


def cut_off() -> CutOff:
    return CutOff(
        msg("Terputus dari hub. Yang sudah dikerjakan tersimpan di komputer ini."),
        msg("Layani orang yang menunjukkan karcis; program mencoba lagi sendiri."),
    )


def _without_id(message: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in message.items() if name != "command_id"}


def _confirm(unit: WriteUnit, answer: Answer) -> None:
    """Say that a call arrived, when it is one and the ticket still stands there."""
    if answer.ticket is None or answer.ticket.state != TicketStatus.CALLED:
        return
    subject = Subject(SubjectType.VISIT, answer.ticket.id)
    visit = unit.visit_of(subject)
    if visit is None or visit.status is not TicketStatus.CALLED or visit.is_shown:
        return
    if visit.calls[-1].entry_id == answer.act:
        unit.record(Draft(unit.new_id(), subject, CallShown(call=visit.calls[-1].entry_id)))


def _print(unit: WriteUnit, slips: tuple[HandedSlip, ...]) -> None:
    for handed in slips:
        personal = Subject(SubjectType.SUBMISSION, handed.subject_id) if handed.is_personal else None
        take_over(unit, handed, personal)
