"""An invented building without storage or network, whose stations join and are revoked by a word."""

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from typing import Any

from mppdesk.domain.errors import ClerkError
from mppdesk.domain.invitation import Invitation
from mppdesk.domain.print_job import PrinterState
from mppdesk.domain.printer_models import EPSON_TM_T82
from mppdesk.domain.printer_trial import Said
from mppdesk.domain.station import StationRole
from mppdesk.operations.printing_places import PlaceKind
from mppdesk.texts import Text, msg
from mppdesk.ui.administration.places_port import PlaceRow, PlacesScreen
from mppdesk.ui.administration.port import (
    AnomalyRow,
    AnomalyScreen,
    BuildingScreen,
    CentreRow,
    HeldRow,
    Invited,
    LinkRow,
    Look,
    Place,
    StationRow,
    StoppedRow,
    SyncScreen,
    WrongDate,
)
from mppdesk.ui.administration.printer_port import PrinterRow, PrintersScreen, PrinterTest

NOW = datetime(2026, 11, 23, 10, 4, tzinfo=timezone(timedelta(hours=7)))
MARK = "f58f8c59" * 8
ADDRESS = "192.168.1.10:8731"
AGENCIES = (("DPMPTSP", "DPMPTSP"), ("DUKCAPIL", "Dukcapil"), ("POLRES", "Polres"))


def minutes(count: float) -> datetime:
    """The moment so many minutes ago."""
    return NOW - timedelta(minutes=count)


def station(label: str, role: StationRole = StationRole.COUNTER, seen: float | None = 0.2, **more: Any) -> StationRow:
    row = StationRow(label.casefold(), label, role, minutes(3000), None if seen is None else minutes(seen))
    return replace(row, **more)


HUB = station("Hub", StationRole.HUB, is_hub=True)
STATIONS = (
    HUB,
    station("Loket 1"),
    station("Loket 2", seen=6),
    station("Kiosk 1", StationRole.KIOSK),
    station("Papan 1", StationRole.BOARD, seen=None),
    station("Loket 9", seen=4000, is_revoked=True, are_facts_admitted=False, held=3),
)
ONE_PC = BuildingScreen("MPP Kabupaten Sukamaju", Place.ONE_PC, ADDRESS, NOW, agencies=AGENCIES)
BUILDING = replace(ONE_PC, place=Place.HUB, fingerprint=MARK, stations=STATIONS)
STATION = replace(BUILDING, place=Place.STATION, own_label="Loket 1")
LINKS = SyncScreen(
    NOW,
    Place.HUB,
    links=(
        LinkRow("centre", "pusat.example.go.id", False, True, minutes(52), minutes(52), 143, minutes(51), 0),
        LinkRow("hub", "192.168.1.20:8731", True, True, minutes(170), minutes(0.1), 0, None, 0),
    ),
)
OF_STATION = SyncScreen(
    NOW,
    Place.STATION,
    links=(
        LinkRow(
            "hub", "192.168.1.10:8731", True, True, minutes(170), minutes(0.1), 0, None, 0,
            CentreRow(False, minutes(52), 143, minutes(51)),
        ),
    ),
)  # fmt: skip
TROUBLED = replace(
    LINKS,
    held=(
        HeldRow("loket 9", "Loket 9", True, 3, minutes(30)),
        HeldRow("ab12", "ab12cd34", False, 1, minutes(9)),
        HeldRow("kiosk 1", "Kiosk 1", True, 1, minutes(2), is_entitled=False),
    ),
    stopped=(
        StoppedRow("77aa", "Loket 3", "peer_fork", 41, minutes(200)),
        StoppedRow("1", "Kiosk 1", "signature", 7, NOW),
    ),
)


def anomaly(n: int, about: str, kind: str, reason: str, what: str, who: str = "Dewi C.") -> AnomalyRow:
    return AnomalyRow(f"e{n}", about, minutes(7 * n), who, "Loket 2", msg(what), kind, reason)


ANOMALIES = AnomalyScreen(
    (
        anomaly(1, "A-019", "TicketCalled", "while_serving", "Dipanggil ke Loket 4."),
        anomaly(2, "B-042", "TicketClaimedOffline", "while_finished", "Diterima di Loket 2 dengan karcis."),
        AnomalyRow(
            "e3", "C-007", minutes(40), "", "", msg("Nomor diberikan dua kali."), "TicketIssued", "double_number"
        ),
        anomaly(6, "B-017", "CallExpired", "while_serving", "Panggilan tidak sampai.", ""),
        anomaly(9, "A-003", "ActUndone", "not_the_last_act", "Dibatalkan: selesai."),
        anomaly(70, "Hari pelayanan", "DayClosed", "already_closed", "Hari ditutup."),
    ),
    more=4,
)


KIOSK_URL = "tcp://192.168.1.50:9100?model=epson-tm-t82&confirm=tag"
PRINTERS = PrintersScreen(
    NOW,
    (
        PrinterRow("Kiosk 1", KIOSK_URL, PrinterState.READY, minutes(52), ("Kiosk 1",)),
        PrinterRow("Loket 1", "usb:///dev/usb/lp0", PrinterState.PAPER_OUT, minutes(6), ("Loket 1", "Loket 2")),
        PrinterRow(
            "Loket 7", "serial:///dev/ttyUSB0?baud=19200&flow=dtr&model=generic-58", PrinterState.MUTE, minutes(170)
        ),
        PrinterRow(
            "Loket 9", "spool://KARCIS%20LANTAI%202", PrinterState.UNKNOWN, None, ("Loket 9",), ("Loket 1", "Kiosk 1")
        ),
    ),
)
TESTED = PrinterTest(PrinterState.READY, True, EPSON_TM_T82, Said(True, True), "EPSON TM-T82X")


