"""How the printers of this PC stand, and what a person is asked about their paper."""

from collections.abc import Callable
from dataclasses import replace
from threading import Lock
from typing import Protocol

from mppdesk.domain.print_job import PrinterState, PrintJob
from mppdesk.domain.site import Site
from mppdesk.operations.readings import PrinterStatus

ASKED_WITHIN_MS = 12 * 3_600_000
"""Nobody remembers longer whether a sheet came out, and what was for another day is of no use."""

OnStatus = Callable[[PrinterStatus], None]


class PaperJobs(Protocol):
    """What the board reads of the jobs of this PC."""

    def open_jobs(self, printer: str) -> tuple[PrintJob, ...]: ...

    def unconfirmed(self) -> tuple[PrintJob, ...]: ...

    def expired(self) -> tuple[PrintJob, ...]: ...


class PrinterBoard:
    """How each printer stands, told to whoever asks and to whoever listens.

    A printer's own word is its last one; jobs are read when somebody asks, because a person settles them while the
    printer may be silent. `site` gives the building as its settings are now, `now_ms` the hub's time; `on_watched` is
    called when somebody asks about a printer for the first time.
    """

    def __init__(
        self,
        jobs: PaperJobs,
        site: Callable[[], Site],
        now_ms: Callable[[], int],
        on_watched: Callable[[], None] = lambda: None,
    ) -> None:
        self._jobs, self._site, self._now_ms, self._on_watched = jobs, site, now_ms, on_watched
        self._watched: set[str] = set()
        self._lock = Lock()
        self._statuses: dict[str, PrinterStatus] = {}
        self._listeners: list[OnStatus] = []

    def listen(self, listener: OnStatus) -> None:
        self._listeners.append(listener)

    def tell(self, status: PrinterStatus) -> None:
        """Called in the thread of the printer."""
        with self._lock:
            self._statuses[status.name] = status
        for listener in tuple(self._listeners):
            listener(status)

    def is_watched(self, name: str) -> bool:
        """Whether a place at this PC asked about a printer since the start; those of other counters nobody does."""
        return name in self._watched

    def last_word(self, name: str) -> PrinterStatus | None:
        """What a printer last said of itself; no job is read for it. None for one that nobody heard of."""
        with self._lock:
            return self._statuses.get(name)

    def all_here(self) -> tuple[PrinterStatus, ...]:
        """Every printer of the settings that was heard of here, with what waits for it and who of it is unsure."""
        with self._lock:
            known = dict(self._statuses)
        unsure = self._asked_about("")
        return tuple(
            replace(
                said,
                open_jobs=len(self._jobs.open_jobs(said.name)) if said.state.blocks else said.open_jobs,
                unconfirmed=tuple(job for job in unsure if job.printer == said.name),
            )
            for place in self._site().printers
            if (said := known.get(place.name)) is not None
        )

    def status(self, name: str | None) -> PrinterStatus | None:
        """A printer with all that a person may be told and asked of paper; None for one that nobody heard of."""
        self._watch(name)
        with self._lock:
            statuses = dict(self._statuses)
        own = statuses.get(name) if name else None
        if own is None:
            return None
        waiting = self._jobs.open_jobs(own.name)
        return replace(
            own,
            open_jobs=len(waiting),
            first_waiting=waiting[0] if waiting else None,
            unconfirmed=self._asked_about(own.name),
            expired=self._recent(self._jobs.expired()),
            instead=self._instead(own.name, statuses),
            elsewhere=self._elsewhere(own.name, statuses),
            is_a5=self._site().prints_a5(own.name),
        )

    def cut_short(self, name: str) -> tuple[PrintJob, ...]:
        """What a trouble of this printer cut short; nobody is sure of it."""
        return tuple(job for job in self._asked_about(name) if job.printer == name and job.cause and job.cause.blocks)

    def movable(self, name: str) -> int:
        """How much may be sent to another printer: what waits for this one, and what a trouble of it cut short."""
        return len(self._jobs.open_jobs(name)) + len(self.cut_short(name))

    def _watch(self, name: str | None) -> None:
        if name is not None and name not in self._watched:
            self._watched.add(name)
            self._on_watched()

    def _asked_about(self, own: str) -> tuple[PrintJob, ...]:
        """The printer that never confirms anything would ask about every sheet (UI.md); this counter's own first."""
        doubtful = (job for job in self._recent(self._jobs.unconfirmed()) if job.cause is not PrinterState.MUTE)
        return tuple(sorted(doubtful, key=lambda job: job.printer != own))

    def _recent(self, jobs: tuple[PrintJob, ...]) -> tuple[PrintJob, ...]:
        oldest_ms = self._now_ms() - ASKED_WITHIN_MS
        return tuple(job for job in jobs if job.created_ms >= oldest_ms)

    def _instead(self, name: str, statuses: dict[str, PrinterStatus]) -> str | None:
        """The first of those that may take over that is ready and has paper wide enough for what was laid out."""
        site = self._site()
        ready = (other for other in site.taking_over(name) if _is_ready(statuses.get(other)))
        width = site.paper_columns(name)
        return next((other for other in ready if site.paper_columns(other) >= width), None)

    def _elsewhere(self, name: str, statuses: dict[str, PrinterStatus]) -> PrinterStatus | None:
        """Another printer of this PC that has stopped while something waits for it, such as its kiosk's."""
        return next(
            (each for other, each in statuses.items() if other != name and each.state.blocks and each.open_jobs), None
        )


def _is_ready(status: PrinterStatus | None) -> bool:
    return status is not None and status.state is PrinterState.READY
