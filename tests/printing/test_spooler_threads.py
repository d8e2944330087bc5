"""The spooler at work: its own threads, real sockets, a printer that fails and is mended while it runs."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from mppdesk.domain.print_job import JobState, PrinterState, PrintJob
from mppdesk.domain.slip import Line, Slip, SlipKind
from mppdesk.operations.readings import PrinterStatus
from mppdesk.printing.conversation import Timings
from mppdesk.printing.devices import Devices
from mppdesk.printing.escpos import to_bytes
from mppdesk.printing.spooler import Spooler
from tests.fakes.memory_print_jobs import MemoryPrintJobs, print_job
from tests.fakes.printer import Behaviour, Condition, SimulatedPrinter, network

LOKET_1, KIOSK = "Loket 1", "Kios 1"
PATIENCE_S = 10.0
_LOOKED_AT_EVERY_S = 0.02
SETTLED = (JobState.PRINTED, JobState.UNCONFIRMED)
NOON = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)
NOON_MS = round(NOON.timestamp() * 1000)
QUICK = Timings(answer=0.2, confirm=1.0, look_again=0.05, end=0.2)
# A printer that does answer is not mute because this machine is busy: the next look would come ten seconds later.
PATIENT = replace(QUICK, answer=2.0)


class Noon:
    def now(self) -> datetime:
        return NOON


class Notebook:
    """What the spooler tells, and a wait for it to come true."""

    def __init__(self) -> None:
        self.states: list[PrinterState] = []
        self._changed = threading.Condition()

    def __call__(self, status: PrinterStatus) -> None:
        with self._changed:
            self.states.append(status.state)
            self._changed.notify_all()

    def wait_until(self, is_so: Callable[[], bool]) -> None:
        """Wait for what is told, and for what jobs become, of which nobody is told."""
        until = time.monotonic() + PATIENCE_S
        with self._changed:
            while not is_so():
                assert time.monotonic() < until, self.states
                self._changed.wait(_LOOKED_AT_EVERY_S)


@contextmanager
def running(
    jobs: MemoryPrintJobs, told: Notebook, show: Callable[[Slip], None] | None = None, timings: Timings = PATIENT
) -> Iterator[Spooler]:
    spooler = Spooler(jobs, Devices(to_bytes, show, timings).open, Noon(), told)
    spooler.start()
    try:
        yield spooler
    finally:
        spooler.stop()


def ticket(name: str, printer: str = LOKET_1) -> PrintJob:
    return print_job(name, printer=printer, created_ms=NOON_MS)


def state_of(jobs: MemoryPrintJobs, name: str) -> JobState | None:
    job = jobs.job(name)
    return job.state if job else None


def test_real_slips_come_out_of_a_real_socket() -> None:
    with SimulatedPrinter() as printer:
        jobs, told = MemoryPrintJobs({LOKET_1: printer.url}, [ticket("A-001"), ticket("A-002")]), Notebook()
        with running(jobs, told):
            told.wait_until(lambda: state_of(jobs, "A-002") is JobState.PRINTED)
        assert [slip.text.strip() for slip in printer.slips] == ["A-001", "A-002"]
        assert state_of(jobs, "A-001") is JobState.PRINTED


def test_a_wake_up_brings_a_new_job_out_at_once() -> None:
    with SimulatedPrinter() as printer:
        jobs, told = MemoryPrintJobs({LOKET_1: printer.url}), Notebook()
        with running(jobs, told) as spooler:
            told.wait_until(lambda: told.states[-1:] == [PrinterState.READY])
            jobs.add(ticket("A-001"))
            spooler.wake()
            printer.wait_for(lambda it: len(it.slips) == 1)


def test_new_paper_lets_the_printer_go_on_without_anybody_doing_anything() -> None:
    with SimulatedPrinter(Behaviour(Condition.PAPER_OUT)) as printer:
        jobs, told = MemoryPrintJobs({LOKET_1: printer.url}, [ticket("A-001")]), Notebook()
        with running(jobs, told):
            told.wait_until(lambda: PrinterState.PAPER_OUT in told.states)
            assert state_of(jobs, "A-001") in {JobState.BLOCKED, JobState.SENDING}
            printer.become(Condition.HEALTHY)
            printer.wait_for(lambda it: len(it.slips) == 1)
            told.wait_until(lambda: told.states[-1] is PrinterState.READY)


def test_a_pulled_cable_is_seen_and_put_back_without_loss() -> None:
    with SimulatedPrinter() as printer:
        jobs, told = MemoryPrintJobs({LOKET_1: printer.url}, [ticket("A-001")]), Notebook()
        with running(jobs, told) as spooler:
            told.wait_until(lambda: state_of(jobs, "A-001") is JobState.PRINTED)
            printer.stop_listening()
            told.wait_until(lambda: told.states[-1] is PrinterState.UNREACHABLE)
            jobs.add(ticket("A-002"))
            spooler.wake()
            printer.listen()
            told.wait_until(lambda: state_of(jobs, "A-002") is JobState.PRINTED)
        assert len(printer.slips) == 2


def test_paper_that_ends_in_mid_slip_is_never_printed_twice() -> None:
    """The printer itself finishes the slip from its buffer; a resend by us would be a second ticket A-001."""
    with SimulatedPrinter(Behaviour(fails_after=12)) as printer:
        jobs, told = MemoryPrintJobs({LOKET_1: printer.url}, [ticket("A-001"), ticket("A-002")]), Notebook()
        with running(jobs, told):
            told.wait_until(lambda: state_of(jobs, "A-002") is JobState.BLOCKED)
            assert state_of(jobs, "A-001") is JobState.UNCONFIRMED
            printer.become(Condition.HEALTHY)
            told.wait_until(lambda: state_of(jobs, "A-002") is JobState.PRINTED)
        assert [slip.text.strip() for slip in printer.slips] == ["A-001", "A-002"]
        assert state_of(jobs, "A-001") is JobState.UNCONFIRMED


def test_a_slow_printer_does_not_hold_up_another() -> None:
    slow = Behaviour(mm_per_s=60.0)
    with SimulatedPrinter(slow) as kiosk, SimulatedPrinter() as counter:
        lines = tuple(Line(f"Syarat {number}") for number in range(12))
        long = PrintJob(
            "long", KIOSK, Slip(SlipKind.REQUIREMENTS, lines), "visit", "A-001", 0, JobState.QUEUED, None, 0, 0, 0, 0
        )
        printers = {KIOSK: kiosk.url, LOKET_1: counter.url}
        jobs, told = MemoryPrintJobs(printers, [long, ticket("A-002")]), Notebook()
        with running(jobs, told):
            counter.wait_for(lambda it: len(it.slips) == 1)
            assert kiosk.slips == []


def test_stopping_leaves_nothing_on_its_way() -> None:
    with SimulatedPrinter(Behaviour(mm_per_s=40.0)) as printer:
        names = [f"A-{number:03}" for number in range(1, 9)]
        jobs, told = MemoryPrintJobs({LOKET_1: printer.url}, [ticket(name) for name in names]), Notebook()
        with running(jobs, told):
            printer.wait_for(lambda it: len(it.slips) == 1)
        states = [state_of(jobs, name) for name in names]
        count = states.count(JobState.PRINTED)
        assert 1 <= count < len(names)
        assert states == [JobState.PRINTED] * count + [JobState.QUEUED] * (len(names) - count)
        assert len(printer.slips) == count


def test_the_paper_window_gets_its_slips_from_the_printing_thread() -> None:
    shown: list[Slip] = []
    jobs, told = MemoryPrintJobs({LOKET_1: "screen:"}, [ticket("A-001")]), Notebook()
    with running(jobs, told, shown.append):
        told.wait_until(lambda: state_of(jobs, "A-001") is JobState.PRINTED)
    assert shown == [ticket("A-001").slip]


def test_a_mute_printer_ends_unconfirmed_over_a_real_line_too() -> None:
    with SimulatedPrinter(Behaviour(answers=False, confirms=False)) as printer:
        jobs, told = MemoryPrintJobs({LOKET_1: printer.url}, [ticket("A-001")]), Notebook()
        with running(jobs, told, timings=QUICK):
            told.wait_until(lambda: told.states[-1:] == [PrinterState.MUTE])
        assert state_of(jobs, "A-001") is JobState.UNCONFIRMED
        printer.wait_for(lambda it: len(it.slips) == 1)


def test_a_printer_that_moved_takes_its_slips_with_it_and_its_old_thread_ends() -> None:
    with SimulatedPrinter() as old, SimulatedPrinter() as new:
        urls, told = {LOKET_1: old.url}, Notebook()
        jobs, others = MemoryPrintJobs(urls, [ticket("A-001")]), set(threading.enumerate())
        with running(jobs, told) as spooler:
            old.wait_for(lambda it: len(it.slips) == 1)
            (thread,) = (each for each in threading.enumerate() if each.name == "printer" and each not in others)
            urls[LOKET_1] = new.url
            jobs.add(ticket("A-002"))
            spooler.wake()
            new.wait_for(lambda it: len(it.slips) == 1)
            thread.join(PATIENCE_S)
            assert not thread.is_alive()
        assert [slip.text.strip() for slip in old.slips] == ["A-001"]


def test_a_printer_by_its_name_and_by_its_number_is_led_to_by_one_line_at_a_time() -> None:
    """Both names stand in the settings; behind a mere adapter the words of two lines would run into each other.

    From the first look on there is one worker for both, who gives the oldest slip first whichever name it has.
    """
    with SimulatedPrinter(Behaviour(is_module=True, mm_per_s=400.0)) as printer:
        by_name = printer.url.replace("127.0.0.1", "localhost")
        names = [f"{place}-{number}" for number in range(3) for place in "KL"]
        early, late = names[:4], names[4:]
        jobs, told = MemoryPrintJobs({LOKET_1: printer.url, KIOSK: by_name}), Notebook()
        others = set(threading.enumerate())
        for name in early:
            jobs.add(ticket(name, _printer_of(name)))
        with running(jobs, told) as spooler:
            told.wait_until(lambda: all(state_of(jobs, name) in SETTLED for name in early))
            told.wait_until(lambda: len([each for each in threading.enumerate() if _prints(each, others)]) == 1)
            for number, name in enumerate(late):
                jobs.add(replace(ticket(name, _printer_of(name)), created_ms=NOON_MS - number))
            spooler.wake()
            told.wait_until(lambda: all(state_of(jobs, name) in SETTLED for name in names))
        assert [state_of(jobs, name) for name in names] == [JobState.PRINTED] * 6
        texts = [slip.text.strip() for slip in printer.slips]
        assert (sorted(texts[:4]), texts[4:]) == (sorted(early), late[::-1])
        assert set(told.states) == {PrinterState.READY}


def _printer_of(name: str) -> str:
    return KIOSK if name[0] == "K" else LOKET_1


def _prints(thread: threading.Thread, others: set[threading.Thread]) -> bool:
    return thread.name == "printer" and thread not in others


@pytest.mark.expects_log("the printing loop failed")
def test_a_disk_that_is_full_when_names_part_leaves_no_printer_without_a_worker(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The number behind one of two names changes, and that they have two rolls now cannot be written."""
    numbers, ask = ["127.0.0.1"], socket.getaddrinfo
    monkeypatch.setattr(network, "HERE", "0.0.0.0")
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda host, *a, **k: ask(numbers[-1] if host == "karcis.kantor" else host, *a, **k)
    )
    with SimulatedPrinter(Behaviour(is_module=True)) as printer:
        by_number, by_name = (f"tcp://{host}:{printer.port}" for host in ("127.0.0.1", "karcis.kantor"))
        jobs, told = DiskFull({LOKET_1: by_number, KIOSK: by_name}), Notebook()
        with running(jobs, told):
            told.wait_until(lambda: frozenset({LOKET_1, KIOSK}) in jobs.shared)
            jobs.is_full = True
            numbers.append("127.0.0.2")
            told.wait_until(lambda: jobs.refused > 1)
            for name, at in (("A-001", LOKET_1), ("A-002", KIOSK)):
                jobs.add(ticket(name, at))
            jobs.is_full = False
            told.wait_until(lambda: all(state_of(jobs, name) in SETTLED for name in ("A-001", "A-002")))


class DiskFull(MemoryPrintJobs):
    """Refuses to note who shares a roll while `is_full`."""

    def __init__(self, printers: dict[str, str]) -> None:
        super().__init__(printers)
        self.is_full, self.refused = False, 0
        self.shared: list[frozenset[str]] = []

    def share_roll(self, names: frozenset[str]) -> None:
        if self.is_full:
            self.refused += 1
            raise OSError(28, "no space left")
        self.shared.append(names)
        super().share_roll(names)


def test_whoever_asks_a_printer_keeps_its_worker_from_it() -> None:
    with SimulatedPrinter() as printer:
        jobs = MemoryPrintJobs({LOKET_1: printer.url}, [ticket("A-001")])
        spooler = Spooler(jobs, Devices(to_bytes, None, QUICK).open, Noon(), Notebook())
        stepping = threading.Thread(target=spooler.step)
        with spooler.kept_from(f"{printer.url}?model=generic-58"):
            stepping.start()
            stepping.join(0.1)
            assert stepping.is_alive()
            assert printer.connections == 0
        stepping.join(PATIENCE_S)
        assert len(printer.slips) == 1
