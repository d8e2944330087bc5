"""Register numbers: the agency's book of the year, gapless, in the form its office is used to."""

import re
from collections.abc import Collection
from datetime import date, datetime
from string import Formatter

DEFAULT_TEMPLATE = "{agency}/{year}/{month}/{n:06}"
PLACES = frozenset({"agency", "year", "month", "roman_month", "n"})
_LONG_NUMBER = 1_234_567
_A_HUNDRED = 100
# Nobody knows how far the lost book went: from 198, the next full hundred alone would leave two numbers for it.
_LEAST_LEFT_FREE = 50
# More restores than anybody makes of one backup; a book must not jump because of what a journal says.
_MOST_HUNDREDS = 100
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")


def register_number(template: str, agency: str, moment: datetime, n: int) -> str:
    """Fill a template such as `503/{n:06}/{agency}/{roman_month}/{year}`; the default for one that cannot be filled."""
    safe = template if is_template(template) else DEFAULT_TEMPLATE
    return safe.format(
        agency=agency, year=moment.year, month=f"{moment.month:02}", roman_month=_ROMAN[moment.month - 1], n=n
    )


def pieces(number: str) -> list[str]:
    """Cut a register number where it may go on in the next line: after its slashes."""
    return re.findall(r"[^/]*/|[^/]+", number)


def register_after_restore(highest: int, hundreds: int) -> int:
    """The number at which a book goes on whose last pages are lost: `hundreds` full hundreds after the highest known.

    At least half a hundred stays free for the numbers that were given out and are on no disk (DESIGN 9).
    """
    free = min(max(1, hundreds), _MOST_HUNDREDS)
    return ((highest + _LEAST_LEFT_FREE) // _A_HUNDRED + free) * _A_HUNDRED + 1


def provisional_number(label: str, day: date, taken: Collection[str]) -> str:
    """The next provisional number of a counter on a day, as `L2-20261123-004` for Loket 2."""
    place = "".join(word if word.isdigit() else word[0].upper() for word in label.split()) or "X"
    numbers = (f"{place}-{day:%Y%m%d}-{n:03}" for n in range(1, len(taken) + 2))
    return next(number for number in numbers if number not in taken)


def is_template(template: str) -> bool:
    """Whether a template names only known places, and the running number among them with all its digits."""
    try:
        named = {name for _, name, _, _ in Formatter().parse(template) if name is not None}
        filled = template.format(agency="A", year=2026, month="01", roman_month="I", n=_LONG_NUMBER)
    except (ValueError, KeyError, IndexError, AttributeError):
        return False
    return "n" in named and named <= PLACES and str(_LONG_NUMBER) in filled
