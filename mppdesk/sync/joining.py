"""A second computer joins the building: a code from the supervisor makes its folder a station of the hub."""

from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec

from mppdesk.db import home as homes
from mppdesk.db.home import Identity
from mppdesk.db.making import made_beside
from mppdesk.db.privacy.secret_store import SecretPlace, Secrets
from mppdesk.db.replication.signing import Signer
from mppdesk.db.replication.stations import StationBook
from mppdesk.operations.ports import Clock, Ids
from mppdesk.sync import hubs_clock
from mppdesk.sync.hub_calls import post_json, unreachable
from mppdesk.sync.link import Link, Unreachable
from mppdesk.sync.own_replica import replica_of
from mppdesk.sync.place import AUTHORITY_FILE, StationPlace, Welcome, keep


def join(
    home: Path,
    url: str,
    code: str,
    clock: Clock,
    ids: Ids,
    *,
    authority: bytes | None = None,
    place: SecretPlace | None = None,
) -> StationPlace:
    """Enrol this computer, make its folder and fill it from the hub; `authority` is the site's certificate (PEM).

    A hub that goes away in the middle is asked for the rest by the first start.

    Raises NotAllowed for a wrong code, and StorageTrouble when no hub answers or the folder has data; then nothing is
    made and, where the folder was the reason, the code is still good.
    """
    identity = Identity.fresh(ids)
    signer = Signer(identity.device_id, identity.secrets.device)
    asked = {"code": code, "device_id": signer.device_id, "public_key": signer.public_key.hex()}
    with made_beside(home) as folder:
        file = _keep_authority(folder, authority)
        welcome = _read(post_json(f"{url}/v1/enrol", asked, authority=file))
        kept = replace(identity, site_id=welcome.site_id, secrets=_secrets(identity.secrets, welcome))
        homes.create(folder, ids, clock, place=place, identity=kept)
        joined = StationPlace(url, file, welcome)
        with homes.writing(folder, clock, ids) as opened:
            opened.set_setting("zone", welcome.zone)
            keep(opened, joined)
            with suppress(Unreachable), Link(url, welcome.token, file) as link:
                book = StationBook(opened.database, opened.site_id, joined.root)
                hubs_clock.keep(opened, link.exchange(replica_of(opened, book)).offset_ms)
    return replace(joined, authority=str(home / AUTHORITY_FILE) if file else None)


def _secrets(own: Secrets, welcome: Welcome) -> Secrets:
    """The secrets of this computer, with those of the building that a station of its role is given."""
    given = {"search": welcome.site_key, "pepper": welcome.pepper}
    return replace(own, **{name: bytes.fromhex(key) for name, key in given.items() if key is not None})


def _keep_authority(folder: Path, authority: bytes | None) -> str | None:
    """Keep the certificate in the folder; gives its path."""
    if authority is None:
        return None
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / AUTHORITY_FILE
    path.write_bytes(authority)
    return str(path)


def _read(said: dict[str, Any]) -> Welcome:
    try:
        welcome = msgspec.convert(said, Welcome)
        for key in (welcome.hub.public_key, welcome.site_key or "", welcome.pepper or "", welcome.site_id):
            bytes.fromhex(key)
    except (msgspec.ValidationError, ValueError) as error:
        raise unreachable() from error
    return welcome
