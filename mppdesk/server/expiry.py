"""What the hub decides by itself: calls that never arrived go back, provisional files get their number in the book."""

import asyncio
import logging

from mppdesk.db.deciding.hub import Asked
from mppdesk.domain.commands import ExpireCall, MapRegister
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
            if building.is_hub:
                await expire_once(building)
                await map_once(building)
        except ClerkError as trouble:
            _log.warning("left for the next look: %s", type(trouble).__name__)


async def expire_once(building: Building) -> int:
    """Expire what is unconfirmed now; answers how many."""
    found = await asyncio.to_thread(building.unconfirmed_calls)
    for call in found:
        command = ExpireCall(command_id=building.new_id(), visit=call.visit, call=call.call)
        await building.decider.ask(Asked(command, Actor(SYSTEM_USER, VIA)))
    return len(found)


async def map_once(building: Building) -> int:
    """Give the files that cut-off stations registered their numbers in the book; answers how many."""
    found = await asyncio.to_thread(building.unmapped_files)
    for submission in found:
        command = MapRegister(command_id=building.new_id(), submission=submission)
        await building.decider.ask(Asked(command, Actor(SYSTEM_USER, VIA)))
    return len(found)
