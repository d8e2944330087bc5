"""An office on stepped time whose ways end at printers of a hall, several of them at one."""

from mppdesk.domain.print_job import PrinterState
from mppdesk.domain.printer_address import Printer, parse_printer
from mppdesk.printing.delivery import Outcome, Sheet, Tell, blocked, printed, to_nobody
from tests.printing.stepped_office import GIVEN, Office, ScriptedPrinter, SteppedTime

BY_NAME, BY_NUMBER = "tcp://karcis.lan:9100", "tcp://192.0.2.7:9100"
BY_USB, BY_DRIVER = "usb://04b8:0e15", "usb:///dev/usb/lp0"
LOKET_2 = "Loket 2"


class Hall:
    """The printers of a building: how each stands, what came out of it, and when it was looked at."""

    def __init__(self, *printers: str) -> None:
        self.state = dict.fromkeys(printers, PrinterState.READY)
        self.papers: dict[str, list[str]] = {printer: [] for printer in printers}
        self.looked_at: dict[str, list[float]] = {printer: [] for printer in printers}


class Way(ScriptedPrinter):
    """A way that ends at a printer of the hall; None while it is closed. It learns where only when it is open."""

    def __init__(self, time: SteppedTime, hall: Hall, leads_to: str | None) -> None:
        super().__init__(time)
        self.hall, self.leads_to = hall, leads_to

    def print(self, sheet: Sheet, tell: Tell = to_nobody) -> Outcome:
        state = self._arrive()
        if state.blocks or self.leads_to is None:
            return blocked(state)
        tell(state)
        self.hall.papers[self.leads_to].append(sheet.name[: len(sheet.name) // 2])  # label and id, here the same
        return printed(GIVEN, state)

    def probe(self) -> PrinterState:
        state = self._arrive()
        if self.leads_to is not None:
            self.hall.looked_at[self.leads_to].append(self._time.passed_s)
        return state

    def _arrive(self) -> PrinterState:
        if self.leads_to is None or self.hall.state[self.leads_to] is PrinterState.UNREACHABLE:
            return PrinterState.UNREACHABLE
        self.place = self.leads_to
        return self.hall.state[self.leads_to]


class Building(Office):
    """An office whose ways end at printers of a hall: `ends` says where that of each URL does; `urls` are settings."""

    def __init__(self, urls: dict[str, str], ends: dict[str, str | None]) -> None:
        self.hall = Hall(*sorted({end for end in ends.values() if end} | {"P", "Q"}))
        self.urls, self.ends = urls, ends
        self.ways: dict[str, Way] = {}
        super().__init__(urls)

    def lead(self, url: str, to: str | None) -> None:
        self.ends[url] = to
        if url in self.ways:
            self.ways[url].leads_to = to

    def _open(self, address: Printer) -> ScriptedPrinter:
        self.opened.append(address)
        url = next(url for url in self.ends if parse_printer(url) == address)
        self.ways[url] = Way(self.time, self.hall, self.ends[url])
        return self.ways[url]

    @property
    def told_of(self) -> dict[str, list[PrinterState]]:
        told: dict[str, list[PrinterState]] = {}
        for status in self.told:
            states = told.setdefault(status.name, [])
            if not states or states[-1] is not status.state:
                states.append(status.state)
        return told


def has_one_worker(office: Building) -> bool:
    """Who works at a printer looks at it once a second; two would do so twice."""
    for looks in office.hall.looked_at.values():
        looks.clear()
    office.run_for(10)
    return 9 <= sum(map(len, office.hall.looked_at.values())) <= 12
