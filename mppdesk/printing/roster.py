"""Who works at which printer: one worker for each physical one, however many names and ways lead to it."""

import logging
import threading
from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from typing import NamedTuple

from mppdesk.domain.errors import BadInput
from mppdesk.domain.print_job import PrinterState
from mppdesk.domain.printer_address import Printer, WiredAddress, parse_printer
from mppdesk.operations.printing_ports import PrintJobs
from mppdesk.printing.delivery import Device
from mppdesk.printing.devices import UnusablePrinter, place_of
from mppdesk.printing.worker import PrinterWorker, Ways

_log = logging.getLogger(__name__)


class _Way(NamedTuple):
    """Where a name leads: what its URL says, None where nobody understands that.

    Ways of one `address` have one worker from the beginning. `device` is what stands there as far as that says: a port
    at two speeds is one device with two addresses, of which one may be wrong.
    """

    printer: Printer | None
    address: str
    device: str


class Roster:
    """Follows the settings and what the workers find: that two ways end at one printer is seen when they are open.

    `open_device` opens a printer (`Devices.open`), `hire` gives a worker for the ways that are his at any time.
    """

    def __init__(
        self,
        jobs: PrintJobs,
        open_device: Callable[[Printer], Device],
        hire: Callable[[Callable[[PrinterWorker], Ways]], PrinterWorker],
    ) -> None:
        self._jobs = jobs
        self._open_device = open_device
        self._hire = partial(hire, self._ways_of)
        self._ways: dict[str, _Way] = {}
        self._devices: dict[_Way, Device] = {}
        self._workers: dict[str, PrinterWorker] = {}
        self._kept: list[str] = []
        self._told: set[frozenset[str]] = set()
        self._changing = threading.RLock()
        self._telling = threading.Lock()
        self.adopt()

    def workers(self) -> tuple[PrinterWorker, ...]:
        with self._changing:
            return tuple(dict.fromkeys(self._workers.values()))

    def adopt(self) -> None:
        """Follow the settings: new places get a worker, changed ones other devices, and left ones are left alone."""
        with self._changing:
            by_name = {name: _way(url) for name, url in self._jobs.printers().items()}
            ways = dict.fromkeys(by_name.values())
            for address in self._workers.keys() - {way.address for way in ways}:
                self._leave(address)
            for way in ways:
                if way.address not in self._workers:
                    self._workers[way.address] = self._hire()
            self._open(way for way in ways if way not in self._devices)
            self._ways = by_name  # not before: whoever works now needs a device for each
            self._devices = {way: self._devices[way] for way in ways}

    def after_step(self, worker: PrinterWorker) -> bool:
        """Act on what this worker found; whether anybody works for other names than before."""
        has_changed = False
        if worker.alone.acquire(blocking=False):  # else somebody keeps him from his printer: then everything stays
            try:
                has_changed = self._release(worker) or self._join(worker)
            finally:
                worker.alone.release()
        if not worker.names():
            self.adopt()
        return has_changed

    @contextmanager
    def kept_from(self, url: str) -> Iterator[None]:
        """Keep the worker of a printer from it while somebody else asks it; waits for the sheet on its way.

        Afterwards it begins anew, and so do all at the end of a wire: a device remembers what it left in the printer,
        not what others did, and that another name leads to the same one is seen only when its wire is open.
        """
        way = _way(url)
        with self._held(way):
            try:
                yield
            finally:
                with self._changing:
                    ways = dict.fromkeys(self._ways.values())
                    self._open(each for each in ways if each.device == way.device or _is_wired(each))

    @contextmanager
    def _held(self, way: _Way) -> Iterator[None]:
        """Have the word that those who work at a device need for each step, also where nobody wrote its address yet."""
        with self._changing:
            self._kept.append(way.address)
            if way.address not in self._workers:
                self._workers[way.address] = self._hire()
        try:
            while True:
                workers = self._workers_at(way)
                with ExitStack() as alone:
                    for worker in workers:
                        alone.enter_context(worker.alone)
                    if workers == self._workers_at(way):
                        yield
                        return
        finally:
            with self._changing:
                self._kept.remove(way.address)

    def _workers_at(self, way: _Way) -> list[PrinterWorker]:
        """Always in the same order, so that two who keep the same ones never wait for each other."""
        with self._changing:
            addresses = {way.address, *(each.address for each in self._ways.values() if each.device == way.device)}
            return sorted({self._workers[address] for address in addresses}, key=id)

    def _ways_of(self, worker: PrinterWorker) -> Ways:
        with self._changing:
            return {
                name: self._devices[way] for name, way in self._ways.items() if self._workers.get(way.address) is worker
            }

    def _open(self, ways: Iterable[_Way]) -> None:
        for way in tuple(ways):
            self._devices[way] = self._device_of(way)
            self._workers[way.address].begin_anew()

    def _device_of(self, way: _Way) -> Device:
        if way.printer is not None:
            try:
                return self._open_device(way.printer)
            except OSError:  # on Windows a path of another system is no path at all
                pass
            except Exception:  # noqa: BLE001 - one printer that cannot be opened must not stop all others
                _log.exception("a printer cannot be opened; its jobs wait")
                return UnusablePrinter()
        _log.error("a printer's address is not understood; its jobs wait")
        return UnusablePrinter()

    def _leave(self, address: str) -> None:
        """Let a worker go whose address no name has any more, once the end of its last job is recorded."""
        worker = self._workers[address]
        if address not in self._kept and worker.is_settled and worker.alone.acquire(blocking=False):
            del self._workers[address]
            worker.alone.release()

    def _release(self, worker: PrinterWorker) -> bool:
        """Ways that lead nowhere, or to another printer now, get a worker of their own."""
        lost = worker.take_lost()
        with self._changing:
            mine = [way for way in self._ways.values() if self._workers.get(way.address) is worker]
            kept = {way.address for way in mine if self._devices[way] not in lost}
            left = {way.address for way in mine} - kept if kept else set()
            for address in left:
                self._workers[address] = self._hire()
        return bool(left)

    def _join(self, worker: PrinterWorker) -> bool:
        """Where somebody works at the same printer already, leave him all names that lead there."""
        if not _is_there(worker) or not worker.is_settled:
            return False
        with self._changing:
            others = (each for each in self._workers.values() if each is not worker and _is_there(each))
            other = next((each for each in others if each.place == worker.place), None)
            mine = [address for address, each in self._workers.items() if each is worker]
            if other is not None:
                self._workers.update(dict.fromkeys(mine, other))
        return other is not None and bool(mine)

    def tell_jobs(self) -> None:
        """Let the storage know which names share a roll of paper."""
        with self._telling:
            groups = self._sharing()
            for names in groups - self._told:
                self._jobs.share_roll(names)
            self._told = groups

    def _sharing(self) -> set[frozenset[str]]:
        """The names of each printer; one whose way is closed now still leads to the printer that it last led to."""
        names: dict[Hashable, set[str]] = {}
        with self._changing:
            for name, way in self._ways.items():
                found = self._devices[way].place or self._workers[way.address].place
                names.setdefault(found or way.device, set()).add(name)
        return set(map(frozenset, names.values()))


def _is_there(worker: PrinterWorker) -> bool:
    return worker.place is not None and worker.state is not PrinterState.UNREACHABLE


def _is_wired(way: _Way) -> bool:
    return way.printer is not None and isinstance(way.printer.address, WiredAddress)


def _way(url: str) -> _Way:
    try:
        printer = parse_printer(url)
        device = place_of(printer.address)
    except (BadInput, OSError):  # it stands for itself
        return _Way(None, url, url)
    return _Way(printer, repr(printer.address) if isinstance(printer.address, WiredAddress) else device, device)
