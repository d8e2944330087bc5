"""An application that listens on a real socket of this computer, in a thread of the tests."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread
from typing import Any

from starlette.types import ASGIApp

from mppdesk.server.serving import Address, Server, configured, listening, url_of

START_S = 20.0


@contextmanager
def served_here(app: ASGIApp, when_stopping: Callable[[], None], port: int = 0) -> Iterator[str]:
    """Serve on a port of this computer (0: any free one); gives the URL. `when_stopping` ends streams."""
    taken = listening(Address("127.0.0.1", port))
    server = Server(configured(app, None), when_stopping)
    started = Event()
    thread = Thread(target=lambda: asyncio.run(_serve(server, taken, started)), name="server")
    thread.start()
    try:
        assert started.wait(START_S)
        yield url_of(taken, None)
    finally:
        server.should_exit = True
        thread.join(START_S)
        taken.close()


async def _serve(server: Server, taken: Any, started: Event) -> None:
    serving = asyncio.create_task(server.serve(sockets=[taken]))
    while not server.started and not serving.done():
        await asyncio.sleep(0.005)
    started.set()
    await serving
