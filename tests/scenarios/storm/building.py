"""The building of the storm: a hub with its certificate, stations that joined by codes, a centre, and bad lines."""

import random
import socket
import ssl
from dataclasses import dataclass
from pathlib import Path

import msgspec
from argon2 import PasswordHasher

from mppdesk.db import home as homes
from mppdesk.db.home import SystemClock
from mppdesk.db.identity import RandomIds
from mppdesk.db.privacy.secret_store import SecretPlace
from mppdesk.db.privacy.verifiers import PinCheck
from mppdesk.db.replication.stations import own_token
from mppdesk.db.settings import StoredSettings
from mppdesk.domain.entries import SYSTEM_USER, Actor
from mppdesk.domain.site import CounterPlace, UserProfile
from mppdesk.operations import setup
from mppdesk.server import certificates
from mppdesk.server.takeover import announce
from mppdesk.sync import centre_link
from mppdesk.sync.authority import fetch_authority, require_fingerprint
from mppdesk.sync.centre_link import CentrePlace
from mppdesk.sync.hub_calls import post_json
from mppdesk.sync.joining import join
from tests.fakes.bad_line import BadLine, Way
from tests.fakes.office import make_home
from tests.fakes.running_centre import ask_central

HOST = "127.0.0.1"
STANDBY = "cadangan"
PIN = "271828"
_EVERYWHERE = "0.0.0.0"
_AGENCIES = ("DUKA", "POLI", "PAJA")


@dataclass(frozen=True, slots=True)
class Size:
    counters: int = 8
    kiosks: int = 2
    has_standby: bool = False


@dataclass(frozen=True, slots=True)
class Lines:
    """Where others find the hub, its standby and the centre: at the near ends of bad lines."""

    hub: str
    standby: str
    centre: str


@dataclass(frozen=True, slots=True)
class Building:
    """Where everything lies. `users` are those of the counters, by label."""

    folder: Path
    database: str
    size: Size
    users: dict[str, str]
    hub_port: int
    standby_port: int
    centre_ports: tuple[int, ...]

    @property
    def hub(self) -> Path:
        return self.folder / "hub"

    @property
    def stations(self) -> tuple[str, ...]:
        kiosks = (f"Kiosk {number}" for number in range(1, self.size.kiosks + 1))
        return (*_counters(self.size), *kiosks)

    @property
    def standby(self) -> Path:
        return self.folder / STANDBY

    def home_of(self, station: str) -> Path:
        return self.folder / station

    def ledger_of(self, station: str) -> Path:
        return self.folder / f"{station}.jsonl"

    def log_of(self, computer: str) -> Path:
        return self.folder / f"{computer}.log"

    @property
    def hub_words(self) -> tuple[str, ...]:
        """An address of every interface is told to nobody: stations know the bad line only."""
        return "hub", "--data", str(self.hub), "--listen", f"{_EVERYWHERE}:{self.hub_port}", "--json"

    @property
    def standby_words(self) -> tuple[str, ...]:
        return "hub", "--data", str(self.standby), "--listen", f"{_EVERYWHERE}:{self.standby_port}", "--json"

    @property
    def takeover_words(self) -> tuple[str, ...]:
        return "hub", "take-over", "--data", str(self.standby), "--type", "AMBIL", "--as", "admin", "--json"

    def centre_words(self, port: int) -> tuple[str, ...]:
        return "central", "--database", self.database, "--listen", f"{HOST}:{port}", "--json"


