"""Why tickets did not come out by themselves: they waited too long, or their numbers were called meanwhile."""

from mppdesk.domain.print_job import PrintJob
from mppdesk.texts import Text, msg

_LONG_MS = 30 * 60_000


def why_not_printed(jobs: tuple[PrintJob, ...]) -> Text:
    """The end of the sentence that they were not printed; `changed_ms` is when each was given up."""
    are_old = {job.changed_ms - job.created_ms >= _LONG_MS for job in jobs}
    if are_old == {True}:
        return msg("karena sudah lewat 30 menit.")
    if are_old == {False}:
        return msg("karena nomornya sudah dipanggil.")
    return msg("karena nomornya sudah dipanggil atau sudah lewat 30 menit.")
