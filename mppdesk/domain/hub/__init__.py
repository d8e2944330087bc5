"""The hub's decisions: decide(command, case) -> drafts and slips; no I/O, no clock, no chance of its own.

In the one-PC office the decision runs in this process, in a building on the hub; both call `decide`.
"""

from mppdesk.domain.hub.decide import decide
from mppdesk.domain.hub.view import Case, Decided, HubView, SlipOrder

__all__ = ["Case", "Decided", "HubView", "SlipOrder", "decide"]
