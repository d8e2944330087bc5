"""One small real office for the tests of a module; whoever is left at a counter after a test goes home."""

from collections.abc import Iterator

import pytest

from mppdesk.domain import commands
from tests.fakes.office import Office, open_office

LABELS = ("Loket 1", "Loket 2", "Loket 3")


@pytest.fixture(scope="module")
def building(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with open_office(tmp_path_factory.mktemp("office") / "home") as opened:
        opened.open(*LABELS)
        yield opened


@pytest.fixture
def office(building: Office) -> Iterator[Office]:
    yield building
    for label in LABELS:
        screen = building.readers.counter_screen(building.counter(label))
        left = [*screen.waiting, *screen.on_hold, *screen.no_show, *([screen.current.row] if screen.current else [])]
        for row in left:
            building.ask(commands.CancelTicket(command_id=building.ids.new(), visit=row.visit, reason="pulang"))
