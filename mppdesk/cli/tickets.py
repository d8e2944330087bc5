"""`mppdesk ticket ...`: issue, transfer, cancel, list, show."""

from argparse import Namespace

from mppdesk.cli.answers import row_json, state_text
from mppdesk.cli.answers import show as show_answer
from mppdesk.cli.output import DONE, Output
from mppdesk.cli.session import deciding, reading
from mppdesk.domain import commands
from mppdesk.domain.errors import BadInput
from mppdesk.texts import msg


def issue(arguments: Namespace, output: Output) -> int:
    """Issue a ticket; with --printer its slip is queued too."""
    with deciding(arguments, output) as session:
        actor = session.actor()
        command = commands.IssueTicket(
            command_id=session.command_id(),
            service=arguments.service,
            priority=arguments.priority,
            printer=session.printer(arguments.printer),
        )
        return show_answer(output, session.hub.ask(command, actor))


def transfer(arguments: Namespace, output: Output) -> int:
    with deciding(arguments, output) as session:
        actor = session.actor()
        command = commands.TransferTicket(
            command_id=session.command_id(),
            visit=session.ticket(arguments.number).visit,
            service=arguments.service,
            note=arguments.note,
            then_back=arguments.then_back,
        )
        return show_answer(output, session.hub.ask(command, actor))


def cancel(arguments: Namespace, output: Output) -> int:
    if not arguments.reason.strip():
        raise BadInput(msg("Alasan pembatalan kosong. Tidak ada yang berubah."), msg("Tulis alasannya di --reason."))
    with deciding(arguments, output) as session:
        actor = session.actor()
        visit = session.ticket(arguments.number).visit
        command = commands.CancelTicket(command_id=session.command_id(), visit=visit, reason=arguments.reason)
        return show_answer(output, session.hub.ask(command, actor))


def requeue(arguments: Namespace, output: Output) -> int:
    """Put a missed person, or one with completed papers, back behind as many people as the site's policy says."""
    with deciding(arguments, output) as session:
        actor = session.actor()
        visit = session.ticket(arguments.number).visit
        with session.readers.moment() as moment:
            behind = moment.reference.site.policy.requeue_behind
        command = commands.RequeueTicket(command_id=session.command_id(), visit=visit, behind=behind)
        return show_answer(output, session.hub.ask(command, actor))


def list_tickets(arguments: Namespace, output: Output) -> int:
    """List the tickets of today or of --day in the order of their numbers."""
    with reading(arguments, output) as session:
        rows = session.readers.tickets(arguments.day)
        for row in rows:
            output.say(
                msg(
                    "{number}  {state}  {service}", number=row.number, state=state_text(row.status), service=row.service
                )
            )
        if not rows:
            output.say(msg("Belum ada nomor."))
        output.result({"tickets": [row_json(row) for row in rows]})
    return DONE


def show(arguments: Namespace, output: Output) -> int:
    with reading(arguments, output) as session:
        row = session.ticket(arguments.number, arguments.day)
        output.say(
            msg("{number}: {state}, {service}.", number=row.number, state=state_text(row.status), service=row.service)
        )
        output.result({"ticket": row_json(row)})
    return DONE
