"""The ASGI application of a building, and what every application of this server has."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from functools import partial

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Lifespan

from mppdesk.domain.errors import ClerkError
from mppdesk.server import endpoints, printer_endpoints
from mppdesk.server.answers import on_bug, on_clerk_error, refusal
from mppdesk.server.building import Building
from mppdesk.server.checkpoints import fold_log
from mppdesk.server.door import Door, QuickEndpoint, Terms
from mppdesk.server.expiry import expire_calls
from mppdesk.server.old_slips import drop_old_slips
from mppdesk.server.openapi import get_openapi
from mppdesk.texts import msg

ROUTES = (
    Route("/health", endpoints.get_health, methods=["GET"]),
    Route("/openapi.json", get_openapi, methods=["GET"]),
    Route("/v1/commands", endpoints.post_command, methods=["POST"]),
    Route("/v1/commands/{command_id:path}/withdrawal", endpoints.post_withdrawal, methods=["POST"]),
    Route("/v1/queue", endpoints.get_queue, methods=["GET"]),
    Route("/v1/events", endpoints.get_events, methods=["GET"]),
    Route("/v1/authority", endpoints.get_authority, methods=["GET"]),
    Route("/v1/enrol", endpoints.post_enrol, methods=["POST"]),
    Route("/v1/codes", endpoints.post_code, methods=["POST"]),
    Route("/v1/authority/standby", endpoints.post_standby_authority, methods=["POST"]),
    Route("/v1/takeover", endpoints.post_takeover, methods=["POST"]),
    Route("/v1/term", endpoints.get_term, methods=["GET"]),
    Route("/v1/sync/hello", endpoints.post_hello, methods=["POST"]),
    Route("/v1/sync/push", endpoints.post_push, methods=["POST"]),
    Route("/v1/leader", endpoints.post_leader, methods=["POST"]),
    Route("/v1/sync/keys/hello", endpoints.post_keys_hello, methods=["POST"]),
    Route("/v1/sync/keys", endpoints.post_keys, methods=["POST"]),
    Route("/v1/sync/people", endpoints.get_people, methods=["GET"]),
    Route("/v1/sync/ask", endpoints.post_ask, methods=["POST"]),
    Route("/v1/sync/printers", printer_endpoints.post_printers, methods=["POST"]),
    Route("/v1/sync/printers", printer_endpoints.get_printers, methods=["GET"]),
)


def make_app(building: Building) -> Door:
    """Make the application; its lifespan runs what a building does by itself."""

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        by_itself = (
            building.feed.run(),
            expire_calls(building),
            fold_log(building.checkpoints),
            drop_old_slips(building.drop_old_slips),
            printer_endpoints.forget_the_silent(building.printers),
        )
        running = [asyncio.create_task(each) for each in by_itself]
        try:
            yield
        finally:
            for task in running:
                task.cancel()
            await asyncio.gather(*running, return_exceptions=True)

    fence = building.fence
    terms = Terms(fence, lambda token: building.station(token) is not None) if fence else None
    quick = {("POST", "/v1/commands"): partial(endpoints.post_command_quickly, building)}
    app = application(ROUTES, lifespan, terms, quick)
    app.state.building = building
    return app


def application(
    routes: Sequence[Route],
    lifespan: Lifespan[Starlette] | None = None,
    terms: Terms | None = None,
    quick: Mapping[tuple[str, str], QuickEndpoint] | None = None,
) -> Door:
    """An application that says every refusal in a sentence and logs every request."""
    handlers = {ClerkError: on_clerk_error, HTTPException: _on_http, Exception: on_bug}
    return Door(Starlette(routes=routes, lifespan=lifespan, exception_handlers=handlers), terms, quick)


async def _on_http(request: Request, error: Exception) -> Response:
    """An address or a method that does not exist."""
    assert isinstance(error, HTTPException)
    response = refusal(
        msg("Alamat atau cara permintaan ini tidak ada di server ini. Tidak ada yang berubah."),
        msg("Lihat daftarnya di /openapi.json."),
        error.status_code,
    )
    response.headers.update(error.headers or {})
    return response
