"""A small office whose hub listens on a real socket."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fakes.office import Office, open_office
from tests.fakes.running_hub import RunningHub, StationOf, hub_of


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with open_office(tmp_path / "hub") as opened:
        yield opened


@pytest.fixture
def hub(office: Office) -> Iterator[RunningHub]:
    with hub_of(office) as running:
        yield running


@pytest.fixture
def station(hub: RunningHub) -> Iterator[StationOf]:
    enrolled = hub.enrol()
    yield enrolled
    enrolled.close()
