"""What may go wrong with what people type (P1-P3), as patches of the real code."""

from typing import Any

from mppdesk.db import unit
from mppdesk.db.replication.local_keys import LocalKeys
from mppdesk.domain.entries import Sealed
from mppdesk.sync.keys import KeyAnswerer


def sealed_in_name_only() -> list[tuple[Any, str, Any]]:
    """A personal text lies where the sealed one should."""

    def seal(key: Any, entry_id: str, field: str, text: str, nonce: bytes) -> Sealed:
        return Sealed(key.key_id, nonce, text.encode())

    return [(unit, "seal", seal)]


def keys_left_behind() -> list[tuple[Any, str, Any]]:
    """A data key that a station brings is not kept."""
    return [(KeyAnswerer, "take", lambda self, parcels, rights: None)]


def forgotten_in_one_place() -> list[tuple[Any, str, Any]]:
    """A person is forgotten where that was asked for, and nowhere else."""
    return [(LocalKeys, "destroy", lambda self, key_ids, now_ms: None)]
