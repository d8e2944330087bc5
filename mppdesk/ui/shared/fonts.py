"""The type families: Atkinson Hyperlegible Next for the staff and, with letters of one width, for paper on the screen,
Plus Jakarta Sans for citizens and every number.
"""

from enum import Enum
from functools import cache

from PySide6.QtGui import QFont, QFontDatabase

from mppdesk.config import resource


class Family(Enum):
    """A type family with the weights that come along as files, and the family name of those that have their own."""

    STAFF = "Atkinson Hyperlegible Next"
    CITIZEN = "Plus Jakarta Sans"
    PAPER = "Atkinson Hyperlegible Mono"


_WEIGHTS = {Family.STAFF: (400, 600, 700), Family.CITIZEN: (500, 700, 800), Family.PAPER: (500, 700)}
_OWN_FAMILY = {500: "Medium", 600: "SemiBold", 800: "ExtraBold"}
_FALL_BACK = "Noto Sans"  # names with rare signs; Qt goes on to any other font that has the sign
_TABULAR = "tnum"


@cache
def load_fonts() -> None:
    """Register the files with Qt, once in a program; needs a QGuiApplication.

    Raises:
        FileNotFoundError: the program was copied without its fonts.
        OSError: Qt cannot read one of them.
    """
    for path in sorted(resource("fonts").rglob("*.ttf")):
        if QFontDatabase.addApplicationFont(str(path)) == -1:
            raise OSError(f"Qt cannot read the font {path.name}")


def nearest_weight(family: Family, weight: int) -> int:
    """The weight that has a file: the next heavier one, so that what was meant to stand out does."""
    return next((own for own in _WEIGHTS[family] if own >= weight), _WEIGHTS[family][-1])


def family_names(family: Family, weight: int) -> list[str]:
    """The names to ask Qt for, best first; some platforms know a semi-bold only under a family name of its own."""
    style = _OWN_FAMILY.get(weight)
    own = [f"{family.value} {style}"] if style else []
    return [*own, family.value, _FALL_BACK]


def font(px: float, weight: int = 400, family: Family = Family.STAFF) -> QFont:
    """A font `px` pixels high, drawn from the file of that weight."""
    load_fonts()
    weight = nearest_weight(family, weight)
    made = QFont(family_names(family, weight))
    made.setWeight(QFont.Weight(weight))
    made.setPixelSize(max(1, round(px)))
    if family is Family.CITIZEN:
        made.setWordSpacing(px * 0.09)  # its own space is too narrow to be seen from a distance
    return made


def tabular(made: QFont) -> QFont:
    """The same font with digits of equal width, for numbers, clocks and columns only (a 1 gets a foot)."""
    spaced = QFont(made)
    spaced.setFeature(QFont.Tag(_TABULAR), 1)
    return spaced


def number_font(px: float) -> QFont:
    """The font of ticket numbers everywhere: extra-bold, for citizens' eyes, digits of equal width."""
    return tabular(font(px, 800, Family.CITIZEN))
