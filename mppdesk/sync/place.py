"""What the folder of a station knows of its place in a building; imports nothing of a network."""

from dataclasses import dataclass, replace

import msgspec

from mppdesk.db.home import OpenHome

AUTHORITY_FILE = "hub-authority.pem"
_SETTING = "station"


class Welcome(msgspec.Struct, frozen=True):
    """What the hub answers to a good code; keys in hex."""

    token: str
    issuer_no: int
    label: str
    role: str
    agencies: tuple[str, ...]
    site_id: str
    site_name: str
    zone: str
    hub: "HubDevice"
    site_key: str | None = None
    pepper: str | None = None


class HubDevice(msgspec.Struct, frozen=True):
    device_id: str
    public_key: str


@dataclass(frozen=True, slots=True)
class StationPlace:
    """What a station's folder knows of its place: the hub's address and certificate, its token, its own name.

    `root` is the device whose logs are believed before any other is known.
    """

    url: str
    authority: str | None
    welcome: Welcome

    @property
    def root(self) -> tuple[str, bytes]:
        return self.welcome.hub.device_id, bytes.fromhex(self.welcome.hub.public_key)


def place_of(home: OpenHome) -> StationPlace | None:
    """The place of a folder that belongs to a station; None for a single PC or the hub itself."""
    kept = home.setting(_SETTING)
    if kept is None:
        return None
    place = msgspec.json.decode(kept, type=StationPlace)
    return replace(place, authority=str(home.path / AUTHORITY_FILE)) if place.authority else place


def keep(home: OpenHome, place: StationPlace) -> None:
    """Keep the place in the folder, the token in the encrypted database."""
    home.set_setting(_SETTING, msgspec.json.encode(_movable(place)).decode())


def _movable(place: StationPlace) -> StationPlace:
    """The place without the path of the folder, which may be moved."""
    return replace(place, authority=AUTHORITY_FILE) if place.authority else place
