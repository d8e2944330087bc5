"""Writing down where a printer of the building is and what it can do, and that one is there no more."""

from collections.abc import Container, Iterable, Mapping, Sequence
from typing import Any

from mppdesk.domain.entries import Actor
from mppdesk.domain.errors import BadInput, NotAllowed, Refused
from mppdesk.domain.printer_address import parse_printer
from mppdesk.domain.site import PrinterPlace, Role
from mppdesk.operations import setup
from mppdesk.operations.ports import Units
from mppdesk.operations.readings import SignedIn
from mppdesk.operations.setup import CurrentSettings
from mppdesk.texts import msg

MOST_NAME_LETTERS = 40
_SITE = "site"


def write_printer(
    units: Units, current: CurrentSettings, person: SignedIn, place: PrinterPlace, via: str = "desktop"
) -> bool:
    """Record where a printer is and who takes over for it, a new one where nobody knows the name.

    Answers whether anything changed.

    Raises:
        NotAllowed: she is no administrator, or this computer may not record settings (decision 0016).
        BadInput: the name is empty, too long or no plain text, the URL is no printer's, or nobody knows who takes over.
    """
    require_administrator(person)
    called, address = _usable_name(place.name), place.url.strip()
    parse_printer(address)
    site = _site(current)
    printers = {each["name"]: dict(each) for each in site.get("printers", ())}
    written = {**printers.get(called, {}), "name": called, "url": address}
    written.pop("instead", None)
    if place.instead is not None:
        written["instead"] = _others(called, place.instead, printers)
    printers[called] = written
    return _record(units, current, Actor(person.user, via), {**site, "printers": list(printers.values())})


def remove_printer(
    units: Units,
    current: CurrentSettings,
    person: SignedIn,
    name: str,
    used_by: Sequence[str],
    open_jobs: int,
    elsewhere: Sequence[str] = (),
    via: str = "desktop",
) -> None:
    """Record that a printer is gone. Other printers may still name it to take over: it is not offered meanwhile.

    `used_by` are the counters and kiosks that print on it, `open_jobs` how many of its slips wait at this computer,
    `elsewhere` the computers that said last that slips wait for it there; of others nobody knows.

    Raises:
        NotAllowed: she is no administrator, or this computer may not record settings (decision 0016).
        Refused: it is in use, or something waits for it.
    """
    require_administrator(person)
    if used_by:
        raise still_used(name, used_by)
    if open_jobs:
        raise Refused(
            msg("{count} cetakan masih menunggu printer {name}, jadi tidak dihapus.", count=open_jobs, name=name),
            msg("Tunggu sampai keluar, atau pindahkan ke printer lain dari loket."),
        )
    if elsewhere:
        places = ", ".join(elsewhere)
        raise Refused(
            msg("Di {places} masih ada yang menunggu printer {name}, jadi tidak dihapus.", places=places, name=name),
            msg("Tunggu sampai keluar, atau pindahkan ke printer lain dari loket di sana."),
        )
    site = _site(current)
    left = [each for each in site.get("printers", ()) if each["name"] != name]
    _record(units, current, Actor(person.user, via), {**site, "printers": left})


def still_used(name: str, used_by: Sequence[str]) -> Refused:
    """Why a printer that counters or kiosks print on cannot be removed."""
    return Refused(
        msg("Printer {name} masih dipakai {places}, jadi tidak dihapus.", name=name, places=", ".join(used_by)),
        msg("Pilih dulu printer lain untuk loket dan kiosk itu (F6)."),
    )


def _others(own: str, names: Iterable[str], known: Container[str]) -> list[str]:
    """The printers that take over, each once, in their order."""
    found = list(dict.fromkeys(names))
    for name in found:
        if name == own or name not in known:
            raise BadInput(
                msg("{name} tidak dapat menggantikan {printer}. Tidak ada yang berubah.", name=name, printer=own),
                msg("Tulis nama printer lain yang ada di daftar."),
            )
    return found


def require_administrator(person: SignedIn) -> None:
    """Raise NotAllowed unless she may change printers and who prints on them."""
    if Role.ADMINISTRATOR not in person.roles:
        raise NotAllowed(
            msg("Hanya administrator yang mengubah printer. Tidak ada yang berubah."),
            msg("Minta administrator masuk di jendela Administrasi."),
        )


def _site(current: CurrentSettings) -> Mapping[str, Any]:
    known = current.setting(_SITE)
    return known[1] if known else {}


def _record(units: Units, current: CurrentSettings, actor: Actor, site: Mapping[str, Any]) -> bool:
    return bool(setup.change_settings(units, current, actor, {_SITE: site}))


def _usable_name(name: str) -> str:
    called = " ".join(name.split())
    if not 0 < len(called) <= MOST_NAME_LETTERS or not called.isprintable():
        raise BadInput(
            msg("Nama printer ini tidak dapat dipakai. Tidak ada yang berubah."),
            msg("Tulis nama seperti Loket 3, paling panjang {count} huruf.", count=MOST_NAME_LETTERS),
        )
    return called
