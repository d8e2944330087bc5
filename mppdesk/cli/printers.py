"""`mppdesk print-jobs ...` and `mppdesk printer test`: what waits for paper, and how a printer stands."""

from argparse import Namespace
from typing import Any

from mppdesk.cli.output import DONE, REFUSED, Output
from mppdesk.cli.session import Session, reading, writing
from mppdesk.db.print_jobs import StoredPrintJobs
from mppdesk.db.unit import ChangeRelay
from mppdesk.domain.print_job import JobState, PrintJob
from mppdesk.texts import msg

_MOST_LISTED = 1000


def list_jobs(arguments: Namespace, output: Output) -> int:
    """List the print jobs, newest first; slips are not shown, they may carry personal data."""
    with reading(arguments, output) as session:
        jobs = _jobs(session).recent(_MOST_LISTED)
    for job in jobs:
        output.say(
            msg(
                "{id}  {label}  {kind}  {printer}  {state}",
                id=job.job_id,
                label=job.label,
                kind=job.slip.kind,
                printer=job.printer,
                state=job.state,
            )
        )
    if not jobs:
        output.say(msg("Tidak ada pekerjaan cetak."))
    output.result({"jobs": [_json(job) for job in jobs]})
    return DONE


def run_jobs(arguments: Namespace, output: Output) -> int:
    """Print what is queued, until nothing is or --timeout is over; exit 3 when something is left."""
    from mppdesk.printing.devices import Devices, parse_url
    from mppdesk.printing.escpos import to_bytes
    from mppdesk.printing.profiles import GENERIC_80
    from mppdesk.printing.spooler import Spooler

    if arguments.printer:
        parse_url(arguments.printer)
    with writing(arguments, output) as session:
        jobs = _jobs(session, arguments.printer)
        devices = Devices(lambda slip: to_bytes(slip, GENERIC_80), show=lambda slip: None)
        spooler = Spooler(jobs, devices.open, session.clock, lambda status: None)
        before = {job.job_id for job in jobs.recent(_MOST_LISTED) if job.state in (JobState.QUEUED, JobState.BLOCKED)}
        left = spooler.run_until_empty(arguments.timeout)
        spooler.stop()
        now = [job for job in jobs.recent(_MOST_LISTED) if job.job_id in before]
    counts = {str(state): sum(1 for job in now if job.state is state) for state in JobState}
    output.say(
        msg(
            "{printed} tercetak, {unconfirmed} belum pasti, {left} masih antre.",
            printed=counts["printed"],
            unconfirmed=counts["unconfirmed"],
            left=left,
        )
    )
    output.result({"left": left, **counts})
    return DONE if left == 0 else REFUSED


def retry_job(arguments: Namespace, output: Output) -> int:
    """Queue a copy of a job; it says SALINAN."""
    with writing(arguments, output) as session:
        session.actor()
        moment = session.home.required_writer().now()
        job = _jobs(session).reprint(arguments.job, session.ids.new(), moment)
    output.say(msg("SALINAN {number} untuk {label} antre cetak.", number=job.copy_number, label=job.label))
    output.result({"job": _json(job)})
    return DONE


def test(arguments: Namespace, output: Output) -> int:
    """Ask a printer how it stands; exit 3 when it cannot print now."""
    from mppdesk.printing.devices import probe

    state = probe(arguments.url)
    output.say(msg("Keadaan printer: {state}.", state=state))
    output.result({"state": str(state)})
    return REFUSED if state.blocks else DONE


def _jobs(session: Session, instead: str | None = None) -> StoredPrintJobs:
    """The jobs of this PC with the printers of the site, or all of them on one printer."""
    with session.readers.moment() as moment:
        site = moment.reference.site
    printers = {place.name: instead or place.url for place in site.printers}
    changes = session.home.writer.changes if session.home.writer else ChangeRelay()
    return StoredPrintJobs(session.home.database, changes, printers)


def _json(job: PrintJob) -> dict[str, Any]:
    return {
        "id": job.job_id,
        "label": job.label,
        "kind": str(job.slip.kind),
        "printer": job.printer,
        "state": str(job.state),
        "cause": str(job.cause) if job.cause else None,
        "copy_number": job.copy_number,
        "attempts": job.attempts,
        "created_ms": job.created_ms,
    }
