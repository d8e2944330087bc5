"""Verbs where another process decides: in the folder of a running hub, and in the folder of a station."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from mppdesk.db.home import SystemClock
from mppdesk.db.identity import RandomIds
from mppdesk.db.privacy.secret_store import SecretPlace
from mppdesk.db.privacy.verifiers import PinCheck
from mppdesk.server import presence
from mppdesk.server.presence import Presence
from mppdesk.sync.joining import join
from tests.cli.conftest import Verbs
from tests.fakes.office import make_home, open_office
from tests.fakes.running_hub import RunningHub, hub_of

PIN = "271828"
SERVICE = ("--service", "DUKA-01")


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[RunningHub]:
    """A hub whose folder says that it runs there."""
    with (
        open_office(tmp_path / "hub") as office,
        hub_of(office) as running,
        presence.announced(tmp_path / "hub", Presence(running.url, None, running.url)),
    ):
        yield running


@pytest.fixture
def at_hub(hub: RunningHub, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Verbs:
    return Verbs(tmp_path / "hub", capsys)


@pytest.fixture
def at_station(hub: RunningHub, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Verbs:
    """A counter that joined; Ratna, the administrator, has a PIN."""
    office = hub.office
    PinCheck(office.home.database, office.home.secrets.pepper, PasswordHasher(1, 8, 1)).set_pin(office.actor.user, PIN)
    folder = tmp_path / "station"
    join(folder, hub.url, hub.code(), SystemClock(), RandomIds(), place=SecretPlace.FILE)
    return Verbs(folder, capsys)


def test_a_verb_goes_to_the_hub_that_runs_in_its_folder(at_hub: Verbs) -> None:
    first = at_hub.done("ticket", "issue", *SERVICE, "--command-id", "once").ticket
    again = at_hub.done("ticket", "issue", *SERVICE, "--command-id", "once").ticket

    assert first == again
    assert first["number"] == "B-001"


def test_what_the_hub_refuses_is_said_in_its_words(at_hub: Verbs) -> None:
    assert "Loket 1" in at_hub("counter", "call-next", "--counter", "Loket 1").refusal


def test_what_writes_to_the_folder_waits_until_the_hub_is_stopped(at_hub: Verbs) -> None:
    assert "Hentikan hub dahulu" in at_hub("recovery", "sheet").refusal


def test_a_note_that_a_killed_hub_left_is_not_believed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    make_home(tmp_path, SystemClock(), RandomIds())
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}"
        with presence.announced(tmp_path, Presence(url, None, url)):
            issued = Verbs(tmp_path, capsys).done("ticket", "issue", *SERVICE)

    assert issued.ticket["number"] == "B-001"


def test_a_station_asks_the_hub_in_somebodys_name(
    at_station: Verbs, hub: RunningHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "--as PENGGUNA" in at_station("ticket", "issue", *SERVICE).refusal
    monkeypatch.setenv("MPPDESK_PIN", PIN)
    assert at_station.done("ticket", "issue", *SERVICE, "--as", "admin").ticket["number"] == "B-001"

    assert [row.number for row in hub.office.readers.tickets()] == ["B-001"]


def test_a_wrong_pin_at_a_station_changes_nothing(
    at_station: Verbs, hub: RunningHub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MPPDESK_PIN", "000000")

    assert "PIN tidak cocok" in at_station("ticket", "issue", *SERVICE, "--as", "admin").refusal
    assert hub.office.readers.tickets() == ()
