"""This PC as the hub of its building: its windows and the hub in one process, over one folder (DESIGN 2)."""

import logging
import socket
from collections.abc import Callable
from contextlib import ExitStack, suppress
from threading import Lock, Thread
from typing import TYPE_CHECKING

from mppdesk.db.home import OpenHome
from mppdesk.domain.entries import Actor
from mppdesk.domain.errors import ClerkError, Refused
from mppdesk.operations.ports import Clock
from mppdesk.sync.standing import Standing
from mppdesk.texts import msg

if TYPE_CHECKING:  # a single PC never waits for what serves a network
    from mppdesk.server.at_home import HubAtHome

PORT = 8731
OWN_HUB = "own_hub"
"""The topic of whether this PC is the hub of a building."""
_SETTING = "listen"
# Nothing is sent: a route is asked for. RFC 5737 and the three private ranges of RFC 1918.
_PROBES = ("192.0.2.1", "10.255.255.254", "172.31.255.254", "192.168.255.254")
_log = logging.getLogger(__name__)


class OwnHub:
    """Begins and ends the hub; every call blocks and may be made in any thread but the GUI's.

    `told` hears in whatever thread that something changed. `trouble` is why it does not listen although it should.
    """

    def __init__(self, home: OpenHome, clock: Clock, told: Callable[[], None]) -> None:
        self._home = home
        self._clock = clock
        self._told = told
        self._lock = Lock()
        self._running = ExitStack()
        self._resuming: Thread | None = None
        self.at_home: HubAtHome | None = None
        self.trouble: ClerkError | None = None

    @property
    def address(self) -> str | None:
        """Where it listens, or should, as HOST:PORT; None for a single PC."""
        return self._home.setting(_SETTING) or None

    def running(self) -> "HubAtHome":
        """The hub that listens now; raises Refused when none does."""
        hub = self.at_home
        if hub is None:
            raise Refused(
                msg("Hub di komputer ini tidak berjalan. Tidak ada yang berubah."),
                msg("Jalankan dahulu di halaman Gedung."),
            )
        return hub

    def heard_of(self, device_id: str) -> int | None:
        """When the running hub heard a station last, in UTC milliseconds."""
        hub = self.at_home
        return hub.building.sightings.of(device_id) if hub is not None and hub.building.sightings else None

    def standing(self) -> Standing:
        """How this PC stands as its own hub; with the centre where it listens for a building that has one."""
        hub = self.at_home
        centre = hub.building.answerer.centre() if hub is not None else None
        return Standing(is_cut_off=False, since_ms=0, is_hub=True, centre=centre)

    def resume(self) -> None:
        """Begin again, in a thread, if this PC was the hub when it was closed."""
        if (address := self.address) is not None:
            self._resuming = Thread(target=self._try, args=(address,), name="hub-start")
            self._resuming.start()

    def begin(self, address: str, actor: Actor) -> None:
        """Make this PC a building: its certificate, then the hub at `address`; raises what the hub refuses with.

        A refusal leaves a single PC; the next start begins again where this one listened.
        """
        with self._lock:
            self._make_authority()
            self._listen(address, actor)
            self._home.set_setting(_SETTING, address)
        self._told()

    def end(self) -> None:
        """A single PC again; the stations go on by themselves, as when the cable is cut."""
        with self._lock:
            self._home.set_setting(_SETTING, "")
            self._stop()
        self._told()

    def wait_until_resumed(self) -> None:
        """Return when it is known whether it listens again."""
        if self._resuming is not None:
            self._resuming.join()

    def close(self) -> None:
        """Stop with the program; the next start begins again."""
        self.wait_until_resumed()
        with self._lock:
            self._stop()

    def _try(self, address: str) -> None:
        with self._lock:
            try:
                self._listen(address, None)
            except ClerkError as trouble:
                self.trouble = trouble
                _log.warning("the hub does not listen at %s", address)
        self._told()

    def _make_authority(self) -> None:
        from mppdesk.server import certificates

        home = self._home
        if not certificates.has_authority(home.path):
            with home.database.reading() as store:
                name = home.reference.current(store).site.name
            certificates.make_authority(home.path, name, home.secrets.search, self._clock.now())

    def _listen(self, address: str, actor: Actor | None) -> None:
        from mppdesk.server.at_home import answering_beside, hub_at_home
        from mppdesk.server.serving import Address

        self._stop()
        with ExitStack() as begun:
            hub = begun.enter_context(hub_at_home(self._home, self._clock, Address.parse(address), actor=actor))
            begun.enter_context(answering_beside(hub))
            self._running = begun.pop_all()
        self.at_home, self.trouble = hub, None

    def _stop(self) -> None:
        self.at_home = self.trouble = None
        self._running.close()


def listening_address(typed: str) -> str:
    """HOST:PORT of what somebody typed, with the usual port where none was."""
    written = typed.strip().removeprefix("https://").removesuffix("/")
    has_port = ":" in written.rpartition("]")[2]
    return written if has_port else f"{written}:{PORT}"


def addresses_here() -> tuple[str, ...]:
    """The IPv4 addresses by which others may reach this PC, the likeliest first; none on a PC without a network."""
    found = [address for probe in _PROBES if (address := _own_side(probe))]
    with suppress(OSError):  # a name that resolves to nothing: the routes told enough
        found += socket.gethostbyname_ex(socket.gethostname())[2]
    return tuple(each for each in dict.fromkeys(found) if not each.startswith("127."))


def _own_side(far: str) -> str | None:
    """The address of this PC that a packet to `far` would come from."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        try:
            asked.connect((far, 9))
        except OSError:
            return None
        return str(asked.getsockname()[0])
