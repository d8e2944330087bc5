"""What comes in: bodies up to a size, JSON that is JSON, and the station behind the token."""

from typing import Any, TypeVar

from starlette.requests import ClientDisconnect, Request

from mppdesk.domain.errors import BadInput, NotAllowed
from mppdesk.domain.station import Station
from mppdesk.server.answers import NotAuthenticated, TooLarge
from mppdesk.server.building import Building
from mppdesk.server.whole_answers import RawHeaders
from mppdesk.sync.command_messages import read_json
from mppdesk.sync.keys import KeyRights, rights_of
from mppdesk.sync.protocol import UnreadableMessage, unpack
from mppdesk.texts import msg

MOST_COMMAND_BYTES = 256 * 1024
MOST_SYNC_BYTES = 8 * 1024 * 1024
_BEARER = "bearer "
_AUTHORIZATION = b"authorization"

Message = TypeVar("Message")


def building_of(request: Request) -> Building:
    found: Building = request.app.state.building
    return found


def station_of(request: Request) -> Station:
    """The station that asks; raises NotAuthenticated without a token of this building."""
    return station_with(building_of(request), token_of(request))


def station_with(building: Building, token: str) -> Station:
    """The station that holds a bearer token; raises NotAuthenticated for one that none of this building holds."""
    station = building.station(token) if token else None
    if station is None:
        raise NotAuthenticated(
            msg("Komputer ini belum terdaftar di hub. Tidak ada yang berubah."),
            msg("Daftarkan dengan kode dari penyelia (mppdesk hub enrol)."),
        )
    return station


def token_of(request: Request) -> str:
    """The bearer token (RFC 6750, 2.1); empty without one."""
    return _token(request.headers.get("authorization", ""))


def token_among(headers: RawHeaders) -> str:
    """The same of headers as they came, their names in small letters."""
    return next((_token(value.decode("latin-1")) for name, value in headers if name == _AUTHORIZATION), "")


def _token(header: str) -> str:
    return header[len(_BEARER) :] if header[: len(_BEARER)].lower() == _BEARER else ""


def commander_of(request: Request) -> Station:
    """The station that asks for a decision; a revoked one is refused."""
    return commander_with(building_of(request), token_of(request))


def commander_with(building: Building, token: str) -> Station:
    station = station_with(building, token)
    require_not_revoked(station)
    return station


def key_rights_of(station: Station) -> KeyRights:
    """What a station may do with data keys; raises NotAllowed for a revoked one that nobody admitted."""
    if not station.are_facts_admitted:
        require_not_revoked(station)
    return rights_of(station)


def require_not_revoked(station: Station) -> None:
    if not station.may_command:
        raise NotAllowed(
            msg("Pendaftaran {station} sudah dicabut. Tidak ada yang berubah.", station=station.label),
            msg("Hubungi penyelia bila komputer ini masih dipakai."),
        )


async def body_of(request: Request, most: int) -> bytes:
    """Read the body, and stop as soon as it is larger than any honest one."""
    body, is_whole = bytearray(), False
    while not is_whole:
        message = await request.receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        body += message.get("body", b"")
        if len(body) > most:
            raise TooLarge(msg("Isi permintaan terlalu besar. Tidak ada yang berubah."), msg("Kirim lebih sedikit."))
        is_whole = not message.get("more_body", False)
    return bytes(body)


async def json_of(request: Request) -> Any:
    return read_json(await body_of(request, MOST_COMMAND_BYTES))


async def message_of(request: Request, kind: type[Message], most: int = MOST_SYNC_BYTES) -> Message:
    """Read a message of the sync protocol."""
    try:
        return unpack(await body_of(request, most), kind)
    except UnreadableMessage as error:
        raise BadInput(
            msg("Pesan sinkronisasi tidak terbaca. Tidak ada yang berubah."), msg("Perbarui mppdesk di kedua komputer.")
        ) from error
