"""Where ticket numbers go on after a restore: above whatever lost issuers may have given out (decision 0012)."""

from collections.abc import Iterable
from datetime import datetime

from mppdesk.domain.facts import NumberBlock
from mppdesk.domain.office_day import HUB_ISSUER, STANDBY_BLOCK, STANDBY_ISSUER

_FIRST_OF_FOUR_DIGITS = 1000
_LAST_OF_FOUR_DIGITS = 9999
# A ticket takes a citizen ten seconds at the least, and the minutes of a day fill the four digits.
_NUMBERS_A_MINUTE = 6
SPARE_BLOCK = NumberBlock(HUB_ISSUER, 3500, _LAST_OF_FOUR_DIGITS)
"""Above the lanes of those who take over (0015): the minutes of an office's day, for a hub whose hundred is used up."""


def numbers_from(moment: datetime, restores: Iterable[datetime], highest: int) -> int:
    """The first number of an issuer that is restored at a moment, after other restores; all in the site's zone.

    The first restore of a date opens the standby block. What that one gave out before the next may be on no disk, so
    each later one begins where the clock stands, and above the highest number of the date that is still known.
    """
    if all(each.date() != moment.date() for each in restores):
        return STANDBY_BLOCK[0]
    by_the_clock = number_by_the_clock(moment)
    return max(by_the_clock, highest + 1) if highest < _LAST_OF_FOUR_DIGITS else by_the_clock


def number_by_the_clock(moment: datetime) -> int:
    """A number that no issuer has reached yet who began with one at another minute of the day."""
    return _FIRST_OF_FOUR_DIGITS + (moment.hour * 60 + moment.minute) * _NUMBERS_A_MINUTE


def block_from(first: int) -> NumberBlock:
    """The numbers of a restored issuer until the next day: the standby block, or the rest of the four digits.

    What no restore of this program can have said means the standby block.
    """
    if _FIRST_OF_FOUR_DIGITS <= first <= _LAST_OF_FOUR_DIGITS:
        return NumberBlock(STANDBY_ISSUER, first, _LAST_OF_FOUR_DIGITS)
    return NumberBlock(STANDBY_ISSUER, *STANDBY_BLOCK)
