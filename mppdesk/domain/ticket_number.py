"""The number on a ticket: as printed, as a person types it, and as the name of its visit."""

import hashlib
import re

_TYPED = re.compile(r"([A-Za-z]{1,3})\s*-?\s*([0-9]{1,6})")
_NAME_LENGTH = 24


def ticket_number(prefix: str, number: int, digits: int = 3) -> str:
    """A-019."""
    return f"{prefix}-{number:0{digits}d}"


def read_number(typed: str) -> tuple[str, int] | None:
    """Prefix and number of what somebody typed or a slip says (`a19`, `A-019`); None when it is no number."""
    found = _TYPED.fullmatch(typed.strip())
    return (found[1].upper(), int(found[2])) if found else None


def visit_name(day: str, prefix: str, number: int) -> str:
    """The id of the visit that has this number on a day (2026-11-23): 32 hex digits, those of one day together.

    Whoever sees the ticket knows the visit, also where nothing was heard of it (decision 0017).
    """
    said = f"{day}/{prefix}/{number}".encode()
    return day.replace("-", "") + hashlib.sha256(said).hexdigest()[:_NAME_LENGTH]
