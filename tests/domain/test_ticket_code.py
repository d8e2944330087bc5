"""The code of a ticket says its day and number to whoever has not heard of it, and nothing about a person."""

from datetime import date

import pytest
import segno
from hypothesis import given
from hypothesis import strategies as st

from mppdesk.domain.ticket_code import LONGEST_CODE, ScannedCode, read_code, ticket_code
from mppdesk.domain.ticket_number import ticket_number

TOKEN = "K7Q2M9XH4TRB3WZP"
_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@given(
    st.text(_SIGNS, min_size=16, max_size=16),
    st.dates(),
    st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=1, max_size=3),
    st.integers(1, 9999),
    st.booleans(),
)
def test_what_a_slip_says_is_read_again(token: str, day: date, prefix: str, number: int, is_small: bool) -> None:
    printed = ticket_code(token, day.isoformat(), ticket_number(prefix, number))
    read = read_code(printed.lower() if is_small else printed)
    assert read == ScannedCode(token, day.isoformat(), ticket_number(prefix, number))
    assert len(printed) <= LONGEST_CODE
    assert segno.make(printed, error="m", micro=False).symbol_size(border=0)[0] <= 25, "what a slip has room for"


def test_earlier_codes_and_those_of_files_hold_only_their_token() -> None:
    assert read_code(TOKEN.lower()) == ScannedCode(TOKEN)
    assert ticket_code("", "2026-11-23", "B-042") == "", "who was never given a code has none"


@pytest.mark.parametrize(
    "typed",
    ["", "A-019", TOKEN[:-1], f"{TOKEN}0", f"{TOKEN}20261123", f"{TOKEN}20261399B042", f"{TOKEN}20261123B", "x" * 9999,
     f"{TOKEN}20261123B1234567", f"{TOKEN}00000101B001", "OIULOIULOIULOIUL", f"{TOKEN}２０２６１１２３B042"],
)  # fmt: skip
def test_anything_else_is_no_code(typed: str) -> None:
    assert read_code(typed) is None
