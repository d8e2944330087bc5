"""A small real office: an encrypted database in a folder, three agencies, four counters, one administrator."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec

from mppdesk.db import home as homes
from mppdesk.db.home import OpenHome
from mppdesk.db.privacy.secret_store import SecretPlace
from mppdesk.db.reading.readers import StoredReaders
from mppdesk.db.settings import StoredSettings
from mppdesk.domain import commands
from mppdesk.domain.catalog import (
    Agency,
    ComplaintChannel,
    Fee,
    Handling,
    ProcedureStep,
    Requirement,
    Service,
    TimeSpan,
    Validity,
    service_hash,
)
from mppdesk.domain.commands import Answer, Command
from mppdesk.domain.entries import SYSTEM_USER, Actor
from mppdesk.domain.site import CounterPlace, PrinterPlace, QueuePolicy, Site, UserProfile
from mppdesk.operations import setup
from mppdesk.operations.desk import Desk
from mppdesk.operations.ports import Clock, Ids
from tests.fakes.clock import CountedIds, FakeClock

PRINTER = "printer"


def agency(code: str, prefix: str) -> Agency:
    return Agency(code, f"Dinas {code}", code.title(), "kartu", code.title(), "id-badge-2", "opd", prefix, 2)


def service(code: str, *requirements: Requirement, minutes: int = 10) -> Service:
    """A service with everything a standard must have."""
    return Service(
        code=code,
        agency=code.split("-")[0],
        name=f"Layanan lengkap {code}",
        list_name=f"Layanan {code}",
        everyday_name=f"Urus {code}",
        search_words=("kartu", code.lower()),
        kind="non_perizinan",
        personal_data="umum",
        retention_years=5,
        requirements=requirements,
        procedure=(ProcedureStep(1, "petugas_loket", "Memeriksa berkas", TimeSpan(5, "menit")),),
        duration=TimeSpan(5, "hari_kerja"),
        duration_note=None,
        fee=Fee("gratis", 0),
        product="Kartu",
        product_validity=None,
        legal_basis=("UU contoh",),
        complaints=(ComplaintChannel("meja_pengaduan", "Meja pengaduan MPP"),),
        counter_minutes=minutes,
    )


def requirement(code: str, name: str, **more: Any) -> Requirement:
    values = {"original": 1, "handling": Handling.SHOWN, "copies": 1, "mandatory": True, **more}
    return Requirement(code, name, **values)


HEALTH_LETTER = Validity("umur_maks", "Diterbitkan paling lama 3 bulan terakhir", months=3)
AGENCIES = (agency("DUKA", "B"), agency("POLI", "C"), agency("PAJA", "D"))
SERVICES = (
    service(
        "DUKA-01",
        requirement("DUKA-01-R01", "Kartu keluarga"),
        requirement("DUKA-01-R02", "Surat keterangan sehat", validity=HEALTH_LETTER, handling=Handling.KEPT),
        requirement("DUKA-01-R03", "Surat kuasa", mandatory=False, condition="jika diwakilkan"),
    ),
    service("DUKA-02"),
    service("POLI-01"),
    service("PAJA-01"),
)
COUNTERS = (
    CounterPlace("Loket 1", "DUKA", printer=PRINTER),
    CounterPlace("Loket 2", "DUKA", printer=PRINTER),
    CounterPlace("Loket 3", "POLI", printer=PRINTER),
    CounterPlace("Loket 4", "PAJA", ("PAJA-01",), printer=PRINTER),
)
SITE = Site(
    name="MPP Kabupaten Sukamaju",
    heading=("MAL PELAYANAN PUBLIK", "KABUPATEN SUKAMAJU"),
    zone="Asia/Jakarta",
    policy=QueuePolicy(),
    printers=(PrinterPlace(PRINTER, "screen:"),),
)


class Office:
    """An open office with short ways to act on it."""

    def __init__(self, opened: OpenHome, clock: FakeClock, ids: CountedIds) -> None:
        self.home = opened
        self.clock = clock
        self.ids = ids
        self.readers = StoredReaders(opened.database, opened.site_id, opened.reference, clock)
        self.hub = opened.required_hub()
        self.writer = opened.required_writer()
        self.actor = Actor(opened.setting("administrator") or SYSTEM_USER, "cli")

    def counter(self, label: str) -> str:
        return next(each.counter for each in self.readers.counter_choices() if each.label == label)

    def desk(self, label: str) -> Desk:
        return Desk(self.counter(label), label, self.actor, "Dewi C.", PRINTER)

    def ask(self, command: Command) -> Answer:
        return self.hub.ask(command, self.actor)

    def issue(self, code: str = "DUKA-01", priority: str | None = None, command_id: str | None = None) -> Answer:
        command = commands.IssueTicket(
            command_id=command_id or self.ids.new(), service=code, priority=priority, printer=PRINTER
        )
        return self.ask(command)

    def open(self, *labels: str) -> None:
        for label in labels:
            self.ask(commands.OpenCounter(command_id=self.ids.new(), counter=self.counter(label)))

    def act(self, kind: type[commands.CounterCommand], label: str = "Loket 1", **more: Any) -> Answer:
        return self.ask(kind(command_id=more.pop("command_id", self.ids.new()), counter=self.counter(label), **more))


def make_home(folder: Path, clock: Clock, ids: Ids) -> None:
    """Make the small office in a folder, its key in a file."""
    homes.create(folder, ids, clock, place=SecretPlace.FILE)
    with homes.writing(folder, clock, ids) as opened:
        current = StoredSettings(opened.database, opened.site_id)
        system = Actor(SYSTEM_USER, "cli")
        users = (UserProfile("admin", "Ratna A.", ("administrator",)), UserProfile("dewi", "Dewi C.", ("clerk",)))
        user_ids = setup.define_users(opened.required_writer(), current, system, users)
        opened.set_setting("administrator", user_ids["admin"])
        settings = {"site": msgspec.to_builtins(SITE)}
        settings |= {f"counter/{each.label}": msgspec.to_builtins(each) for each in COUNTERS}
        setup.change_settings(opened.required_writer(), current, system, settings)
        setup.import_catalog(
            opened.required_writer(),
            current,
            system,
            [(each, msgspec.to_builtins(each)) for each in AGENCIES],
            [(each, service_hash(each)) for each in SERVICES],
        )


@contextmanager
def open_office(
    folder: Path, clock: FakeClock | None = None, ids: CountedIds | None = None, wait_s: float = 10.0
) -> Iterator[Office]:
    """Open the office in a folder, made first when it is not there."""
    clock, ids = clock or FakeClock(), ids or CountedIds(str(folder))
    if not homes.exists(folder):
        make_home(folder, clock, ids)
    with homes.writing(folder, clock, ids, wait_s=wait_s) as opened:
        yield Office(opened, clock, ids)
