"""The way to another server: one connection that is kept, with the token of this station."""

import ssl
from collections.abc import Callable, Generator
from types import TracebackType
from typing import TypeVar
from urllib.parse import quote

import httpx
import msgspec

from mppdesk.db.replication.replica_store import ReplicaStore
from mppdesk.domain.commands import Answer
from mppdesk.sync.addresses import Addresses, ToTheHub
from mppdesk.sync.exchange import Exchanged, Reply, Request, exchange
from mppdesk.sync.keys import KeyReply, KeyRequest, KeysDiffer, KeysGiven, KeysHello, exchange_keys
from mppdesk.sync.printer_words import FarPrinters, PrinterWords
from mppdesk.sync.protocol import (
    Ask,
    Hello,
    HelloAnswer,
    People,
    PrintersPlace,
    PushAnswer,
    Told,
    UnreadableMessage,
    pack,
    unpack,
)

TERM_PATH = "/v1/term"
_PRINTERS_PATH = "/v1/sync/printers"
_PACKED = "application/vnd.mppdesk.sync"
_CONNECT_S = 0.5
# A full message of one mebibyte each way on a slow line between cities.
ANSWER_S = 30.0
# A person stands at the desk: after this the station goes on alone (DESIGN 6).
CLERKS_PATIENCE_S = 1.0
_MOST_ASKED_WAIT_S = 600.0

Reading = TypeVar("Reading", bound=msgspec.Struct)
Asked = TypeVar("Asked")
Given = TypeVar("Given")
Done = TypeVar("Done")


class _Withdrawal(msgspec.Struct):
    accepted: Answer | None


class Unreachable(Exception):
    """The other side did not answer, or not as one of ours; `wait_s` is how long it asked to be left alone."""

    def __init__(self, why: str, wait_s: float = 0.0) -> None:
        super().__init__(why)
        self.wait_s = wait_s


Patience = Callable[[], float]
"""The seconds that the next message may wait for its answer; raises Unreachable when there are none left."""


def each_message_within(seconds: float) -> Patience:
    """Every message may wait so long."""
    return lambda: seconds


UNHURRIED = each_message_within(ANSWER_S)


def all_within(seconds: float, monotonic: Callable[[], float]) -> Patience:
    """All messages together may wait so long, from now on."""
    until = monotonic() + seconds

    def left() -> float:
        left_s = until - monotonic()
        if left_s <= 0:
            raise Unreachable("no time left")
        return left_s

    return left


