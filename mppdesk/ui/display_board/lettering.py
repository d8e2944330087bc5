"""The letters of the board: what is large enough to be read from how far (UI.md 5), and in which colour."""

from dataclasses import dataclass

from PySide6.QtGui import QFont

from mppdesk.ui.shared import fonts
from mppdesk.ui.shared.fonts import Family, tabular
from mppdesk.ui.shared.look import Theme
from mppdesk.ui.shared.tokens import tokens

WIDTH, HEIGHT = 1920, 1080  # the drawing all sizes are taken from
CAPITAL = 0.745  # height of a capital letter in em, as Plus Jakarta Sans has it

_SIZES = tokens().letters["board"]


@dataclass(frozen=True, slots=True)
class Letters:
    """`px` high on the drawing, in the colour of the token `tone`; `is_figures`: digits of equal width."""

    px: int
    weight: int = 500
    tone: str = "ink"
    is_figures: bool = False

    def font(self, theme: Theme, share: float = 1.0) -> QFont:
        """The font in the size of a theme, or in a share of it."""
        made = fonts.font(int(theme.px(self.px) * share), self.weight, Family.CITIZEN)
        return tabular(made) if self.is_figures else made


HOUSE = Letters(_SIZES["running"], 700)
DATE = Letters(_SIZES["running"], 500, "ink2")
CLOCK = Letters(60, 800, is_figures=True)
CALL_HEADING = Letters(50, 700)
NUMBER = Letters(_SIZES["number"], 800, "pri", is_figures=True)
COUNTER = Letters(_SIZES["counter"], 700)
AGENCY = Letters(_SIZES["agency"], 700, "ink2")
LIST_HEADING = Letters(_SIZES["running"], 700, "ink2")
PREVIOUS = Letters(_SIZES["previous"], 800, "pri", is_figures=True)
PREVIOUS_COUNTER = Letters(_SIZES["counter-label"], 700)
PREVIOUS_AGENCY = Letters(_SIZES["running"], 500, "ink2")
STRIP_WORD = Letters(_SIZES["running"], 700, "on-sun")
STRIP = Letters(_SIZES["running"], 500, "on-sun")
WELCOME = Letters(_SIZES["running"], 700, "pri")
SENTENCE = Letters(_SIZES["agency"], 700)
SMALL = Letters(36, 500, "ink2")
TOTAL = Letters(_SIZES["counter-label"], 800, is_figures=True)
IDLE_CLOCK = Letters(168, 800, is_figures=True)
