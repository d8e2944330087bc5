"""A hub keeps the slips that it handed to stations for a while; those of the past go beside its commands."""

import asyncio
import logging
from collections.abc import Callable

from mppdesk.domain.errors import StorageTrouble

_EVERY_S = 60.0
_log = logging.getLogger("mppdesk.server")


async def drop_old_slips(tidy: Callable[[], int], every_s: float = _EVERY_S) -> None:
    """Drop some each minute until cancelled; a disk that refuses says so to the commands too."""
    while True:
        await asyncio.sleep(every_s)
        try:
            await asyncio.to_thread(tidy)
        except StorageTrouble as trouble:
            _log.warning("left for the next minute: %s", type(trouble).__name__)
