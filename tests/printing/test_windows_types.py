"""The structures of Windows lie in memory as its 64-bit headers lay them out."""

import ctypes

import pytest

from mppdesk.printing.windows_types import BitmapInfo, DevMode, DocInfo, JobInfo, PrinterInfo, SlipInfo


@pytest.mark.parametrize(
    ("structure", "size"),
    [(DevMode, 88), (DocInfo, 40), (SlipInfo, 24), (BitmapInfo, 40 + 4 * 256), (PrinterInfo, 136), (JobInfo, 64)],
)
def test_a_structure_is_as_large_as_in_the_headers(structure: type[ctypes.Structure], size: int) -> None:
    assert ctypes.sizeof(structure) == size


@pytest.mark.parametrize(
    ("structure", "member", "offset"),
    [
        (DevMode, "fields", 72),  # behind a name of 32 letters and four numbers of two bytes
        (DevMode, "paper_size", 78),
        (DevMode, "copies", 86),
        (DocInfo, "title", 8),  # pointers begin at whole eight bytes
        (DocInfo, "kind", 32),
        (BitmapInfo, "bits_per_dot", 14),
        (BitmapInfo, "colours", 40),
        (PrinterInfo, "attributes", 104),
        (PrinterInfo, "status", 124),
        (JobInfo, "status", 56),
    ],
)
def test_each_member_that_is_used_is_where_windows_has_it(
    structure: type[ctypes.Structure], member: str, offset: int
) -> None:
    assert getattr(structure, member).offset == offset
