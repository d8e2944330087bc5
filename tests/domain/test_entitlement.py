"""What a device may write follows from the places its own key was ever given, in whatever order they are heard of."""

from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mppdesk.domain import facts
from mppdesk.domain.entitlement import Entitlement, Rank, entitlement_of, rank_for
from mppdesk.domain.entries import Entry, SubjectType, UnknownFact
from mppdesk.domain.facts import FACTS, belongs_to
from mppdesk.domain.station import StationRole
from tests.fakes.history import History

DEVICE = "d" * 32
KEYS = (b"k" * 32, b"x" * 32)
OWN_WORK = {SubjectType.VISIT, SubjectType.SUBMISSION, SubjectType.COUNTER_DAY, SubjectType.LOG}
LEADS_ANYWHERE = {"PersonForgotten", "SubmissionRegistered"}
CUT_OFF = {"DayOpened"}


def enrolled(role: str, key: bytes = KEYS[0], issuer_no: int = 7) -> facts.StationEnrolled:
    return facts.StationEnrolled(public_key=key, label="Loket 7", role=role, issuer_no=issuer_no, token_hash="t")


def entries(*facts_: object) -> list[Entry]:
    history = History(SubjectType.STATION, DEVICE)
    for fact in facts_:
        history.add(fact)
    return history.entries


def rank_of(*facts_: object) -> Rank:
    return entitlement_of(entries(*facts_), KEYS[0]).rank


def issued(issuer_no: int) -> Entry:
    history = History(SubjectType.VISIT)
    history.add(
        facts.TicketIssued(
            command_id="c", term=1, day="2026-11-23", prefix="A", number=701, digits=3, issuer_no=issuer_no,
            position=1024, token="t", stops=(),
        )
    )  # fmt: skip
    return history.entries[0]


@pytest.mark.parametrize("kind", sorted(FACTS))
def test_every_kind_is_own_work_or_rules(kind: str) -> None:
    """A kind that is added belongs to a subject of which it is known who writes it."""
    for subject_type in (each for each in SubjectType if belongs_to(kind, each)):
        is_own_work = rank_for(kind, subject_type) is Rank.STATION
        assert is_own_work == ((subject_type in OWN_WORK and kind not in LEADS_ANYWHERE) or kind in CUT_OFF)


@pytest.mark.parametrize("subject_type", sorted(set(SubjectType) - OWN_WORK))
def test_a_kind_of_a_later_version_rules_where_its_subject_does(subject_type: SubjectType) -> None:
    unknown = replace(issued(7), kind="LaterKind", fact=UnknownFact("unknown_kind"))
    about = replace(unknown, subject=replace(unknown.subject, type=subject_type))
    assert not Entitlement().allows(about)
    assert Entitlement().allows(unknown)


@pytest.mark.parametrize(
    ("role", "rank"),
    [
        (StationRole.HUB, Rank.HUB),
        (StationRole.STANDBY, Rank.HUB),
        (StationRole.SUPERVISOR, Rank.SUPERVISOR),
        (StationRole.COUNTER, Rank.STATION),
        (StationRole.KIOSK, Rank.STATION),
        (StationRole.BOARD, Rank.STATION),
        ("role of a later version", Rank.STATION),
    ],
)
def test_a_place_gives_its_rank(role: str, rank: Rank) -> None:
    assert rank_of(enrolled(role)) is rank


def test_whoever_was_never_enrolled_writes_its_own_work_only() -> None:
    assert rank_of() is Rank.STATION
    assert rank_of(facts.HubTakenOver(term=2, device_id=DEVICE, last_seen_ms=0)) is Rank.STATION


def test_what_a_supervisor_wrote_counts_after_it_became_a_counter() -> None:
    assert rank_of(enrolled(StationRole.SUPERVISOR), enrolled(StationRole.COUNTER)) is Rank.SUPERVISOR
    assert rank_of(enrolled(StationRole.SUPERVISOR), facts.StationRevoked()) is Rank.SUPERVISOR


def test_another_key_under_the_same_name_inherits_nothing() -> None:
    """A device names itself when it enrols; who takes the name of the hub has not its key."""
    both = entries(enrolled(StationRole.HUB, KEYS[0], issuer_no=0), enrolled(StationRole.KIOSK, KEYS[1]))
    assert entitlement_of(both, KEYS[1]) == Entitlement(Rank.STATION, frozenset({7}))


def test_a_ticket_is_issued_under_the_own_number() -> None:
    kiosk = entitlement_of(entries(enrolled(StationRole.KIOSK)), KEYS[0])
    assert kiosk.allows(issued(7))
    assert not kiosk.allows(issued(0))
    assert not kiosk.allows(issued(8))
    assert Entitlement(Rank.HUB).allows(issued(0))


ENROLMENTS = st.lists(
    st.builds(enrolled, st.sampled_from((*StationRole, "x")), st.sampled_from(KEYS), st.integers(0, 9)), max_size=6
)


@given(st.data())
def test_the_order_of_arrival_does_not_matter(data: st.DataObject) -> None:
    heard = entries(*data.draw(ENROLMENTS))
    assert entitlement_of(data.draw(st.permutations(heard)), KEYS[0]) == entitlement_of(heard, KEYS[0])


@given(ENROLMENTS, ENROLMENTS)
def test_hearing_more_takes_nothing_away(earlier: list[object], later: list[object]) -> None:
    """So what was taken once would be taken again, by any store, at any time."""
    few, many = (entitlement_of(entries(*heard), KEYS[0]) for heard in (earlier, [*earlier, *later]))
    assert few.rank <= many.rank
    assert few.issuers <= many.issuers


def allowed(entitlement: Entitlement, about: Iterable[Entry]) -> list[bool]:
    return [entitlement.allows(each) for each in about]


def test_each_rank_may_what_those_below_it_may() -> None:
    about = [replace(issued(7), kind=kind, subject=replace(issued(7).subject, type=subject), fact=None)
             for kind in FACTS for subject in SubjectType if belongs_to(kind, subject)]  # fmt: skip
    station, supervisor, hub = (allowed(Entitlement(rank), about) for rank in Rank)
    assert all(hub)
    assert all(not low or high for low, high in zip(station, supervisor, strict=True))
    assert sum(station) < sum(supervisor) < sum(hub)
