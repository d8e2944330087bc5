"""`mppdesk counter ...`: a counter worked from the command line."""

from argparse import Namespace
from collections.abc import Callable

from mppdesk.cli.answers import show
from mppdesk.cli.output import Output
from mppdesk.cli.session import Session, writing
from mppdesk.domain import commands
from mppdesk.domain.commands import Command
from mppdesk.texts import msg

Make = Callable[[Session, str, str], Command]


def _run(make: Make) -> Callable[[Namespace, Output], int]:
    """Make a verb that asks the hub one command at --counter."""

    def run(arguments: Namespace, output: Output) -> int:
        with writing(arguments, output) as session:
            actor = session.actor()
            command = make(session, session.command_id(), session.counter_id(arguments.counter))
            return show(output, session.home.required_hub().ask(command, actor))

    return run


def _open(session: Session, command_id: str, counter: str) -> Command:
    services = tuple(code for group in session.arguments.service or () for code in group)
    return commands.OpenCounter(command_id=command_id, counter=counter, services=services)


def _call(session: Session, command_id: str, counter: str) -> Command:
    visit = session.ticket(session.arguments.number).visit
    return commands.CallTicket(command_id=command_id, counter=counter, visit=visit, reason="supervisor")


def _resume(session: Session, command_id: str, counter: str) -> Command:
    visit = session.ticket(session.arguments.number).visit
    return commands.ResumeTicket(command_id=command_id, counter=counter, visit=visit)


def _hold(session: Session, command_id: str, counter: str) -> Command:
    return commands.HoldTicket(command_id=command_id, counter=counter, note=session.arguments.note)


def _plain(kind: type[commands.CounterCommand]) -> Make:
    return lambda session, command_id, counter: kind(command_id=command_id, counter=counter)


VERBS: dict[str, tuple[Callable[[Namespace, Output], int], str]] = {
    name: (_run(make), str(help_text))
    for name, make, help_text in (
        ("open", _open, msg("buka loket")),
        ("close", _plain(commands.CloseCounter), msg("tutup loket")),
        ("break", _plain(commands.TakeBreak), msg("mulai istirahat")),
        ("back", _plain(commands.EndBreak), msg("akhiri istirahat")),
        ("call-next", _plain(commands.CallNext), msg("panggil berikutnya")),
        ("call", _call, msg("panggil nomor ini di luar urutan")),
        ("recall", _plain(commands.RecallTicket), msg("panggil ulang")),
        ("start", _plain(commands.StartService), msg("mulai layani")),
        ("hold", _hold, msg("tunda")),
        ("resume", _resume, msg("lanjutkan nomor yang ditunda")),
        ("no-show", _plain(commands.MarkNoShow), msg("catat tidak hadir")),
        ("finish", _plain(commands.FinishTicket), msg("selesai")),
    )
}
"""Name -> (function, help)."""
