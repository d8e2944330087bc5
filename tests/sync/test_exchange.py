"""One exchange: two replicas that met hold the same journals and the same views, whatever each had before."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from mppdesk.domain import commands
from tests.db.test_journal import busy_morning
from tests.fakes.office import Office, open_office
from tests.sync.replicas import digests, empty_replica, heads, meet, replica_of


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with open_office(tmp_path / "office") as opened:
        yield opened


def test_an_empty_store_asks_and_has_everything(office: Office, tmp_path: Path) -> None:
    busy_morning(office, 7)
    hub = replica_of(office)
    with empty_replica(tmp_path / "station.db", office.home.site_id) as station:
        done = meet(station, hub)

        assert heads(station) == heads(hub)
        live, rebuilt = digests(station)
        assert live == rebuilt == digests(hub)[0]
        assert done.received == sum(head.seq for head in heads(hub)) > 50
        assert done.stopped == {}


def test_the_one_who_has_it_may_ask_as_well(office: Office, tmp_path: Path) -> None:
    busy_morning(office, 8)
    hub = replica_of(office)
    with empty_replica(tmp_path / "centre.db", office.home.site_id) as centre:
        done = meet(hub, centre)

        assert heads(centre) == heads(hub)
        assert done.sent == sum(head.seq for head in heads(hub))


def test_nothing_new_is_one_question(office: Office, tmp_path: Path) -> None:
    hub = replica_of(office)
    with empty_replica(tmp_path / "station.db", office.home.site_id) as station:
        meet(station, hub)

        again = meet(station, hub)

    assert (again.sent, again.received, again.epoch) == (0, 0, "epoch")


def test_what_happened_since_follows(office: Office, tmp_path: Path) -> None:
    hub = replica_of(office)
    with empty_replica(tmp_path / "station.db", office.home.site_id) as station:
        meet(station, hub)
        office.open("Loket 1")
        office.issue()
        office.act(commands.CallNext)

        done = meet(station, hub)

        assert done.received > 0
        assert heads(station) == heads(hub)
        assert digests(station)[0] == digests(hub)[0]


def test_a_relay_passes_on_what_it_cannot_sign(office: Office, tmp_path: Path) -> None:
    """A station heals a centre that lost its disk, with the logs of others."""
    busy_morning(office, 9)
    hub = replica_of(office)
    site_id = office.home.site_id
    with empty_replica(tmp_path / "relay.db", site_id) as relay, empty_replica(tmp_path / "c.db", site_id) as centre:
        meet(relay, hub)

        meet(relay, centre)

        assert heads(centre) == heads(hub)
        assert digests(centre)[0] == digests(hub)[0]
