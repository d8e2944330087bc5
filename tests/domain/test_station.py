"""A station, folded from its entries: its last place, and what stays true through every change of it."""

from typing import Any

from mppdesk.domain import facts
from mppdesk.domain.station import Station, StationRole, fold_station
from tests.fakes.history import History

DEVICE = "d" * 32


def enrolled(role: StationRole, token_hash: str = "t") -> facts.StationEnrolled:
    return facts.StationEnrolled(public_key=b"k", label=role, role=role, issuer_no=3, token_hash=token_hash)


def station(*happened: Any) -> Station:
    history = History("station", DEVICE)
    for fact in happened:
        history.add(fact)
    state = fold_station(history.entries).state
    assert state is not None
    return state


def test_the_last_enrolment_holds() -> None:
    now = station(enrolled(StationRole.COUNTER), enrolled(StationRole.KIOSK, "new"))
    assert (now.role, now.token_hash) == (StationRole.KIOSK, "new")


def test_an_enrolment_ends_a_revocation() -> None:
    revoked = station(enrolled(StationRole.COUNTER), facts.StationRevoked())
    assert not revoked.may_command
    assert not revoked.are_facts_admitted
    again = station(enrolled(StationRole.COUNTER), facts.StationRevoked(), enrolled(StationRole.COUNTER))
    assert again.may_command
    assert again.are_facts_admitted


def test_facts_of_a_revoked_station_are_taken_once_a_supervisor_admits_them() -> None:
    admitted = station(enrolled(StationRole.COUNTER), facts.StationRevoked(), facts.StationAdmitted())
    assert not admitted.may_command
    assert admitted.are_facts_admitted


def test_who_took_over_was_the_hub_whatever_place_it_is_given_later() -> None:
    taken = facts.HubTakenOver(term=4, device_id=DEVICE, last_seen_ms=0)
    now = station(enrolled(StationRole.STANDBY), taken, enrolled(StationRole.STANDBY, "new"))
    assert now.seat is not None
    assert now.seat.term == 4


def test_nothing_is_known_before_the_enrolment() -> None:
    history = History("station", DEVICE)
    history.add(facts.StationRevoked())
    folded = fold_station(history.entries)
    assert (folded.state, [each.reason for each in folded.anomalies]) == (None, ["not_enrolled"])
