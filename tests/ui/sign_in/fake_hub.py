"""A hub without a network: one fingerprint, and every code is good unless it refuses."""

from mppdesk.domain.errors import ClerkError
from mppdesk.domain.invitation import Invitation
from mppdesk.ui.sign_in.join_state import Joined

MARK = "f58f8c59" * 8


class FakeHub:
    """ui.sign_in.join_state.JoinPort; `joined` are the invitations that it took."""

    def __init__(self, fingerprint: str | None = MARK, refusal: ClerkError | None = None) -> None:
        self._fingerprint = fingerprint
        self._refusal = refusal
        self.joined: list[Invitation] = []

    def fingerprint_at(self, url: str) -> str | None:
        return self._fingerprint

    def join(self, invitation: Invitation) -> Joined:
        if self._refusal is not None:
            raise self._refusal
        self.joined.append(invitation)
        return Joined("Loket 2", "MPP Sukamaju")
