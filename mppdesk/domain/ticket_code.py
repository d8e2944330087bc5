"""What the QR code of a ticket holds: its token, and what is printed beside it in large letters (decision 0023).

`K7Q2M9XH4TRB3WZP` + `20261123` + `B042`: signs that a scanner types on any keyboard, and of which QR codes are small.
"""

import re
from dataclasses import dataclass
from datetime import date

from mppdesk.domain.ticket_number import read_number, ticket_number

LONGEST_CODE = 33
# Tokens have no I, L, O and U (Crockford's base 32); earlier codes hold nothing but the token, as those of files do.
_CODE = re.compile(r"([0-9A-HJKMNP-TV-Z]{16})(?:([0-9]{8})([A-Z]{1,3}[0-9]{1,6}))?")


@dataclass(frozen=True, slots=True)
class ScannedCode:
    """What was read: `day` as 2026-11-23 and `number` as B-042 are None in a code that holds only its token."""

    token: str
    day: str | None = None
    number: str | None = None


def ticket_code(token: str, day: str, number: str) -> str:
    """The code of a ticket of a day (2026-11-23) with a number as printed (B-042); empty where it has no token."""
    return f"{token}{day.replace('-', '')}{number.replace('-', '')}" if token else ""


def read_code(typed: str) -> ScannedCode | None:
    """Read a code as a scanner types it, some in small letters; None for anything else."""
    found = _CODE.fullmatch(typed.strip().upper()) if len(typed) <= 2 * LONGEST_CODE else None
    if found is None:
        return None
    token, day, said = found.groups()
    if day is None:
        return ScannedCode(token)
    read = read_number(said)
    try:
        return ScannedCode(token, date.fromisoformat(day).isoformat(), ticket_number(*read)) if read else None
    except ValueError:
        return None
