"""Listening: the socket first, so that the address is known and taken before anything is said; then uvicorn."""

import asyncio
import errno
import gc
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from types import FrameType

import uvicorn
from starlette.types import ASGIApp

from mppdesk.domain.errors import BadInput, StorageTrouble
from mppdesk.server.logs import set_up_logs
from mppdesk.server.whole_answers import WholeAnswers
from mppdesk.texts import msg

# For answers on their way at a stop; streams of events end by themselves then.
_GRACE_S = 2
_BACKLOG = 512
# The decider and the requests share one interpreter: five milliseconds, the usual turn, would be a third of a reply.
_SWITCH_S = 0.0005
# Requests leave little garbage in circles; the usual number of new objects has it looked for every fifty commands.
_YOUNG_OBJECTS = 10_000
_LOOPBACK = ("127.0.0.1", "::1", "localhost")


@dataclass(frozen=True, slots=True)
class Address:
    """Where to listen; port 0 takes any free one."""

    host: str
    port: int

    @classmethod
    def parse(cls, text: str) -> "Address":
        """Read HOST:PORT; an IPv6 host stands in brackets."""
        host, separator, port = text.rpartition(":")
        host = host.removeprefix("[").removesuffix("]")
        if not separator or not host or not port.isdecimal() or int(port) > 65535:
            raise BadInput(
                msg('Alamat "{text}" tidak terbaca. Tidak ada yang dijalankan.', text=text),
                msg("Tulis seperti 192.168.1.10:8731 atau 127.0.0.1:0."),
            )
        return cls(host, int(port))

    @property
    def is_loopback(self) -> bool:
        return self.host in _LOOPBACK


@dataclass(frozen=True, slots=True)
class Certificate:
    """Files of the server's certificate and its encrypted key, with the key's password."""

    certificate: str
    key: str
    password: str


class Server(uvicorn.Server):
    """uvicorn that returns at a signal instead of dying of it, so that whoever serves closes its database in order.

    `when_stopping` ends what would not end by itself; it is called in the event loop.
    """

    def __init__(self, config: uvicorn.Config, when_stopping: Callable[[], None]) -> None:
        super().__init__(config)
        self._when_stopping = when_stopping

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Stop in order; at a second Ctrl-C at once."""
        self.force_exit = self.should_exit and sig == signal.SIGINT
        self.should_exit = True

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._when_stopping()
        await super().shutdown(sockets)


def listening(address: Address) -> socket.socket:
    """Take the address; raises StorageTrouble when another program has it."""
    family = socket.AF_INET6 if ":" in address.host else socket.AF_INET
    # Named in full: asyncio turns off the waiting for more to send (Nagle) only where it sees TCP.
    taken = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if sys.platform != "win32":  # there it would let two hubs listen on one port
            taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind((address.host, address.port))
        taken.listen(_BACKLOG)
    except OSError as error:
        taken.close()
        raise _not_taken(address, error) from error
    return taken


def _not_taken(address: Address, error: OSError) -> StorageTrouble:
    host, port = address.host, address.port
    if error.errno == errno.EADDRINUSE:
        return StorageTrouble(
            msg("Alamat {host}:{port} sudah dipakai program lain di komputer ini.", host=host, port=port),
            msg("Hentikan program itu, atau pilih port lain, misalnya {port}.", port=port + 1),
        )
    if error.errno == errno.EADDRNOTAVAIL:
        return StorageTrouble(
            msg("{host} bukan alamat komputer ini sekarang.", host=host),
            msg("Periksa kabel jaringan, atau pilih alamat yang dimiliki komputer ini."),
        )
    return StorageTrouble(
        msg("Alamat {host}:{port} tidak dapat dipakai: {why}.", host=host, port=port, why=error),
        msg("Pilih alamat atau port lain."),
    )


def url_of(taken: socket.socket, certificate: Certificate | None) -> str:
    """The address as stations write it."""
    host, port = taken.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host
    return f"{'https' if certificate else 'http'}://{shown}:{port}"


def url_here(taken: socket.socket, certificate: Certificate | None) -> str:
    """The address for programs of this computer, also when the hub listens on all of them."""
    url = url_of(taken, certificate)
    return url.replace("://0.0.0.0:", "://127.0.0.1:").replace("://[::]:", "://localhost:")


def serve(
    app: ASGIApp,
    taken: socket.socket,
    certificate: Certificate | None,
    when_ready: Callable[[], None],
    when_stopping: Callable[[], None] = lambda: None,
) -> None:
    """Answer requests until the process is told to stop (SIGINT, SIGTERM)."""
    set_up_logs()
    sys.setswitchinterval(_SWITCH_S)
    with _keeping_what_is_loaded():
        asyncio.run(_serve(Server(configured(app, certificate), when_stopping), taken, when_ready))


@contextmanager
def _keeping_what_is_loaded() -> Iterator[None]:
    """Modules stay to the end: a collection of garbage that walks through them all holds up everybody's answer."""
    usual = gc.get_threshold()
    gc.collect()
    gc.freeze()
    gc.set_threshold(_YOUNG_OBJECTS, *usual[1:])
    try:
        yield
    finally:
        gc.set_threshold(*usual)
        gc.unfreeze()


def configured(app: ASGIApp, certificate: Certificate | None) -> uvicorn.Config:
    """How uvicorn serves: nothing of its own in the log, and no header believed that a proxy might have set."""
    return uvicorn.Config(
        app,
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        ws="none",
        http=WholeAnswers,
        proxy_headers=False,
        timeout_graceful_shutdown=_GRACE_S,
        ssl_certfile=certificate.certificate if certificate else None,
        ssl_keyfile=certificate.key if certificate else None,
        ssl_keyfile_password=certificate.password if certificate else None,
    )


async def _serve(server: uvicorn.Server, taken: socket.socket, when_ready: Callable[[], None]) -> None:
    async def announce() -> None:
        while not server.started:
            await asyncio.sleep(0.01)
        when_ready()

    announcing = asyncio.create_task(announce())
    try:
        await server.serve(sockets=[taken])
    finally:
        announcing.cancel()
