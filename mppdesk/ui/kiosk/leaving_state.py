"""Five touches on the clock, then a PIN: how the staff leave a kiosk. Free of Qt; seconds only grow."""

from dataclasses import dataclass, replace

from mppdesk.domain.errors import ClerkError
from mppdesk.texts import Text, msg
from mppdesk.ui.shared.pin_tries import NO_TRIES, PinTries

TOUCHES = 5
WITHIN_S = 5.0
_MOST_DIGITS = 12


@dataclass(frozen=True, slots=True)
class ClockTouches:
    """The moments of the last touches on the clock."""

    moments: tuple[float, ...] = ()

    def touched(self, now_s: float) -> "ClockTouches":
        """Only touches of the last five seconds count: nobody gets there by resting a hand on the clock."""
        return ClockTouches((*(each for each in self.moments if now_s - each < WITHIN_S), now_s)[-TOUCHES:])

    @property
    def opens(self) -> bool:
        return len(self.moments) == TOUCHES


@dataclass(frozen=True, slots=True)
class LeavingState:
    """What is typed on the keypad, and what became of it."""

    pin: str = ""
    tries: PinTries = NO_TRIES
    trouble: ClerkError | None = None
    is_checking: bool = False

    def typed(self, digit: str) -> "LeavingState":
        if self.is_checking:
            return self
        return replace(self, pin=(self.pin + digit)[:_MOST_DIGITS], trouble=None)

    def erased(self) -> "LeavingState":
        return self if self.is_checking else replace(self, pin=self.pin[:-1], trouble=None)

    def checking(self) -> "LeavingState":
        return replace(self, is_checking=True, trouble=None)

    def refused(self, trouble: ClerkError, now_s: float) -> "LeavingState":
        """Say why, and empty the PIN; the fifth wrong one begins a pause of 60 s."""
        return LeavingState(tries=self.tries.refused(trouble, now_s), trouble=trouble)

    def put_away(self) -> "LeavingState":
        """Somebody gave up; wrong PINs stay counted."""
        return LeavingState(tries=self.tries)

    def may_enter(self, now_s: float) -> bool:
        return bool(self.pin) and not self.is_checking and not self.tries.seconds_left(now_s)

    @property
    def dots(self) -> str:
        """The PIN as a passer-by may see it."""
        return "\u2022" * len(self.pin)

    def sentence(self, now_s: float) -> Text:
        """What to do now."""
        left = self.tries.seconds_left(now_s)
        if left:
            return msg("PIN salah beberapa kali. Tunggu {seconds} detik, lalu coba lagi.", seconds=left)
        if self.is_checking:
            return msg("Memeriksa PIN")
        if self.trouble is not None:
            happened, to_do = self.trouble.what_happened, self.trouble.what_to_do
            return msg("{what_happened} {what_to_do}", what_happened=happened, what_to_do=to_do)
        return msg("Hanya untuk petugas: PIN penyelia atau administrator.")
