"""What is left on a printer's roll: an estimate that sensors correct and that says nothing where nobody can know."""

import pytest

from mppdesk.domain.paper_roll import NARROW_ROLL_MM, NEAR_END_MM, WIDE_ROLL_MM, PaperRoll, unknown_roll
from mppdesk.domain.print_job import PrinterState
from mppdesk.domain.printer_models import GENERIC_58, GENERIC_80, PrinterModel

READY, NEAR_END, OUT = PrinterState.READY, PrinterState.PAPER_NEAR_END, PrinterState.PAPER_OUT


def printed(roll: PaperRoll, slips: int, slip_mm: int = 60) -> PaperRoll:
    for _ in range(slips):
        roll = roll.printed(slip_mm)
    return roll


def test_nothing_is_said_before_anybody_said_that_the_roll_is_new() -> None:
    assert printed(unknown_roll(GENERIC_80), 100).slips_left(READY) is None


@pytest.mark.parametrize(("model", "length_mm"), [(GENERIC_80, WIDE_ROLL_MM), (GENERIC_58, NARROW_ROLL_MM)])
def test_a_new_roll_gives_as_many_slips_as_its_width_lets_expect(model: PrinterModel, length_mm: int) -> None:
    roll = unknown_roll(model).renewed(5)
    assert roll.slips_left(READY) == length_mm // 60
    assert printed(roll, 10).slips_left(READY) == length_mm // 60 - 10


def test_longer_slips_leave_fewer_of_them() -> None:
    roll = printed(unknown_roll(GENERIC_80).renewed(5), 40, slip_mm=120)
    assert roll.slip_mm > 115
    assert roll.slips_left(READY) == (WIDE_ROLL_MM - 40 * 120) // roll.slip_mm


def test_it_never_says_less_than_none() -> None:
    assert printed(unknown_roll(GENERIC_58).renewed(5), 500).slips_left(READY) == 0
    assert unknown_roll(GENERIC_80).slips_left(OUT) == 0


def test_the_sensor_caps_the_estimate_and_the_paper_goes_on_to_shrink() -> None:
    roll = printed(unknown_roll(GENERIC_80).renewed(5), 100).seen(NEAR_END)
    assert roll.slips_left(NEAR_END) == NEAR_END_MM // 60
    later = printed(roll, 10)
    assert later.slips_left(NEAR_END) == NEAR_END_MM // 60 - 10
    assert later.seen(READY).seen(NEAR_END) == later  # a sensor that flickers, or a program that was started again


def test_the_sensor_is_believed_too_when_nobody_said_anything() -> None:
    roll = printed(unknown_roll(GENERIC_80), 3_000).seen(NEAR_END)
    assert roll.slips_left(NEAR_END) == NEAR_END_MM // 60
    assert roll.renewed(9).slips_left(READY) == WIDE_ROLL_MM // 60


def test_a_roll_printed_to_its_end_tells_how_long_the_next_one_is() -> None:
    to_its_end = printed(unknown_roll(GENERIC_80).renewed(5), 1_300)
    for ended in (to_its_end.seen(OUT), to_its_end.seen(NEAR_END).seen(OUT)):
        assert ended.slips_left(READY) is None
        assert ended.renewed(9).slips_left(READY) == 1_300


def test_an_end_that_cannot_be_one_teaches_nothing() -> None:
    said_to_be_new = printed(unknown_roll(GENERIC_80).renewed(5), 10)
    assert said_to_be_new.seen(OUT).renewed(9).length_mm == WIDE_ROLL_MM
    corrected = said_to_be_new.seen(NEAR_END)
    assert (corrected.changed_ms, corrected.length_mm) == (None, WIDE_ROLL_MM)
    assert corrected.slips_left(NEAR_END) == NEAR_END_MM // 60
