"""Whether a PIN is that of somebody who leads, asked by kiosks, which have nothing to check it with (DESIGN 10)."""

from collections.abc import Callable
from threading import Lock

from mppdesk.db.privacy.verifiers import FREE_TRIES, PAUSE_MS, PinCheck, wrong_pin
from mppdesk.db.reading.readers import StoredReaders
from mppdesk.domain.errors import NotAllowed
from mppdesk.domain.station import Station
from mppdesk.texts import msg


class LeaderPins:
    """Checks one PIN at a time; wrong ones pause the station that asked, and nobody's account. For any thread."""

    def __init__(self, readers: StoredReaders, pins: PinCheck, now_ms: Callable[[], int]) -> None:
        self._readers = readers
        self._pins = pins
        self._now_ms = now_ms
        self._lock = Lock()
        self._wrong: dict[str, tuple[int, int]] = {}

    def __call__(self, station: Station, pin: str) -> str:
        """Accept the PIN of a supervisor or administrator and answer whose it is, or raise NotAllowed."""
        with self._lock:
            count, last_ms = self._wrong.get(station.device_id, (0, 0))
            if count and count % FREE_TRIES == 0 and 0 <= self._now_ms() - last_ms < PAUSE_MS:
                raise NotAllowed(msg("PIN salah {count} kali.", count=count), msg("Tunggu semenit, lalu coba lagi."))
            with self._readers.moment() as moment:
                leaders = [user_id for user_id, user in moment.reference.users.items() if user.is_leading]
            owner = self._pins.owner(leaders, pin)
            if owner is None:
                self._wrong[station.device_id] = (count + 1, self._now_ms())
                raise wrong_pin()
            self._wrong.pop(station.device_id, None)
            return owner
