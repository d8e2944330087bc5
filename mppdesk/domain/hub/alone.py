"""What a station may decide by itself while the hub is out of reach (DESIGN 6): the person before it, nobody else."""

from dataclasses import replace

from mppdesk.domain import commands
from mppdesk.domain.commands import Command
from mppdesk.domain.errors import Refused
from mppdesk.domain.station import FIRST_STATION_ISSUER
from mppdesk.domain.ways import Way
from mppdesk.texts import msg

# What concerns this counter and the person before it; finishing her is never made to wait for a cable.
_OF_THIS_COUNTER = (
    commands.ClaimTicket, commands.ClaimPaper, commands.RecallTicket, commands.StartService, commands.HoldTicket,
    commands.MarkNoShow, commands.FinishTicket, commands.RegisterSubmission, commands.ReturnSubmission,
    commands.UndoAct, commands.OpenCounter, commands.TakeBreak, commands.EndBreak, commands.CloseCounter,
    commands.TransferTicket,
    commands.ResumeSubmission,
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
            msg(
                "Terima orang yang menunjukkan karcis ({claim_paper}): ketik atau pindai nomornya.",
                claim_paper=Way.CLAIM_PAPER,
            ),
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
