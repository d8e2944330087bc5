"""When each station was last heard, for whoever looks after them; kept in this process only, never in a journal."""

from collections.abc import Callable
from threading import Lock

from mppdesk.domain.station import Station


class Sightings:
    """Notes every request with a token of the building; for any thread. Times are UTC milliseconds."""

    def __init__(self, now_ms: Callable[[], int]) -> None:
        self._now_ms = now_ms
        self._lock = Lock()
        self._seen: dict[str, int] = {}

    def noting(self, by_token: Callable[[str], Station | None]) -> Callable[[str], Station | None]:
        """The same search for who holds a token, which notes whom it found."""

        def found(token: str) -> Station | None:
            station = by_token(token)
            if station is not None:
                with self._lock:
                    self._seen[station.device_id] = self._now_ms()
            return station

        return found

    def of(self, device_id: str) -> int | None:
        """When a station was last heard; None for one that was not since this process began."""
        with self._lock:
            return self._seen.get(device_id)
