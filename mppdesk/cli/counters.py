"""`mppdesk counter ...`: a counter worked from the command line."""

from argparse import Namespace
from collections.abc import Callable

from mppdesk.cli.answers import show
from mppdesk.cli.output import Output
from mppdesk.cli.session import Session, deciding
from mppdesk.domain import commands
from mppdesk.domain.commands import Command

Make = Callable[[Session, str, str], Command]


def act(arguments: Namespace, output: Output) -> int:
    """Ask the hub one command at --counter; `arguments.act` says which."""
    with deciding(arguments, output) as session:
        actor = session.actor()
        command = _MAKE[arguments.act](session, session.command_id(), session.counter_id(arguments.counter))
        return show(output, session.hub.ask(command, actor))


def _open(session: Session, command_id: str, counter: str) -> Command:
    if session.arguments.new_numbers:
        return commands.ResumeNewNumbers(command_id=command_id, counter=counter)
    services = tuple(code for group in session.arguments.service or () for code in group)
    return commands.OpenCounter(command_id=command_id, counter=counter, services=services)


def _close(session: Session, command_id: str, counter: str) -> Command:
    kind = commands.StopNewNumbers if session.arguments.new_numbers else commands.CloseCounter
    return kind(command_id=command_id, counter=counter)


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


_MAKE: dict[str, Make] = {
    "open": _open,
    "close": _close,
    "break": _plain(commands.TakeBreak),
    "back": _plain(commands.EndBreak),
    "call-next": _plain(commands.CallNext),
    "call": _call,
    "recall": _plain(commands.RecallTicket),
    "start": _plain(commands.StartService),
    "hold": _hold,
    "resume": _resume,
    "no-show": _plain(commands.MarkNoShow),
    "finish": _plain(commands.FinishTicket),
}
