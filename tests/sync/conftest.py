"""The building of the tests of who may rule; one for all of a module, since what they try is held."""

from collections.abc import Iterator
from dataclasses import replace

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
    with open_office(tmp_path_factory.mktemp("office") / "home", FakeClock(NOW), CountedIds("rulers")) as office:
        office.open("Loket 1", "Loket 3")
        office.issue()
        made = Rulers.of(office)
        hub = replace(enrolled(COUNTER, StationRole.HUB, 0), public_key=made.root[1])
        made.record(SubjectType.STATION, made.root[0], hub)
        for number, (signer, role) in enumerate(PLACES.items(), 2):
            made.enrol(signer, role, number)
        yield made
