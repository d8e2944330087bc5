"""How much paper a printer's roll still holds, by what was printed from it and what its sensors said."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from mppdesk.domain.print_job import PrinterState
from mppdesk.domain.printer_models import PrinterModel

_WIDE_COLUMNS = 42
WIDE_ROLL_MM, NARROW_ROLL_MM = 50_000, 10_000
"""A new roll of 80 x 80 mm holds 50 to 88 m by the weight of its paper (data sheets of paper makers); here the least.

One of 58 x 30 mm on a core of 12 mm holds pi / 4 * (30^2 - 12^2) mm2 / 0.06 mm = 9.9 m.
"""
NEAR_END_MM = 2_000
"""Left when the sensor begins to speak: a roll of 23 mm on a core of 18 mm holds 2.7 m; cores differ, so less."""
_SHORTEST_ROLL_MM, _LONGEST_ROLL_MM = 5_000, 150_000
"""What was measured is believed between these: other rolls are not sold, so what was said of this one was wrong."""
_USUAL_SLIP_MM = 60
"""A short ticket (UI.md, slips)."""
_SLIPS_REMEMBERED = 8


@dataclass(frozen=True, slots=True)
class PaperRoll:
    """The roll in a printer, in millimetres of paper; `slip_mm` is the length of its recent slips.

    `changed_ms` is when somebody said that the roll was new (UTC); None if nobody did since the last one ended.
    `is_near_end`: its sensor said so.
    """

    changed_ms: int | None
    length_mm: int
    printed_mm: int
    slip_mm: int
    is_near_end: bool

    def printed(self, paper_mm: int) -> "PaperRoll":
        slip_mm = ((_SLIPS_REMEMBERED - 1) * self.slip_mm + paper_mm + _SLIPS_REMEMBERED // 2) // _SLIPS_REMEMBERED
        return replace(self, printed_mm=self.printed_mm + paper_mm, slip_mm=slip_mm)

    def renewed(self, now_ms: int) -> "PaperRoll":
        return replace(self, changed_ms=now_ms, printed_mm=0, is_near_end=False)

    def seen(self, state: PrinterState) -> "PaperRoll":
        """What a sensor says of the roll; the other states say nothing of it."""
        match state:
            case PrinterState.PAPER_NEAR_END:
                return self._near_end()
            case PrinterState.PAPER_OUT:
                return self._ended()
            case _:
                return self

    def slips_left(self, state: PrinterState) -> int | None:
        """About how many slips can still come out; None while nobody can know."""
        if state is PrinterState.PAPER_OUT:
            return 0
        if self.changed_ms is None and not self.is_near_end:
            return None
        return max(0, self.length_mm - self.printed_mm) // max(1, self.slip_mm)

    def _near_end(self) -> "PaperRoll":
        """Take the sensor's word for it once: it speaks until the roll is changed, and the paper goes on to shrink."""
        if self.is_near_end:
            return self
        length_mm = self.printed_mm + NEAR_END_MM
        if self.changed_ms is not None and _is_sold(length_mm):
            return replace(self, length_mm=length_mm, is_near_end=True)
        return replace(self, changed_ms=None, printed_mm=self.length_mm - NEAR_END_MM, is_near_end=True)

    def _ended(self) -> "PaperRoll":
        """Learn how long the next roll will be; whether that is a new one, only a person knows."""
        is_measured = self.changed_ms is not None and _is_sold(self.printed_mm)
        length_mm = self.printed_mm if is_measured else self.length_mm
        return replace(self, changed_ms=None, length_mm=length_mm, printed_mm=0, is_near_end=False)


def unknown_roll(model: PrinterModel) -> PaperRoll:
    """The roll of a printer of which nobody said anything; its length rather too short than too long."""
    length_mm = WIDE_ROLL_MM if model.columns >= _WIDE_COLUMNS else NARROW_ROLL_MM
    return PaperRoll(None, length_mm, 0, _USUAL_SLIP_MM, is_near_end=False)


def best_known(rolls: Iterable[PaperRoll]) -> PaperRoll:
    """What is known of one roll that was counted under several names: the latest change, and the least that is left."""
    return max(rolls, key=lambda roll: (roll.changed_ms or 0, roll.is_near_end, roll.printed_mm))


def _is_sold(length_mm: int) -> bool:
    return _SHORTEST_ROLL_MM <= length_mm <= _LONGEST_ROLL_MM
