"""A file of its own: what a power cut left of an earlier one goes, what another PC writes just now stays."""

import os
import time
from pathlib import Path

from mppdesk.printing.new_file import under_free_name, written_beside

TWO_HOURS_S = 7200.0


def test_what_a_power_cut_left_behind_goes_with_the_next_file(tmp_path: Path) -> None:
    """It is hidden, it may name a person, and the stick it lies on leaves the building."""
    with written_beside(tmp_path, b"cut short") as beside:
        cut_short = tmp_path / beside.name.replace(".part", "-old.part")
        beside.replace(cut_short)
        past = time.time() - TWO_HOURS_S
        os.utime(cut_short, (past, past))
    with (
        written_beside(tmp_path, b"of another PC") as just_now,
        written_beside(tmp_path, b"whole") as mine,
    ):
        file = under_free_name(mine, "tanda-terima", ".pdf")
        assert {each.name for each in tmp_path.iterdir()} == {just_now.name, file.name}

    assert [each.read_bytes() for each in tmp_path.iterdir()] == [b"whole"]
