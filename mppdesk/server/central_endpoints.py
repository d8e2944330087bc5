"""The endpoints of the centre: journals and data keys of many sites, pokes when they have news, and health."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

import msgspec
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from mppdesk import __version__
from mppdesk.db.central.news import Herald
from mppdesk.db.central.sites import Asker, Askers, CentralSite
from mppdesk.db.replication.replica import Outcome
from mppdesk.domain.errors import NotAllowed
from mppdesk.server.answers import TOO_MANY, NotAuthenticated, answer
from mppdesk.server.central_events import SitePokes
from mppdesk.server.requests import key_rights_of, message_of, token_of
from mppdesk.sync.exchange import Answerer
from mppdesk.sync.keys import KeyRights, KeysDiffer, KeysGiven, KeysHello, KeysPush
from mppdesk.sync.protocol import Hello, Push, PushAnswer, pack
from mppdesk.texts import msg

_PACKED = "application/vnd.mppdesk.sync"
_EVENT_STREAM = "text/event-stream"
# More than these would only wait for one another; the others come again a little later, spread by chance.
_MOST_AT_ONCE = 64
_COME_AGAIN_S = "5"

Asked = TypeVar("Asked", Hello, Push, KeysHello, KeysPush)
Reply = Callable[["Centre", Asker, Asked], msgspec.Struct]


@dataclass
class Centre:
    """The parts of a running centre; its functions may block, and raise what the database raises.

    `prove_write` returns after a row reached the disk.
    """

    askers: Askers
    answerer: Callable[[CentralSite], Answerer]
    herald: Herald
    pokes: SitePokes
    queue: Callable[[str], dict[str, Any]]
    prove_write: Callable[[], None]
    working: int = 0

    @contextmanager
    def a_place(self) -> Iterator[bool]:
        """Take one of the places for those who are served at once; False when none is free. For the event loop."""
        is_free = self.working < _MOST_AT_ONCE
        self.working += is_free
        try:
            yield is_free
        finally:
            self.working -= is_free


async def post_hello(request: Request) -> Response:
    return await _exchange(request, Hello, lambda centre, asker, asked: centre.answerer(asker.site).hello(asked))


async def post_push(request: Request) -> Response:
    return await _exchange(request, Push, _pushed)


async def post_keys_hello(request: Request) -> Response:
    """Tell in which days the data keys here and there differ."""
    return await _exchange(request, KeysHello, _keys_compared)


async def post_keys(request: Request) -> Response:
    """Take data keys, and give those that the asker may read."""
    return await _exchange(request, KeysPush, _keys_pushed)


async def get_queue(request: Request) -> Response:
    """Everybody who is in the asker's building, as far as the centre's views have come."""
    centre, asker = _centre(request), await _asker_of(request)
    with centre.a_place() as is_free:
        if not is_free:
            return _come_again()
        return answer(await asyncio.to_thread(centre.queue, asker.site.site_id))


async def get_events(request: Request) -> Response:
    """A poke with the sequence of the site's newest entry, whenever somebody else brought some."""
    centre, asker = _centre(request), await _asker_of(request)
    token, site_id = token_of(request), asker.site.site_id

    async def is_known() -> bool:
        found = centre.askers.remembered(token) or await asyncio.to_thread(centre.askers.by_token, token)
        return found is not None

    stream = centre.pokes.listen(asker, lambda: asyncio.to_thread(centre.herald.last_seq, site_id), is_known)
    return StreamingResponse(stream, media_type=_EVENT_STREAM, headers={"cache-control": "no-store"})


async def get_health(request: Request) -> Response:
    """Well means that a row was written and synced just now."""
    await asyncio.to_thread(_centre(request).prove_write)
    return answer({"healthy": True, "version": __version__})


async def _exchange(request: Request, kind: type[Asked], reply: "Reply[Asked]") -> Response:
    centre = _centre(request)
    with centre.a_place() as is_free:
        if not is_free:
            return _come_again()
        asker = await _asker_of(request)
        asked = await message_of(request, kind)
        if asked.site_id != asker.site.site_id:
            raise NotAllowed(
                msg("Jurnal ini milik gedung lain. Tidak ada yang diterima."),
                msg("Periksa token pusat di hub ini (mppdesk hub link)."),
            )
        return Response(await asyncio.to_thread(_replied, centre, asker, asked, reply), media_type=_PACKED)


def _come_again() -> Response:
    return Response(status_code=TOO_MANY, headers={"retry-after": _COME_AGAIN_S})


def _replied(centre: Centre, asker: Asker, asked: Asked, reply: "Reply[Asked]") -> bytes:
    return pack(reply(centre, asker, asked))


def _pushed(centre: Centre, asker: Asker, asked: Push) -> PushAnswer:
    answered = centre.answerer(asker.site).push(asked)
    if any(each.outcome == Outcome.STORED for each in answered.results):
        centre.herald.arrived(asker.site.site_id, asker.device_id)
    return answered


def _keys_compared(centre: Centre, asker: Asker, asked: KeysHello) -> KeysDiffer:
    return centre.answerer(asker.site).keys.hello(asked, _key_rights(asker))


def _keys_pushed(centre: Centre, asker: Asker, asked: KeysPush) -> KeysGiven:
    return centre.answerer(asker.site).keys.push(asked, _key_rights(asker))


def _key_rights(asker: Asker) -> KeyRights:
    """The holder of the site's token may do everything."""
    return key_rights_of(asker.station) if asker.station else KeyRights(asker.site.hub_device_id)


def _centre(request: Request) -> Centre:
    found: Centre = request.app.state.centre
    return found


async def _asker_of(request: Request) -> Asker:
    askers, token = _centre(request).askers, token_of(request)
    asker = askers.remembered(token) or (await asyncio.to_thread(askers.by_token, token) if token else None)
    if asker is None:
        raise NotAuthenticated(
            msg("Gedung atau komputer ini belum terdaftar di pusat. Tidak ada yang diterima."),
            msg("Daftarkan di pusat dengan mppdesk central add-site, lalu simpan tokennya dengan mppdesk hub link."),
        )
    return asker
