"""Makes a PC without data a station of a building, for the window that asks for the invitation."""

from pathlib import Path

from mppdesk.app.usual_windows import keep, windows_of
from mppdesk.db.home import SystemClock
from mppdesk.db.identity import RandomIds
from mppdesk.db.privacy.secret_store import SecretPlace
from mppdesk.domain.invitation import Invitation
from mppdesk.sync.authority import fetch_authority, fingerprint_of, hub_url, require_fingerprint
from mppdesk.sync.joining import join
from mppdesk.ui.sign_in.join_state import Joined


class JoiningPort:
    """ui.sign_in.join_state.JoinPort over the network; secrets go to `place`, None asks the system."""

    def __init__(self, home: Path, place: SecretPlace | None = None) -> None:
        self._home = home
        self._place = place

    def fingerprint_at(self, url: str) -> str | None:
        authority = fetch_authority(hub_url(url))
        return None if authority is None else fingerprint_of(authority)

    def join(self, invitation: Invitation) -> Joined:
        """Compare the fingerprint, then give the code and make the station whole."""
        url = hub_url(invitation.url)
        authority = fetch_authority(url)
        if authority is not None:
            require_fingerprint(authority, invitation.fingerprint or "")
        joined = join(
            self._home, url, invitation.code, SystemClock(), RandomIds(), authority=authority, place=self._place
        )
        welcome = joined.welcome
        usual = windows_of(welcome.role)
        keep(self._home, usual)
        return Joined(welcome.label, welcome.site_name, signs_in=not usual.show)
