"""The README's walk from one PC to a building of two stays possible by keys alone, and under a minute."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from mppdesk.db.privacy.verifiers import PinCheck
from tests.fakes.clock import CountedIds, FakeClock
from tests.fakes.office import make_home, open_office
from tests.scenarios.building_walk import PIN, walk


def test_a_second_pc_joins_in_less_than_a_minute(tmp_path: Path, qtbot: QtBot) -> None:
    folder, clock, ids = tmp_path / "first", FakeClock(), CountedIds("maker")
    make_home(folder, clock, ids)
    with open_office(folder, clock, ids) as office:
        PinCheck(office.home.database, office.home.secrets.pepper).set_pin(office.actor.user, PIN)

    person, machines_s = walk(folder, tmp_path / "second", "admin", None, "127.0.0.1:0")

    assert person.seconds + machines_s < 60
