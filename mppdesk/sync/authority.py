"""The certificate of a building, fetched before it can be believed: a person compares its fingerprint."""

import hashlib
import ssl
from urllib.parse import urlsplit

import httpx

from mppdesk.domain.errors import BadInput, NotAllowed
from mppdesk.sync.hub_calls import PATIENCE_S, read_answer, unreachable
from mppdesk.texts import msg

_THIS_COMPUTER = ("127.0.0.1", "::1", "localhost")
_MOST_BYTES = 64 * 1024


def hub_url(typed: str) -> str:
    """The address of a hub as typed, with or without `https://`; raises BadInput for what would go out in clear."""
    written = typed.strip().removesuffix("/")
    url = written if "://" in written else f"https://{written}"
    try:
        parts = urlsplit(url)
        is_whole = bool(parts.hostname) and parts.path == "" and not parts.query and parts.port != 0
    except ValueError:
        is_whole = False
    if not is_whole or parts.scheme not in ("http", "https"):
        raise BadInput(
            msg('Alamat hub "{typed}" tidak terbaca. Tidak ada yang dibuat.', typed=typed),
            msg("Tulis seperti https://192.168.1.10:8731, yang ditampilkan mppdesk hub."),
        )
    if parts.scheme == "http" and parts.hostname not in _THIS_COMPUTER:
        raise BadInput(
            msg("Lewat jaringan, hub hanya dihubungi dengan https. Tidak ada yang dibuat."),
            msg("Jalankan mppdesk hub init di komputer hub, lalu pakai alamat https."),
        )
    return url


def fetch_authority(url: str) -> bytes | None:
    """Fetch the site's certificate (PEM), not yet believed; None from a hub without encryption on this computer.

    Raises StorageTrouble when no hub answers.
    """
    if url.startswith("http:"):
        return None
    try:
        # Nothing secret is asked or told here, and whoever answers is believed only after the comparison.
        with httpx.Client(verify=False, timeout=PATIENCE_S, trust_env=False) as client:
            answer = client.get(f"{url}/v1/authority")
    except httpx.HTTPError as error:
        raise unreachable() from error
    if not answer.is_success:
        read_answer(answer)
    if not answer.is_success or len(answer.content) > _MOST_BYTES:
        raise unreachable()
    fingerprint_of(answer.content)
    return answer.content


def fingerprint_of(authority: bytes) -> str:
    """SHA-256 of a certificate, in hex; raises StorageTrouble for bytes that are none."""
    try:
        return hashlib.sha256(ssl.PEM_cert_to_DER_cert(authority.decode("ascii"))).hexdigest()
    except ValueError as error:
        raise unreachable() from error


def require_fingerprint(authority: bytes, typed: str) -> None:
    """Believe a certificate by the fingerprint that the hub's own screen showed; raises NotAllowed for another."""
    wanted = "".join(sign for sign in typed.casefold() if sign not in " :-")
    if fingerprint_of(authority) != wanted:
        raise NotAllowed(
            msg("Sidik jari hub di alamat itu lain dari yang ditulis. Kode tidak dikirim, tidak ada yang dibuat."),
            msg("Periksa alamat dan sidik jarinya di layar hub (mppdesk hub enrol). Bila tetap beda, beri tahu admin."),
        )
