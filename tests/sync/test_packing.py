"""A message of any size is read as it was written, also by a reader that knows nothing of how it was packed."""

import os
import zlib

import msgspec
import pytest

from mppdesk.db.replication.segments import Segment
from mppdesk.sync.protocol import Push, pack, unpack


@pytest.mark.parametrize("size", [0, 900, 1100, 4000, 8100, 8300, 100_000])
def test_any_size_is_read_as_it_was_written(size: int) -> None:
    entries = tuple((os.urandom(16) * 8)[:128] for _ in range(size // 128))
    message = Push("5" * 32, (Segment("1" * 32, 1, b"", entries, b""),), ())

    assert unpack(pack(message), Push) == message
    assert msgspec.msgpack.decode(zlib.decompress(pack(message)), type=Push) == message
