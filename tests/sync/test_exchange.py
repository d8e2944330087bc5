"""One exchange: two replicas that met hold the same journals and the same views, whatever each had before."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from mppdesk.domain import commands
from mppdesk.domain.entries import Subject, SubjectType
from mppdesk.domain.facts import LogClosed
from mppdesk.sync import exchange as exchanging
from mppdesk.sync.exchange import Answerer, exchange
from mppdesk.sync.protocol import Push
from tests.db.test_journal import busy_morning
from tests.fakes.office import Office, open_office
from tests.sync.hostile import HostileLog, log_id_of, stranger
from tests.sync.replicas import answer, digests, empty_replica, heads, meet, replica_of

SITE = "5" * 32


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


def test_what_happens_meanwhile_goes_out_before_the_rest_of_a_backlog(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A week's backlog on a slow line takes minutes, in which people are called."""
    monkeypatch.setattr(exchanging, "MAX_MESSAGE_BYTES", 1)  # one log a message
    live, *older = (
        HostileLog(SITE, stranger(), log_id) for log_id in (log_id_of(9), *map("{:032x}".format, (1, 2, 3)))
    )
    sent: list[str] = []
    with empty_replica(tmp_path / "here.db", SITE) as here, empty_replica(tmp_path / "there.db", SITE) as there:
        for log in (live, *older):
            here.take(log.segment())
        asking, answering = exchange(here), Answerer(there, "epoch")
        request = next(asking)
        with pytest.raises(StopIteration):
            while True:
                request = asking.send(answer(answering, request))
                sent += [each.log_id for each in request.segments] if isinstance(request, Push) else []
                if len(sent) == 2 and len(live.raws) == 1:
                    live.add(LogClosed(), Subject(SubjectType.LOG, live.log_id))
                    here.take(live.segment(2))

        assert sent == [each.log_id for each in (live, older[0], live, older[1], older[2])]
        assert heads(there) == heads(here)
