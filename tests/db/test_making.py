"""A data folder is there whole or not at all, and no secret of an unfinished one stays in the keyring."""

from pathlib import Path

import pytest

from mppdesk.db import home as homes
from mppdesk.db.home import SystemClock
from mppdesk.db.making import made_beside
from mppdesk.db.privacy.secret_store import SecretPlace
from mppdesk.domain.errors import StorageTrouble
from tests.db.test_secrets import log_in
from tests.fakes.clock import CountedIds
from tests.fakes.keyring_session import SecretServiceSession

FAILS = """
import sys
from pathlib import Path
import keyring
from mppdesk.db import home as homes
from mppdesk.db.making import made_beside
from mppdesk.db.privacy.secret_store import SERVICE, SecretPlace
from tests.fakes.clock import CountedIds, FakeClock
try:
    with made_beside(Path(sys.argv[1])) as folder:
        homes.create(folder, CountedIds(), FakeClock(), place=SecretPlace.KEYRING)
        home_id = homes.HomeFile.read(folder).home_id
        print(keyring.get_password(SERVICE, home_id) is not None)
        raise KeyError("the catalogue")
except KeyError:
    print(keyring.get_password(SERVICE, home_id))
"""


def test_it_is_moved_whole(tmp_path: Path) -> None:
    home = tmp_path / "home"
    with made_beside(home) as folder:
        homes.create(folder, CountedIds("a"), SystemClock(), place=SecretPlace.FILE)
        assert not homes.exists(home)
    assert homes.exists(home) and [each.name for each in tmp_path.iterdir()] == ["home"]


def test_what_was_not_finished_leaves_nothing(secret_service: SecretServiceSession, tmp_path: Path) -> None:
    found = log_in(secret_service, FAILS, tmp_path / "place" / "home")
    assert found.stdout.split() == ["True", "None"], found.stderr
    assert list((tmp_path / "place").iterdir()) == []


def test_what_a_power_cut_left_is_in_nobodys_way(tmp_path: Path) -> None:
    homes.create(tmp_path / "home.unfinished", CountedIds("c"), SystemClock(), place=SecretPlace.FILE)
    with made_beside(tmp_path / "home") as folder:
        homes.create(folder, CountedIds("d"), SystemClock(), place=SecretPlace.FILE)
    assert [each.name for each in tmp_path.iterdir()] == ["home"]


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(StorageTrouble, match="tidak kosong"), made_beside(tmp_path):
        raise AssertionError("it must not come this far")
    assert (tmp_path / "letter.txt").read_text(encoding="utf-8") == "mine"
