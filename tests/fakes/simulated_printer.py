"""The simulated printer under its first name."""

from tests.fakes.printer import PATIENCE_S, Behaviour, Condition, PrintedSlip, SimulatedPrinter

__all__ = ["PATIENCE_S", "Behaviour", "Condition", "PrintedSlip", "SimulatedPrinter"]
