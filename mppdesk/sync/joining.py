"""A second computer joins the building: a code from the supervisor makes its folder a station of the hub."""

from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import msgspec

from mppdesk.db import home as homes
from mppdesk.db.home import Identity, OpenHome
from mppdesk.db.secret_store import SecretPlace
from mppdesk.db.signing import Signer
from mppdesk.db.stations import StationBook
from mppdesk.operations.ports import Clock, Ids
from mppdesk.sync.hub_calls import post_json, unreachable
from mppdesk.sync.link import Link, Unreachable
from mppdesk.sync.own_replica import replica_of

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


def join(
    home: Path,
    url: str,
    code: str,
    clock: Clock,
    ids: Ids,
    *,
    authority: str | None = None,
    place: SecretPlace | None = None,
) -> StationPlace:
    """Enrol this computer, make its folder and fill it from the hub; `authority` is the site's certificate file.

    A hub that goes away in the middle is asked for the rest by the first start.

    Raises NotAllowed for a wrong code and StorageTrouble when no hub answers; then nothing is made.
    """
    identity = Identity.fresh(ids)
    signer = Signer(identity.device_id, identity.secrets.device)
    asked = {"code": code, "device_id": signer.device_id, "public_key": signer.public_key.hex()}
    welcome = _read(post_json(f"{url}/v1/enrol", asked, authority=authority))
    if welcome.site_key is not None:
        identity = replace(identity, secrets=replace(identity.secrets, search=bytes.fromhex(welcome.site_key)))
    homes.create(home, ids, clock, place=place, identity=replace(identity, site_id=welcome.site_id))
    joined = StationPlace(url, authority, welcome)
    with homes.writing(home, clock, ids) as opened:
        opened.set_setting("zone", welcome.zone)
        opened.set_setting(_SETTING, msgspec.json.encode(joined).decode())
        with suppress(Unreachable), Link(url, welcome.token, authority) as link:
            link.exchange(replica_of(opened, StationBook(opened.database, opened.site_id, joined.root)))
    return joined


def place_of(home: OpenHome) -> StationPlace | None:
    """The place of a folder that belongs to a station; None for a single PC or the hub itself."""
    kept = home.setting(_SETTING)
    return msgspec.json.decode(kept, type=StationPlace) if kept else None


def _read(said: dict[str, Any]) -> Welcome:
    try:
        welcome = msgspec.convert(said, Welcome)
        for key in (welcome.hub.public_key, welcome.site_key or "", welcome.site_id):
            bytes.fromhex(key)
    except (msgspec.ValidationError, ValueError) as error:
        raise unreachable() from error
    return welcome
