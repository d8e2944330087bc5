"""One JSON line a request and one an incident: what, how long, how it ended; never who the citizen was."""

import asyncio
import json
import logging
import sys
import time
from functools import lru_cache
from typing import Any

import msgspec

_EXTRA = ("path", "code")
_TOGETHER_S = 0.2
_access = logging.getLogger("mppdesk.server.access")


class JsonLines(logging.Formatter):
    """Log records as JSON lines; of an exception only its type and place, since its text may quote a person.

    Of what is said only the first line: asyncio puts the exception into those below.
    """

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "time": _written_time(int(record.created)),
            "level": record.levelname.lower(),
            "what": record.getMessage().partition("\n")[0],
        }
        line |= {name: record.__dict__[name] for name in _EXTRA if name in record.__dict__}
        if record.exc_info and record.exc_info[1] is not None:
            line["error"] = type(record.exc_info[1]).__name__
            line["at"] = _places(record.exc_info[1])
        return json.dumps(line, ensure_ascii=False)


def set_up_logs() -> None:
    """Send what anything in this process logs to stderr, also the libraries it stands on."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    logging.getLogger().addHandler(handler)
    logging.getLogger("mppdesk").setLevel(logging.INFO)


class AccessLog:
    """A line for each request whose answer is complete.

    Lines leave together a few times a second: a system call for each would hold up who decides meanwhile.
    """

    def __init__(self) -> None:
        self._lines: list[bytes] = []

    def note(self, method: str, path: str, status: int, seconds: float) -> None:
        """Keep the line of a request until the next writing; in the event loop."""
        if not _access.isEnabledFor(logging.INFO):
            return
        if not self._lines:
            asyncio.get_running_loop().call_later(_TOGETHER_S, self.write)
        line = {
            "time": _written_time(int(time.time())),
            "level": "info",
            "what": "request",
            "method": method,
            "path": path,
            "status": status,
            "ms": round(seconds * 1000, 2),
        }
        self._lines.append(msgspec.json.encode(line))

    def write(self) -> None:
        """Write the lines that are kept."""
        lines, self._lines = self._lines, []
        if lines:
            sys.stderr.write(b"\n".join([*lines, b""]).decode())
            sys.stderr.flush()


@lru_cache(maxsize=2)
def _written_time(seconds: int) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(seconds))


def _places(error: BaseException) -> list[str]:
    places, at = [], error.__traceback__
    while at is not None:
        places.append(f"{at.tb_frame.f_code.co_filename.rpartition('mppdesk')[2]}:{at.tb_lineno}")
        at = at.tb_next
    return places[-5:]
