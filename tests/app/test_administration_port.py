"""One PC becomes a building, a second one joins it, and whoever leads looks after them, by the real parts."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mppdesk.app.administration_port import AdministrationDesk
from mppdesk.app.joining_port import JoiningPort
from mppdesk.app.own_hub import listening_address
from mppdesk.app.station import Station, open_station
from mppdesk.db.journal.logs import Journal
from mppdesk.db.privacy.secret_store import SecretPlace
from mppdesk.domain.commands import IssueTicket
from mppdesk.domain.entries import Actor, Draft, Subject, SubjectType
from mppdesk.domain.errors import NotAllowed, Refused, StorageTrouble
from mppdesk.domain.facts import HubTakenOver
from mppdesk.domain.invitation import Invitation
from mppdesk.domain.station import StationRole
from mppdesk.operations.readings import SignedIn
from mppdesk.ui.administration import building_words
from mppdesk.ui.administration.port import Place
from mppdesk.ui.administration.view_state import BuildingState
from tests.fakes.clock import CountedIds, FakeClock
from tests.fakes.office import make_home

ANY_PORT = "127.0.0.1:0"
A_YEAR_S = 365 * 86_400.0


def today() -> FakeClock:
    """A clock of the real date: certificates are checked against that, by whoever joins."""
    return FakeClock(datetime.now(UTC))


@contextmanager
def opened(folder: Path, clock: FakeClock, lane: str = "") -> Iterator[Station]:
    with open_station(folder, clock, CountedIds(lane), lambda slip: None) as station:
        yield station


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    make_home(tmp_path / "pc", today(), CountedIds("made"))
    return tmp_path / "pc"


@pytest.fixture
def station(folder: Path) -> Iterator[Station]:
    with opened(folder, today()) as made:
        yield made


def desk_of(station: Station) -> AdministrationDesk:
    user = station.home.setting("administrator") or ""
    return AdministrationDesk(station, SignedIn(user, "admin", "Ratna A.", ("administrator",)))


def test_a_single_pc_shows_where_it_would_listen(station: Station) -> None:
    screen = desk_of(station).building()
    assert (screen.place, screen.stations, screen.fingerprint) == (Place.ONE_PC, (), None)
    assert screen.address.endswith(":8731")


def test_one_switch_makes_a_building_and_a_second_pc_joins_with_the_line(station: Station, tmp_path: Path) -> None:
    desk = desk_of(station)

    desk.make_building(ANY_PORT)
    invited = desk.invite(StationRole.COUNTER, "Loket 2", None)
    JoiningPort(tmp_path / "second", SecretPlace.FILE).join(Invitation.read(invited.invitation.line))

    screen = desk.building()
    assert screen.place is Place.HUB
    joined = building_words.joined_with(screen, invited)
    assert joined is not None
    assert str(building_words.standing(joined, screen.now)) == "tersambung"
    assert [(each.label, each.is_hub) for each in screen.stations] == [("Hub", True), ("Loket 2", False)]
    assert invited.invitation.fingerprint == screen.fingerprint


def test_who_made_it_a_building_stands_in_the_journal(station: Station) -> None:
    desk_of(station).make_building(ANY_PORT)
    with station.home.database.reading() as store:
        entries = [each for _, found in Journal(store, station.home.site_id).subjects() for each in found]
    announced = [each for each in entries if each.kind == "SettingChanged" and each.fact.name.startswith("hub/")]
    assert [each.actor.user for each in announced] == [station.home.setting("administrator")]


def test_a_building_listens_again_at_the_next_start_and_ends_by_the_same_switch(folder: Path) -> None:
    clock = today()
    with opened(folder, clock, "first") as station:
        desk_of(station).make_building(ANY_PORT)
    with opened(folder, clock, "second") as station:
        desk = desk_of(station)
        wait_until_listening(station)
        assert desk.building().trouble is None
        desk.invite(StationRole.KIOSK, "Kiosk 1", None)
        desk.end_building()
        assert desk.building().place is Place.ONE_PC
        with pytest.raises(Refused, match="tidak berjalan"):
            desk.invite(StationRole.KIOSK, "Kiosk 1", None)


def wait_until_listening(station: Station) -> None:
    assert station.own_hub is not None
    station.own_hub.wait_until_resumed()


def test_an_address_that_is_not_this_pcs_is_refused_and_it_stays_single(station: Station) -> None:
    desk = desk_of(station)
    with pytest.raises(StorageTrouble, match="bukan alamat komputer ini"):
        desk.make_building("203.0.113.7:8731")
    assert desk.building().place is Place.ONE_PC


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("192.168.1.10", "192.168.1.10:8731"),
        (" https://192.168.1.10:9000/ ", "192.168.1.10:9000"),
        ("[fe80::1]", "[fe80::1]:8731"),
        ("[fe80::1]:80", "[fe80::1]:80"),
    ],
)
def test_an_address_needs_no_port(typed: str, address: str) -> None:
    assert listening_address(typed) == address


def test_a_hub_that_was_taken_over_names_who_it_is_now(station: Station, tmp_path: Path) -> None:
    desk = desk_of(station)
    desk.make_building(ANY_PORT)
    invitation = desk.invite(StationRole.STANDBY, "Hub cadangan 1", None).invitation
    JoiningPort(tmp_path / "standby", SecretPlace.FILE).join(invitation)
    device = desk.building().stations[-1].device_id
    with station.writer.begin(Actor(station.home.setting("administrator") or "", "desktop")) as unit:
        taken = HubTakenOver(term=2, device_id=device, last_seen_ms=0)
        unit.record(Draft(unit.new_id(), Subject(SubjectType.STATION, device), taken))

    screen = desk.building()

    assert str(building_words.heading(screen)) == "Hub gedung sekarang Hub cadangan 1"
    assert not BuildingState(screen).is_hub
    assert not BuildingState(screen).may_begin
    with pytest.raises(Refused):
        desk.invite(StationRole.COUNTER, "Loket 2", None)


@pytest.mark.expects_log("the hub does not listen")
def test_an_address_that_is_gone_at_the_next_start_is_said_and_another_one_taken(folder: Path) -> None:
    with opened(folder, today(), "first") as station:
        station.home.set_setting("listen", "203.0.113.7:8731")
    with opened(folder, today(), "second") as station:
        wait_until_listening(station)
        desk = desk_of(station)
        assert str(building_words.heading(desk.building())) == "Hub di komputer ini tidak berjalan"
        desk.make_building(ANY_PORT)
        assert desk.building().trouble is None


def test_revoking_is_for_those_who_lead(station: Station, tmp_path: Path) -> None:
    desk = desk_of(station)
    desk.make_building(ANY_PORT)
    invitation = desk.invite(StationRole.COUNTER, "Loket 2", None).invitation
    JoiningPort(tmp_path / "second", SecretPlace.FILE).join(invitation)
    device = desk.building().stations[-1].device_id
    with pytest.raises(NotAllowed):
        AdministrationDesk(station, SignedIn("nobody", "x", "X", ("administrator",))).revoke(device)

    desk.revoke(device)

    row = desk.building().stations[-1]
    assert str(building_words.standing(row, station.now())) == "dicabut"
    desk.admit(device)
    assert str(building_words.standing(desk.building().stations[-1], station.now())) == "dicabut, catatannya diterima"


def test_a_date_that_a_wrong_clock_opened_is_shown_and_put_right(folder: Path) -> None:
    clock = today()
    with opened(folder, clock) as station:
        clock.forward(A_YEAR_S)
        station.hub.ask(IssueTicket(command_id=station.ids.new(), service="DUKA-01"), station.kiosk)
        clock.forward(-A_YEAR_S)
        desk = desk_of(station)

        wrong = desk.anomalies().wrong_date
        assert wrong is not None
        assert (wrong.today, wrong.left) == (station.now().date(), 1)

        desk.correct_date(wrong.today, "cancel")
        shown = desk.anomalies()
        assert (shown.wrong_date, [each.reason for each in shown.rows]) == (None, ["wrong_clock"])

        desk.mark_seen(shown.rows[0].entry_id, "Baterai jam diganti.")
        (row,) = desk.anomalies().rows
        assert row.seen is not None
        assert (row.seen.who, row.seen.note, desk.open_anomalies()) == ("Ratna A.", "Baterai jam diganti.", 0)