_OFFICES = ("DPMPTSP", "Dukcapil", "Polres", "Kantor Pertanahan", "BPJS Kesehatan", "Bank Daerah")


def _counter(n: int) -> PlaceRow:
    """Those of a large office: five share a printer, and each printer stands at the first of them."""
    return PlaceRow(PlaceKind.COUNTER, f"Loket {n}", _OFFICES[(n - 1) // 7], f"Loket {(n - 1) // 5 * 5 + 1}")


PLACES = PlacesScreen(
    NOW,
    (
        PlaceRow(PlaceKind.KIOSK, "Kiosk 1", "", "Kiosk 1"),
        PlaceRow(PlaceKind.KIOSK, "Kiosk 2"),
        *(replace(_counter(n), waiting=2 if _counter(n).printer == "Loket 36" else 0) for n in range(1, 41)),
    ),
    (
        PRINTERS.rows[0],
        PrinterRow("Layar", "screen:", PrinterState.READY, minutes(170)),
        *(
            PrinterRow(f"Loket {n}", f"tcp://192.168.1.{50 + n}:9100", PrinterState.READY, minutes(170 - n))
            for n in range(1, 36, 5)
        ),
        PrinterRow("Loket 36", "tcp://192.168.1.86:9100?model=generic-58", PrinterState.PAPER_OUT, minutes(6)),
        PrinterRow("Kantor", "spool://KANTOR?form=a5", PrinterState.MUTE, minutes(170)),
    ),
)


AHEAD = replace(ANOMALIES, wrong_date=WrongDate(date(2027, 11, 23), NOW.date()))


class FakeBuilding:
    """ui.administration.port.AdministrationPort; `did` are the acts in their order."""

    def __init__(
        self, screen: BuildingScreen = BUILDING, sync: SyncScreen = LINKS, anomalies: AnomalyScreen = ANOMALIES
    ) -> None:
        self.screen = screen
        self.shown_sync = sync
        self.shown_anomalies = anomalies
        self.shown_printers = PRINTERS
        self.shown_places = PLACES
        self.tested = TESTED
        self.refusal: ClerkError | None = None
        self.did: list[tuple[str, ...]] = []

    def building(self) -> BuildingScreen:
        return self.screen

    def make_building(self, address: str) -> None:
        self._do("make_building", address)
        self.screen = replace(BUILDING, address=address, stations=(HUB,))

    def end_building(self) -> None:
        self._do("end_building")
        self.screen = ONE_PC

    def invite(self, role: StationRole, label: str, agency: str | None) -> Invited:
        self._do("invite", role, label, agency or "")
        invitation = Invitation(f"https://{self.screen.address}", "226918", MARK)
        return Invited(label, role, invitation, NOW, NOW + timedelta(minutes=15))

    def revoke(self, device_id: str) -> None:
        self._do("revoke", device_id)

    def admit(self, device_id: str) -> None:
        self._do("admit", device_id)

    def correct_date(self, today: date, leftovers: str | None) -> None:
        self._do("correct_date", today.isoformat(), leftovers or "")
        self.shown_anomalies = replace(self.shown_anomalies, wrong_date=None)

    def sync(self) -> SyncScreen:
        return self.shown_sync

    def anomalies(self) -> AnomalyScreen:
        return self.shown_anomalies

    def open_anomalies(self) -> int:
        return sum(row.seen is None for row in self.shown_anomalies.rows)

    def mark_seen(self, entry_id: str, note: str) -> None:
        """Open ones first, as the office lists them."""
        self._do("mark_seen", entry_id, note)
        look = Look("Ratna A.", NOW, note)
        rows = (replace(row, seen=look) if row.entry_id == entry_id else row for row in self.shown_anomalies.rows)
        ordered = sorted(rows, key=lambda row: row.seen is not None)
        self.shown_anomalies = replace(self.shown_anomalies, rows=tuple(ordered))

    def printers(self) -> PrintersScreen:
        return self.shown_printers

    def test_printer(self, url: str) -> PrinterTest:
        self._do("test_printer", url)
        return self.tested

    def write_printer(self, name: str, url: str, instead: tuple[str, ...] | None = None) -> None:
        """A known name keeps its place."""
        self._do("write_printer", name, url, *([str(instead)] if instead is not None else []))
        rows = {row.name: row for row in self.shown_printers.rows}
        rows[name] = replace(rows.get(name, PrinterRow(name, url)), url=url, instead=instead)
        self.shown_printers = replace(self.shown_printers, rows=tuple(rows.values()))

    def remove_printer(self, name: str) -> None:
        self._do("remove_printer", name)
        left = tuple(row for row in self.shown_printers.rows if row.name != name)
        self.shown_printers = replace(self.shown_printers, rows=left)

    def printing_places(self) -> PlacesScreen:
        return self.shown_places

    def choose_printer(self, place: PlaceRow, printer: str | None, *, moves: bool = False) -> Text | None:
        self._do("choose_printer", place.label, printer or "", *(["moves"] if moves else []))
        chosen = replace(place, printer=printer, waiting=0)
        places = tuple(chosen if each.key == place.key else each for each in self.shown_places.places)
        self.shown_places = replace(self.shown_places, places=places)
        if not moves:
            return None
        return msg("{count} cetakan dikirim ke {printer}.", count=place.waiting, printer=printer)

    def join(self, label: str, role: StationRole = StationRole.COUNTER) -> None:
        """A computer used the code."""
        joined = replace(station(label, role), enrolled=NOW + timedelta(seconds=40))
        self.screen = replace(self.screen, stations=(*self.screen.stations, joined))

    def _do(self, *act: str) -> None:
        if self.refusal is not None:
            raise self.refusal
        self.did.append(act)
