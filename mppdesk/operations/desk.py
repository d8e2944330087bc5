"""What a clerk does at a counter: one function a key, each answered by the hub."""

from dataclasses import dataclass, replace

from mppdesk.domain import commands
from mppdesk.domain.commands import Answer
from mppdesk.domain.entries import Actor
from mppdesk.domain.errors import ClerkError, Refused
from mppdesk.operations.ports import Hub, Ids
from mppdesk.texts import msg


@dataclass(frozen=True, slots=True)
class Desk:
    """A counter with the clerk who is signed in and the printer at hand (by name)."""

    counter: str
    label: str
    actor: Actor
    clerk_name: str
    printer: str | None


def call_next(desk: Desk, hub: Hub, ids: Ids) -> Answer:
    """Call the next person; the answer has no ticket when nobody waits."""
    return hub.ask(commands.CallNext(command_id=ids.new(), counter=desk.counter), desk.actor)


def call_ticket(desk: Desk, hub: Hub, ids: Ids, visit: str, reason: str) -> Answer:
    """Call this one out of turn; `reason` is one of domain.hub.tickets.CALL_REASONS."""
    command = commands.CallTicket(command_id=ids.new(), counter=desk.counter, visit=visit, reason=reason)
    return hub.ask(command, desk.actor)


def recall(desk: Desk, hub: Hub, ids: Ids, visit: str) -> Answer:
    return hub.ask(commands.RecallTicket(command_id=ids.new(), counter=desk.counter, visit=visit), desk.actor)


def start(desk: Desk, hub: Hub, ids: Ids, visit: str) -> Answer:
    return hub.ask(commands.StartService(command_id=ids.new(), counter=desk.counter, visit=visit), desk.actor)


def hold(desk: Desk, hub: Hub, ids: Ids, visit: str, note: str | None = None) -> Answer:
    """Put the person aside, with a note of why (sealed)."""
    command = commands.HoldTicket(command_id=ids.new(), counter=desk.counter, visit=visit, note=note)
    return hub.ask(command, desk.actor)


def resume(desk: Desk, hub: Hub, ids: Ids, visit: str) -> Answer:
    return hub.ask(commands.ResumeTicket(command_id=ids.new(), counter=desk.counter, visit=visit), desk.actor)


def claim(desk: Desk, hub: Hub, ids: Ids, visit: str) -> Answer:
    """Take the person who shows this ticket; cut off from the hub the paper is the lock."""
    return hub.ask(commands.ClaimTicket(command_id=ids.new(), counter=desk.counter, visit=visit), desk.actor)


def claim_paper(desk: Desk, hub: Hub, ids: Ids, number: str, service: str, *, is_sent_on: bool = False) -> Answer:
    """Take the person whose slip says what nobody here has heard of: that it was issued, or that she was sent here."""
    command = commands.ClaimPaper(
        command_id=ids.new(), counter=desk.counter, number=number, service=service, is_sent_on=is_sent_on
    )
    return hub.ask(command, desk.actor)


def mark_no_show(desk: Desk, hub: Hub, ids: Ids, visit: str) -> Answer:
    return hub.ask(commands.MarkNoShow(command_id=ids.new(), counter=desk.counter, visit=visit), desk.actor)


def finish(desk: Desk, hub: Hub, ids: Ids, visit: str) -> Answer:
    """Finish a ticket that needs no papers."""
    return hub.ask(commands.FinishTicket(command_id=ids.new(), counter=desk.counter, visit=visit), desk.actor)


def transfer(
    desk: Desk, hub: Hub, ids: Ids, visit: str, service: str, note: str | None = None, *, then_back: bool = False
) -> Answer:
    """Send the person to another service with number, waiting time and note."""
    command = commands.TransferTicket(
        command_id=ids.new(), visit=visit, service=service, counter=desk.counter, note=note, then_back=then_back
    )
    return hub.ask(command, desk.actor)


def requeue(desk: Desk, hub: Hub, ids: Ids, visit: str, behind: int) -> Answer:
    """Put a missed person back behind the next few."""
    return hub.ask(commands.RequeueTicket(command_id=ids.new(), visit=visit, behind=behind), desk.actor)


def cancel(desk: Desk, hub: Hub, ids: Ids, visit: str, reason: str) -> Answer:
    command = commands.CancelTicket(command_id=ids.new(), visit=visit, reason=reason, counter=desk.counter)
    return hub.ask(command, desk.actor)


def undo(desk: Desk, hub: Hub, ids: Ids, visit: str, act: str) -> Answer:
    """Take back the act with this entry id, as given in the answer to it."""
    command = commands.UndoAct(command_id=ids.new(), visit=visit, act=act, counter=desk.counter)
    return hub.ask(command, desk.actor)


def open_counter(desk: Desk, hub: Hub, ids: Ids, services: tuple[str, ...] = ()) -> Answer:
    command = commands.OpenCounter(command_id=ids.new(), counter=desk.counter, services=services)
    return hub.ask(command, desk.actor)


def take_break(desk: Desk, hub: Hub, ids: Ids, until: str | None = None) -> Answer:
    """`until` as 13.00, shown to the supervisor."""
    return hub.ask(commands.TakeBreak(command_id=ids.new(), counter=desk.counter, until=until), desk.actor)


def end_break(desk: Desk, hub: Hub, ids: Ids) -> Answer:
    return hub.ask(commands.EndBreak(command_id=ids.new(), counter=desk.counter), desk.actor)


def stop_new_numbers(desk: Desk, hub: Hub, ids: Ids) -> Answer:
    """Serve those who wait; the kiosk sends new people elsewhere."""
    return hub.ask(commands.StopNewNumbers(command_id=ids.new(), counter=desk.counter), desk.actor)


def resume_new_numbers(desk: Desk, hub: Hub, ids: Ids) -> Answer:
    return hub.ask(commands.ResumeNewNumbers(command_id=ids.new(), counter=desk.counter), desk.actor)


def close_counter(desk: Desk, hub: Hub, ids: Ids) -> Answer:
    return hub.ask(commands.CloseCounter(command_id=ids.new(), counter=desk.counter), desk.actor)


def leave_shift_note(desk: Desk, hub: Hub, ids: Ids, note: str) -> Answer:
    """Tell whoever works at this counter until it closes (sealed)."""
    return hub.ask(commands.LeaveShiftNote(command_id=ids.new(), counter=desk.counter, note=note), desk.actor)


def hand_over(
    desk: Desk, hub: Hub, ids: Ids, successor: str, services: tuple[str, ...] = (), note: str | None = None
) -> Answer:
    """Give the counter to another clerk, by user id: closed by the one who goes, opened by the one who comes.

    `note` is from the one who goes to the one who comes; it is left once the counter is hers.

    Raises:
        Refused: it is the same clerk, somebody is at the desk, or the other may not work here; the counter stays open.
    """
    if successor == desk.actor.user:
        raise Refused(
            msg("{counter} sudah Anda pegang.", counter=desk.label),
            msg("Minta petugas berikutnya memasukkan nama dan PIN-nya sendiri, atau tekan Esc."),
        )
    close_counter(desk, hub, ids)
    try:
        answer = open_counter(replace(desk, actor=replace(desk.actor, user=successor)), hub, ids, services)
    except ClerkError:
        open_counter(desk, hub, ids, services)
        raise
    if note:
        leave_shift_note(desk, hub, ids, note)
    return answer
