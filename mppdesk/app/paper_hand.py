"""What a person does about the paper of one printer of this PC: says what came out, asks again, sends it elsewhere."""

from collections.abc import Callable

from mppdesk.app.station import Station
from mppdesk.domain.entries import Actor
from mppdesk.domain.errors import Refused
from mppdesk.domain.print_job import JobState, PrintJob
from mppdesk.texts import Text, msg
from mppdesk.ui.shared.sheet_words import is_reprinted


class PaperHand:
    """`printer` tells its name as the settings are now, `actor` is who does it; every call may raise ClerkError.

    `sent_elsewhere` are the ids of the jobs that came out of another printer meanwhile, or will.
    """

    def __init__(self, station: Station, printer: Callable[[], str | None], actor: Actor) -> None:
        self._station, self._printer, self._actor = station, printer, actor
        self.sent_elsewhere: set[str] = set()

    def slip_came_out(self, job: str) -> None:
        self._station.jobs.confirm(job, self._now_ms())

    def reprint_slip(self, job_id: str) -> Text:
        """Print a sheet that nobody is sure of again; whoever answered before, wins."""
        job = self._station.jobs.job(job_id)
        if job is None or job.state is not JobState.UNCONFIRMED:
            raise Refused(
                msg("Pertanyaan ini sudah dijawab. Tidak ada yang dicetak lagi."),
                msg("Bila perlu satu lembar lagi, cetak ulang (F8)."),
            )
        (copy,) = self._copies((job,))
        return is_reprinted(copy)

    def print_elsewhere(self, printer: str) -> Text:
        """Send what waits to another printer: as it is, or as SALINAN where the trouble cut a sheet short."""
        station, own = self._station, self._printer()
        waiting = station.jobs.open_jobs(own) if own else ()
        moved = [job for job in waiting if station.jobs.move(job.job_id, printer, self._now_ms())]
        cut_short = station.printers.cut_short(own) if own else ()
        copies = self._copies(cut_short, printer)
        self.sent_elsewhere.update(job.job_id for job in (*moved, *copies))
        if copies:
            return msg(
                "{count} cetakan dikirim ke {printer}, {copies} di antaranya SALINAN.",
                count=len(moved) + len(copies),
                printer=printer,
                copies=len(copies),
            )
        return msg("{count} cetakan dikirim ke {printer}.", count=len(moved), printer=printer)

    def print_expired(self, jobs: tuple[str, ...]) -> Text:
        count = sum(self._station.jobs.revive(job, self._now_ms()) for job in jobs)
        return msg("{count} karcis lama dicetak sekarang.", count=count)

    def let_expired_go(self, jobs: tuple[str, ...]) -> None:
        """Those that somebody let go or printed already are let be."""
        expired = {job.job_id for job in self._station.jobs.expired()}
        for job in expired.intersection(jobs):
            self._station.jobs.cancel(job, self._now_ms())

    def roll_changed(self) -> None:
        own = self._printer()
        if own is not None:
            self._station.jobs.roll_changed(own, self._now_ms())

    def _copies(self, jobs: tuple[PrintJob, ...], printer: str | None = None) -> list[PrintJob]:
        station = self._station
        if not jobs:
            return []
        with station.writer.begin(self._actor) as unit:
            return [station.jobs.reprint(unit, job.job_id, station.now(), printer) for job in jobs]

    def _now_ms(self) -> int:
        return round(self._station.clock.now().timestamp() * 1000)
