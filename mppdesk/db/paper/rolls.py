"""What was printed from the roll in each printer: the rows of `local_paper_rolls`.

A roll has a row for each name of its printer, so that a printer with two names has the same roll under both. Which
names these are, whoever prints finds out anew in each run of the program. A printer of sheets has none.
"""

from collections.abc import Callable
from typing import Any

from sqlalchemy import bindparam, insert, select, update

from mppdesk.db.paper.tables import local_paper_rolls, local_print_jobs
from mppdesk.db.sql import Statement, Store
from mppdesk.domain.errors import BadInput
from mppdesk.domain.paper_roll import PaperRoll, best_known, unknown_roll
from mppdesk.domain.print_job import PrinterState
from mppdesk.domain.printer_address import parse_printer
from mppdesk.domain.printer_models import GENERIC_80, Form, PrinterModel
from mppdesk.domain.slip import SlipKind
from mppdesk.domain.slip_length import most_logo_mm

_rolls = local_paper_rolls.c
_one = Statement(
    select(_rolls.changed_ms, _rolls.length_mm, _rolls.printed_mm, _rolls.slip_mm, _rolls.is_near_end).where(
        _rolls.printer == bindparam("printer")
    )
)
_jobs = local_print_jobs.c
_came_out = Statement(select(_jobs.printer, _jobs.kind).where(_jobs.job_id == bindparam("job_id")))
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

    def __init__(self, printers: Callable[[], dict[str, str]]) -> None:
        self._printers = printers
        self._sharing: dict[str, frozenset[str]] = {}

    def roll(self, store: Store, printer: str) -> PaperRoll | None:
        """None while nothing was printed there and nobody said anything."""
        row = store.one(_one, printer=printer)
        return PaperRoll(row[0], row[1], row[2], row[3], is_near_end=bool(row[4])) if row else None

    def share(self, store: Store, names: frozenset[str]) -> None:
        """These names, and no others, lead to one printer from now on.

        What is known under a name that comes from others is of the printer that it left, if these know of a roll here.
        """
        come = {name for name in names if self._sharing.get(name, names) - names}
        self._sharing.update(dict.fromkeys(names, names))
        before = {name: self.roll(store, name) for name in names if self._has_roll(name)}
        rolls = {name: roll for name, roll in before.items() if roll is not None}
        known = [roll for name, roll in rolls.items() if name not in come] or list(rolls.values())
        for name, roll in before.items() if known else ():
            if roll != best_known(known):
                self._keep(store, name, best_known(known))

    def print_on(self, store: Store, job_id: str, paper_mm: int) -> None:
        """Count the paper of a job that came out, or may have, and of the logo that its printer puts on it."""
        row = store.one(_came_out, job_id=job_id)
        if row is None:
            return
        taken_mm = paper_mm + round(most_logo_mm(SlipKind(row[1]), self._model(row[0])))
        for name, before in self._under_all_names(store, row[0]):
            self._keep(store, name, before.printed(taken_mm))

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
        names = self._sharing.get(printer, frozenset({printer}))
        return [
            (name, self.roll(store, name) or unknown_roll(self._model(printer)))
            for name in sorted(names)
            if self._has_roll(name)
        ]

    def _has_roll(self, printer: str) -> bool:
        return self._model(printer).form is Form.ROLL

    def _model(self, printer: str) -> PrinterModel:
        try:
            return parse_printer(self._printers().get(printer, "")).model
        except BadInput:
            return GENERIC_80

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
