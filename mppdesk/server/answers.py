"""Answers and refusals as HTTP (RFC 9110): JSON bodies, and a sentence for whatever went wrong."""

import logging
import secrets
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from mppdesk.domain.errors import BadInput, ClerkError, NotAllowed, StorageTrouble
from mppdesk.sync.command_messages import write_refusal
from mppdesk.texts import Text, msg

OK, BAD_REQUEST, UNAUTHORIZED, FORBIDDEN, CONFLICT = 200, 400, 401, 403, 409
TOO_LARGE, TOO_MANY, BROKEN, UNAVAILABLE = 413, 429, 500, 503
_JSON = "application/json"
JSON_HEADERS = [(b"content-type", _JSON.encode())]
_STATUS: tuple[tuple[type[ClerkError], int], ...] = (
    (BadInput, BAD_REQUEST),
    (NotAllowed, FORBIDDEN),
    (StorageTrouble, UNAVAILABLE),
)
_log = logging.getLogger("mppdesk.server")


class NotAuthenticated(ClerkError):
    """The request carries no token of a station of this building."""


class TooLarge(ClerkError):
    """The body is larger than any honest one."""


def answer(value: Any, status: int = OK) -> Response:
    return Response(msgspec.json.encode(value), status, media_type=_JSON)


def refusal(what_happened: Text, what_to_do: Text, status: int = CONFLICT) -> Response:
    """Say what happened and what to do, as every verb does."""
    return answer(write_refusal(what_happened, what_to_do), status)


def refused(error: ClerkError) -> Response:
    """The refusal of a foreseen trouble; what a rule of the office refuses is a conflict."""
    if isinstance(error, NotAuthenticated):
        status = UNAUTHORIZED
    elif isinstance(error, TooLarge):
        status = TOO_LARGE
    else:
        status = next((number for kind, number in _STATUS if isinstance(error, kind)), CONFLICT)
    return refusal(error.what_happened, error.what_to_do, status)


async def on_clerk_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, ClerkError)
    return refused(error)


async def on_bug(request: Request, error: Exception) -> Response:
    return bug(request.url.path, error)


def bug(path: str, error: Exception) -> Response:
    """Something nobody foresaw: the details go to the log under a code, never to the one who asked."""
    code = secrets.token_hex(2).upper()
    _log.error("bug", extra={"code": code, "path": path}, exc_info=error)
    return refusal(
        msg("Ada yang salah di program hub. Yang sudah tersimpan aman. (kode {code})", code=code),
        msg("Ulangi; bila tetap terjadi, sebutkan kodenya kepada admin."),
        BROKEN,
    )
