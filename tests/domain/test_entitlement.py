"""What a device may write follows from the places its own key was ever given, in whatever order they are heard of."""

import itertools
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mppdesk.domain import facts
from mppdesk.domain.entitlement import Entitlement, Rank, entitlement_of, rank_for
from mppdesk.domain.entries import Entry, Subject, SubjectType, UnknownFact
from mppdesk.domain.facts import FACTS, belongs_to
from mppdesk.domain.station import StationRole
from tests.fakes.history import History

DEVICE = "d" * 32
KEYS = (b"k" * 32, b"x" * 32)
WORK = {SubjectType.VISIT, SubjectType.SUBMISSION, SubjectType.COUNTER_DAY}
OF_A_KIOSK = {"LogOpened", "LogClosed", "DatabaseRestored", "TicketIssued", "DayOpenedAlone", "SlipReprinted"}
LEADING = {"PersonForgotten", "SubmissionRegistered"}


def enrolled(role: str, key: bytes = KEYS[0], issuer_no: int = 7) -> facts.StationEnrolled:
    return facts.StationEnrolled(public_key=key, label="Loket 7", role=role, issuer_no=issuer_no, token_hash="t")


def entries(*facts_: object) -> list[Entry]:
    history = History(SubjectType.STATION, DEVICE)
    for fact in facts_:
        history.add(fact)
    return history.entries


def rank_of(*facts_: object) -> Rank:
    return entitlement_of(entries(*facts_), KEYS[0]).rank


def issued(issuer_no: int = 7, number: int = 701) -> Entry:
    history = History(SubjectType.VISIT)
    history.add(
        facts.TicketIssued(
            command_id="c", term=1, day="2026-11-23", prefix="A", number=number, digits=3, issuer_no=issuer_no,
            position=1024, token="t", stops=(),
        )
    )  # fmt: skip
    return history.entries[0]


@pytest.mark.parametrize("kind", sorted(FACTS))
def test_every_kind_has_who_may_write_it(kind: str) -> None:
    """What is not a counter's work, nor a kiosk's alone, rules the building; also a kind that is added."""
    for subject_type in (each for each in SubjectType if belongs_to(kind, each)):
        rank = rank_for(kind, subject_type)
        assert (rank is Rank.HALL) == (kind in OF_A_KIOSK)
        assert (rank is Rank.COUNTER) == (subject_type in WORK and kind not in OF_A_KIOSK | LEADING)


@pytest.mark.parametrize("subject_type", sorted(SubjectType))
def test_a_kind_of_a_later_version_is_as_its_subject(subject_type: SubjectType) -> None:
    later = replace(issued(), kind="LaterKind", fact=UnknownFact("unknown_kind"))
    about = replace(later, subject=Subject(subject_type, "x"))
    assert Entitlement(Rank.HALL).allows(about) == (subject_type is SubjectType.LOG)
    assert Entitlement(Rank.COUNTER).allows(about) == (subject_type in {*WORK, SubjectType.LOG})
    assert Entitlement(Rank.COUNTER).allows(replace(later, subject=Subject("later subject", "x")))


@pytest.mark.parametrize(
    ("role", "rank"),
    [
        (StationRole.HUB, Rank.HUB),
        (StationRole.STANDBY, Rank.HUB),
        (StationRole.SUPERVISOR, Rank.SUPERVISOR),
        (StationRole.COUNTER, Rank.COUNTER),
        (StationRole.KIOSK, Rank.HALL),
        (StationRole.BOARD, Rank.HALL),
        ("role of a later version", Rank.COUNTER),
    ],
)
def test_a_place_gives_its_rank(role: str, rank: Rank) -> None:
    assert rank_of(enrolled(role)) is rank


def test_whoever_was_never_enrolled_has_no_place() -> None:
    assert rank_of() is Rank.HALL
    assert rank_of(facts.HubTakenOver(term=2, device_id=DEVICE, last_seen_ms=0)) is Rank.HALL


def test_what_a_supervisor_wrote_counts_after_it_became_a_counter() -> None:
    assert rank_of(enrolled(StationRole.SUPERVISOR), enrolled(StationRole.COUNTER)) is Rank.SUPERVISOR
    assert rank_of(enrolled(StationRole.SUPERVISOR), facts.StationRevoked()) is Rank.SUPERVISOR


def test_another_key_under_the_same_name_inherits_nothing() -> None:
    """A device names itself when it enrols; who takes the name of the hub has not its key."""
    both = entries(enrolled(StationRole.HUB, KEYS[0], issuer_no=0), enrolled(StationRole.KIOSK, KEYS[1]))
    assert entitlement_of(both, KEYS[1]) == Entitlement(Rank.HALL, frozenset({7}))


@pytest.mark.parametrize("role", [StationRole.KIOSK, StationRole.COUNTER, StationRole.SUPERVISOR])
def test_a_station_gives_numbers_of_stations_under_its_own_name(role: StationRole) -> None:
    """Else one kiosk could use up the numbers of the hub with a single entry."""
    station = entitlement_of(entries(enrolled(role)), KEYS[0])
    assert all(station.allows(issued(7, number)) for number in (700, 999))
    assert not any(station.allows(issued(7, number)) for number in (-1, 1, 599, 600, 699, 1000, 2**62))
    assert not any(station.allows(issued(issuer_no)) for issuer_no in (0, 1, 8, -1))


@pytest.mark.parametrize("name", ["centre", f"hub/{DEVICE}", "hub/"])
def test_where_hubs_and_the_centre_are_is_said_by_a_hub_alone(name: str) -> None:
    """Whoever says it sends every station of the building, and its journal, to a computer of his."""
    history = History(SubjectType.SITE_SETTING)
    history.add(facts.SettingChanged(name=name, value={"url": "https://x"}))
    history.add(facts.SettingChanged(name="hours", value={}))
    address, hours = history.entries
    assert not Entitlement(Rank.SUPERVISOR).allows(address)
    assert Entitlement(Rank.HUB).allows(address)
    assert Entitlement(Rank.SUPERVISOR).allows(hours)


def test_a_hub_gives_any_number() -> None:
    assert Entitlement(Rank.HUB).allows(issued(0, 599))


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


def test_each_rank_may_what_those_below_it_may() -> None:
    own = frozenset({7})
    about = [
        replace(issued(), kind=kind, subject=Subject(subject, "x"), fact=issued().fact if kind == "TicketIssued" else 0)
        for kind in FACTS
        for subject in SubjectType
        if belongs_to(kind, subject)
    ]
    allowed = [{each.kind for each in about if Entitlement(rank, own).allows(each)} for rank in Rank]
    assert allowed == sorted(allowed, key=len)
    assert all(low < high for low, high in itertools.pairwise(allowed))
    assert allowed[-1] == set(FACTS)
