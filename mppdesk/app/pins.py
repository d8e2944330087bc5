"""Whose PIN it is: asked at sign-in, at a locked counter, and when a counter is handed over."""

from mppdesk.app.station import Station
from mppdesk.db.privacy.verifiers import PinCheck
from mppdesk.domain.errors import NotAllowed
from mppdesk.domain.station import StationRole
from mppdesk.operations.readings import SignedIn
from mppdesk.sync.place import StationPlace, place_of
from mppdesk.texts import msg


class OfficePins:
    """The PINs of one office; every wrong one counts, wherever it was typed."""

    def __init__(self, station: Station) -> None:
        self._station = station
        self._pins = PinCheck(station.home.database, station.home.secrets.pepper)

    def check(self, user: str, pin: str) -> None:
        """Accept the PIN of a user by id, or raise NotAllowed."""
        self._pins.check(user, pin, int(self._station.clock.now().timestamp() * 1000))

    def require_one_who_leads(self, pin: str) -> str | None:
        """Accept the PIN of a supervisor or administrator, typed where no name is asked, or raise NotAllowed.

        Answers whose it is; None where an older hub said only that it is right. Wrong ones count against nobody: a
        citizen at a kiosk must not pause the accounts of the staff.
        """
        place = place_of(self._station.home)
        if place is not None and not StationRole(place.welcome.role).signs_in:
            return _ask_hub(place, pin)
        with self._station.readers.moment() as moment:
            users = [key for key, user in moment.reference.users.items() if user.is_leading]
        owner = self._pins.owner(users, pin)
        if owner is None:
            raise NotAllowed(msg("PIN tidak cocok."), msg("Coba lagi, atau minta penyelia mengatur ulang."))
        return owner

    def person(self, user_name: str, pin: str) -> SignedIn:
        """The one with this name and PIN; an unknown name is refused like a wrong PIN: nobody learns who works here."""
        with self._station.readers.moment() as moment:
            found = [(key, user) for key, user in moment.reference.users.items() if user.user_name == user_name]
        if not found:
            raise NotAllowed(msg("PIN tidak cocok."), msg("Coba lagi, atau minta penyelia mengatur ulang."))
        user_id, user = found[-1]
        self.check(user_id, pin)
        return SignedIn(user_id, user_name, user.display_name, user.roles)


def _ask_hub(place: StationPlace, pin: str) -> str | None:
    """Where nobody signs in there is nothing to check a PIN with; the hub does it, or it waits for the hub."""
    from mppdesk.sync.hub_calls import post_json

    url, token = f"{place.url}/v1/leader", place.welcome.token
    user = post_json(url, {"pin": pin}, token=token, authority=place.authority).get("user")
    return user if isinstance(user, str) and user else None
