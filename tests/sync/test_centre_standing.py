"""What a hub says of its centre: nothing where it has none or does not know yet, and nothing to an older program."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from mppdesk.db.home import OpenHome
from mppdesk.sync import centre_link, link_notes
from mppdesk.sync.centre_link import CENTRE, NOT_RUNNING, CentrePlace
from mppdesk.sync.centre_watch import CentreWatch
from mppdesk.sync.link_notes import LinkNote
from mppdesk.sync.loop import LinkState
from mppdesk.sync.protocol import CentreStanding, HelloAnswer, UnreadableMessage, pack, unpack
from tests.fakes.office import open_office

URL = "https://pusat.example.go.id"
NOW_MS = 1_795_400_000_000
REACHED = LinkState(is_reached=True, since_ms=NOW_MS - 9_000)
LOST = LinkState(is_reached=False, since_ms=NOW_MS - 5_000, why="ConnectError")


class OlderHelloAnswer(msgspec.Struct, frozen=True):
    """As it was before hubs told of their centre."""

    epoch: str
    now_ms: int
    is_older_different: bool
    differing: tuple[int, ...] = ()
    heads: tuple[int, ...] = ()


class Watched:
    """A hub's folder with the note of its link to the centre, and a watch that reads it anew when told."""

    def __init__(self, home: OpenHome) -> None:
        self._home = home
        self.watch = CentreWatch(home, lambda: NOW_MS, lambda: 0.0)

    def links(self) -> None:
        centre_link.keep(self._home, CentrePlace(URL, "token"), None)

    def notes(self, state: LinkState) -> None:
        link_notes.write(self._home.path, CENTRE, LinkNote(URL, NOW_MS, state))

    def says(self) -> CentreStanding | None:
        self.watch.forget()
        return self.watch()


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[Watched]:
    with open_office(tmp_path / "hub") as office:
        yield Watched(office.home)


def test_nothing_is_said_of_a_centre_that_is_none_or_was_not_asked_yet(watched: Watched) -> None:
    assert watched.says() is None
    watched.links()
    assert watched.says() is None
    for state in (replace(LOST, why=""), replace(LOST, why=NOT_RUNNING)):
        watched.notes(state)
        assert watched.says() is None


def test_a_centre_is_reached_or_not_since_a_moment(watched: Watched) -> None:
    watched.links()
    watched.notes(LOST)
    lost = watched.says()
    assert lost is not None and lost.oldest_ms is not None
    assert (lost.is_reached, lost.since_ms, lost.waiting > 10) == (False, NOW_MS - 5_000, True)

    watched.notes(REACHED)
    assert watched.watch() == lost, "sixty stations ask all the time"
    found = watched.says()
    assert found is not None and (found.is_reached, found.since_ms) == (True, NOW_MS - 9_000)


def test_old_and_new_programs_understand_each_other() -> None:
    told = HelloAnswer("epoch", NOW_MS, False, (), (), CentreStanding(is_reached=False, since_ms=1, waiting=2))
    old = OlderHelloAnswer("epoch", NOW_MS, False)

    assert unpack(pack(told), OlderHelloAnswer) == old
    assert unpack(pack(old), HelloAnswer).centre is None


@pytest.mark.parametrize("moment", [-1, 2**63])
def test_a_moment_that_no_calendar_shows_is_no_answer(moment: int) -> None:
    told = HelloAnswer("epoch", NOW_MS, False, (), (), CentreStanding(is_reached=False, since_ms=moment))
    with pytest.raises(UnreadableMessage):
        unpack(pack(told), HelloAnswer)
