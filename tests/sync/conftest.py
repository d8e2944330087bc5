"""The building of the tests of who may rule; one for all of a module, where all that they try is held."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from mppdesk.domain.entries import SubjectType
from mppdesk.domain.station import StationRole
from tests.fakes.clock import CountedIds, FakeClock
from tests.fakes.office import open_office
from tests.sync.replicas import NOW
from tests.sync.rulers import COUNTER, PLACES, Rulers, enrolled


@pytest.fixture(scope="module")
def rulers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rulers]:
    """A hub in the middle of its day, with a station of each role."""
    with _building(tmp_path_factory.mktemp("office")) as made:
        yield made


@pytest.fixture
def own_rulers(tmp_path: Path) -> Iterator[Rulers]:
    """The same building for one test alone, whose facts are taken and move the numbers."""
    with _building(tmp_path) as made:
        yield made


@contextmanager
def _building(folder: Path) -> Iterator[Rulers]:
    with open_office(folder / "home", FakeClock(NOW), CountedIds("rulers")) as office:
        office.open("Loket 1", "Loket 3")
        office.issue()
        made = Rulers.of(office)
        hub = replace(enrolled(COUNTER, StationRole.HUB, 0), public_key=made.root[1])
        made.record(SubjectType.STATION, made.root[0], hub)
        for number, (signer, role) in enumerate(PLACES.items(), 2):
            made.enrol(signer, role, number)
        yield made
