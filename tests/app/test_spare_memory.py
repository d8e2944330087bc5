"""Freed memory goes back to the system, and what was put away ends, by what the desktop does each minute."""

import ctypes
import os
import platform
import weakref
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest
from pytestqt.qtbot import QtBot

from mppdesk.app.desktop import Desktop
from mppdesk.app.paper_tray import PaperTray
from mppdesk.app.spare_memory import give_back
from mppdesk.app.station import Station
from tests.benchmarks.start import resident_mb

pytestmark = pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc keeps what it was given back")

_BLOCK, _COUNT, _STAYS = 64 * 1024, 512, 8


@contextmanager
def holes() -> Iterator[float]:
    """Free seven of eight blocks, so that those that stay keep the others; gives the megabytes that are held then."""
    library = ctypes.CDLL(None)
    library.malloc.restype, library.malloc.argtypes = ctypes.c_void_p, [ctypes.c_size_t]
    library.free.argtypes = [ctypes.c_void_p]
    blocks = [library.malloc(_BLOCK) for _ in range(_COUNT)]
    for block in blocks:
        ctypes.memset(block, 1, _BLOCK)
    for at, block in enumerate(blocks):
        if at % _STAYS:
            library.free(block)
    try:
        yield resident_mb(os.getpid())
    finally:
        for block in blocks[::_STAYS]:
            library.free(block)


@contextmanager
def unopened() -> Iterator[Desktop]:
    def nobody_opens(_exit: ExitStack, _paper: PaperTray) -> Station:
        raise AssertionError("tidying opens no office")

    desktop = Desktop(nobody_opens, full_screen=False)
    try:
        yield desktop
    finally:
        desktop.close()


class _Circle:
    """Like a window and its parts."""

    def __init__(self) -> None:
        self.part = self


def test_holes_between_what_stays_go_back() -> None:
    freed_mb = _BLOCK * _COUNT / 2**20 * (1 - 1 / _STAYS)
    with holes() as held:
        assert give_back()
        assert held - resident_mb(os.getpid()) > freed_mb / 2


def test_the_desktop_gives_back_without_being_asked_for_anything(qtbot: QtBot) -> None:
    with unopened() as desktop, holes() as held:
        desktop.tidy()
        qtbot.waitUntil(lambda: desktop.tasks.running == 0)
        assert held - resident_mb(os.getpid()) > _BLOCK * _COUNT / 2**20 / 2


def test_the_desktop_ends_what_stands_in_a_circle(qtbot: QtBot) -> None:
    with unopened() as desktop:
        window = _Circle()
        gone = weakref.ref(window)
        del window
        assert gone() is not None
        desktop.tidy()
        assert gone() is None
        qtbot.waitUntil(lambda: desktop.tasks.running == 0)
