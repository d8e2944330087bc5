"""What may go wrong when another computer becomes the hub (T1-T3), as patches of the real code."""

import sys
from typing import Any

from mppdesk.domain.hub import terms
from mppdesk.domain.station import FIRST_TERM
from mppdesk.server.fence import Fence
from mppdesk.sync.addresses import HUB_HEADER, Addresses

_YES = "1"
_DECIDE = "mppdesk.domain.hub.decide"


def lower_term_obeyed() -> list[tuple[Any, str, Any]]:
    """A station follows whoever says that it is the hub, and tells nobody which term it has seen."""
    return [
        (Addresses, "obeys", lambda self, said: said.get(HUB_HEADER, _YES) == _YES),
        (Addresses, "term", FIRST_TERM),
    ]


def old_hub_goes_on() -> list[tuple[Any, str, Any]]:
    """A hub that was taken over decides as before, whatever it hears and stores of another one."""
    return [(Fence, "is_hub", property(_was_hub)), (sys.modules[_DECIDE], "require_seat", lambda case, command: None)]


def block_taken_along() -> list[tuple[Any, str, Any]]:
    """The new hub goes on with the numbers of the one before it."""
    return [(terms, "_first_number", lambda view, asked: terms.OWN_BLOCK)]


def _was_hub(fence: Fence) -> bool:
    """Whether this device ever was the hub."""
    station = fence._book.by_device(fence._device_id)
    return station is not None and station.seat is not None
