"""Where a station says how its printers stand and hears of the others', and the look for those that fell silent."""

import asyncio

from starlette.requests import Request
from starlette.responses import Response

from mppdesk.domain.errors import NotAllowed
from mppdesk.domain.station import StationRole
from mppdesk.server.printer_news import PrinterNews
from mppdesk.server.requests import MOST_COMMAND_BYTES, building_of, commander_of, message_of
from mppdesk.sync.printer_words import PrinterWords
from mppdesk.sync.protocol import pack
from mppdesk.texts import msg

_PACKED = "application/vnd.mppdesk.sync"
_EVERY_S = 5.0


async def post_printers(request: Request) -> Response:
    """Take a station's word on its own printers, in place of the one before."""
    station = commander_of(request)
    words = await message_of(request, PrinterWords, MOST_COMMAND_BYTES)
    place = await asyncio.to_thread(building_of(request).printers.hear, station.device_id, words)
    return Response(pack(place), media_type=_PACKED)


async def get_printers(request: Request) -> Response:
    """Give what the other computers said last; nobody looks after printers at a kiosk or a board."""
    station = commander_of(request)
    if not StationRole(station.role).signs_in:
        raise NotAllowed(
            msg("Di komputer ini tidak ada yang mengurus printer. Tidak ada yang diberikan."),
            msg("Daftarkan sebagai loket bila petugas bekerja di sini."),
        )
    found = await asyncio.to_thread(building_of(request).printers.others, station.device_id)
    return Response(pack(found), media_type=_PACKED)


async def forget_the_silent(printers: PrinterNews) -> None:
    """Look until cancelled for computers that are not heard of any more."""
    while True:
        await asyncio.sleep(_EVERY_S)
        await asyncio.to_thread(printers.let_go)
