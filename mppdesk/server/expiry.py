"""The hub's look at its own calls: what no station confirmed in time goes back to the queue."""

import asyncio
import logging

from mppdesk.db.hub import Asked
from mppdesk.domain.commands import ExpireCall
from mppdesk.domain.entries import SYSTEM_USER, Actor
from mppdesk.domain.errors import ClerkError
from mppdesk.server.building import VIA, Building

_EVERY_S = 1.0
_log = logging.getLogger("mppdesk.server")


async def expire_calls(building: Building) -> None:
    """Look each second until cancelled; trouble with the storage is told by every other answer of the hub."""
    while True:
        await asyncio.sleep(_EVERY_S)
        try:
            await expire_once(building)
        except ClerkError as trouble:
            _log.warning("calls not expired: %s", type(trouble).__name__)


async def expire_once(building: Building) -> int:
    """Expire what is unconfirmed now; answers how many."""
    found = await asyncio.to_thread(building.unconfirmed_calls)
    for call in found:
        command = ExpireCall(command_id=building.new_id(), visit=call.visit, call=call.call)
        await building.decider.ask(Asked(command, Actor(SYSTEM_USER, VIA)))
    return len(found)
