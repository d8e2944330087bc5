"""What the hub decides by itself: calls that never arrived go back, provisional files get their number in the book."""

import asyncio
import logging
from collections.abc import Sequence

from mppdesk.db.deciding.hub import Asked
from mppdesk.domain.commands import Command, ExpireCall, MapRegister
from mppdesk.domain.entries import SYSTEM_USER, Actor
from mppdesk.domain.errors import ClerkError
from mppdesk.server.building import VIA, Building

_EVERY_S = 1.0
_ITSELF = Actor(SYSTEM_USER, VIA)
_log = logging.getLogger("mppdesk.server")


async def expire_calls(building: Building) -> None:
    """Look each second until cancelled; trouble with the storage is told by every other answer of the hub."""
    while True:
        await asyncio.sleep(_EVERY_S)
        if building.is_hub:
            await _look(building)


async def _look(building: Building) -> None:
    for each_kind in (expire_once, map_once):
        try:
            await each_kind(building)
        except Exception as trouble:  # noqa: BLE001 - logged, and looked at again
            _left(trouble)


async def expire_once(building: Building) -> None:
    """Expire what is unconfirmed now."""
    found = await asyncio.to_thread(building.unconfirmed_calls)
    await _decide(
        building, [ExpireCall(command_id=building.new_id(), visit=call.visit, call=call.call) for call in found]
    )


async def map_once(building: Building) -> None:
    """Give the files that cut-off stations registered their numbers in the book."""
    found = await asyncio.to_thread(building.unmapped_files)
    await _decide(building, [MapRegister(command_id=building.new_id(), submission=each) for each in found])


async def _decide(building: Building, commands: Sequence[Command]) -> None:
    """Decide them together; one that fails holds up no other."""
    asked = (building.decider.ask(Asked(command, _ITSELF)) for command in commands)
    for outcome in await asyncio.gather(*asked, return_exceptions=True):
        if isinstance(outcome, Exception):
            _left(outcome)


def _left(trouble: Exception) -> None:
    """Of what was foreseen the name is enough; a bug also says where it is."""
    is_foreseen = isinstance(trouble, ClerkError)
    _log.warning("left for the next look: %s", type(trouble).__name__, exc_info=None if is_foreseen else trouble)
