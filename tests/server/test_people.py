"""What PINs are checked with goes to stations where people sign in, for those who may work there, and nowhere else."""

from collections.abc import Iterator

import httpx
import msgspec
import pytest
from argon2 import PasswordHasher

from mppdesk.db.privacy.verifiers import PinCheck
from mppdesk.db.reading.setting_values import WORKPLACES, Workplaces
from mppdesk.db.settings import StoredSettings
from mppdesk.domain.site import UserProfile
from mppdesk.operations import setup
from mppdesk.sync.protocol import People, unpack
from tests.fakes.office import Office
from tests.fakes.running_hub import RunningHub, StationOf, signer_of

PIN = "271828"
EVERYWHERE, AT_DUKA, AT_LOKET_3 = "dewi", "sari", "made"


@pytest.fixture
def users(office: Office) -> dict[str, str]:
    """Their ids by name: one who works everywhere, one of an agency, one of a counter of another."""
    profiles = (
        UserProfile(AT_DUKA, "Sari Contohwati", ("clerk",), agencies=("DUKA",)),
        UserProfile(AT_LOKET_3, "Made Contohwan", ("clerk",), counters=("Loket 3",)),
    )
    current = StoredSettings(office.home.database, office.home.site_id)
    setup.define_users(office.writer, current, office.actor, profiles)
    places = {f"{WORKPLACES}{each.user_name}": Workplaces(each.agencies, each.counters) for each in profiles}
    settings = {name: msgspec.to_builtins(place) for name, place in places.items()}
    setup.change_settings(office.writer, current, office.actor, settings)
    with office.readers.moment() as moment:
        found = {user.user_name: key for key, user in moment.reference.users.items()}
    pins = PinCheck(office.home.database, office.home.secrets.pepper, PasswordHasher(1, 8, 1))
    for user_id in found.values():
        pins.set_pin(user_id, PIN)
    return found


class Stations:
    """Enrols stations of any place at a hub."""

    def __init__(self, hub: RunningHub) -> None:
        self._hub = hub
        self._made: list[StationOf] = []

    def new(self, role: str, *agencies: str) -> StationOf:
        code = self._hub.itself.post("/v1/codes", {"role": role, "label": role, "agencies": agencies}).json()["code"]
        signer = signer_of(len(self._made) + 1)
        asked = {"code": code, "device_id": signer.device_id, "public_key": signer.public_key.hex()}
        welcome = httpx.post(f"{self._hub.url}/v1/enrol", json=asked, timeout=10.0).json()
        self._made.append(StationOf(self._hub.url, welcome["token"], welcome))
        return self._made[-1]

    def close(self) -> None:
        for station in self._made:
            station.close()


@pytest.fixture
def stations(hub: RunningHub) -> Iterator[Stations]:
    made = Stations(hub)
    yield made
    made.close()


def known_at(station: StationOf) -> set[str]:
    answer = station.client.get("/v1/sync/people")
    assert answer.status_code == httpx.codes.OK, answer.text
    return {each.user_id for each in unpack(answer.content, People).verifiers}


def test_a_station_knows_those_who_may_work_at_its_counters(users: dict[str, str], stations: Stations) -> None:
    assert known_at(stations.new("counter")) == set(users.values())
    assert known_at(stations.new("counter", "DUKA")) == set(users.values()) - {users[AT_LOKET_3]}
    assert known_at(stations.new("supervisor", "POLI")) == set(users.values()) - {users[AT_DUKA]}


@pytest.mark.parametrize("role", ["kiosk", "board"])
def test_where_nobody_signs_in_nothing_is_given(users: dict[str, str], stations: Stations, role: str) -> None:
    station = stations.new(role)

    assert station.client.get("/v1/sync/people").status_code == httpx.codes.FORBIDDEN
    assert station.welcome["pepper"] is None


def test_a_stranger_gets_nothing(users: dict[str, str], hub: RunningHub) -> None:
    assert httpx.get(f"{hub.url}/v1/sync/people", timeout=10.0).status_code == httpx.codes.UNAUTHORIZED


