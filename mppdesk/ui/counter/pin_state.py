"""What a card that asks for a PIN shows and allows, without any Qt."""

from dataclasses import dataclass, replace

from mppdesk.domain.errors import ClerkError
from mppdesk.texts import Text, msg
from mppdesk.ui.shared.pin_tries import NO_TRIES, PinTries


@dataclass(frozen=True, slots=True)
class PinQuestion:
    """One question for a PIN; `asks_who` also asks for a user name, `can_leave` lets Esc close the card."""

    icon: str
    title: Text
    sentence: Text
    button: Text
    asks_who: bool = False
    can_leave: bool = False


@dataclass(frozen=True, slots=True)
class PinState:
    """What was typed and what became of it; times are seconds of a clock that only goes forward."""

    user_name: str = ""
    pin: str = ""
    trouble: ClerkError | None = None
    is_asking: bool = False
    tries: PinTries = NO_TRIES

    def with_typed(self, user_name: str, pin: str) -> "PinState":
        """Take what stands in the fields; the sentence about the last try leaves when somebody types again."""
        changed = (user_name, pin) != (self.user_name, self.pin)
        return replace(self, user_name=user_name, pin=pin, trouble=None if changed else self.trouble)

    def asking(self) -> "PinState":
        return replace(self, is_asking=True, trouble=None)

    def refused(self, trouble: ClerkError, now: float) -> "PinState":
        """Say why, and empty the PIN; the fifth wrong PIN in a row begins a pause."""
        return replace(self, is_asking=False, trouble=trouble, pin="", tries=self.tries.refused(trouble, now))

    def anew(self) -> "PinState":
        """Nothing typed; wrong PINs count on, so that closing the card does not end a pause."""
        return PinState(tries=self.tries)

    def button_words(self, question: PinQuestion, now: float) -> Text:
        """What the button does, or why it cannot be pressed now."""
        left = self.tries.seconds_left(now)
        if left:
            return msg("Tunggu {seconds} detik, lalu coba lagi", seconds=left)
        return msg("Memeriksa PIN") if self.is_asking else question.button

    def may_ask(self, question: PinQuestion, now: float) -> bool:
        """Whether Enter asks now."""
        is_typed = bool(self.pin) and (bool(self.user_name.strip()) or not question.asks_who)
        return is_typed and not self.is_asking and self.tries.seconds_left(now) == 0


def lock_question(counter: str, clerk_name: str) -> PinQuestion:
    """The card over a locked counter; only its clerk opens it."""
    return PinQuestion(
        icon="lock",
        title=msg("{counter} terkunci", counter=counter),
        sentence=msg(
            "Nomor dan berkas tetap di sini; data pemohon disembunyikan. Masukkan PIN {clerk} untuk melanjutkan.",
            clerk=clerk_name,
        ),
        button=msg("Lanjutkan"),
    )


def hand_over_question(counter: str) -> PinQuestion:
    """F12 > Serahkan loket: the clerk who comes signs in over the one who goes."""
    return PinQuestion(
        icon="user",
        title=msg("Serahkan {counter}", counter=counter),
        sentence=msg("Petugas berikutnya memasukkan nama pengguna dan PIN. Antrean tetap seperti sekarang."),
        button=msg("Ambil {counter}", counter=counter),
        asks_who=True,
        can_leave=True,
    )
