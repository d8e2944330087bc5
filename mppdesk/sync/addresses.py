"""Where the hub of a building is: its own address and those of its standbys; obeyed is only the highest term."""

import time
from collections.abc import Callable, Iterable, Mapping
from threading import Lock

import httpx
from sqlalchemy import bindparam, select

from mppdesk.db.deciding.hub_seats import seat_in
from mppdesk.db.home import OpenHome
from mppdesk.db.journal.codec import decode_value
from mppdesk.db.sql import Statement, Store
from mppdesk.db.tables import view_settings
from mppdesk.domain.station import FIRST_TERM

TERM_HEADER = "mppdesk-term"
HUB_HEADER = "mppdesk-hub"
SETTING = "hub/"
"""The setting `hub/<device id>` says at which `url` a hub or standby listens."""
_YES = "1"
Patience = Mapping[str, float | None]
"""Time-outs in seconds by their kind (connect, read, write, pool), as httpx gives them to a transport."""
_LONGEST_TERM = 9
_SCHEMES = ("http://", "https://")
_settings = view_settings.c
_listening = Statement(
    select(_settings.name, _settings.value)
    .where(_settings.site_id == bindparam("site_id"), _settings.name.between(SETTING, SETTING + "~"))
    .order_by(_settings.name)
)


class Addresses:
    """The addresses where the hub may be, and the highest term that was ever heard of; for any thread.

    `told` hears each higher term, in the thread that met it.
    """

    def __init__(self, urls: Iterable[str], term: int = FIRST_TERM, told: Callable[[int], object] = bool) -> None:
        self._urls = list(dict.fromkeys(urls))
        self._term = term
        self._told = told
        self._lock = Lock()

    @property
    def term(self) -> int:
        return self._term

    def all(self) -> tuple[str, ...]:
        """The addresses, the one that answered last as the hub first."""
        with self._lock:
            return tuple(self._urls)

    def learn(self, urls: Iterable[str]) -> None:
        """Add addresses that are not known yet."""
        with self._lock:
            self._urls += [url for url in dict.fromkeys(urls) if url not in self._urls]

    def answered(self, url: str) -> None:
        """Ask here first from now on."""
        with self._lock:
            if self._urls[0] != url:
                self._urls.remove(url)
                self._urls.insert(0, url)

    def heard(self, term: int) -> None:
        with self._lock:
            is_higher, self._term = term > self._term, max(term, self._term)
        if is_higher:
            self._told(term)

    def obeys(self, said: Mapping[str, str]) -> bool:
        """Whether the headers of an answer are those of the hub of the highest term.

        A server that says nothing of terms is of an older version, and of the first term.
        """
        told = said.get(TERM_HEADER, "")
        term = int(told) if told.isdecimal() and len(told) <= _LONGEST_TERM else FIRST_TERM
        self.heard(term)
        return term >= self.term and said.get(HUB_HEADER, _YES) == _YES


class ToTheHub(httpx.BaseTransport):
    """Brings each request to the address where the hub of the highest term answers.

    An address that does not connect, or where no hub of that term is, is passed over within the same request: nothing
    was decided there. Once a hub took the request, what happens to the answer is the asker's to find out. All addresses
    together have the time that the asker has for an answer: each silent one takes its share of it.
    """

    def __init__(
        self, addresses: Addresses, way: httpx.BaseTransport, seconds: Callable[[], float] = time.monotonic
    ) -> None:
        self._addresses = addresses
        self._way = way
        self._seconds = seconds

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        trouble: httpx.TransportError = httpx.ConnectError("no address is known", request=request)
        began = self._seconds()
        for url in self._addresses.all():
            patience = _left(request, self._seconds() - began)
            if patience is None:
                break
            try:
                answer = self._way.handle_request(self._directed(request, url, patience))
            except (httpx.ConnectError, httpx.ConnectTimeout) as error:
                trouble = error
                continue
            if self._addresses.obeys(answer.headers):
                self._addresses.answered(url)
                return answer
            answer.close()
            trouble = httpx.ConnectError("not the hub of the highest term", request=request)
        raise trouble

    def close(self) -> None:
        self._way.close()

    def _directed(self, request: httpx.Request, url: str, patience: Patience) -> httpx.Request:
        there = httpx.URL(url)
        headers = [(name, value) for name, value in request.headers.raw if name.lower() != b"host"]
        told = {"host": there.netloc.decode(), TERM_HEADER: str(self._addresses.term)}
        return httpx.Request(
            request.method,
            request.url.copy_with(scheme=there.scheme, host=there.host, port=there.port),
            headers=[*((name.encode(), value.encode()) for name, value in told.items()), *headers],
            stream=request.stream,
            extensions={**request.extensions, "timeout": patience},
        )


def _left(request: httpx.Request, gone_s: float) -> Patience | None:
    """The time-outs of a request after some of its time is gone; None when nothing is left of it."""
    asked: Patience = request.extensions.get("timeout", {})
    within, connect = asked.get("read"), asked.get("connect")
    if within is None:
        return asked
    left = within - gone_s
    if left <= 0:
        return None
    return {**asked, "read": left, "connect": left if connect is None else min(connect, left)}


def known_term(store: Store, site_id: str) -> int:
    """The highest term that a store's journal tells of."""
    seat = seat_in(store, site_id)
    return seat.term if seat else FIRST_TERM


def addresses_of(home: OpenHome, *first: str, told: Callable[[int], object] = bool) -> Addresses:
    """The addresses that a folder knows, `first` ones first, without its own."""
    with home.database.reading() as store:
        others = listening_at(store, home.site_id, besides=home.setting("device_id") or "")
        return Addresses((*first, *others), known_term(store, home.site_id), told)


def learn_from(home: OpenHome, addresses: Addresses) -> None:
    """Take what the journal says now: other addresses, a higher term."""
    with home.database.reading() as store:
        addresses.learn(listening_at(store, home.site_id, besides=home.setting("device_id") or ""))
        term = known_term(store, home.site_id)
    addresses.heard(term)


def listening_at(store: Store, site_id: str, *, besides: str = "") -> tuple[str, ...]:
    """The addresses that hubs and standbys recorded, without that of one device, and without what is no address."""
    rows = store.all(_listening, site_id=site_id)
    values = [decode_value(bytes(value)).get("url") for name, value in rows if name != SETTING + besides]
    return tuple(url for url in values if isinstance(url, str) and _is_address(url))


def _is_address(text: str) -> bool:
    try:
        return httpx.URL(text).host != "" and text.startswith(_SCHEMES)
    except httpx.InvalidURL:
        return False
