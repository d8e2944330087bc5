"""Writing down which printer a counter or kiosk prints on."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from mppdesk.domain.entries import Actor
from mppdesk.domain.errors import Refused
from mppdesk.operations import setup
from mppdesk.operations.ports import Units
from mppdesk.operations.printers import require_administrator
from mppdesk.operations.readings import SignedIn
from mppdesk.operations.setup import CurrentSettings
from mppdesk.texts import msg

_SITE = "site"
_COUNTER = "counter/"


class PlaceKind(StrEnum):
    """A counter is a setting of its own, a kiosk stands in that of the building."""

    COUNTER = "counter"
    KIOSK = "kiosk"


def choose_printer(
    units: Units,
    current: CurrentSettings,
    person: SignedIn,
    kind: PlaceKind,
    label: str,
    printer: str | None,
    via: str = "desktop",
) -> bool:
    """Record the printer of a counter or kiosk by its name; None: it has none. Answers whether anything changed.

    Raises:
        NotAllowed: she is no administrator, or this computer may not record settings (decision 0016).
        Refused: the counter, the kiosk or the printer is there no more.
    """
    require_administrator(person)
    site = _value(current, _SITE)
    if printer is not None and all(each["name"] != printer for each in site.get("printers", ())):
        raise Refused(
            msg("Printer {name} tidak ada lagi. Tidak ada yang berubah.", name=printer),
            msg("Pilih printer lain yang ada di daftar."),
        )
    settings = _counter(current, label, printer) if kind is PlaceKind.COUNTER else _kiosk(site, label, printer)
    return bool(setup.change_settings(units, current, Actor(person.user, via), settings))


def _counter(current: CurrentSettings, label: str, printer: str | None) -> dict[str, Mapping[str, Any]]:
    name = f"{_COUNTER}{label}"
    counter = _value(current, name)
    if not counter:
        raise _gone(label)
    return {name: {**counter, "printer": printer}}


def _kiosk(site: Mapping[str, Any], label: str, printer: str | None) -> dict[str, Mapping[str, Any]]:
    kiosks = [dict(each) for each in site.get("kiosks", ())]
    found = next((each for each in kiosks if each["label"] == label), None)
    if found is None:
        raise _gone(label)
    found["printer"] = printer
    return {_SITE: {**site, "kiosks": kiosks}}


def _value(current: CurrentSettings, name: str) -> Mapping[str, Any]:
    known = current.setting(name)
    return known[1] if known else {}


def _gone(label: str) -> Refused:
    return Refused(
        msg("{label} tidak ada lagi. Tidak ada yang berubah.", label=label),
        msg("Pilih loket atau kiosk lain yang ada di daftar."),
    )
