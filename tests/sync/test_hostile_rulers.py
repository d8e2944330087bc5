"""A counter, a kiosk or a board that tries to rule: the hub goes on, nobody is let in, and every store thinks alike."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mppdesk.db.deciding.hub_view import StoredHubView
from mppdesk.db.replication.replica import NOT_ENTITLED, Outcome
from mppdesk.db.replication.stations import token_hash
from mppdesk.db.safekeeping import lost_work
from mppdesk.domain import commands, facts
from mppdesk.domain.entitlement import Rank, rank_for
from mppdesk.domain.entries import Subject, SubjectType
from mppdesk.domain.facts import FACTS, belongs_to
from mppdesk.domain.facts.visits import Stop
from mppdesk.domain.station import StationRole
from tests.fakes.office import Office
from tests.fakes.running_hub import signer_of
from tests.sync.hostile import HostileLog, facts_about
from tests.sync.replicas import NOW_MS, digests, heads, meet
from tests.sync.rulers import BOARD, COUNTER, KIOSK, PLACES, SUPERVISOR, Rulers, enrolled, hearing_store

TOKEN = "a token that the attacker knows"
ATTACKERS = (COUNTER, KIOSK, BOARD)
RULING = tuple(
    kind for kind in FACTS if all(rank_for(kind, each) > Rank.COUNTER for each in SubjectType if belongs_to(kind, each))
)
DAY: dict[str, Any] = {"command_id": "", "term": 9, "day": "9999-12-31"}
SERVICE_DAY, STATION, SETTING = SubjectType.SERVICE_DAY, SubjectType.STATION, SubjectType.SITE_SETTING


@pytest.fixture(scope="module")
def numbers() -> Iterator[int]:
    return iter(range(1, 1000))


def works_on(office: Office) -> None:
    """The hub issues two numbers of its own and calls somebody, and no day is closed."""
    first, second = (office.issue("POLI-01").ticket for _ in range(2))
    assert first is not None
    assert second is not None
    assert (first.number < second.number) and int(second.number.rpartition("-")[2]) < 600
    assert office.act(commands.CallNext, "Loket 3").ticket is not None
    office.act(commands.FinishTicket, "Loket 3")


def view_of(office: Office, store: Any) -> StoredHubView:
    return StoredHubView(store, office.home.site_id, office.home.reference.current(store))


# --- what rules is held ----------------------------------------------------------------------------------------------


def attacks(rulers: Rulers) -> dict[str, tuple[Any, SubjectType, str]]:
    """What somebody writes who wants the building: a fact, and the subject that is meant."""
    office, hub = rulers.office, rulers.root[0]
    with office.home.database.reading() as store:
        day = view_of(office, store).last_day()
    assert day is not None
    own = replace(enrolled(COUNTER, StationRole.SUPERVISOR), token_hash=token_hash(TOKEN))
    counter = office.counter("Loket 1")
    return {
        "supervisor": (own, STATION, COUNTER.device_id),
        "hub_of_another_key": (replace(own, role=StationRole.HUB), STATION, hub),
        "takeover": (facts.HubTakenOver(term=2**40, device_id=COUNTER.device_id, last_seen_ms=0), STATION, hub),
        "revoked_hub": (facts.StationRevoked(), STATION, hub),
        "admitted": (facts.StationAdmitted(), STATION, COUNTER.device_id),
        "administrator": (
            facts.UserDefined(user_name="admin", display_name="X", roles=("administrator",)),
            SubjectType.USER,
            "f" * 32,
        ),
        "no_building": (facts.SettingChanged(name="site", value={}), SETTING, "f" * 32),
        "no_counter": (facts.SettingChanged(name="counter/Loket 1", value={}), SETTING, counter),
        "hub_address": (facts.SettingChanged(name=f"hub/{hub}", value={"url": "https://x"}), SETTING, "f" * 32),
        "closed": (facts.DayClosed(**DAY, counts={}), SERVICE_DAY, day.day_id),
        "last_day_of_all": (facts.DayOpened(**DAY, blocks=()), SERVICE_DAY, "f" * 32),
        "same_day": (facts.DayOpened(**DAY, blocks=()), SERVICE_DAY, day.day_id),
        "forgotten": (facts.PersonForgotten(key_id="k"), SubjectType.SUBMISSION, "f" * 32),
        "book_used_up": (
            facts.SubmissionRegistered(
                **{**DAY, "day": day.day}, register_number="X", agency="DUKA", year=2026, n=2**53, due=None,
                counter=counter, counter_label="Loket 1",
            ),
            SubjectType.SUBMISSION,
            "f" * 32,
        ),
    }  # fmt: skip


def held_with(rulers: Rulers, log: HostileLog) -> bool:
    """Whether a log is held for what it says, with an alarm, and changed nothing."""
    before = heads(rulers.hub)
    taken = rulers.hub.take(log.segment())
    is_alarm = (log.log_id, NOT_ENTITLED) in rulers.troubles()
    return (taken.outcome, taken.reason) == (Outcome.HELD, NOT_ENTITLED) and is_alarm and heads(rulers.hub) == before


def test_whoever_wants_the_building_is_held(rulers: Rulers, numbers: Iterator[int]) -> None:
    held_before = set(rulers.waiting())
    for attack, (fact, kind, subject_id) in attacks(rulers).items():
        for signer in ATTACKERS:
            log = rulers.log(signer, next(numbers))
            log.add(fact, Subject(kind, subject_id))
            assert held_with(rulers, log), (attack, PLACES[signer])

    assert rulers.book.by_token(TOKEN) is None
    places = {each.device_id: each.role for each in rulers.book.all()}
    assert [places[signer.device_id] for signer in ATTACKERS] == [PLACES[signer] for signer in ATTACKERS]
    assert [each.device_id for each in rulers.book.all() if each.seat is not None] == [rulers.root[0]]
    assert set(rulers.waiting()) == held_before | {signer.device_id for signer in ATTACKERS}
    works_on(rulers.office)


@pytest.mark.parametrize("name", ["centre", f"hub/{SUPERVISOR.device_id}"])
def test_a_supervisors_computer_sends_nobody_elsewhere(rulers: Rulers, numbers: Iterator[int], name: str) -> None:
    log = rulers.log(SUPERVISOR, next(numbers))
    log.add(facts.SettingChanged(name=name, value={"url": "https://x"}), Subject(SETTING, "a" * 32))
    assert held_with(rulers, log)


@settings(max_examples=30, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_whatever_it_says(rulers: Rulers, numbers: Iterator[int], data: st.DataObject) -> None:
    fact, kind = data.draw(facts_about((rulers.root[0], "B"), tuple(set(FACTS) - set(RULING))))
    log = rulers.log(data.draw(st.sampled_from(ATTACKERS)), next(numbers))
    log.add(fact, Subject(kind, data.draw(st.sampled_from((rulers.root[0], "f" * 32)))))
    assert held_with(rulers, log)


def test_a_kiosk_does_nothing_but_give_its_numbers(rulers: Rulers, numbers: Iterator[int]) -> None:
    """It stands where everybody can reach it."""
    finished = facts.TicketCancelled(**{**DAY, "term": 1}, number="B-001", service="DUKA-01", cause="request")
    for signer, outcome in ((KIOSK, Outcome.HELD), (BOARD, Outcome.HELD), (COUNTER, Outcome.STORED)):
        log = rulers.log(signer, next(numbers))
        log.add(finished, Subject(SubjectType.VISIT, "f" * 32))
        assert rulers.hub.take(log.segment()).outcome is outcome


def test_only_numbers_of_stations(rulers: Rulers, numbers: Iterator[int]) -> None:
    """One ticket of the highest number would use up all of the hub's."""
    for number, issuer_no, outcome in (
        (710, 3, Outcome.STORED), (599, 3, Outcome.HELD), (600, 3, Outcome.HELD), (9999, 3, Outcome.HELD),
        (711, 0, Outcome.HELD), (712, 2, Outcome.HELD),
    ):  # fmt: skip
        log = rulers.log(KIOSK, next(numbers))
        ticket = facts.TicketIssued(
            command_id="", term=1, day="2026-11-23", prefix="C", number=number, digits=3, issuer_no=issuer_no,
            position=1, token="T", stops=(Stop("POLI-01", "POLI", "v"),),
        )  # fmt: skip
        log.add(ticket, Subject(SubjectType.VISIT, f"{number:032x}"))
        assert rulers.hub.take(log.segment()).outcome is outcome, (number, issuer_no)
    works_on(rulers.office)


