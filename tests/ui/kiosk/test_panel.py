"""What must be 20 mm high is 20 mm high on every panel."""

import pytest

from mppdesk.ui.kiosk.panel import GAP_MM, MAIN_MM, TARGET_MM, Grid, Panel, grid


@pytest.mark.parametrize(
    ("panel", "target", "gap", "main"),
    [
        (Panel(1080, 1920, 24.0), 73, 15, 109),
        (Panel(1366, 768, 21.5), 58, 12, 87),
        (Panel(1366, 768, 15.6), 80, 16, 119),
    ],
)
def test_targets_have_their_millimetres(panel: Panel, target: int, gap: int, main: int) -> None:
    assert [panel.pixels(each) for each in (TARGET_MM, GAP_MM, MAIN_MM)] == [target, gap, main]


def test_letters_keep_their_millimetres() -> None:
    assert Panel(1366, 768, 21.5).scale == pytest.approx(1.0)
    assert Panel(1920, 1080, 21.5).scale == pytest.approx(1.4, abs=0.02)
    assert Panel(1920, 1080, 20.0).scale == pytest.approx(1.52, abs=0.02)


def test_an_upright_panel_has_larger_letters_and_its_parts_below_each_other() -> None:
    upright = Panel(1080, 1920, 24.0)
    assert upright.is_upright and not Panel(1920, 1080, 24.0).is_upright
    assert upright.scale == pytest.approx(1.45, abs=0.02)


def test_letters_give_way_where_a_page_would_not_hold_its_sentences() -> None:
    assert Panel(1366, 768, 15.6).scale == pytest.approx(1.12, abs=0.02)


def test_a_small_panel_shows_fewer_tiles() -> None:
    most = Grid(4, 3)

    assert grid(1318, 480, 300, 148, 15, most) == Grid(4, 3)
    assert grid(1318, 480, 420, 205, 21, most) == Grid(3, 2)
    assert grid(100, 50, 420, 205, 21, most).places == 1
