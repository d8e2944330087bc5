"""A queue of CUPS, spoken to by its own programs (man pages lp(1), lpstat(1), cancel(1)).

A job that CUPS calls completed was written to the printer, no more; so no sheet is ever called printed here.
"""

import os
import re
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from mppdesk.domain.print_job import PrinterState
from mppdesk.domain.slip import Slip
from mppdesk.printing.conversation import Timings
from mppdesk.printing.delivery import Outcome, Sheet, Tell, blocked, to_nobody, unconfirmed
from mppdesk.printing.left_behind import longest_command

_PROGRAM_S = 5.0
_RAW = ("-o", "raw")
_A5 = ("-o", "document-format=application/pdf", "-o", "media=A5")
_ACCEPTED = re.compile(r"request id is (\S+-\d+)")
_ALERTS = re.compile(r"^\s*Alerts:\s*(.+)$", re.MULTILINE)
_SEVERITY = re.compile(r"-(report|warning|error)$")
# printer-state-reasons (RFC 8011, 5.4.12); the first that is found is the one to mend first.
_TROUBLES = {
    "cover-open": PrinterState.COVER_OPEN,
    "door-open": PrinterState.COVER_OPEN,
    "media-empty": PrinterState.PAPER_OUT,
    "media-needed": PrinterState.PAPER_OUT,
    "media-jam": PrinterState.ERROR,
    "other": PrinterState.ERROR,
    "offline": PrinterState.OFFLINE,
    "shutdown": PrinterState.OFFLINE,
    "timed-out": PrinterState.OFFLINE,
    "paused": PrinterState.OFFLINE,
    "connecting-to-device": PrinterState.UNREACHABLE,
    "media-low": PrinterState.PAPER_NEAR_END,
}


class CupsQueue:
    """`render` gives PDF where `is_a5`, which CUPS turns into the printer's own language; else what goes there as is.

    `server` is the socket of another CUPS than this computer's own.
    """

    place = None

    def __init__(
        self,
        queue: str,
        render: Callable[[Slip], bytes],
        timings: Timings | None = None,
        *,
        is_a5: bool = False,
        server: Path | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._queue = queue
        self._render = render
        self._timings = timings or Timings()
        self._options = _A5 if is_a5 else _RAW
        self._grace_s = self._timings.office_printer if is_a5 else 0.0
        self._server = ("-h", str(server)) if server else ()
        self._sleep = sleep
        self._unfinished = 0

    def prepare(self, slip: Slip, name: str) -> Sheet:
        return Sheet(name, slip, self._render(slip))

    def probe(self) -> PrinterState:
        """What the queue says; most drivers say nothing of paper or cover."""
        told = self._told("lpstat", "-l", "-p", self._queue)
        return PrinterState.UNREACHABLE if told is None else _state_of(told)

    def print(self, sheet: Sheet, tell: Tell = to_nobody) -> Outcome:
        before = self.probe()
        if before.blocks:
            return blocked(before)
        # What a sheet that was taken back broke off in would take the head of this one for its data.
        data = bytes(self._unfinished) + sheet.data
        try:
            done = self._run("lp", "-d", self._queue, *self._options, "-t", sheet.name, "--", "-", given=data)
        except subprocess.TimeoutExpired:  # nobody knows whether it was accepted
            self._unfinished = self._may_leave(sheet)
            return unconfirmed(len(sheet.data), PrinterState.UNREACHABLE)
        except OSError:
            return blocked(PrinterState.UNREACHABLE)
        accepted = _ACCEPTED.search(done.stdout)
        if done.returncode or accepted is None:
            return blocked(PrinterState.UNREACHABLE)
        patience_s = self._timings.confirmation_of(sheet) + self._grace_s
        has_left, state = self._after(accepted[1], patience_s)
        self._unfinished = 0 if has_left else self._may_leave(sheet)
        return unconfirmed(len(sheet.data), state)

    def _may_leave(self, sheet: Sheet) -> int:
        return longest_command(sheet.data) if self._options is _RAW else 0

    def _after(self, job: str, patience_s: float) -> tuple[bool, PrinterState]:
        """Follow a job to its end; whether it left the queue, and how that stands now.

        One that stays is taken back: a stopped queue would print it hours later. A trouble must be there at two looks:
        while a job begins, its queue says for a moment that it is connecting.
        """
        until, state = time.monotonic() + patience_s, PrinterState.UNKNOWN
        while self._is_open(job):
            before, state = state, self.probe()
            if (state.blocks and before.blocks) or time.monotonic() >= until:
                self._told("cancel", job)
                return False, state
            self._sleep(self._timings.look_again)
        return True, self.probe()

    def _is_open(self, job: str) -> bool:
        """Whether the queue still has a job; where nobody says so, it may have it."""
        told = self._told("lpstat", "-W", "not-completed", "-o", self._queue)
        return told is None or any(line.split()[:1] == [job] for line in told.splitlines())

    def _told(self, *command: str) -> str | None:
        """What a program says; None where it cannot do what it is asked."""
        try:
            done = self._run(*command)
        except (OSError, subprocess.TimeoutExpired):
            return None
        return None if done.returncode else done.stdout

    def _run(self, program: str, *arguments: str, given: bytes | None = None) -> "subprocess.CompletedProcess[str]":
        done = subprocess.run(
            [program, *self._server, *arguments],
            input=given or b"",
            capture_output=True,
            timeout=_PROGRAM_S,
            env={**os.environ, "LC_ALL": "C"},
        )
        return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode("utf-8", "replace"), "")


def _state_of(told: str) -> PrinterState:
    alerts = _ALERTS.search(told)
    reasons = {_SEVERITY.sub("", reason): reason for reason in (alerts[1].split() if alerts else ())}
    if " disabled since " in told.partition("\n")[0]:
        reasons.setdefault("paused", "paused")
    found = (state for reason, state in _TROUBLES.items() if reason in reasons)
    unknown_error = any(each.endswith("-error") for each in reasons.values())
    return next(found, PrinterState.ERROR if unknown_error else PrinterState.READY)
