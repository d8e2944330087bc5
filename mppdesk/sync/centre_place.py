"""Where the centre is: kept in the hub's folder by `mppdesk hub link`, and told to the building as a setting."""

from pathlib import Path

import msgspec
from sqlalchemy import bindparam, select

from mppdesk.db.home import OpenHome
from mppdesk.db.journal.codec import decode_value
from mppdesk.db.sql import Statement
from mppdesk.db.tables import view_settings
from mppdesk.domain.entries import SYSTEM_USER, Actor, Draft, Subject, SubjectType
from mppdesk.domain.facts import SettingChanged

CENTRE = "centre"
"""The name of the link to it, and the topic of whether it is reached."""
SETTING = "centre"
"""The site's setting that says at which `url` the centre listens, and its certificate if the system knows it not."""
_KEPT = "centre"
_AUTHORITY_FILE = "centre-authority.pem"
_settings = view_settings.c
_setting = Statement(
    select(_settings.setting_id, _settings.value)
    .where(_settings.site_id == bindparam("site_id"), _settings.name == SETTING)
    .order_by(_settings.changed_hlc.desc(), _settings.setting_id)
)


class CentrePlace(msgspec.Struct, frozen=True):
    """Where the centre listens and the token there; with `has_authority` its certificate is in the folder."""

    url: str
    token: str
    has_authority: bool = False

    def authority(self, home: Path) -> str | None:
        """The file of the certificate that the centre must prove; None for those that the system trusts."""
        return str(home / _AUTHORITY_FILE) if self.has_authority else None


class _Told(msgspec.Struct, frozen=True):
    url: str
    authority: str | None = None


def keep(home: OpenHome, place: CentrePlace, authority: bytes | None) -> None:
    """Keep the way to the centre in the folder, the token in the encrypted database."""
    if authority is not None:
        (home.path / _AUTHORITY_FILE).write_bytes(authority)
    home.set_setting(_KEPT, msgspec.json.encode(place).decode())


def place_of(home: OpenHome) -> CentrePlace | None:
    """The way to the centre; None for a building without one, and for a station."""
    kept = home.setting(_KEPT)
    return msgspec.json.decode(kept, type=CentrePlace) if kept else None


def tell_building(home: OpenHome, place: CentrePlace) -> None:
    """Record where the centre is, without the token, for the day when this computer is no more."""
    authority = place.authority(home.path)
    told = _Told(place.url, Path(authority).read_text(encoding="utf-8", errors="replace") if authority else None)
    with home.required_writer().begin(Actor(SYSTEM_USER, "hub")) as unit:
        row = unit.store.one(_setting, site_id=home.site_id)
        if row is not None and decode_value(bytes(row[1])) == msgspec.to_builtins(told):
            return
        subject = Subject(SubjectType.SITE_SETTING, row[0] if row else unit.new_id())
        changed = SettingChanged(name=SETTING, value=msgspec.to_builtins(told))
        unit.record(Draft(unit.new_id(), subject, changed, by_system=True))


def told_place(home: OpenHome, token: str) -> CentrePlace | None:
    """The way to the centre that the building was told of, with a station's own token; its certificate is kept."""
    with home.database.reading() as store:
        row = store.one(_setting, site_id=home.site_id)
    try:
        told = msgspec.convert(decode_value(bytes(row[1])), _Told) if row else None
    except msgspec.ValidationError:
        return None
    if told is None:
        return None
    if told.authority is not None:
        (home.path / _AUTHORITY_FILE).write_text(told.authority, encoding="utf-8")
    return CentrePlace(told.url, token, told.authority is not None)
