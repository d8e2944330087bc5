"""Where somebody worked last, read from the counters' days."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from mppdesk.domain import commands
from tests.fakes.office import Office, open_office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with open_office(tmp_path / "home") as opened:
        yield opened


def user_name(office: Office) -> str:
    with office.readers.moment() as moment:
        return moment.reference.users[office.desk("Loket 1").actor.user].user_name


def test_the_latest_opening_counts_with_the_services_it_was_for(office: Office) -> None:
    assert office.readers.last_shift(user_name(office)) is None
    office.open("Loket 1")
    office.act(commands.CloseCounter, "Loket 1")
    office.clock.forward(60)
    office.act(commands.OpenCounter, "Loket 2", services=("DUKA-02",))
    shift = office.readers.last_shift(user_name(office))
    assert shift is not None
    assert (shift.label, shift.day) == ("Loket 2", date(2026, 11, 23))
    assert "layanan" not in str(shift.serves) and str(shift.serves).startswith("Melayani ")


def test_who_never_worked_has_none(office: Office) -> None:
    office.open("Loket 1")
    assert office.readers.last_shift("nobody") is None