def build(folder: Path, database: str, size: Size) -> Building:
    """Make the hub's folder with its certificate; nothing runs yet."""
    clock, ids = SystemClock(), RandomIds()
    make_home(folder / "hub", clock, ids)
    with homes.writing(folder / "hub", clock, ids) as opened:
        writer, current = opened.required_writer(), StoredSettings(opened.database, opened.site_id)
        system = Actor(SYSTEM_USER, "cli")
        labels = _counters(size)
        places = {f"counter/{each}": msgspec.to_builtins(_place(at, each)) for at, each in enumerate(labels)}
        setup.change_settings(writer, current, system, places)
        names = {label: f"petugas{number}" for number, label in enumerate(labels, 1)}
        people = (UserProfile(name, f"Petugas {name[-1]}", ("clerk",)) for name in names.values())
        ids_of = setup.define_users(writer, current, system, people)
        check = PinCheck(opened.database, opened.secrets.pepper, PasswordHasher(1, 8, 1))
        check.set_pin(opened.setting("administrator") or "", PIN)
        certificates.make_authority(opened.path, "MPP Contoh", opened.secrets.search, clock.now())
    users = {label: ids_of[name] for label, name in names.items()}
    return Building(folder, database, size, users, free_port(), free_port(), (free_port(), free_port()))


def lay_lines(building: Building, line: BadLine) -> Lines:
    """Lay a line to each server; those to hub and standby show the building's own certificate."""
    with homes.reading(building.hub) as opened:
        secret = opened.secrets.search
    shown = certificates.server_certificate(building.hub, [HOST, "localhost"], secret, SystemClock().now())
    near = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    near.load_cert_chain(shown.certificate, shown.key, shown.password)
    far = ssl.create_default_context(cafile=_authority(building))
    hub, standby = (line.lay(Way((port,), near, far)) for port in (building.hub_port, building.standby_port))
    centre = line.lay(Way(building.centre_ports))
    return Lines(f"https://{HOST}:{hub}", f"https://{HOST}:{standby}", f"http://{HOST}:{centre}")


def register_at_centre(building: Building, url: str) -> CentrePlace:
    """Register the building, and keep the way to the centre in the hub's folder."""
    with homes.writing(building.hub, SystemClock(), RandomIds()) as opened:
        author = opened.required_writer().author
        token = ask_central(
            "add-site", "--database", building.database, "--site-id", opened.site_id, "--name", "MPP Contoh",
            "--hub-device", author.device_id, "--hub-key", author.public_key.hex(),
        )["token"]  # fmt: skip
        place = CentrePlace(url, token)
        centre_link.keep(opened, place, None)
    return place


def join_standby(building: Building, lines: Lines, centre: CentrePlace) -> None:
    """A second hub that waits: everybody knows its line, and it the way to the centre."""
    _join(building, lines.hub, "standby", STANDBY)
    with homes.writing(building.standby, SystemClock(), RandomIds()) as opened:
        announce(opened, lines.standby)
        centre_link.keep(opened, centre, None)


def join_all(building: Building, url: str) -> None:
    for station in building.stations:
        _join(building, url, "counter" if station in building.users else "kiosk", station)


def _join(building: Building, url: str, role: str, label: str) -> None:
    """With a code of its own, over TLS, after the fingerprint was compared."""
    with homes.reading(building.hub) as opened:
        token = own_token(opened.secrets.search, opened.setting("device_id") or "")
    wanted = {"role": role, "label": label}
    code = post_json(f"{url}/v1/codes", wanted, token=token, authority=_authority(building))["code"]
    authority = fetch_authority(url)
    assert authority is not None
    require_fingerprint(authority, certificates.fingerprint(building.hub))
    home = building.home_of(label)
    join(home, url, code, SystemClock(), RandomIds(), authority=authority, place=SecretPlace.FILE)


def _authority(building: Building) -> str:
    return str(building.hub / certificates.FOLDER / certificates.AUTHORITY_FILE)


def answers(port: int) -> bool:
    """Whether anybody listens there."""
    with socket.socket() as asking:
        asking.settimeout(1.0)
        return asking.connect_ex((HOST, port)) == 0


def free_port() -> int:
    """A port that stays free while its program is dead: below those that systems give to askers."""
    for port in random.sample(range(20_000, 32_000), 100):
        if not answers(port):
            return port
    raise AssertionError("no free port")


def _counters(size: Size) -> tuple[str, ...]:
    return tuple(f"Loket {number}" for number in range(1, size.counters + 1))


def _place(at: int, label: str) -> CounterPlace:
    return CounterPlace(label, _AGENCIES[at % len(_AGENCIES)], printer="printer")
