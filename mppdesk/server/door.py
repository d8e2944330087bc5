"""Where every request comes in: terms are heard and said, a line goes to the log, most go straight to an endpoint.

A search through all routes and a layer of middleware for each of these cost a command more than reading it.
"""

import time
from collections.abc import Awaitable, Callable, Sequence

from starlette.applications import Starlette
from starlette.datastructures import Headers, State
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mppdesk.domain.errors import ClerkError
from mppdesk.server.answers import on_bug, refused
from mppdesk.server.fence import Fence
from mppdesk.server.logs import AccessLog
from mppdesk.sync.addresses import TERM_HEADER

Endpoint = Callable[[Request], Awaitable[Response]]
_TERM = TERM_HEADER.encode()


class Door:
    """The ASGI application around Starlette's, which routes what has a variable part in its address, and what is wrong.

    Without `terms` nothing is said of them: the centre has none.
    """

    def __init__(self, inside: Starlette, terms: "Terms | None" = None) -> None:
        self._inside = inside
        self._terms = terms
        self._log = AccessLog()
        self._straight = _straight(inside.routes)

    @property
    def state(self) -> State:
        """What the endpoints share."""
        return self._inside.state

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._inside(scope, receive, send)
            self._log.write()
            return
        began, telling = time.perf_counter(), _Telling(send, self._terms)
        if self._terms is not None:
            self._terms.hear(scope)
        try:
            await self._way(scope)(scope, receive, telling)
        finally:
            self._log.note(scope, telling.status, time.perf_counter() - began)

    def _way(self, scope: Scope) -> ASGIApp:
        endpoint = self._straight.get((scope["method"], scope["path"]))
        if endpoint is None:
            return self._inside
        scope["app"] = self._inside
        return endpoint


class Terms:
    """Hears the term in a request, and says that of this process in each answer (docs/sync.md).

    `is_station` tells a bearer token of the building: nobody else is believed about a newer hub.
    """

    def __init__(self, fence: Fence, is_station: Callable[[str], bool]) -> None:
        self._fence = fence
        self._is_station = is_station

    def hear(self, scope: Scope) -> None:
        if any(name == _TERM for name, _ in scope["headers"]):
            self._fence.listen(Headers(scope=scope), self._is_station)

    def said(self) -> list[tuple[bytes, bytes]]:
        return [(name.encode(), value.encode()) for name, value in self._fence.says().items()]


class _Telling:
    """Sends an answer with what this server says in each, and keeps its status."""

    def __init__(self, send: Send, terms: Terms | None) -> None:
        self._send = send
        self._terms = terms
        self.status = 0

    def __call__(self, message: Message) -> Awaitable[None]:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            if self._terms is not None:
                message["headers"] = [*message["headers"], *self._terms.said()]
        return self._send(message)


def _straight(routes: Sequence[object]) -> dict[tuple[str, str], ASGIApp]:
    """The endpoints by method and address, of all routes whose address is one."""
    return {
        (method, route.path): _answering(route.endpoint)
        for route in routes
        if isinstance(route, Route) and not route.param_convertors
        for method in route.methods or ()
    }


def _answering(endpoint: Endpoint) -> ASGIApp:
    """The endpoint as ASGI; whatever it raises is said in a sentence."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive)
        try:
            response = await endpoint(request)
        except ClerkError as error:
            response = refused(error)
        except ClientDisconnect:
            return
        except Exception as error:  # noqa: BLE001 - logged under a code
            response = await on_bug(request, error)
        await response(scope, receive, send)

    return answer
