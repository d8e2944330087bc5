"""Writing down where a printer of the building is and what it can do, as its administrator found out."""

from collections.abc import Mapping
from typing import Any

from mppdesk.domain.entries import Actor
from mppdesk.domain.errors import BadInput, NotAllowed
from mppdesk.domain.printer_address import parse_printer
from mppdesk.domain.site import Role
from mppdesk.operations import setup
from mppdesk.operations.ports import Units
from mppdesk.operations.readings import SignedIn
from mppdesk.operations.setup import CurrentSettings
from mppdesk.texts import msg

MOST_NAME_LETTERS = 40
_SITE = "site"


def write_printer(
    units: Units, current: CurrentSettings, person: SignedIn, name: str, url: str, via: str = "desktop"
) -> bool:
    """Record the URL of a printer, a new one where nobody knows the name; answers whether anything changed.

    Raises:
        NotAllowed: she is no administrator, or this computer may not record settings (decision 0016).
        BadInput: the name is empty, too long or no plain text, or the URL is no printer's.
    """
    if Role.ADMINISTRATOR not in person.roles:
        raise NotAllowed(
            msg("Hanya administrator yang mengubah printer. Tidak ada yang berubah."),
            msg("Minta administrator masuk di jendela Administrasi."),
        )
    called, address = _usable_name(name), url.strip()
    parse_printer(address)
    known = current.setting(_SITE)
    site: Mapping[str, Any] = known[1] if known else {}
    printers = {each["name"]: dict(each) for each in site.get("printers", ())}
    printers[called] = {"name": called, "url": address}
    written = {**site, "printers": list(printers.values())}
    return bool(setup.change_settings(units, current, Actor(person.user, via), {_SITE: written}))


def _usable_name(name: str) -> str:
    called = " ".join(name.split())
    if not 0 < len(called) <= MOST_NAME_LETTERS or not called.isprintable():
        raise BadInput(
            msg("Nama printer ini tidak dapat dipakai. Tidak ada yang berubah."),
            msg("Tulis nama seperti Loket 3, paling panjang {count} huruf.", count=MOST_NAME_LETTERS),
        )
    return called