class Link:
    """HTTP to one server; for one thread at a time. `authority` is the file of the site's certificate.

    With `addresses` each request goes to whichever of them is the hub of the highest term.
    """

    def __init__(self, url: str, token: str, authority: str | None = None, addresses: Addresses | None = None) -> None:
        self.client = client_of(url, token, authority, httpx.Timeout(ANSWER_S, connect=_CONNECT_S), addresses)
        self._has_choice = addresses is not None
        self._is_lost = False

    def exchange(self, here: ReplicaStore, patience: Patience = UNHURRIED) -> Exchanged:
        """Exchange journals once; raises Unreachable, after which everything taken so far is whole.

        After a failure it looks for the hub first: a hub looks for another one as long as it runs, and a standby
        should not sum its journal up for each look.
        """
        if self._is_lost:
            self.look(patience())
        self._is_lost = self._has_choice
        done = _driven(exchange(here), lambda request: self._answer(request, patience()))
        self._is_lost = False
        return done

    def look(self, patience_s: float = ANSWER_S) -> None:
        """Raise Unreachable where no hub of the highest term answers.

        Any answer will do: the term stands in its headers, also in the refusal of a version that knows no such address.
        """
        self._sent(lambda: self.client.get(TERM_PATH, timeout=_patience(patience_s)))

    def exchange_keys(self, here: ReplicaStore, from_day: int) -> tuple[int, int]:
        """Exchange data keys once; answers how many were sent and received. Raises Unreachable."""
        return _driven(exchange_keys(here, from_day), self._answer_keys)

    def ask(self, question: Ask, patience_s: float) -> Told:
        """Ask for a decision; raises Unreachable, after which nobody knows what was decided."""
        return self._post("/v1/sync/ask", question, Told, patience_s)

    def people(self) -> People:
        """What PINs are checked with at this station; raises Unreachable."""
        return self._read(lambda: self.client.get("/v1/sync/people"), People)

    def tell_printers(self, words: PrinterWords) -> PrintersPlace:
        """Say how the printers of this computer stand; raises Unreachable."""
        return self._post(_PRINTERS_PATH, words, PrintersPlace)

    def far_printers(self) -> FarPrinters:
        """How those of the other computers stand, as the hub heard last; raises Unreachable."""
        return self._read(lambda: self.client.get(_PRINTERS_PATH), FarPrinters)

    def withdraw(self, command_id: str) -> Answer | None:
        """What the hub answered to a command; None makes sure that it never accepts it. Raises Unreachable."""
        path = f"/v1/commands/{quote(command_id, safe='')}/withdrawal"
        answer = self._sent(lambda: self.client.post(path, timeout=CLERKS_PATIENCE_S))
        if not answer.is_success:
            raise Unreachable(f"HTTP {answer.status_code}", _asked_to_wait(answer))
        try:
            return msgspec.json.decode(answer.content, type=_Withdrawal).accepted
        except (msgspec.MsgspecError, UnicodeDecodeError) as error:
            raise Unreachable("unreadable answer") from error

    def close(self) -> None:
        self.client.close()

    def __enter__(self) -> "Link":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _answer(self, request: Request, patience_s: float) -> Reply:
        if isinstance(request, Hello):
            return self._post("/v1/sync/hello", request, HelloAnswer, patience_s)
        return self._post("/v1/sync/push", request, PushAnswer, patience_s)

    def _answer_keys(self, request: KeyRequest) -> KeyReply:
        if isinstance(request, KeysHello):
            return self._post("/v1/sync/keys/hello", request, KeysDiffer)
        return self._post("/v1/sync/keys", request, KeysGiven)

    def _post(self, path: str, message: msgspec.Struct, kind: type[Reading], patience_s: float = ANSWER_S) -> Reading:
        patience, headers = _patience(patience_s), {"content-type": _PACKED}
        return self._read(
            lambda: self.client.post(path, content=pack(message), headers=headers, timeout=patience), kind
        )

    def _read(self, send: Callable[[], httpx.Response], kind: type[Reading]) -> Reading:
        """Send and read the answer; whatever is not a good one of this protocol is no answer."""
        answer = self._sent(send)
        if not answer.is_success:
            raise Unreachable(f"HTTP {answer.status_code}", _asked_to_wait(answer))
        try:
            return unpack(answer.content, kind)
        except UnreadableMessage as error:
            raise Unreachable("unreadable answer") from error

    def _sent(self, send: Callable[[], httpx.Response]) -> httpx.Response:
        try:
            return send()
        except httpx.HTTPError as error:
            raise Unreachable(type(error).__name__) from error


def _patience(seconds: float) -> httpx.Timeout:
    return httpx.Timeout(seconds, connect=min(seconds, _CONNECT_S))


def client_of(
    url: str, token: str, authority: str | None, patience: httpx.Timeout, addresses: Addresses | None = None
) -> httpx.Client:
    """A client that keeps its connections to one server and believes only the certificate it knows."""
    verify: ssl.SSLContext | bool = ssl.create_default_context(cafile=authority) if authority else True
    headers = {"authorization": f"Bearer {token}"}
    way = ToTheHub(addresses, httpx.HTTPTransport(verify=verify)) if addresses else None
    return httpx.Client(base_url=url, verify=verify, headers=headers, timeout=patience, trust_env=False, transport=way)


def _driven(asking: Generator[Asked, Given, Done], answer: Callable[[Asked], Given]) -> Done:
    """Bring an asker's requests to the other side until it is done."""
    try:
        request = next(asking)
        while True:
            request = asking.send(answer(request))
    except StopIteration as ended:
        done: Done = ended.value
        return done


def _asked_to_wait(answer: httpx.Response) -> float:
    """The seconds of Retry-After (RFC 9110, 10.2.3); 0 without it."""
    said = answer.headers.get("retry-after", "")
    return min(float(said), _MOST_ASKED_WAIT_S) if said.isdecimal() else 0.0
