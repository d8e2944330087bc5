"""A clock that stands before the day of service: the day goes on, a banner says so, and leaves with the trouble."""

from datetime import date, timedelta

import pytest
from pytestqt.qtbot import QtBot

from mppdesk.ui.counter.clock_banner import early_clock, show_early_clock
from mppdesk.ui.shared.banner import BannerStack
from tests.ui.counter.scenes import MORNING

DAY = MORNING.date()


@pytest.mark.parametrize(("day", "is_early"), [(None, False), (DAY, False), (DAY + timedelta(days=1), True)])
def test_only_an_early_clock_is_told(day: date | None, *, is_early: bool) -> None:
    trouble = early_clock(day, MORNING)

    assert (trouble is not None) is is_early
    if trouble is not None:
        assert "23 November 2026" in str(trouble[0])
        assert "24 November 2026" in str(trouble[1]) and "tersimpan" in str(trouble[1])


def test_the_banner_leaves_with_the_trouble(qtbot: QtBot) -> None:
    banners = BannerStack()
    qtbot.addWidget(banners)

    show_early_clock(banners, DAY + timedelta(days=1), MORNING)
    assert banners.current() is not None

    show_early_clock(banners, DAY + timedelta(days=1), MORNING + timedelta(days=1))
    assert banners.current() is None
