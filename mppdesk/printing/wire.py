"""A way to a printer, open for one sheet or one look: bytes out, bytes in, and nothing without a time-out."""

from collections.abc import Hashable
from types import TracebackType
from typing import Protocol, Self


class Wire(Protocol):
    """Times are in seconds. Every method but `close` raises OSError when the printer or the way to it is gone."""

    @property
    def place(self) -> Hashable:
        """The printer at its end, the same whatever name led there."""

    def send(self, data: bytes, timeout_s: float, *, is_urgent: bool = False) -> int:
        """Hand over what is taken at once, at least one byte, and give how many were taken; raises TimeoutError.

        Urgent are real-time questions: a printer takes them also while it makes everything else wait.
        """

    def receive(self, timeout_s: float) -> bytes:
        """Give what came; nothing where nothing came in time."""

    def finish(self, timeout_s: float) -> bool:
        """Say that nothing more comes, and let the system's own buffers empty themselves; raises TimeoutError.

        Whether the printer hangs up now: that is when `receive` raises.
        """

    def close(self) -> None:
        """Let go of the printer; never waits and never raises."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None: ...
