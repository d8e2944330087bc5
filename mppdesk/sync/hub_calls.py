"""Single questions to a hub over HTTP: JSON in, JSON out, and every trouble as a sentence."""

import ssl
from collections.abc import Callable
from typing import Any

import httpx
import msgspec

from mppdesk.domain.errors import StorageTrouble
from mppdesk.sync.command_messages import refusal_of
from mppdesk.texts import msg

PATIENCE_S = 5.0


def post_json(
    url: str, message: Any, *, token: str | None = None, authority: str | None = None, patience_s: float = PATIENCE_S
) -> dict[str, Any]:
    """Ask a hub once; raises what the hub refused with in its own sentences, StorageTrouble when no hub answers.

    `authority` is the file of the site's certificate, which the hub must prove; `patience_s` bounds each step.
    """
    headers = {"authorization": f"Bearer {token}"} if token else {}
    body = msgspec.json.encode(message)
    return _asked(lambda client: client.post(url, content=body, headers=headers), authority, patience_s)


def get_json(url: str, *, authority: str | None = None, patience_s: float = PATIENCE_S) -> dict[str, Any]:
    """Read from a hub once; raises as `post_json`."""
    return _asked(lambda client: client.get(url), authority, patience_s)


def _asked(send: Callable[[httpx.Client], httpx.Response], authority: str | None, patience_s: float) -> dict[str, Any]:
    verify: ssl.SSLContext | bool = ssl.create_default_context(cafile=authority) if authority else True
    try:
        with httpx.Client(verify=verify, timeout=patience_s, trust_env=False) as client:
            answer = send(client)
    except httpx.HTTPError as error:
        raise unreachable() from error
    return read_answer(answer)


def read_answer(answer: httpx.Response) -> dict[str, Any]:
    """The object a hub answered; raises what it refused with."""
    try:
        found = msgspec.json.decode(answer.content)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise unreachable() from error
    if not isinstance(found, dict):
        raise unreachable()
    if answer.is_success:
        return found
    raise refusal_of(answer.status_code, answer.content)


def unreachable() -> StorageTrouble:
    """No hub answers where one was expected."""
    return StorageTrouble(
        msg("Hub tidak menjawab. Yang sudah tersimpan aman."),
        msg("Periksa apakah komputer hub menyala dan kabel jaringan terpasang."),
    )
