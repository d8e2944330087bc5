"""A file registered while cut off has a number of its own at once, and one in the book once the hub hears of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from mppdesk.db.deciding.hub import LocalHub
from mppdesk.db.deciding.unmapped_files import unmapped_files
from mppdesk.db.projections import views
from mppdesk.domain import commands
from mppdesk.operations.submissions import ApplicantData
from tests.db.test_privacy import register_somebody
from tests.fakes.office import Office, open_office

SOMEBODY = ApplicantData("Melati Contohwati", "9999010203040001", "081999000111")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with open_office(tmp_path / "station") as opened:
        opened.open("Loket 1")
        yield opened


def waiting(office: Office) -> tuple[str, ...]:
    with office.home.database.reading() as store:
        return unmapped_files(store, office.home.site_id)


def test_the_number_of_the_book_follows(office: Office) -> None:
    at_hub = office.hub
    office.hub = LocalHub(office.writer, office.home.reference, is_cut_off=True)
    register_somebody(office, SOMEBODY)
    (submission,) = waiting(office)

    answer = at_hub.ask(commands.MapRegister(command_id="map", submission=submission), office.actor)

    assert answer.register_number == "DUKA/2026/11/000001"
    assert waiting(office) == ()
    with office.home.database.reading() as store:
        rows = store.connection.execute("SELECT n, register_number, is_void FROM view_register ORDER BY n").fetchall()
        assert rows == [(0, "L1-20261123-001", 0), (1, "DUKA/2026/11/000001", 0)]
        assert views.live_digest(store, office.home.site_id) == views.rebuilt_digest(store, office.home.site_id)


def test_the_book_has_no_gap_after_it(office: Office) -> None:
    at_hub = office.hub
    office.hub = LocalHub(office.writer, office.home.reference, is_cut_off=True)
    register_somebody(office, SOMEBODY)
    office.hub = at_hub
    register_somebody(office, SOMEBODY)
    (submission,) = waiting(office)

    answer = at_hub.ask(commands.MapRegister(command_id="map", submission=submission), office.actor)

    assert answer.register_number == "DUKA/2026/11/000002"
