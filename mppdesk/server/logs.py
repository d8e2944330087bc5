"""One JSON line a request and one an incident: what, how long, how it ended; never who the citizen was."""

import json
import logging
import sys
import time
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_EXTRA = ("method", "path", "status", "ms", "code")
_access = logging.getLogger("mppdesk.server.access")


class JsonLines(logging.Formatter):
    """Log records as JSON lines; of an exception only its type and place, since its text may quote a person."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(record.created)),
            "level": record.levelname.lower(),
            "what": record.getMessage(),
        }
        line |= {name: record.__dict__[name] for name in _EXTRA if name in record.__dict__}
        if record.exc_info and record.exc_info[1] is not None:
            line["error"] = type(record.exc_info[1]).__name__
            line["at"] = _places(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False)


def set_up_logs() -> None:
    """Send the server's log to stderr."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    log = logging.getLogger("mppdesk.server")
    log.handlers[:] = [handler]
    log.setLevel(logging.INFO)
    log.propagate = False


class AccessLog:
    """ASGI middleware that logs each request when its answer is complete."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not _access.isEnabledFor(logging.INFO):
            await self._app(scope, receive, send)
            return
        began, status = time.perf_counter(), 0

        async def counted(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, counted)
        finally:
            spent = round((time.perf_counter() - began) * 1000, 2)
            extra = {"method": scope["method"], "path": scope["path"], "status": status, "ms": spent}
            _access.info("request", extra=extra)


def _places(error: BaseException) -> list[str]:
    places, at = [], error.__traceback__
    while at is not None:
        places.append(f"{at.tb_frame.f_code.co_filename.rpartition('mppdesk')[2]}:{at.tb_lineno}")
        at = at.tb_next
    return places[-5:]
