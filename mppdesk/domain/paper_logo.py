"""The logo of the building as dots, for printers that hold none and get it with each paper."""

from dataclasses import dataclass

from mppdesk.domain.slip import SlipKind

LOGO_SETTING = "logo"
MOST_LOGO_ROWS = 96
"""12 mm of the usual head: what people keep grows by no more than that."""
HAVE_A_LOGO = frozenset({SlipKind.RECEIPT, SlipKind.LACKING, SlipKind.REQUIREMENTS})
"""What people keep; tickets stay short."""


@dataclass(frozen=True, slots=True)
class LogoPicture:
    """Rows of dots from the top, each `width` bytes, the leftmost dot in the highest bit."""

    width: int
    dots: bytes

    @property
    def rows(self) -> list[bytes]:
        return [self.dots[start : start + self.width] for start in range(0, len(self.dots), self.width)]

    def fits(self, head_dots: int) -> bool:
        """Whether it is a picture, and one for a head of so many dots."""
        is_picture = self.width > 0 and len(self.dots) > 0 and len(self.dots) % self.width == 0
        return is_picture and 8 * self.width <= head_dots and len(self.dots) // self.width <= MOST_LOGO_ROWS


@dataclass(frozen=True, slots=True)
class PaperLogo:
    """A picture for each width of head, in dots; the setting `logo` of the building."""

    pictures: dict[int, LogoPicture]

    @property
    def makes_sense(self) -> bool:
        return all(picture.fits(head_dots) for head_dots, picture in self.pictures.items())
