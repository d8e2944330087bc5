"""`mppdesk submission ...`: the checklist filled from a file of answers, then register or return, and take up again."""

from argparse import Namespace
from pathlib import Path

from mppdesk.cli.answers import show
from mppdesk.cli.checklist_file import read_answers
from mppdesk.cli.output import DONE, Output
from mppdesk.cli.paper_files import save_paper
from mppdesk.cli.session import Session, deciding, writing
from mppdesk.domain import commands
from mppdesk.domain.hub import refusals
from mppdesk.operations import desk as desks
from mppdesk.operations import submissions
from mppdesk.operations.desk import Desk
from mppdesk.operations.readings import CurrentTicket
from mppdesk.operations.receipts import receipt_draft
from mppdesk.texts import msg


def check(arguments: Namespace, output: Output) -> int:
    """Record the answers of a file for the person at the counter; of a file with a fault nothing is stored."""
    answers = read_answers(Path(arguments.file))
    with writing(arguments, output) as session:
        desk = session.desk(arguments.counter)
        ticket = _current(session, desk)
        checks = answers.for_requirements({row.requirement.code for row in ticket.checklist.rows})
        if ticket.started_ms is None:
            desks.start(desk, session.hub, session.ids, ticket.row.visit)
        writer = session.home.required_writer()
        submission = submissions.check_requirements(desk, writer, session.ids, ticket, checks)
        if answers.applicant is not None:
            submissions.record_applicant(desk, writer, session.ids, ticket, answers.applicant)
        checklist = _current(session, desk).checklist
        output.say(
            msg(
                "{number}: {undecided} belum diperiksa, {lacking} kurang.",
                number=ticket.row.number,
                undecided=len(checklist.undecided),
                lacking=len(checklist.lacking),
            )
        )
        output.result(
            {
                "submission": {
                    "id": submission,
                    "undecided": [row.requirement.code for row in checklist.undecided],
                    "lacking": [row.requirement.code for row in checklist.lacking],
                }
            }
        )
    return DONE


def register(arguments: Namespace, output: Output) -> int:
    """Accept the file: register number and tanda terima."""
    with deciding(arguments, output) as session:
        desk = session.desk(arguments.counter)
        command_id = session.command_id()
        screen = session.readers.counter_screen(desk.counter)
        ticket = screen.current
        if ticket is None:
            return _repeated(session, desk, command_id)
        command = commands.RegisterSubmission(
            command_id=command_id,
            counter=desk.counter,
            visit=ticket.row.visit,
            submission=ticket.checklist.submission or "",
            paper=receipt_draft(screen, ticket, desk),
            printer=desk.printer,
        )
        answer = session.hub.ask(command, desk.actor)
        if arguments.pdf:
            save_paper(session, command.submission, desk.actor, Path(arguments.pdf))
        return show(output, answer)


def hand_back(arguments: Namespace, output: Output) -> int:
    """Return the file with the list of what lacks."""
    with deciding(arguments, output) as session:
        desk = session.desk(arguments.counter)
        command_id = session.command_id()
        screen = session.readers.counter_screen(desk.counter)
        ticket = screen.current
        if ticket is None:
            return _repeated(session, desk, command_id)
        command = commands.ReturnSubmission(
            command_id=command_id,
            counter=desk.counter,
            visit=ticket.row.visit,
            submission=ticket.checklist.submission or "",
            clerk_name=desk.clerk_name,
            printer=desk.printer,
        )
        answer = session.hub.ask(command, desk.actor)
        if arguments.pdf:
            save_paper(session, command.submission, desk.actor, Path(arguments.pdf))
        return show(output, answer)


def resume(arguments: Namespace, output: Output) -> int:
    """Take up a returned file: its number of today comes back, or the person at the counter goes on with it."""
    with deciding(arguments, output) as session:
        desk = session.desk(arguments.counter)
        command_id = session.command_id()
        found = session.readers.seek(arguments.token or arguments.ticket, arguments.day)
        if found.submission is None:
            raise refusals.never_returned() if found.ticket else refusals.unknown_submission()
        ticket = session.readers.counter_screen(desk.counter).current
        command = commands.ResumeSubmission(
            command_id=command_id,
            counter=desk.counter,
            submission=found.submission.submission,
            visit=ticket.row.visit if ticket else None,
        )
        return show(output, session.hub.ask(command, desk.actor))


def _current(session: Session, desk: Desk) -> CurrentTicket:
    ticket = session.readers.counter_screen(desk.counter).current
    if ticket is None:
        raise refusals.nobody_here(desk.label)
    return ticket


def _repeated(session: Session, desk: Desk, command_id: str) -> int:
    """Nobody is here: either this command was accepted before, which the hub knows by its id, or it is refused."""
    command = commands.FinishTicket(command_id=command_id, counter=desk.counter)
    return show(session.output, session.hub.ask(command, desk.actor))
