"""`mppdesk print-jobs ...`: what waits for paper, and what becomes of it."""

from argparse import Namespace
from typing import Any

from mppdesk.cli.output import DONE, Output
from mppdesk.cli.session import Session, reading, writing
from mppdesk.db.paper.jobs import StoredPrintJobs
from mppdesk.db.unit import ChangeRelay
from mppdesk.domain.errors import PrinterTrouble
from mppdesk.domain.print_job import JobState, PrintJob
from mppdesk.domain.slip import SlipKind
from mppdesk.texts import Text, msg

_MOST_LISTED = 1000
_JOB_STATES = {
    JobState.QUEUED: msg("antre"),
    JobState.SENDING: msg("dikirim"),
    JobState.PRINTED: msg("tercetak"),
    JobState.UNCONFIRMED: msg("belum pasti"),
    JobState.BLOCKED: msg("tertahan"),
    JobState.FAILED: msg("gagal"),
    JobState.CANCELLED: msg("dibatalkan"),
    JobState.EXPIRED: msg("lewat waktu"),
    JobState.HANDED: msg("dicetak di komputer yang meminta"),
}
_KINDS = {
    SlipKind.TICKET: msg("karcis"),
    SlipKind.RECEIPT: msg("tanda terima"),
    SlipKind.LACKING: msg("daftar kekurangan"),
    SlipKind.REQUIREMENTS: msg("daftar persyaratan"),
    SlipKind.RECOVERY: msg("lembar pemulihan"),
    SlipKind.TEST: msg("cetakan uji"),
}
_ORPHANS_TO_DO = msg(
    "Alihkan: mppdesk print-jobs retry ID --printer NAMA. Atau batalkan: mppdesk print-jobs cancel ID."
)


def list_jobs(arguments: Namespace, output: Output) -> int:
    """List the print jobs, newest first; slips are not shown, they may carry personal data."""
    with reading(arguments, output) as session:
        stored = _jobs(session)
        recent, orphans = stored.recent(_MOST_LISTED), stored.without_printer()
    jobs = [*recent, *(job for job in reversed(orphans) if job not in recent)]
    for job in jobs:
        output.say(
            msg(
                "{id}  {label}  {kind}  {printer}  {state}",
                id=job.job_id,
                label=job.label,
                kind=_kind(job),
                printer=job.printer,
                state=_JOB_STATES[job.state],
            )
        )
    if not jobs:
        output.say(msg("Tidak ada pekerjaan cetak."))
    if orphans:
        output.say(msg("{count} cetakan menunggu printer yang sudah tidak ada.", count=len(orphans)))
        output.say(_ORPHANS_TO_DO)
    output.result({"jobs": [_json(job, has_printer=job.printer in stored.printers()) for job in jobs]})
    return DONE


def run_jobs(arguments: Namespace, output: Output) -> int:
    """Print what is queued, until nothing is or --timeout is over; exit 3 when something is left."""
    from mppdesk.domain.printer_address import parse_url
    from mppdesk.printing.devices import Devices
    from mppdesk.printing.escpos import with_logo
    from mppdesk.printing.spooler import Spooler

    if arguments.printer:
        parse_url(arguments.printer)
    with writing(arguments, output) as session:
        jobs = _jobs(session, arguments.printer)
        devices = Devices(with_logo(session.readers.logo))
        spooler = Spooler(jobs, devices.open, session.clock, lambda status: None)
        before = {job.job_id for job in jobs.recent(_MOST_LISTED) if job.state in (JobState.QUEUED, JobState.BLOCKED)}
        orphans = len(jobs.without_printer())
        left = spooler.run_until_empty(arguments.timeout) + orphans
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
    if counts["expired"]:
        output.say(msg("{count} karcis lama tidak dicetak, karena sudah lewat waktunya.", count=counts["expired"]))
        output.say(msg("Bila masih perlu: mppdesk print-jobs retry ID, dengan ID dari mppdesk print-jobs list."))
    if left and left == orphans:
        happened = msg("{count} cetakan menunggu printer yang sudah tidak ada. Semuanya tetap tersimpan.", count=left)
        return output.refused(PrinterTrouble(happened, _ORPHANS_TO_DO), left=left, **counts)
    if left:
        happened = msg("{count} pekerjaan cetak belum keluar. Semuanya tetap tersimpan.", count=left)
        to_do = msg("Periksa kertas dan sambungan printer, lalu ulangi. Karcis untuk layar menunggu desktop dibuka.")
        return output.refused(PrinterTrouble(happened, to_do), left=left, **counts)
    output.result({"left": left, **counts})
    return DONE


def retry_job(arguments: Namespace, output: Output) -> int:
    """Queue a copy of a job, on another printer if one is named; it says SALINAN, unless the first never came out."""
    with writing(arguments, output) as session:
        writer = session.home.required_writer()
        with writer.begin(session.actor()) as unit:
            job = _jobs(session).reprint(unit, arguments.job, writer.now(), arguments.printer)
    if job.copy_number:
        output.say(msg("SALINAN {number} untuk {label} antre cetak.", number=job.copy_number, label=job.label))
    else:
        output.say(msg("{label} belum pernah keluar: aslinya antre cetak, bukan salinan.", label=job.label))
    output.result({"job": _json(job)})
    return DONE


def cancel_job(arguments: Namespace, output: Output) -> int:
    """Give up a job that never came out; what it told stays as it is."""
    with writing(arguments, output) as session:
        session.actor()
        jobs = _jobs(session)
        job = jobs.cancel(arguments.job, session.home.required_writer().now_ms())
    if job.slip.kind is SlipKind.TICKET:
        output.say(msg("Cetakan {label} dibatalkan. Nomornya tetap berlaku.", label=job.label))
    else:
        output.say(msg("Cetakan {label} dibatalkan. Datanya tetap tersimpan.", label=job.label))
    output.result({"job": _json(job, has_printer=job.printer in jobs.printers())})
    return DONE


def _jobs(session: Session, instead: str | None = None) -> StoredPrintJobs:
    """The jobs of this PC with the printers of the site, or all of them on one printer."""
    with session.readers.moment() as moment:
        site = moment.reference.site
    printers = {place.name: instead or place.url for place in site.printers}
    changes = session.home.writer.changes if session.home.writer else ChangeRelay()
    jobs = StoredPrintJobs(session.home.database, changes, printers)
    if instead is None:
        return jobs
    orphans = {job.printer: instead for job in jobs.without_printer()}
    return StoredPrintJobs(session.home.database, changes, printers | orphans)


def _kind(job: PrintJob) -> Text:
    kind = _KINDS[job.slip.kind]
    return msg("{kind}, SALINAN {number}", kind=kind, number=job.copy_number) if job.copy_number else kind


def _json(job: PrintJob, *, has_printer: bool = True) -> dict[str, Any]:
    return {
        "id": job.job_id,
        "label": job.label,
        "kind": str(job.slip.kind),
        "printer": job.printer,
        "has_printer": has_printer,
        "state": str(job.state),
        "cause": str(job.cause) if job.cause else None,
        "copy_number": job.copy_number,
        "attempts": job.attempts,
        "created_ms": job.created_ms,
    }
