"""Making a building: a data folder with its site, people, catalogue, PINs and recovery sheet."""

import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from mppdesk.cli.session import ADMINISTRATOR_SETTING, VIA
from mppdesk.config import resource
from mppdesk.db import home as homes
from mppdesk.db.home import OpenHome
from mppdesk.db.making import made_beside
from mppdesk.db.privacy.secret_store import SecretPlace
from mppdesk.db.privacy.verifiers import PinCheck
from mppdesk.db.reading.setting_values import COUNTER, WORKPLACES, Workplaces
from mppdesk.db.safekeeping.recovery import RecoverySheet, new_sheet
from mppdesk.db.settings import StoredSettings
from mppdesk.domain.catalog import service_hash
from mppdesk.domain.entries import SYSTEM_USER, Actor
from mppdesk.domain.errors import BadInput
from mppdesk.domain.site import Role, Site
from mppdesk.integrations.catalog_files import CatalogReading, read_catalog
from mppdesk.integrations.site_files import SiteReading, read_site
from mppdesk.operations import setup
from mppdesk.operations.ports import Clock, Ids
from mppdesk.operations.setup import CatalogImport
from mppdesk.texts import msg

_PIN_DIGITS = 6


@dataclass(frozen=True, slots=True)
class NewOffice:
    """What `init` made; the PINs are told once and stand nowhere."""

    site_name: str
    counters: int
    pins: dict[str, str]
    catalog: CatalogImport | None
    recovery: RecoverySheet
    secrets: SecretPlace


def make_sample(home: Path, clock: Clock, ids: Ids, *, place: SecretPlace | None = None) -> NewOffice:
    """Make the sample MPP (Kabupaten Sukamaju) with all its agencies."""
    return make_office(home, resource("sample/site.yaml"), clock, ids, catalog=resource("sample/catalog"), place=place)


def make_office(
    home: Path,
    site_file: Path,
    clock: Clock,
    ids: Ids,
    *,
    catalog: Path | None = None,
    place: SecretPlace | None = None,
    administrator_pin: str | None = None,
) -> NewOffice:
    """Make a data folder from a site file, whole or not at all; the file is read, and refused, before that.

    The first administrator gets the PIN asked for; everybody else, and the administrator without one, a random PIN.
    """
    reading = usable_site(site_file)
    catalog_reading = usable_catalog(catalog) if catalog else None
    with made_beside(home) as folder:
        homes.create(folder, ids, clock, place=place)
        _remember_zone(folder, reading, clock, ids)
        with homes.writing(folder, clock, ids) as opened:
            pins = _record_people(opened, reading, administrator_pin)
            actor = Actor(opened.setting(ADMINISTRATOR_SETTING) or SYSTEM_USER, VIA)
            record_site(opened, actor, reading)
            imported = record_catalog(opened, actor, catalog_reading) if catalog_reading else None
            sheet = new_sheet(folder, opened.secrets, reading.site.name)
    return NewOffice(reading.site.name, len(reading.counters), pins, imported, sheet, homes.HomeFile.read(home).secrets)


def usable_site(path: Path) -> SiteReading:
    """Read a site file; raises BadInput with its first error."""
    reading = read_site(path)
    errors = [each for each in reading.problems if each.severity == "error"]
    if errors:
        raise BadInput(
            msg("{problem}", problem=errors[0]),
            msg("Perbaiki berkas itu ({count} kesalahan), lalu ulangi. Tidak ada yang dibuat.", count=len(errors)),
        )
    return reading


def usable_catalog(path: Path) -> CatalogReading:
    """Read a catalogue; raises BadInput with its first error."""
    reading = read_catalog(path)
    errors = [each for each in reading.problems if each.severity == "error"]
    if errors:
        raise BadInput(
            msg("{problem}", problem=errors[0]),
            msg("Perbaiki katalog itu ({count} kesalahan), lalu ulangi. Tidak ada yang diimpor.", count=len(errors)),
        )
    return reading


def record_site(opened: OpenHome, actor: Actor, reading: SiteReading) -> None:
    """Record the site, each of its counters, and who may work where, as settings of the journal."""
    settings = {"site": site_value(reading.site)}
    settings |= {f"{COUNTER}{each.label}": msgspec.to_builtins(each) for each in reading.counters}
    settings |= {
        f"{WORKPLACES}{user.user_name}": msgspec.to_builtins(Workplaces(user.agencies, user.counters))
        for user in reading.users
        if user.workplaces
    }
    current = StoredSettings(opened.database, opened.site_id)
    setup.change_settings(opened.required_writer(), current, actor, settings)


def site_value(site: Site) -> dict[str, Any]:
    """The site as plain values; the holidays in order, since a set has another order in each process."""
    value: dict[str, Any] = msgspec.to_builtins(site)
    return {**value, "holidays": sorted(value["holidays"])}


def record_catalog(opened: OpenHome, actor: Actor, reading: CatalogReading) -> CatalogImport:
    """Publish what changed in a catalogue."""
    return setup.import_catalog(
        opened.required_writer(),
        StoredSettings(opened.database, opened.site_id),
        actor,
        [(agency, msgspec.to_builtins(agency)) for agency in reading.agencies],
        [(service, service_hash(service)) for service in reading.services],
    )


def _remember_zone(home: Path, reading: SiteReading, clock: Clock, ids: Ids) -> None:
    """The zone is needed before the journal can be read, so this PC remembers it too."""
    with homes.writing(home, clock, ids) as opened:
        opened.set_setting("zone", reading.site.zone)


def _record_people(opened: OpenHome, reading: SiteReading, administrator_pin: str | None) -> dict[str, str]:
    """Record the staff and give each a PIN; answers the random ones, told once."""
    current = StoredSettings(opened.database, opened.site_id)
    user_ids = setup.define_users(opened.required_writer(), current, Actor(SYSTEM_USER, VIA), reading.users)
    pin_check = PinCheck(opened.database, opened.secrets.pepper)
    pins = {}
    for user in reading.users:
        is_first_administrator = Role.ADMINISTRATOR in user.roles and opened.setting(ADMINISTRATOR_SETTING) is None
        chosen = administrator_pin if is_first_administrator else None
        if chosen is None:
            pins[user.user_name] = _random_pin()
        pin_check.set_pin(user_ids[user.user_name], chosen or pins[user.user_name])
        if is_first_administrator:
            opened.set_setting(ADMINISTRATOR_SETTING, user_ids[user.user_name])
    return pins


def _random_pin() -> str:
    return "".join(secrets.choice("0123456789") for _ in range(_PIN_DIGITS))
