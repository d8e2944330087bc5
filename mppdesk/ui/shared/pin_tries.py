"""Wrong PINs in a row and the pause after the fifth, wherever a window asks for a PIN; free of Qt."""

import math
from dataclasses import dataclass

from mppdesk.domain.errors import ClerkError, NotAllowed

TRIES_BEFORE_PAUSE = 5
PAUSE_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class PinTries:
    """`wrong` counts since the last pause; `pause_until` is in seconds of a clock that only goes forward."""

    wrong: int = 0
    pause_until: float = float("-inf")

    def refused(self, trouble: ClerkError, now: float) -> "PinTries":
        """Count a wrong PIN; other trouble, such as a counter taken meanwhile, is nobody's fault."""
        wrong = self.wrong + isinstance(trouble, NotAllowed)
        if wrong < TRIES_BEFORE_PAUSE:
            return PinTries(wrong, self.pause_until)
        return PinTries(0, now + PAUSE_SECONDS)

    def seconds_left(self, now: float) -> int:
        """Whole seconds until the next try; 0 when it may be made."""
        return math.ceil(self.pause_until - now) if self.pause_until > now else 0


NO_TRIES = PinTries()
