"""The endpoints of the centre: journals of many sites, and health."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from mppdesk import __version__
from mppdesk.db.central.sites import CentralSite, SiteTokens
from mppdesk.domain.errors import NotAllowed
from mppdesk.server.answers import TOO_MANY, NotAuthenticated, answer
from mppdesk.server.requests import message_of, token_of
from mppdesk.sync.exchange import Answerer
from mppdesk.sync.protocol import Hello, Push, pack
from mppdesk.texts import msg

_PACKED = "application/vnd.mppdesk.sync"
# More than these would only wait for one another; the others come again a little later, spread by chance.
_MOST_AT_ONCE = 64
_COME_AGAIN_S = "5"

Asked = TypeVar("Asked", Hello, Push)


@dataclass
class Centre:
    """The parts of a running centre. `prove_write` returns after a row reached the disk, or raises; it may block, as
    may `answerer`.
    """

    tokens: SiteTokens
    answerer: Callable[[CentralSite], Answerer]
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
    return await _exchange(request, Hello, Answerer.hello)


async def post_push(request: Request) -> Response:
    return await _exchange(request, Push, Answerer.push)


async def get_health(request: Request) -> Response:
    """Well means that a row was written and synced just now."""
    await asyncio.to_thread(_centre(request).prove_write)
    return answer({"healthy": True, "version": __version__})


async def _exchange(
    request: Request, kind: type[Asked], reply: Callable[[Answerer, Asked], msgspec.Struct]
) -> Response:
    centre = _centre(request)
    with centre.a_place() as is_free:
        if not is_free:
            return Response(status_code=TOO_MANY, headers={"retry-after": _COME_AGAIN_S})
        site = await _site_of(request)
        asked = await message_of(request, kind)
        if asked.site_id != site.site_id:
            raise NotAllowed(
                msg("Jurnal ini milik gedung lain. Tidak ada yang diterima."),
                msg("Periksa token pusat di hub ini (mppdesk hub link)."),
            )
        return Response(await asyncio.to_thread(_replied, centre, site, asked, reply), media_type=_PACKED)


def _replied(
    centre: Centre, site: CentralSite, asked: Asked, reply: Callable[[Answerer, Asked], msgspec.Struct]
) -> bytes:
    return pack(reply(centre.answerer(site), asked))


def _centre(request: Request) -> Centre:
    found: Centre = request.app.state.centre
    return found


async def _site_of(request: Request) -> CentralSite:
    tokens, token = _centre(request).tokens, token_of(request)
    site = tokens.remembered(token) or (await asyncio.to_thread(tokens.site, token) if token else None)
    if site is None:
        raise NotAuthenticated(
            msg("Gedung ini belum terdaftar di pusat. Tidak ada yang diterima."),
            msg("Daftarkan di pusat dengan mppdesk central add-site, lalu simpan tokennya dengan mppdesk hub link."),
        )
    return site
