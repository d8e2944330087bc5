"""Joining: the address and the certificate are judged before a code leaves this computer; trouble leaves no folder."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from mppdesk.db import home as homes
from mppdesk.db.privacy.secret_store import SecretPlace
from mppdesk.domain.errors import BadInput, NotAllowed, StorageTrouble
from mppdesk.server import certificates
from mppdesk.sync.authority import fetch_authority, fingerprint_of, hub_url, require_fingerprint
from mppdesk.sync.joining import join
from mppdesk.sync.place import StationPlace, place_of
from tests.fakes.clock import CountedIds, FakeClock
from tests.fakes.office import open_office
from tests.fakes.running_hub import RunningHub, hub_of


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[RunningHub]:
    with open_office(tmp_path / "hub") as office, hub_of(office) as running:
        yield running


@pytest.fixture
def authority(tmp_path: Path) -> bytes:
    """The certificate of some building."""
    certificates.make_authority(tmp_path, "MPP Contoh", bytes(32), FakeClock().now())
    found = certificates.authority(tmp_path)
    assert found is not None
    return found


def joined(hub: RunningHub, folder: Path, code: str, authority: bytes | None = None) -> StationPlace:
    ids = CountedIds(str(folder))
    return join(folder, hub.url, code, hub.office.clock, ids, authority=authority, place=SecretPlace.FILE)


@pytest.mark.parametrize(
    ("typed", "url"),
    [
        ("192.168.1.10:8731", "https://192.168.1.10:8731"),
        (" https://hub.mpp.example:8731/ ", "https://hub.mpp.example:8731"),
        ("http://127.0.0.1:8731", "http://127.0.0.1:8731"),
    ],
)
def test_an_address_may_be_typed_with_or_without_https(typed: str, url: str) -> None:
    assert hub_url(typed) == url


@pytest.mark.parametrize("typed", ["", "https://", "ftp://hub", "hub:99999", "http://192.168.1.10:8731", "a/b"])
def test_an_address_that_is_none_or_goes_out_in_clear_is_refused(typed: str) -> None:
    with pytest.raises(BadInput):
        hub_url(typed)


def test_a_certificate_is_believed_by_its_fingerprint_in_any_writing(tmp_path: Path, authority: bytes) -> None:
    mark = certificates.fingerprint(tmp_path)

    require_fingerprint(authority, " ".join(mark[at : at + 4] for at in range(0, 64, 4)).upper())
    with pytest.raises(NotAllowed, match="Kode tidak dikirim"):
        require_fingerprint(authority, mark[:-1])


def test_what_is_no_certificate_is_no_hub() -> None:
    with pytest.raises(StorageTrouble):
        fingerprint_of(b"<html>\xff</html>")


def test_where_nobody_listens_there_is_no_hub() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"https://127.0.0.1:{taken.getsockname()[1]}"

        with pytest.raises(StorageTrouble, match="Hub tidak menjawab"):
            fetch_authority(url)


def test_the_certificate_moves_with_the_folder(hub: RunningHub, tmp_path: Path, authority: bytes) -> None:
    joined(hub, tmp_path / "station", hub.code(), authority)
    (tmp_path / "station").rename(tmp_path / "moved")

    with homes.reading(tmp_path / "moved") as opened:
        place = place_of(opened)

    assert place is not None and place.authority is not None
    assert Path(place.authority).read_bytes() == authority
    assert Path(place.authority).parent == tmp_path / "moved"


def test_a_wrong_code_leaves_the_folder_as_it_was(hub: RunningHub, tmp_path: Path, authority: bytes) -> None:
    (tmp_path / "empty").mkdir()
    for folder in (tmp_path / "new", tmp_path / "empty"):
        with pytest.raises(NotAllowed):
            joined(hub, folder, "999999", authority)

    assert not (tmp_path / "new").exists()
    assert list((tmp_path / "empty").iterdir()) == []


def test_a_folder_with_data_costs_no_code(hub: RunningHub, tmp_path: Path) -> None:
    code = hub.code()
    with pytest.raises(StorageTrouble, match="sudah berisi data"):
        joined(hub, tmp_path / "hub", code)

    assert joined(hub, tmp_path / "station", code).welcome.label == "Loket 2"


def test_a_counter_is_given_the_secrets_of_the_building_and_a_board_none(hub: RunningHub, tmp_path: Path) -> None:
    building = hub.office.home.secrets
    for role, is_given in (("counter", True), ("supervisor", True), ("kiosk", False), ("board", False)):
        joined(hub, tmp_path / role, hub.code(role, role))
        with homes.reading(tmp_path / role) as opened:
            own = opened.secrets

        assert (own.pepper == building.pepper) is is_given
        assert (own.search == building.search) is is_given
        assert building.database != own.database and building.device != own.device
