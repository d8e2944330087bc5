"""A theme as a value: colours, distances and letters by name."""

from dataclasses import dataclass, replace

from PySide6.QtGui import QColor, QFont

from mppdesk.ui.shared import fonts
from mppdesk.ui.shared.fonts import Family, number_font
from mppdesk.ui.shared.tokens import tokens

SCALES = (0.9, 1.0, 1.15, 1.3, 1.5)


@dataclass(frozen=True, slots=True)
class Theme:
    """`colours` names a palette of the tokens, `letters` a scale of letter sizes, `scale` enlarges everything."""

    colours: str
    letters: str = "staff"
    scale: float = 1.0

    def colour(self, name: str) -> QColor:
        """The colour of a token such as `pri` or `warn-t`.

        Raises:
            KeyError: no token has this name.
        """
        return QColor(tokens().colours[self.colours][name])

    def px(self, pixels: float) -> int:
        """A length of the drawings in the pixels of this scale."""
        return round(pixels * self.scale)

    def space(self, name: str) -> int:
        """A distance: `xxs xs s m l xl xxl` are 4 8 12 16 24 32 48."""
        return self.px(tokens().space[name])

    def radius(self, name: str) -> int:
        """The radius of a corner: `control`, `card` or `kiosk`."""
        return self.px(tokens().radius[name])

    def size(self, role: str) -> int:
        """The height of the letters of a role of this window's scale, such as `small`, `body` or `next`."""
        return self.px(tokens().letters[self.letters][role])

    @property
    def family(self) -> Family:
        return Family.STAFF if self.letters == "staff" else Family.CITIZEN

    def font(self, role: str = "body", weight: int = 400) -> QFont:
        """The font of a role, `small` to `next` (staff) or `number` (kiosk, board)."""
        return fonts.font(self.size(role), weight, self.family)

    def number_font(self, role: str) -> QFont:
        """The font of a ticket number in the size of a role."""
        return number_font(self.size(role))

    def scaled(self, scale: float) -> "Theme":
        """The same look, larger or smaller."""
        return replace(self, scale=scale)


LIGHT = Theme("light")
DARK = Theme("dark")
KIOSK = Theme("kiosk", "kiosk")
BOARD = Theme("board", "board")


def kiosk_look(*, is_large: bool = False, is_high_contrast: bool = False) -> Theme:
    """What a citizen chose at the kiosk; without choices it is KIOSK."""
    return Theme("dark" if is_high_contrast else "kiosk", "kiosk-large" if is_large else "kiosk")
