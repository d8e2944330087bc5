"""How a printer of another computer stands, as that computer said last."""

from dataclasses import dataclass
from datetime import datetime

from mppdesk.domain.print_job import PrinterState


@dataclass(frozen=True, slots=True)
class FarPrinter:
    """`place` is the label of its computer, `since` when it came to stand so, in the zone of the office; None where
    that is not known.

    `waiting` slips come out when it is mended; of `unsure` ones a person must see whether they did.
    """

    place: str
    name: str
    state: PrinterState
    since: datetime | None = None
    waiting: int = 0
    unsure: int = 0