# --- what is its own does not rule -----------------------------------------------------------------------------------


def test_a_restore_of_a_station_moves_no_number_of_the_hub(rulers: Rulers, numbers: Iterator[int]) -> None:
    for moment_ms in (NOW_MS, 2**62, -(2**62)):
        for first in (0, -1, 599, 9999, 2**62):
            log = rulers.log(COUNTER, next(numbers))
            log.add(
                facts.DatabaseRestored(backup_made_ms=0, heads=0, numbers_from=first, register_hundreds=2**62),
                Subject(SubjectType.LOG, log.log_id),
                wall_ms=moment_ms,
            )
            assert rulers.hub.take(log.segment()).outcome is Outcome.STORED
    with rulers.office.home.database.reading() as store:
        view = view_of(rulers.office, store)
        assert not view.is_restored_since("2026-11-23")
        assert view.is_restored_since("2026-11-23", COUNTER.device_id)
        assert view.last_restore() is None
        assert lost_work.known_to(store, date(2026, 11, 23)).restores == frozenset()
    works_on(rulers.office)


def test_a_date_of_its_own_binds_nobody(rulers: Rulers, numbers: Iterator[int]) -> None:
    with rulers.office.home.database.reading() as store:
        before = view_of(rulers.office, store).last_day()
    assert before is not None
    for subject_id in ("f" * 32, before.day_id):
        for day in ("9999-12-31", "besok", before.day, "2026-11-24"):
            log = rulers.log(KIOSK, next(numbers))
            log.add(facts.DayOpenedAlone(**{**DAY, "term": 2**62, "day": day}), Subject(SERVICE_DAY, subject_id), hlc=0)
            assert rulers.hub.take(log.segment()).outcome is Outcome.STORED
    with rulers.office.home.database.reading() as store:
        view = view_of(rulers.office, store)
        assert (view.last_day(), view.term()) == (before, 1)
    works_on(rulers.office)


