"""What every decision of the hub carries."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What every decision of the hub carries; `day` is the service day as 2026-11-23."""

    command_id: str
    term: int
    day: str
