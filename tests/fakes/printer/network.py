"""The network socket of a simulated printer: lines that come and go, are torn, forgotten, refused or swallowed."""

import contextlib
import os
import socket
import struct
import threading
import time
from collections.abc import Callable

from tests.fakes.printer.behaviour import PATIENCE_S

_RESET_ON_CLOSE = struct.pack("ii", 1, 0)
_MOST_WAITING = 3
_LOOK_EVERY_S = 0.005
HERE = "127.0.0.1"


class Network:
    """One port for the printer's whole life; `serve` works for a line in a thread of its own until it ends."""

    def __init__(self, port: int, serve: Callable[[socket.socket], None]) -> None:
        self.port = port
        self.connections = 0
        self._serve = serve
        self._lines: set[socket.socket] = set()
        self._guard = threading.Lock()
        self._listener: socket.socket | None = None
        self._swallowed: list[socket.socket] = []
        self._threads: list[threading.Thread] = []

    @property
    def is_plugged_in(self) -> bool:
        return self._listener is not None

    def plug_in(self) -> None:
        self.unplug()
        listener = self._bound()
        listener.listen()
        self.port = listener.getsockname()[1]
        self._listener = listener
        self._start(lambda: self._accept_for_ever(listener))

    def unplug(self) -> None:
        """New lines are refused, open ones torn."""
        self._close_listener()
        self.tear()

    def swallow(self) -> None:
        """Nobody answers any more, neither old nor new lines; nor does anybody refuse. Linux only.

        A listener that accepts nothing drops whoever comes after its short queue is full.
        """
        self._close_listener()
        listener = self._bound()
        listener.listen(0)
        self._swallowed = [listener, *(socket.socket() for _ in range(_MOST_WAITING))]
        for waiting in self._swallowed[1:]:
            waiting.setblocking(False)
            waiting.connect_ex((HERE, self.port))

    def _bound(self) -> socket.socket:
        """Take the port again; a program that was started just now may still hold it for a moment."""
        until = time.monotonic() + PATIENCE_S
        while True:
            listener = socket.socket()
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, os.name == "posix")
            try:
                listener.bind((HERE, self.port))
            except OSError:
                listener.close()
                if time.monotonic() > until:
                    raise
                time.sleep(_LOOK_EVERY_S)
            else:
                return listener

    def tear(self) -> None:
        """End the open lines the rude way: the other side gets a reset."""
        with self._guard:
            for line in self._lines:
                tear(line)

    def join(self) -> None:
        for thread in self._threads:
            if thread is not threading.current_thread():
                thread.join(PATIENCE_S)

    def _close_listener(self) -> None:
        for waiting in self._swallowed:
            waiting.close()
        self._swallowed = []
        if self._listener is not None:
            with contextlib.suppress(OSError):
                self._listener.shutdown(socket.SHUT_RDWR)
            self._listener.close()
            self._listener = None

    def _accept_for_ever(self, listener: socket.socket) -> None:
        while True:
            try:
                line, _ = listener.accept()
            except OSError:  # the listener was closed
                return
            with self._guard:
                self.connections += 1
                self._lines.add(line)
            self._start(lambda line=line: self._work(line))  # type: ignore[misc]

    def _work(self, line: socket.socket) -> None:
        with line:
            with contextlib.suppress(OSError):  # the other side is gone; a printer does not mind
                self._serve(line)
            with self._guard:
                self._lines.discard(line)

    def _start(self, work: Callable[[], None]) -> None:
        self._threads = [thread for thread in self._threads if thread.is_alive()]
        thread = threading.Thread(target=work, name="simulated printer", daemon=True)
        thread.start()
        self._threads.append(thread)


def tear(line: socket.socket) -> None:
    with contextlib.suppress(OSError):  # the other side was quicker
        line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
        line.shutdown(socket.SHUT_RD)
