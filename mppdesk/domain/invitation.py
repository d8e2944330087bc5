"""The invitation of a new computer: the hub's address, a one-time code and the fingerprint, as one line of text."""

import re
from dataclasses import dataclass, replace

from mppdesk.domain.errors import BadInput
from mppdesk.texts import msg

_NAME = "MPPDESK"
_HTTPS = "https://"
_GROUP, _GROUPS_IN_A_LINE = 4, 8
_is_code = re.compile(r"\d{6}").fullmatch
_is_fingerprint = re.compile(r"[0-9a-f]{64}").fullmatch
_is_address = re.compile(r"(https?://)?(\[[0-9a-f:]+\]|[0-9a-z.-]+)(:\d{1,5})?/?").fullmatch


@dataclass(frozen=True, slots=True)
class Invitation:
    """What a new computer needs to join; `fingerprint` is SHA-256 in hex of the site's certificate, None if not told.

    `url` begins with https://; only a hub without a certificate, on this very computer, has http://.
    """

    url: str
    code: str
    fingerprint: str | None = None

    @property
    def address(self) -> str:
        """The address as people write it."""
        return self.url.removeprefix(_HTTPS)

    @property
    def line(self) -> str:
        """One line to copy or scan; only signs that fit a small QR code (ISO/IEC 18004, alphanumeric mode)."""
        return " ".join(filter(None, (_NAME, self.address, self.code, self.fingerprint))).upper()

    def trusting(self, fingerprint: str | None) -> "Invitation":
        """The same with the fingerprint that somebody compared."""
        return replace(self, fingerprint=fingerprint)

    @classmethod
    def read(cls, line: str) -> "Invitation":
        """Read a line as shown, pasted with a verb around it, or typed as address and code; raises BadInput."""
        words = line.casefold().split()
        codes = [word for word in words if _is_code(word)]
        marks = [word for word in words if _is_fingerprint(word)]
        addresses = [word for word in words if _looks_like_an_address(word)]
        if len(codes) != 1 or len(addresses) != 1 or len(marks) > 1:
            raise BadInput(
                msg("Undangan ini tidak terbaca. Tidak ada yang dikirim."),
                msg("Tulis alamat hub, spasi, lalu enam angka kodenya, misalnya 192.168.1.10:8731 226918."),
            )
        address = addresses[0].removesuffix("/")
        url = address if "://" in address else f"{_HTTPS}{address}"
        return cls(url, codes[0], marks[0] if marks else None)


def in_groups(fingerprint: str) -> str:
    """A fingerprint as it is compared with another screen: groups of four in two lines of one shape."""
    groups = [fingerprint[at : at + _GROUP].upper() for at in range(0, len(fingerprint), _GROUP)]
    lines = (groups[at : at + _GROUPS_IN_A_LINE] for at in range(0, len(groups), _GROUPS_IN_A_LINE))
    return "\n".join(" ".join(line) for line in lines)


def _looks_like_an_address(word: str) -> bool:
    is_other = _is_code(word) or _is_fingerprint(word)
    return not is_other and bool(_is_address(word)) and ("." in word or ":" in word)