# --- everywhere alike ------------------------------------------------------------------------------------------------


def test_another_store_takes_and_folds_the_same(rulers: Rulers, numbers: Iterator[int], tmp_path: Path) -> None:
    with hearing_store(tmp_path / "other.db", rulers.office.home.site_id, rulers.root) as other:
        meet(other, rulers.hub)
        assert heads(other) == heads(rulers.hub)
        live, rebuilt = digests(other)
        assert live == rebuilt == digests(rulers.hub)[0]

        log = rulers.log(COUNTER, next(numbers))
        log.add(facts.StationRevoked(), Subject(STATION, rulers.root[0]))
        assert other.take(log.segment()).reason == NOT_ENTITLED


def test_who_leads_is_taken_and_a_place_given_later_lets_in_what_waited(
    rulers: Rulers, numbers: Iterator[int], tmp_path: Path
) -> None:
    """Nothing honest is ever lost: what came before its enrolment waits, and goes on by itself."""
    later = signer_of(76)
    rulers.enrol(later, StationRole.COUNTER, 9)
    log = rulers.log(later, next(numbers))
    log.add(facts.SettingChanged(name="workplaces/dewi", value={}), Subject(SETTING, f"{9:032x}"))
    with hearing_store(tmp_path / "other.db", rulers.office.home.site_id, rulers.root, is_folded=False) as centre:
        meet(centre, rulers.hub)
        assert held_with(rulers, log)
        assert centre.take(log.segment()).reason == NOT_ENTITLED

        rulers.enrol(later, StationRole.SUPERVISOR, 9)
        assert (log.log_id, NOT_ENTITLED) not in rulers.troubles()
        assert later.device_id not in rulers.waiting()

        rulers.enrol(later, StationRole.KIOSK, 9)
        meet(centre, rulers.hub)
        log.add(facts.SettingChanged(name="workplaces/dewi", value={"counters": []}), Subject(SETTING, f"{9:032x}"))
        assert [each.take(log.segment(3)).outcome for each in (rulers.hub, centre)] == [Outcome.STORED] * 2
        assert heads(centre) == heads(rulers.hub)
