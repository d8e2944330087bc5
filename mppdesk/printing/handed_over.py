"""A job on its way into the Windows spooler, which may take minutes where a printer hangs on another computer."""

import threading


class HandedOver:
    """How far a job came; either its first byte is given, or it is given up, and never both.

    A call that was not waited for may still go on minutes later, when the sheet was printed by another attempt.
    """

    def __init__(self) -> None:
        self.job = 0
        self.given = 0
        self._is_begun = False
        self._is_given_up = False
        self._lock = threading.Lock()

    def go_on(self) -> None:
        """What comes next may reach the paper; raises OSError where nobody waits for it any more."""
        with self._lock:
            if self._is_given_up:
                raise ConnectionAbortedError
            self._is_begun = True

    def give_up(self) -> bool:
        """Let nothing go on; answer whether not a byte was given, so that none ever will be."""
        with self._lock:
            self._is_given_up = True
            return not self._is_begun
