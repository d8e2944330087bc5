"""Segments of logs: what replicas give each other, byte for byte as stored (docs/sync.md)."""

import msgspec

from mppdesk.db.journal.codec import digest
from mppdesk.db.journal.logs import Head

MAX_SEGMENT_ENTRIES = 500
MAX_SEGMENT_BYTES = 1024 * 1024


class Segment(msgspec.Struct, frozen=True):
    """Contiguous entries of one log: `entries[i]` has the number `first_seq + i`.

    `prev_hash` is the hash of the entry before the first, zeros before number 1; `signature` (64 bytes, Ed25519) is the
    author's over the head that the last entry makes.
    """

    log_id: str
    first_seq: int
    prev_hash: bytes
    entries: tuple[bytes, ...]
    signature: bytes

    @property
    def last_seq(self) -> int:
        return self.first_seq + len(self.entries) - 1

    @property
    def size(self) -> int:
        """Bytes of its entries."""
        return sum(map(len, self.entries))

    @property
    def head(self) -> Head:
        """The head that its last entry makes."""
        return Head(self.log_id, self.last_seq, digest(self.entries[-1]))

    def heads(self) -> list[Head]:
        """The head that each entry makes, in order."""
        return [Head(self.log_id, seq, digest(raw)) for seq, raw in enumerate(self.entries, self.first_seq)]


def signed_text(site_id: str, head: Head) -> bytes:
    """What the author signs of a head."""
    return f"{site_id}/{head.log_id}/{head.seq}/{head.hash.hex()}".encode()
