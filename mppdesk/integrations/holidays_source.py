"""A first holiday table for a year, from the `holidays` package; the office corrects it by the joint decree.

The decree (SKB 3 Menteri) changes within a year and regions add days of their own, so the table in the site file, not
this source, is what due dates are counted by.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Holiday:
    """A day off with its name; `is_joint_leave` is cuti bersama, else it is a national holiday."""

    day: date
    name: str
    is_joint_leave: bool


def holidays_of(year: int) -> tuple[Holiday, ...]:
    """List the national holidays and the joint leave known for a year, by date; a year not yet decreed lacks leave."""
    # Its import takes long enough to be felt in a window that has no use for it.
    from holidays import GOVERNMENT, PUBLIC, country_holidays

    public = country_holidays("ID", years=year, language="id", categories=(PUBLIC,))
    leave = country_holidays("ID", years=year, language="id", categories=(GOVERNMENT,))
    found = {day: Holiday(day, name, is_joint_leave=True) for day, name in leave.items()}
    found |= {day: Holiday(day, name, is_joint_leave=False) for day, name in public.items()}
    return tuple(found[day] for day in sorted(found))
