"""Signing in at a station: the usual PIN opens the counter at the hub, and the health line names the hub's building."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from mppdesk.app.sign_in_port import OfficeSignInPort
from mppdesk.app.station import Station, open_station
from mppdesk.db.privacy.secret_store import SecretPlace
from mppdesk.db.privacy.verifiers import PinCheck
from mppdesk.domain.errors import NotAllowed
from mppdesk.sync.joining import join
from tests.fakes.clock import CountedIds
from tests.fakes.office import open_office
from tests.fakes.running_hub import RunningHub, hub_of
from tests.server.test_central import until

PIN = "271828"


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[RunningHub]:
    with open_office(tmp_path / "hub") as office, hub_of(office) as running:
        pins = PinCheck(office.home.database, office.home.secrets.pepper, PasswordHasher(1, 8, 1))
        pins.set_pin(office.actor.user, PIN)
        yield running


@pytest.fixture
def station(hub: RunningHub, tmp_path: Path) -> Iterator[Station]:
    """A counter that joined, after its first exchange with the hub."""
    folder, ids = tmp_path / "station", CountedIds("station")
    join(folder, hub.url, hub.code(), hub.office.clock, ids, place=SecretPlace.FILE)
    with ExitStack() as running:
        opened = running.enter_context(open_station(folder, hub.office.clock, ids, lambda slip: None))
        loop = opened.link.loop if opened.link else None
        until(lambda: loop is not None and loop.state.is_reached)
        yield opened


def test_the_usual_pin_opens_the_counter_at_the_hub(station: Station, hub: RunningHub) -> None:
    port, counter = OfficeSignInPort(station), hub.office.counter("Loket 1")

    assert port.sign_in("admin", PIN, counter).display_name == "Ratna A."
    taken = {choice.label: choice.taken_by for choice in hub.office.readers.counter_choices()}
    assert taken["Loket 1"] == "Ratna A."


def test_a_wrong_pin_opens_nothing(station: Station, hub: RunningHub) -> None:
    with pytest.raises(NotAllowed):
        OfficeSignInPort(station).sign_in("admin", "000000", hub.office.counter("Loket 1"))

    assert all(choice.taken_by is None for choice in hub.office.readers.counter_choices())


def test_the_first_line_of_health_tells_of_the_hub(station: Station) -> None:
    first = OfficeSignInPort(station).office().health[0]

    assert (str(first.sentence), first.is_well) == ("Tersambung ke hub gedung", True)
