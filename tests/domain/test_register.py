"""Register numbers in the form an office is used to, and templates that cannot be filled."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mppdesk.domain.register import DEFAULT_TEMPLATE, is_template, register_number

MOMENT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("template", "number"),
    [
        (DEFAULT_TEMPLATE, "DPMPTSP/2026/11/000123"),
        ("503/{n:04}/{agency}/{roman_month}/{year}", "503/0123/DPMPTSP/XI/2026"),
        ("{n}", "123"),
        ("{agency}-{n:>5}", "DPMPTSP-  123"),
        ("{{{n}}}", "{123}"),
    ],
)
def test_a_template_is_filled(template: str, number: str) -> None:
    assert is_template(template)
    assert register_number(template, "DPMPTSP", MOMENT, 123) == number


@pytest.mark.parametrize(
    "template",
    [
        "", "503/{agency}/{year}", "{n}/{clerk}", "{n", "n}", "{0}/{n}", "{}", "{n:x6z}", "{agency.upper}/{n}",
        "{n.__class__}", "{agency[0]}/{n}", "{n!z}", "{n:{agency}}", "{n:s}",
        "{n:e}", "{n:x}", "{n:,}", "{agency}/1234567/{year}",
    ],
)  # fmt: skip
def test_a_template_that_cannot_be_filled_gives_way_to_the_default(template: str) -> None:
    assert not is_template(template)
    assert register_number(template, "DUKA", MOMENT, 7) == "DUKA/2026/11/000007"


@pytest.mark.parametrize(
    ("month", "roman"), list(enumerate(("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"), 1))
)
def test_months_in_roman_figures(month: int, roman: str) -> None:
    assert register_number("{roman_month}/{n}", "DUKA", MOMENT.replace(month=month), 1) == f"{roman}/1"


def test_a_long_book_keeps_all_its_digits() -> None:
    assert register_number(DEFAULT_TEMPLATE, "DUKA", MOMENT, 1_234_567) == "DUKA/2026/11/1234567"


@given(st.text(st.sampled_from("{}:!.[]n0 6agency/year")), st.integers(1, 10**7))
def test_whatever_stands_in_the_setting_a_number_comes_out(template: str, n: int) -> None:
    assert str(n) in register_number(template, "DUKA", MOMENT, n)
