"""Whatever comes first, who may rule rules and who may not does not: every store ends with the same."""

from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mppdesk.db.journal.logs import Head
from mppdesk.db.replication.segments import Segment
from mppdesk.domain import facts
from mppdesk.domain.entries import Subject, SubjectType
from mppdesk.domain.station import StationRole
from tests.fakes.running_hub import signer_of
from tests.sync.hostile import HostileLog, log_id_of
from tests.sync.replicas import digests, heads
from tests.sync.rulers import BOARD, COUNTER, KIOSK, STANDBY, SUPERVISOR, Rulers, deliver, enrolled, hearing_store

DAY: dict[str, Any] = {"command_id": "", "term": 1, "day": "2026-11-23"}
NEWCOMER = signer_of(77)


@pytest.fixture(scope="module")
def heard(rulers: Rulers) -> tuple[Segment, ...]:
    """The logs of a hub, of who leads, of who may not, and of a newcomer whom the standby made a supervisor."""
    logs = [_log(rulers, number) for number in range(4)]
    by_standby, by_newcomer = rulers.log(STANDBY, 5010), rulers.log(NEWCOMER, 5011)
    place = enrolled(NEWCOMER, StationRole.SUPERVISOR, 12)
    by_standby.add(place, Subject(SubjectType.STATION, NEWCOMER.device_id))
    by_newcomer.add(facts.StationRevoked(), Subject(SubjectType.STATION, BOARD.device_id))
    own = rulers.hub.cut(rulers.office.writer.author.log_id, 0)
    assert own is not None
    parts = [part for log in (*logs, by_standby, by_newcomer) for part in (log.segment(1, 2), log.segment(3))]
    return (own, *(part for part in parts if part.entries))


def _log(rulers: Rulers, number: int) -> HostileLog:
    """A log with own work, with what a supervisor may write, and with what only a standby may."""
    signer = (SUPERVISOR, STANDBY, COUNTER, KIOSK)[number]
    log, subject_id = rulers.log(signer, 5000 + number), f"{number:032x}"
    log.add(facts.CounterOpened(**DAY, counter="x", label="X"), Subject(SubjectType.COUNTER_DAY, subject_id))
    log.add(facts.UserDefined(user_name="u", display_name="U", roles=()), Subject(SubjectType.USER, subject_id))
    taken = facts.HubTakenOver(term=2, device_id=signer.device_id, last_seen_ms=0)
    log.add(taken, Subject(SubjectType.STATION, signer.device_id))
    return log


def ending_with(rulers: Rulers, segments: Iterable[Segment]) -> tuple[tuple[Head, ...], str, str]:
    """The heads and both digests of a store that hears these from nothing."""
    with (
        TemporaryDirectory(prefix="mppdesk-rulers-") as folder,
        hearing_store(Path(folder) / "store.db", rulers.office.home.site_id, rulers.root) as store,
    ):
        deliver(store, segments)
        return heads(store), *digests(store)


@pytest.fixture(scope="module")
def ending(rulers: Rulers, heard: tuple[Segment, ...]) -> tuple[tuple[Head, ...], str, str]:
    return ending_with(rulers, heard)


@settings(max_examples=6, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_the_order_of_arrival_does_not_matter(
    rulers: Rulers, heard: tuple[Segment, ...], ending: tuple[tuple[Head, ...], str, str], data: st.DataObject
) -> None:
    """A hub, a standby or a station that hears it all has taken the same, folds the same, and rebuilds the same."""
    assert ending[1] == ending[2]
    assert ending_with(rulers, data.draw(st.permutations(heard))) == ending


def test_who_leads_was_taken_and_who_does_not_was_held(ending: tuple[tuple[Head, ...], str, str]) -> None:
    taken = {head.log_id: head.seq for head in ending[0]}
    by_number = {number: taken.get(log_id_of(number), 0) for number in (5000, 5001, 5002, 5003, 5010, 5011)}
    assert by_number == {5000: 2, 5001: 4, 5002: 2, 5003: 0, 5010: 2, 5011: 2}
