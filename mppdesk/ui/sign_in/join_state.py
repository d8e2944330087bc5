"""What joining a building asks for and says: the invitation, the fingerprint to compare, the station; free of Qt."""

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Protocol

from mppdesk.domain.errors import BadInput, ClerkError
from mppdesk.domain.invitation import Invitation
from mppdesk.texts import Text, msg
from mppdesk.ui.sign_in.view_state import ButtonWords


@dataclass(frozen=True, slots=True)
class Joined:
    """The place that this computer got: the name of the station and of the building; whether people sign in here."""

    label: str
    site_name: str
    signs_in: bool = True


class JoinPort(Protocol):
    """What the window asks for; both are called off the GUI thread and may raise ClerkError."""

    def fingerprint_at(self, url: str) -> str | None:
        """The fingerprint of whoever answers there, not yet believed; None without encryption on this computer."""

    def join(self, invitation: Invitation) -> Joined:
        """Make this computer a station: the code is sent only where the fingerprint is that of the invitation."""


@dataclass(frozen=True, slots=True)
class JoinState:
    """What is typed, and what became of it; `shown` is the fingerprint that waits for somebody's yes."""

    line: str = ""
    shown: str | None = None
    trouble: ClerkError | None = None
    is_working: bool = False
    joined: Joined | None = None

    def with_line(self, line: str) -> "JoinState":
        """Take what stands in the field; another line is another hub, whose fingerprint nobody compared."""
        return self if line == self.line else JoinState(line)

    def working(self) -> "JoinState":
        return replace(self, is_working=True, trouble=None)

    def comparing(self, shown: str) -> "JoinState":
        return replace(self, is_working=False, shown=shown)

    def refused(self, trouble: ClerkError) -> "JoinState":
        return replace(self, is_working=False, shown=None, trouble=trouble)

    def with_joined(self, joined: Joined) -> "JoinState":
        return replace(self, is_working=False, joined=joined)

    @property
    def invitation(self) -> Invitation | None:
        """What the line says; None while it says too little."""
        with suppress(BadInput):
            return Invitation.read(self.line)
        return None

    @property
    def is_known(self) -> bool:
        """Whether the line itself tells whom to believe."""
        return self.invitation is not None and self.invitation.fingerprint is not None

    @property
    def button(self) -> ButtonWords:
        if self.is_working:
            return ButtonWords(msg("Sebentar, hub dihubungi"), False)
        if self.joined is not None:
            return ButtonWords(msg("Lanjut ke masuk") if self.joined.signs_in else msg("Buka layarnya"), True)
        if self.shown is not None:
            return ButtonWords(msg("Ya, sama: gabungkan"), True)
        return ButtonWords(msg("Gabungkan komputer ini"), self.invitation is not None)

    @property
    def sentence(self) -> Text:
        """What was understood, and what to do next."""
        if self.joined is not None:
            where = {"label": self.joined.label, "site": self.joined.site_name}
            if self.joined.signs_in:
                return msg("Komputer ini sekarang {label} di {site}. Masuklah dengan PIN yang biasa.", **where)
            return msg("Komputer ini sekarang {label} di {site}. Layarnya terbuka sendiri sejak sekarang.", **where)
        if self.shown is not None:
            return msg("Kode belum dikirim. Bandingkan sidik jari di atas dengan yang tampil di layar hub.")
        invitation = self.invitation
        if invitation is None:
            return msg("Di komputer hub: Administrasi, Gedung, Tambah perangkat. Undangannya berlaku seperempat jam.")
        if not self.is_known:
            return msg("Hub {hub}, kode {code}. Sidik jarinya dibandingkan dahulu.", hub=invitation.address,
                       code=invitation.code)  # fmt: skip
        return msg("Hub {hub}, kode {code}, sidik jari ikut tertulis.", hub=invitation.address, code=invitation.code)
