"""What was printed from the roll in each printer: the rows of `local_paper_rolls`.

A roll has a row for each name of its printer, so that a printer with two names has the same roll under both. A printer
of sheets has none.
"""

from typing import Any

from sqlalchemy import bindparam, insert, select, update

from mppdesk.db.paper.tables import local_paper_rolls, local_print_jobs
from mppdesk.db.sql import Statement, Store
from mppdesk.domain.errors import BadInput
from mppdesk.domain.paper_roll import PaperRoll, unknown_roll
from mppdesk.domain.print_job import PrinterState
from mppdesk.domain.printer_address import Printer, parse_printer
from mppdesk.domain.printer_models import GENERIC_80, Form

_rolls = local_paper_rolls.c
_one = Statement(
    select(_rolls.changed_ms, _rolls.length_mm, _rolls.printed_mm, _rolls.slip_mm, _rolls.is_near_end).where(
        _rolls.printer == bindparam("printer")
    )
)
_printer_of = Statement(select(local_print_jobs.c.printer).where(local_print_jobs.c.job_id == bindparam("job_id")))
_VALUES: dict[Any, Any] = {
    _rolls.changed_ms: bindparam("changed"),
    _rolls.length_mm: bindparam("length"),
    _rolls.printed_mm: bindparam("printed"),
    _rolls.slip_mm: bindparam("slip"),
    _rolls.is_near_end: bindparam("near_end"),
}
_move_on = Statement(update(local_paper_rolls).where(_rolls.printer == bindparam("of_printer")).values(_VALUES))
_add = Statement(insert(local_paper_rolls).values({_rolls.printer: bindparam("of_printer"), **_VALUES}))


class PaperRolls:
    """The rolls of this PC's printers; `printers` gives their URLs by name. Everything in the caller's transaction."""

    def __init__(self, printers: dict[str, str]) -> None:
        self._printers = printers

    def roll(self, store: Store, printer: str) -> PaperRoll | None:
        """None while nothing was printed there and nobody said anything."""
        row = store.one(_one, printer=printer)
        return PaperRoll(row[0], row[1], row[2], row[3], is_near_end=bool(row[4])) if row else None

    def print_on(self, store: Store, job_id: str, paper_mm: int) -> None:
        """Count the paper of a job that came out, or may have."""
        row = store.one(_printer_of, job_id=job_id)
        for name, before in self._under_all_names(store, row[0]) if row else ():
            self._keep(store, name, before.printed(paper_mm))

    def change(self, store: Store, printer: str, now_ms: int) -> None:
        for name, before in self._under_all_names(store, printer):
            self._keep(store, name, before.renewed(now_ms))

    def see(self, store: Store, printer: str, state: PrinterState) -> None:
        """Note what a sensor says of the paper."""
        for name, before in self._under_all_names(store, printer):
            after = before.seen(state)
            if after != before:
                self._keep(store, name, after)

    def _under_all_names(self, store: Store, printer: str) -> list[tuple[str, PaperRoll]]:
        device = self._device(printer)
        if device is not None and device.model.form is not Form.ROLL:
            return []
        names = {printer, *(name for name in self._printers if device and self._device(name) == device)}
        fresh = unknown_roll(device.model if device else GENERIC_80)
        return [(name, self.roll(store, name) or fresh) for name in sorted(names)]

    def _device(self, printer: str) -> Printer | None:
        try:
            return parse_printer(self._printers.get(printer, ""))
        except BadInput:
            return None

    def _keep(self, store: Store, name: str, roll: PaperRoll) -> None:
        values = {
            "of_printer": name,
            "changed": roll.changed_ms,
            "length": roll.length_mm,
            "printed": roll.printed_mm,
            "slip": roll.slip_mm,
            "near_end": int(roll.is_near_end),
        }
        if not store.run(_move_on, **values):
            store.run(_add, **values)
