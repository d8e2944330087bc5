"""The hub of an open folder at its address: the certificate, the note for the verbs, the word to the building."""

import asyncio
import socket
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from threading import Thread

from mppdesk.db.home import OpenHome
from mppdesk.domain.entries import Actor
from mppdesk.domain.errors import BadInput, StorageTrouble
from mppdesk.operations.ports import Clock
from mppdesk.server import certificates, presence
from mppdesk.server.app import make_app
from mppdesk.server.building import Building
from mppdesk.server.hub import running_hub
from mppdesk.server.presence import Presence
from mppdesk.server.serving import Address, Certificate, Server, configured, listening, url_here, url_of
from mppdesk.server.takeover import announce
from mppdesk.sync.place import place_of
from mppdesk.texts import msg

_EVERYWHERE = frozenset({"0.0.0.0", "::"})
_LOOK_S = 0.05


@dataclass(frozen=True)
class HubAtHome:
    """A running hub that has its address; somebody must still answer there."""

    building: Building
    taken: socket.socket
    certificate: Certificate | None
    url: str


@contextmanager
def hub_at_home(
    home: OpenHome, clock: Clock, address: Address, names: Sequence[str] = (), actor: Actor | None = None
) -> Iterator[HubAtHome]:
    """Make an open folder the hub of its building at an address; `names` stand in its certificate beside that.

    `actor` is who ordered it, recorded where the address is a new one.
    Raises StorageTrouble when the address is taken, BadInput for a network without a certificate.
    """
    taken = listening(address)
    try:
        certificate = _certificate(home, address, names, clock.now())
        url = url_of(taken, certificate)
        authority = home.path / certificates.FOLDER / certificates.AUTHORITY_FILE
        note = Presence(url_here(taken, certificate), str(authority) if certificate else None, url)
        with running_hub(home, clock) as building, presence.announced(home.path, note):
            if certificate is not None or place_of(home) is not None:
                announce(home, url, actor)
            yield HubAtHome(building, taken, certificate, url)
    finally:
        taken.close()


@contextmanager
def answering_beside(hub: HubAtHome) -> Iterator[None]:
    """Answer in a thread of its own for as long as the block runs, beside the windows of this process."""
    server = Server(configured(make_app(hub.building), hub.certificate), hub.building.feed.end)
    thread = Thread(target=lambda: asyncio.run(server.serve(sockets=[hub.taken])), name="hub", daemon=True)
    thread.start()
    try:
        while not server.started:
            if not thread.is_alive():
                raise StorageTrouble(
                    msg("Hub tidak dapat dijalankan di {url}. Data di komputer ini utuh.", url=hub.url),
                    msg("Coba lagi; bila tetap, jalankan mppdesk hub dan baca pesannya."),
                )
            thread.join(_LOOK_S)
        yield
    finally:
        server.should_exit = True
        thread.join()


def _certificate(home: OpenHome, address: Address, names: Sequence[str], now: datetime) -> Certificate | None:
    """The certificate of this address; without one only programs of this very computer may ask."""
    if certificates.has_authority(home.path):
        known = sorted({*names, address.host, "localhost", "127.0.0.1"} - _EVERYWHERE)
        return certificates.server_certificate(home.path, known, home.secrets.search, now)
    if address.is_loopback:
        return None
    raise BadInput(
        msg("Tanpa sertifikat, hub hanya boleh mendengar di komputer ini sendiri. Tidak ada yang dijalankan."),
        msg("Jalankan dahulu mppdesk hub init, atau pakai alamat 127.0.0.1."),
    )
