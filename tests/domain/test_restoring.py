"""Where numbers go on after a restore: no restored issuer repeats what another one may have given out."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from mppdesk.domain.register import register_after_restore
from mppdesk.domain.restoring import block_from, numbers_from

ZONE = ZoneInfo("Asia/Jakarta")
TEN = datetime(2026, 11, 23, 10, 0, tzinfo=ZONE)


def test_the_first_restore_of_a_date_opens_the_standby_block() -> None:
    assert numbers_from(TEN, (), highest=599) == 600
    assert numbers_from(TEN, (TEN - timedelta(days=1),), highest=612) == 600
    block = block_from(600)
    assert (block.first, block.last) == (600, 699)


def test_a_later_restore_of_the_date_begins_where_the_clock_stands() -> None:
    first = numbers_from(TEN, (TEN - timedelta(hours=1),), highest=0)
    assert first == 1000 + 600 * 6
    block = block_from(first)
    assert (block.first, block.last) == (4600, 9999)


def test_it_begins_above_every_number_that_is_still_known() -> None:
    assert numbers_from(TEN, (TEN,), highest=4711) == 4712


@given(st.integers())
def test_a_block_is_never_empty_nor_beyond_four_digits(first: int) -> None:
    """Whatever a journal says: the numbers of the hub go on."""
    block = block_from(first)
    assert 600 <= block.first <= block.last <= 9999


@given(st.integers())
def test_numbers_go_on_within_four_digits_whatever_the_highest_known(highest: int) -> None:
    assert 1000 <= numbers_from(TEN, (TEN,), highest) <= 9999


@given(st.integers())
def test_a_book_leaves_at_least_one_hundred_free_and_never_thousands(hundreds: int) -> None:
    assert 101 <= register_after_restore(0, hundreds) <= 10_001


@given(st.lists(st.integers(min_value=1, max_value=400), min_size=2, max_size=6))
def test_restores_of_one_date_share_no_number_at_a_ticket_in_ten_seconds(minutes: list[int]) -> None:
    """Each works from its restore until the next one and loses everything: nothing is known but that it was."""
    moment = datetime(2026, 11, 23, 0, 0, tzinfo=ZONE)
    restores: list[datetime] = []
    given_out: set[int] = set()
    for span in minutes:
        if (moment + timedelta(minutes=span)).date() != moment.date():
            break
        first = numbers_from(moment, restores, highest=0)
        block = block_from(first)
        numbers = set(range(first, min(first + span * 6, block.last + 1)))
        assert not numbers & given_out
        given_out |= numbers
        restores.append(moment)
        moment += timedelta(minutes=span)


def test_a_book_goes_on_at_a_full_hundred_that_leaves_room_for_what_was_lost() -> None:
    assert [register_after_restore(highest, 1) for highest in (0, 1, 49, 50, 99, 101)] == [101, 101, 101, 201, 201, 201]
    assert [register_after_restore(1, hundreds) for hundreds in (1, 2, 3)] == [101, 201, 301]
