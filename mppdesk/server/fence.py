"""Whether this process is the hub of its building now: by its journal, and by the terms its stations know (I11)."""

from collections.abc import Callable, Mapping
from typing import Any, Protocol, TypeVar

from mppdesk.db.deciding.hub import Answered, Asked
from mppdesk.db.replication.stations import StationBook
from mppdesk.domain.hub.terms import not_the_hub
from mppdesk.domain.station import FIRST_TERM, HubSeat, Station, seat_among
from mppdesk.server.decider import Tell
from mppdesk.sync.addresses import HUB_HEADER, TERM_HEADER
from mppdesk.texts import msg

_BEARER = "bearer "
_YES, _NO = "1", "0"
Given = TypeVar("Given")


class Decides(Protocol):
    async def ask(self, asked: Asked) -> Answered: ...

    def submit(self, asked: Asked, tell: Tell) -> None: ...


class Fence:
    """Keeps a hub of a lower term from deciding; for any thread. `heard` is the highest term that anybody told of.

    A hub that hears of a term it has no entry of stops deciding at once; the entry comes with the next exchange.
    """

    def __init__(self, book: StationBook, device_id: str) -> None:
        self._book = book
        self._device_id = device_id
        self._heard = FIRST_TERM
        self._stations: tuple[Station, ...] | None = None
        self._known_seat: HubSeat | None = None

    @property
    def term(self) -> int:
        seat = self._seat()
        return max(self._heard, seat.term if seat else FIRST_TERM)

    @property
    def is_hub(self) -> bool:
        seat = self._seat()
        if seat is None:
            return True
        return seat.device_id == self._device_id and seat.term >= self._heard

    def heard(self, term: int) -> None:
        self._heard = max(self._heard, term)

    def says(self) -> dict[str, str]:
        """The headers of each answer of this process."""
        return {TERM_HEADER: str(self.term), HUB_HEADER: _YES if self.is_hub else _NO}

    def listen(self, headers: Mapping[str, str], is_station: Callable[[str], bool]) -> None:
        """Hear the term in a request; `is_station` tells a bearer token of the building: nobody else is believed."""
        told = headers.get(TERM_HEADER, "")
        if not told.isdecimal() or len(told) > 9 or int(told) <= self.term:
            return
        token = headers.get("authorization", "")
        if token.lower().startswith(_BEARER) and is_station(token[len(_BEARER) :]):
            self.heard(int(told))

    def require_hub(self) -> None:
        """Raise NotTheHub in whatever process is not the hub now."""
        if self.is_hub:
            return
        seat = self._seat()
        if seat is None or seat.device_id == self._device_id:
            raise not_the_hub(msg("komputer cadangan"))
        raise not_the_hub(seat.label)

    def guarding(self, act: Callable[..., Given]) -> Callable[..., Given]:
        """The act for the hub alone."""

        def guarded(*given: Any) -> Given:
            self.require_hub()
            return act(*given)

        return guarded

    def _seat(self) -> HubSeat | None:
        """Who is the hub; every answer asks for it, so it is looked for only when the stations were read anew."""
        stations = self._book.all()
        if stations is not self._stations:
            self._known_seat = seat_among(each.seat for each in stations)
            self._stations = stations
        return self._known_seat


class FencedDecider:
    """Decides as long as this process is the hub."""

    def __init__(self, decider: Decides, fence: Fence) -> None:
        self._decider = decider
        self._fence = fence

    async def ask(self, asked: Asked) -> Answered:
        """Give the hub's answer; raises NotTheHub, and what the decision raised."""
        self._fence.require_hub()
        return await self._decider.ask(asked)

    def submit(self, asked: Asked, tell: Tell) -> None:
        """Have a command decided; raises NotTheHub at once."""
        self._fence.require_hub()
        self._decider.submit(asked, tell)
