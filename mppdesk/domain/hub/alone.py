"""What a station may decide by itself while the hub is out of reach (DESIGN 6): the person before it, nobody else."""

from dataclasses import replace

from mppdesk.domain import commands, facts
from mppdesk.domain.commands import Command
from mppdesk.domain.errors import Refused
from mppdesk.domain.hub.days import current_day
from mppdesk.domain.hub.tickets import act_draft, known_visit, ready_counter, require_status, require_today
from mppdesk.domain.hub.view import Case, Decided
from mppdesk.domain.station import FIRST_STATION_ISSUER
from mppdesk.texts import msg

# What concerns this counter and the person before it; finishing her is never made to wait for a cable.
_OF_THIS_COUNTER = (
    commands.ClaimTicket, commands.RecallTicket, commands.StartService, commands.HoldTicket, commands.MarkNoShow,
    commands.FinishTicket, commands.RegisterSubmission,
    commands.ReturnSubmission, commands.UndoAct, commands.OpenCounter, commands.TakeBreak,
    commands.EndBreak, commands.CloseCounter, commands.TransferTicket,
)  # fmt: skip


def as_decided_alone(command: Command, issuer_no: int) -> Command:
    """The command as this station may decide it; raises Refused for what only the hub can know.

    A ticket gets a number of the station's own block.
    """
    if isinstance(command, commands.IssueTicket):
        return replace(command, issuer_no=issuer_no)
    if isinstance(command, _OF_THIS_COUNTER):
        return command
    if isinstance(command, commands.CallNext | commands.CallTicket | commands.ResumeTicket):
        raise Refused(
            msg("Terputus dari hub, jadi siapa yang berikutnya tidak diketahui. Tidak ada yang dipanggil."),
            msg("Terima orang yang menunjukkan karcis: ketik atau pindai nomornya."),
        )
    raise Refused(
        msg("Terputus dari hub. Tindakan ini menunggu hub; tidak ada yang berubah."),
        msg("Lanjutkan dengan orang di depan Anda, lalu ulangi sesudah tersambung."),
    )


def as_asked_of_hub(command: Command) -> Command:
    """The command as the hub decides it: where it answers again, a claimed ticket is simply called out of turn."""
    if isinstance(command, commands.ClaimTicket):
        return commands.CallTicket(
            command_id=command.command_id, counter=command.counter, visit=command.visit, reason="recalled"
        )
    return command


def is_decided_alone(command: Command) -> bool:
    """Whether a command is one that a station may decide by itself; a ticket only from a block of its own."""
    if isinstance(command, commands.IssueTicket):
        return command.issuer_no >= FIRST_STATION_ISSUER
    return isinstance(command, _OF_THIS_COUNTER)


def claim(case: Case, command: commands.ClaimTicket) -> Decided:
    """Serve the person who shows the ticket: the paper is the lock."""
    day = current_day(case)
    place = ready_counter(case, command.counter, day)
    visit = known_visit(case, command.visit)
    require_status(visit, facts.TicketClaimedOffline.__name__)
    require_today(visit, day)
    draft = act_draft(case, command, day, place, visit, facts.TicketClaimedOffline, {}, {})
    return Decided((*day.opening, draft))
