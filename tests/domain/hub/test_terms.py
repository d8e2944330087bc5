"""Terms: who decides after a takeover, what the others say, and that no number is given out twice."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mppdesk.domain import commands, facts
from mppdesk.domain.entries import Draft, Subject, SubjectType
from mppdesk.domain.errors import Refused
from mppdesk.domain.facts import HubTakenOver, StationEnrolled
from mppdesk.domain.hub.terms import Takeover, block_of, taken_over
from mppdesk.domain.office_day import number_blocks
from mppdesk.domain.station import HubSeat, Station, StationRole, seat_among
from tests.domain.hub.building import MONDAY, Building

HUB, FIRST, SECOND = "hub-pc", "standby-1", "standby-2"


class Office(Building):
    """A building with a hub and two standbys; the hub decides until told."""

    def __init__(self) -> None:
        super().__init__()
        self.enrol(HUB, StationRole.HUB, 0)
        self.enrol(FIRST, StationRole.STANDBY, 2)
        self.enrol(SECOND, StationRole.STANDBY, 3)
        self.device_id = HUB

    def enrol(self, device_id: str, role: str, issuer_no: int) -> None:
        fact = StationEnrolled(
            public_key=b"k" * 32, label=device_id, role=role, issuer_no=issuer_no, token_hash=device_id
        )
        self.record(Draft(self.ids.new(), Subject(SubjectType.STATION, device_id), fact))

    def take_over(self, device_id: str, reason: str = "") -> HubTakenOver:
        fact = self.takeover_by(device_id, reason)
        self.record(Draft(self.ids.new(), Subject(SubjectType.STATION, device_id), fact))
        self.device_id = device_id
        return fact

    def takeover_by(self, device_id: str, reason: str = "", heard_term: int = 0) -> HubTakenOver:
        """What a takeover would record; nothing happens."""
        stations = self.view.stations()
        device = next(each for each in stations if each.device_id == device_id)
        return taken_over(self.view, Takeover(device, stations, ("DUKA",), self.now, 0, reason, heard_term))


def test_a_single_pc_decides_whoever_it_is() -> None:
    building = Building()
    building.device_id = "any"
    assert building.issue().label == "B-001"


def test_only_the_hub_of_the_highest_term_decides_and_names_itself_to_the_others() -> None:
    office = Office()
    office.issue()
    office.take_over(FIRST)
    assert office.issue().label == "B-600"
    office.device_id = HUB
    assert f"Hub sekarang: {FIRST}." in office.refused(office.command(commands.IssueTicket, None, service="DUKA-01"))
    office.device_id = SECOND
    assert f"Hub sekarang: {FIRST}." in office.refused(office.command(commands.CallNext))


def test_a_term_that_only_a_destroyed_disk_recorded_is_gone_beyond_by_whoever_was_the_hub_before_it() -> None:
    office = Office()
    office.issue()
    office.take_over(FIRST)
    assert office.takeover_by(FIRST, heard_term=5).term == 6
    with pytest.raises(Refused, match="sudah menjadi hub"):
        office.takeover_by(FIRST, heard_term=2)


def test_a_station_that_is_cut_off_finishes_the_person_before_it_whoever_is_the_hub() -> None:
    office = Office()
    office.open("Loket 1")
    office.serve()
    office.take_over(FIRST)
    office.device_id, office.is_cut_off = "Loket 1", True
    assert office.do(commands.FinishTicket).status.is_final
    office.is_cut_off, office.is_from_afar = False, True
    assert "Hub sekarang" in office.refused(office.command(commands.OpenCounter))


def test_every_decision_carries_the_term_of_now_also_on_a_day_that_was_opened_before() -> None:
    office = Office()
    office.issue()
    office.take_over(FIRST)
    visit = office.issue()
    issued = office.view.facts_of(visit.visit_id)[0]
    assert issued.term == 2
    assert office.view.term() == 2


def test_the_ordinary_block_is_back_on_the_next_day() -> None:
    office = Office()
    office.issue()
    office.take_over(FIRST)
    office.issue()
    office.forward(days=1)
    assert office.issue().label == "B-001"
    day = office.view.last_day()
    assert day is not None and day.term == 2


def test_a_second_takeover_of_a_day_has_numbers_of_its_own_and_the_day_s_own_hub_goes_on_with_its_block() -> None:
    office = Office()
    labels = [office.issue().label]
    for device_id in (FIRST, SECOND, HUB, FIRST):
        office.take_over(device_id)
        labels.append(office.issue().label)
    assert labels == ["B-001", "B-600", "B-1300", "B-002", "B-601"]


def test_a_standby_after_a_restore_of_the_day_leaves_the_standby_block_to_the_restored() -> None:
    office = Office()
    office.issue()
    office.view.restored_ms, office.view.restored_by = int(office.now.timestamp() * 1000), HUB
    assert office.takeover_by(FIRST).numbers_from == 1200


def test_a_standby_that_was_restored_today_itself_goes_on_by_the_clock() -> None:
    office = Office()
    office.issue()
    office.view.restored_ms, office.view.restored_by = int(office.now.timestamp() * 1000), FIRST
    minutes = office.now.hour * 60 + office.now.minute
    taken = office.takeover_by(FIRST)
    assert taken.numbers_from == 1000 + 6 * minutes
    assert (block_of(taken).first, block_of(taken).last) == (taken.numbers_from, 9999)


def test_the_book_goes_on_at_the_next_full_hundred_and_says_what_it_keeps_free() -> None:
    office = Office()
    office.open("Loket 1")
    visit = office.serve()
    office.ask(office.register(office.file(visit), visit))
    taken = office.take_over(FIRST)
    (kept,) = taken.reserved
    assert (kept.agency, kept.year, kept.first, kept.last) == ("DUKA", 2026, 2, 100)
    numbers = []
    for _ in range(2):
        visit = office.serve()
        drafts = office.ask(office.register(office.file(visit), visit)).drafts
        numbers += [each.fact.n for each in drafts if isinstance(each.fact, facts.SubmissionRegistered)]
    assert numbers == [101, 102]


def test_the_book_goes_on_beyond_what_hubs_may_have_kept_free_and_given_out_whose_takeovers_are_on_no_disk_here() -> (
    None
):
    there, here = Office(), Office()
    there.take_over(FIRST)
    there.open("Loket 1")
    given_out = []
    for hub in (SECOND, HUB):
        there.take_over(hub)
        visit = there.serve()
        drafts = there.ask(there.register(there.file(visit), visit)).drafts
        given_out += [each.fact.n for each in drafts if isinstance(each.fact, facts.SubmissionRegistered)]
    here.take_over(FIRST)
    (kept,) = here.takeover_by(SECOND, heard_term=there.view.term()).reserved
    assert max(given_out) > 300
    assert kept.last >= max(given_out) + 50


def test_a_term_that_nobody_can_have_reached_makes_no_book_jump_for_ever() -> None:
    office = Office()
    (kept,) = office.takeover_by(FIRST, heard_term=2**53).reserved
    assert kept.last <= 10_000


def test_a_counter_may_not_take_over_nor_the_hub_itself() -> None:
    office = Office()
    office.enrol("Loket 1", StationRole.COUNTER, 4)
    for device_id, said in (("Loket 1", "bukan hub cadangan"), (HUB, "sudah menjadi hub")):
        with pytest.raises(Refused, match=said):
            office.takeover_by(device_id)


@given(st.permutations(["a", "b", "c"]), st.lists(st.integers(min_value=1, max_value=4), min_size=3, max_size=3))
def test_everybody_names_the_same_hub_in_whatever_order_the_stations_were_heard_of(
    order: list[str], terms: list[int]
) -> None:
    seats = {name: HubSeat(name, name, term, 0) for name, term in zip("abc", terms, strict=True)}
    hub = seat_among(seats[name] for name in order)
    assert hub is not None
    assert hub.term == max(terms)
    assert hub == seat_among(seats.values())


@given(st.sets(st.integers(min_value=2, max_value=49), min_size=2, max_size=49))
def test_standbys_that_know_nothing_of_each_other_s_takeover_share_no_number(issuers: set[int]) -> None:
    office = Building()
    stations = [_station(0, StationRole.HUB), *(_station(each, StationRole.STANDBY) for each in sorted(issuers))]
    office.device_id = stations[0].device_id
    office.issue()
    given_out = {number for block in number_blocks(range(2, 14)) if block.issuer_no != 1 for number in _of(block)}
    for device in stations[1:]:
        asked = Takeover(device, tuple(stations), (), MONDAY, 0)
        numbers = _of(block_of(taken_over(office.view, asked)))
        assert not given_out & numbers
        given_out |= numbers


def _station(issuer_no: int, role: str) -> Station:
    return Station(f"{issuer_no:032x}", b"k" * 32, f"PC {issuer_no}", role, (), issuer_no, str(issuer_no), issuer_no)


def _of(block: facts.NumberBlock) -> set[int]:
    return set(range(block.first, block.last + 1))
