"""How a simulated printer stands, what it says of that, and what its model can do."""

from dataclasses import dataclass
from enum import StrEnum

PATIENCE_S = 10.0


class Condition(StrEnum):
    """How the printer stands; the words are what a person types."""

    HEALTHY = "normal"
    NEAR_END = "kertas menipis"
    PAPER_OUT = "kertas habis"
    COVER_OPEN = "tutup terbuka"
    CUTTER_JAM = "pemotong macet"
    HOT_HEAD = "kepala panas"
    ERROR = "rusak"
    OFFLINE = "terputus"

    @property
    def is_online(self) -> bool:
        return self in (Condition.HEALTHY, Condition.NEAR_END)


class Moment(StrEnum):
    """When something may be made to happen: `CHECKED` is the answer to the last of the four questions, or, on a line
    where nobody asks, its first byte; `PRINTING` the first line on the paper of a sheet."""

    CHECKED = "diperiksa"
    PRINTING = "mencetak"
    CUT = "dipotong"
    CONFIRMED = "dipastikan"


@dataclass(frozen=True, slots=True)
class Answers:
    """To DLE EOT 1, 2, 3, 4; to GS r 1; and what it sends by itself where GS a asked for it."""

    real_time: bytes
    in_order: bytes
    automatic: bytes


ANSWERS = {
    condition: Answers(*(bytes.fromhex(part) for part in parts.split("/")))
    for condition, parts in {
        Condition.HEALTHY: "12 12 12 12/00/10 00 00 00",
        Condition.NEAR_END: "12 12 12 1e/03/10 00 03 00",
        Condition.PAPER_OUT: "1a 32 12 7e/0f/18 00 0f 00",
        Condition.COVER_OPEN: "1a 16 12 12/00/38 00 00 00",
        Condition.CUTTER_JAM: "1a 52 1a 12/00/18 08 00 00",
        Condition.HOT_HEAD: "1a 52 52 12/00/18 40 00 00",
        Condition.ERROR: "1a 52 32 12/00/18 20 00 00",
        Condition.OFFLINE: "1a 12 12 12/00/18 00 00 00",
    }.items()
}


@dataclass(slots=True)
class Behaviour:
    """What this model can do; all of it may change while the printer runs.

    `answers` and `confirms`: whether DLE EOT and GS r are answered; `misses`: the next so many DLE EOT are lost on the
    way. `knows_tags`: whether GS ( H is, with the tag it
    carries; None prints its signs, as firmware does that never heard of it.
    `calls_itself`: its texts for GS I 66, 67 and 68.
    `reads`: False leaves all bytes in the line; `bytes_per_s` is how fast it reads, None at once; it takes no more than
    `buffer_bytes` that are not yet printed. `hangs_up`: whether it closes a line whose work is done.
    `mm_per_s`: None prints at once; `runs_ahead_mm`: how much of the paper may still be to come when GS r is answered.
    `is_module`: its network card is a mere adapter, so answers go to whoever is connected when they come.
    `fails_after`: printed bytes after which `fails_with` comes about. `resets_after`: received bytes after which the
    line is torn, once. `noise`: bytes sent to whoever connects; `interjects`: before each answer; `volunteers`:
    whether it tells every change by itself (GS a), asked or not. `cools_in_s`: after which a hot head is well again;
    `boots_in_s`: in which a printer that has power again hears nothing.
    """

    condition: Condition = Condition.HEALTHY
    answers: bool = True
    confirms: bool = True
    misses: int = 0
    knows_tags: bool | None = False
    calls_itself: tuple[str, ...] = ()
    reads: bool = True
    bytes_per_s: float | None = None
    buffer_bytes: int = 4096
    hangs_up: bool = True
    mm_per_s: float | None = None
    runs_ahead_mm: float | None = None
    is_module: bool = False
    fails_after: int | None = None
    fails_with: Condition = Condition.PAPER_OUT
    resets_after: int | None = None
    noise: bytes = b""
    interjects: bytes = b""
    volunteers: bool = False
    cools_in_s: float = 0.3
    boots_in_s: float = 0.0
