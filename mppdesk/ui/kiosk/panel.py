"""The touch panel in millimetres: letters and targets keep their real size, so a small panel shows less on a page."""

import math
from dataclasses import dataclass

MM_PER_INCH = 25.4
_DRAWN_MM_PER_PX = 0.349  # the drawings are of a 21.5" panel with 1366 x 768 pixels
_SCALE_STEP = 0.02  # every scale is a style sheet of its own
_LEAST_WIDTH_PX, _LEAST_HEIGHT_PX = 1100, 690  # of the drawings; below, letters give way so that pages stay whole
_LEAST_UPRIGHT_PX = (740, 1200)
_UPRIGHT = 1.15  # whoever stands before an upright panel is farther from most of it
TARGET_MM, GAP_MM, MAIN_MM = 20.0, 4.0, 30.0  # reach and fingers of people of 70 (UI.md 4)
OUT_OF_REACH_MM = 111.0  # from the top of an upright panel: a wheelchair does not reach there (UI.md 4)


@dataclass(frozen=True, slots=True)
class Panel:
    """A panel of `width_px` by `height_px`, `diagonal_in` inches across."""

    width_px: int
    height_px: int
    diagonal_in: float

    @property
    def mm_per_px(self) -> float:
        return self.diagonal_in * MM_PER_INCH / max(1.0, math.hypot(self.width_px, self.height_px))

    @property
    def is_upright(self) -> bool:
        """Whether it stands on its short side: then parts stand below each other, out of what cannot be reached."""
        return self.height_px > self.width_px

    @property
    def scale(self) -> float:
        """The factor from pixels of the drawings to pixels of this panel, so that a letter keeps its millimetres."""
        real = _DRAWN_MM_PER_PX / self.mm_per_px * (_UPRIGHT if self.is_upright else 1)
        width, height = _LEAST_UPRIGHT_PX if self.is_upright else (_LEAST_WIDTH_PX, _LEAST_HEIGHT_PX)
        fitting = min(real, self.width_px / width, self.height_px / height)
        return max(1, round(fitting / _SCALE_STEP)) * _SCALE_STEP

    def pixels(self, millimetres: float) -> int:
        """A length on the glass in pixels, rounded up: a target is never too small."""
        return math.ceil(round(millimetres / self.mm_per_px, 3))


@dataclass(frozen=True, slots=True)
class Grid:
    """How many tiles a page holds."""

    columns: int
    rows: int

    @property
    def places(self) -> int:
        return self.columns * self.rows


def grid(width: int, height: int, least_width: int, least_height: int, gap: int, most: Grid) -> Grid:
    """As many tiles as fit in an area without any becoming smaller than it may, at most `most`, at least one."""
    columns = max(1, min(most.columns, (width + gap) // (least_width + gap)))
    rows = max(1, min(most.rows, (height + gap) // (least_height + gap)))
    return Grid(columns, rows)
