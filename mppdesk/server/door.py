"""Where every request comes in: terms are heard and said, a line goes to the log, most go straight to an endpoint.

A search through all routes and a layer of middleware for each of these cost a command more than reading it; so did a
task for each, and the messages that ASGI passes to and fro. Some endpoints are therefore quick ones too.
"""

import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from functools import partial

from starlette.applications import Starlette
from starlette.datastructures import Headers, State
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from mppdesk.domain.errors import ClerkError
from mppdesk.server.answers import JSON_HEADERS, OK, bug, refused
from mppdesk.server.fence import Fence
from mppdesk.server.logs import AccessLog
from mppdesk.server.requests import token_among
from mppdesk.server.whole_answers import RawHeaders, SendWhole, WholeWay
from mppdesk.sync.addresses import TERM_HEADER

Endpoint = Callable[[Request], Awaitable[Response]]
Tell = Callable[[bytes | Exception], None]
QuickEndpoint = Callable[[str, bytes, Tell], None]
"""Takes a bearer token and a whole body; raises, or tells later, what went wrong, or the JSON of its answer."""
_TERM = TERM_HEADER.encode()


class Door:
    """The ASGI application around Starlette's, which routes what has a variable part in its address, and what is wrong.

    Without `terms` nothing is said of them: the centre has none. `quick` are endpoints of which the routes have the
    usual form too, by method and address; `whole_ways` are those for a server that knows a request whole.
    """

    def __init__(
        self,
        inside: Starlette,
        terms: "Terms | None" = None,
        quick: Mapping[tuple[str, str], QuickEndpoint] | None = None,
    ) -> None:
        self._inside = inside
        self._terms = terms
        self._log = AccessLog()
        self._straight = _straight(inside.routes)
        self.whole_ways: dict[tuple[bytes, bytes], WholeWay] = {
            (method.encode(), path.encode()): partial(self._answer_quickly, method, path, endpoint)
            for (method, path), endpoint in (quick or {}).items()
        }

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
            self._terms.hear(scope["headers"])
        try:
            await self._way(scope)(scope, receive, telling)
        finally:
            self._log.note(scope["method"], scope["path"], telling.status, time.perf_counter() - began)

    def _way(self, scope: Scope) -> ASGIApp:
        endpoint = self._straight.get((scope["method"], scope["path"]))
        if endpoint is None:
            return self._inside
        scope["app"] = self._inside
        return endpoint

    def _answer_quickly(
        self, method: str, path: str, endpoint: QuickEndpoint, headers: RawHeaders, body: bytes, send: SendWhole
    ) -> None:
        began = time.perf_counter()

        def tell(told: bytes | Exception) -> None:
            status, said = (OK, told) if isinstance(told, bytes) else _wrong(path, told)
            self._log.note(method, path, status, time.perf_counter() - began)
            send(status, [*JSON_HEADERS, *self._terms.said()] if self._terms else JSON_HEADERS, said)

        try:
            if self._terms is not None:
                self._terms.hear(headers)
            endpoint(token_among(headers), body, tell)
        except Exception as error:  # noqa: BLE001 - said in a sentence, a bug logged under a code
            tell(error)


class Terms:
    """Hears the term in a request, and says that of this process in each answer (docs/sync.md).

    `is_station` tells a bearer token of the building: nobody else is believed about a newer hub.
    """

    def __init__(self, fence: Fence, is_station: Callable[[str], bool]) -> None:
        self._fence = fence
        self._is_station = is_station

    def hear(self, headers: RawHeaders) -> None:
        if any(name == _TERM for name, _ in headers):
            self._fence.listen(Headers(raw=list(headers)), self._is_station)

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
            response = bug(scope["path"], error)
        await response(scope, receive, send)

    return answer


def _wrong(path: str, error: Exception) -> tuple[int, bytes]:
    response = refused(error) if isinstance(error, ClerkError) else bug(path, error)
    return response.status_code, bytes(response.body)
