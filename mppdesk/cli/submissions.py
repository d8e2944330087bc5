"""`mppdesk submission ...`: the checklist filled from a file of answers, then register or return."""

import json
from argparse import Namespace
from datetime import date
from pathlib import Path
from typing import Any

from mppdesk.cli.answers import show
from mppdesk.cli.output import DONE, Output
from mppdesk.cli.session import Session, writing
from mppdesk.domain import commands
from mppdesk.domain.errors import BadInput
from mppdesk.domain.hub import refusals
from mppdesk.domain.submission import CheckState, LackReason
from mppdesk.operations import desk as desks
from mppdesk.operations import submissions
from mppdesk.operations.desk import Desk
from mppdesk.operations.readings import CurrentTicket
from mppdesk.operations.receipts import receipt_draft
from mppdesk.operations.submissions import ApplicantData, Check
from mppdesk.texts import Text, msg

_MAX_FILE_BYTES = 1_000_000
_APPLICANT = "applicant"
_APPLICANT_FIELDS = ("name", "nik", "phone", "represented_by")


def check(arguments: Namespace, output: Output) -> int:
    """Record the answers of a file for the person at the counter, all of them in one transaction."""
    with writing(arguments, output) as session:
        desk = session.desk(arguments.counter)
        ticket = _current(session, desk)
        checks, applicant = _read_answers(Path(arguments.file), ticket)
        if ticket.started_ms is None:
            desks.start(desk, session.home.required_hub(), session.ids, ticket.row.visit)
        writer = session.home.required_writer()
        submission = submissions.check_requirements(desk, writer, session.ids, ticket, checks)
        if applicant is not None:
            submissions.record_applicant(desk, writer, session.ids, ticket, applicant)
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
    with writing(arguments, output) as session:
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
        return show(output, session.home.required_hub().ask(command, desk.actor))


def hand_back(arguments: Namespace, output: Output) -> int:
    """Return the file with the list of what lacks."""
    with writing(arguments, output) as session:
        desk = session.desk(arguments.counter)
        command_id = session.command_id()
        ticket = session.readers.counter_screen(desk.counter).current
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
        return show(output, session.home.required_hub().ask(command, desk.actor))


def _current(session: Session, desk: Desk) -> CurrentTicket:
    ticket = session.readers.counter_screen(desk.counter).current
    if ticket is None:
        raise refusals.nobody_here(desk.label)
    return ticket


def _repeated(session: Session, desk: Desk, command_id: str) -> int:
    """Nobody is here: either this command was accepted before, which the hub knows by its id, or it is refused."""
    command = commands.FinishTicket(command_id=command_id, counter=desk.counter)
    return show(session.output, session.home.required_hub().ask(command, desk.actor))


def _read_answers(path: Path, ticket: CurrentTicket) -> tuple[tuple[Check, ...], ApplicantData | None]:
    """Read `{requirement_code: {state, reason?, originals?, copies?, date?}, applicant: {...}}`."""
    try:
        if path.stat().st_size > _MAX_FILE_BYTES:
            raise ValueError("too large")
        found = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise _bad(msg("Berkas jawaban {path} tidak dapat dibaca. Tidak ada yang tersimpan.", path=path)) from error
    except ValueError as error:
        raise _bad(msg("Berkas jawaban {path} bukan JSON yang sah. Tidak ada yang tersimpan.", path=path)) from error
    if not isinstance(found, dict):
        raise _bad(msg("Berkas jawaban {path} harus berisi satu objek.", path=path))
    known = {row.requirement.code for row in ticket.checklist.rows}
    checks = tuple(_check(code, answer, known) for code, answer in found.items() if code != _APPLICANT)
    return checks, _applicant(found[_APPLICANT]) if _APPLICANT in found else None


def _check(code: str, answer: Any, known: set[str]) -> Check:
    if code not in known:
        raise _bad(msg("Persyaratan {code} tidak ada di daftar periksa layanan ini.", code=code))
    try:
        state = CheckState(answer["state"])
        reason = LackReason(answer["reason"]) if answer.get("reason") else None
        on_paper = date.fromisoformat(answer["date"]) if answer.get("date") else None
        originals, copies = (
            None if answer.get(key) is None else _count(answer[key]) for key in ("originals", "copies")
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise _bad(msg("Jawaban untuk {code} tidak dapat dibaca.", code=code)) from error
    if state is CheckState.LACKING and reason is None:
        raise _bad(msg("Jawaban untuk {code} belum menyebut alasan kurangnya.", code=code))
    return Check(code, state, reason, originals, copies, on_paper)


def _count(value: Any) -> int | None:
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= 999:
        raise ValueError("not a count of papers")
    return value


def _applicant(found: Any) -> ApplicantData:
    if not isinstance(found, dict) or not all(isinstance(value, str) for value in found.values()):
        raise _bad(msg("Data pemohon harus berisi teks."))
    unknown = set(found) - set(_APPLICANT_FIELDS)
    if unknown:
        raise _bad(msg("Data pemohon memuat kolom yang tidak dikenal: {names}.", names=", ".join(sorted(unknown))))
    return ApplicantData(**found)


def _bad(what_happened: Text) -> BadInput:
    return BadInput(what_happened, msg("Perbaiki berkasnya, lalu ulangi."))