def test_no_verifier_stands_in_the_journal(users: dict[str, str], office: Office, stations: Stations) -> None:
    station = stations.new("counter")
    verifiers = unpack(station.client.get("/v1/sync/people").content, People).verifiers
    with office.home.database.reading() as store:
        entries = b"".join(bytes(row[0]) for row in store.connection.execute("SELECT bytes FROM journal_entries"))

    assert verifiers and entries
    for each in verifiers:
        assert each.verifier.encode() not in entries
    pepper = office.home.secrets.pepper
    assert pepper not in entries and pepper.hex().encode() not in entries


def test_a_kiosk_asks_whether_a_pin_leads_and_is_paused_after_five_wrong_ones(
    users: dict[str, str], stations: Stations
) -> None:
    kiosk = stations.new("kiosk")
    whose = kiosk.post("/v1/leader", {"pin": PIN}).json()
    assert (whose["leads"], whose["user"]) == (True, users["admin"])

    said = [kiosk.post("/v1/leader", {"pin": "000000"}).text for _ in range(6)]
    assert ["tidak cocok" in each for each in said] == [True] * 5 + [False]
    assert "Tunggu" in said[-1]
    assert kiosk.post("/v1/leader", {"pin": PIN}).status_code == httpx.codes.FORBIDDEN
    assert stations.new("kiosk").post("/v1/leader", {"pin": PIN}).status_code == httpx.codes.OK


def test_a_clerks_pin_leads_nobody(office: Office, stations: Stations) -> None:
    with office.readers.moment() as moment:
        clerk = next(key for key, user in moment.reference.users.items() if user.user_name == EVERYWHERE)
    PinCheck(office.home.database, office.home.secrets.pepper, PasswordHasher(1, 8, 1)).set_pin(clerk, PIN)

    assert stations.new("kiosk").post("/v1/leader", {"pin": PIN}).status_code == httpx.codes.FORBIDDEN


@pytest.mark.parametrize(("role", "may"), [("kiosk", {"issue"}), ("board", set())])
def test_the_hall_asks_for_numbers_and_decides_nothing_else(
    office: Office, stations: Stations, role: str, may: set[str]
) -> None:
    """Its disk stands on a public floor: whoever has its token must not close the day in a supervisor's name."""
    office.open("Loket 1")
    hall, waiting = stations.new(role), office.issue().ticket
    assert waiting is not None
    asked: dict[str, dict[str, object]] = {
        "issue": {"service": "DUKA-01"},
        "cancel": {"visit": waiting.id, "reason": "Tidak jadi"},
        "call_next": {"counter": "Loket 1"},
        "close_counter": {"counter": "Loket 1"},
        "close_day": {"leftovers": "cancel", "actor": {"user": office.actor.user, "via": "desktop"}},
    }
    said = {
        kind: hall.post("/v1/commands", {"command_id": kind, "kind": kind, **more}).status_code
        for kind, more in asked.items()
    }
    assert said == {kind: httpx.codes.OK if kind in may else httpx.codes.FORBIDDEN for kind in asked}


def test_a_kiosk_takes_back_what_it_issued_itself_and_nothing_else(office: Office, stations: Stations) -> None:
    """Its answer may get lost on the way; whatever it is told, it cancels nobody else's number."""
    office.open("Loket 1")
    kiosk, other, counter = stations.new("kiosk"), stations.new("kiosk"), stations.new("counter")
    own = kiosk.post("/v1/commands", {"command_id": "own", "kind": "issue", "service": "DUKA-01"}).json()["ticket"]
    cancel = {"kind": "cancel", "visit": own["id"], "reason": "Tidak jadi"}

    refused = other.post("/v1/commands", {"command_id": "other", **cancel})
    assert refused.status_code == httpx.codes.FORBIDDEN
    assert "bukan dari kiosk ini" in refused.json()["refused"]["what_happened"]
    done = kiosk.post("/v1/commands", {"command_id": "back", **cancel})
    assert done.json()["ticket"]["state"] == "cancelled"
    forged = {"command_id": "forged", "kind": "issue", "service": "DUKA-01", "kiosk_no": 7}
    assert counter.post("/v1/commands", forged).status_code == httpx.codes.BAD_REQUEST
