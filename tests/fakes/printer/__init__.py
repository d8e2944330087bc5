"""A thermal printer to test against: it prints, fails and is mended on command, and knows what really came out."""

from tests.fakes.printer.behaviour import PATIENCE_S, Behaviour, Condition, Moment
from tests.fakes.printer.paper import PrintedSheet, PrintedSlip, SheetKind
from tests.fakes.printer.printer import SimulatedPrinter

__all__ = [
    "PATIENCE_S",
    "Behaviour",
    "Condition",
    "Moment",
    "PrintedSheet",
    "PrintedSlip",
    "SheetKind",
    "SimulatedPrinter",
]
