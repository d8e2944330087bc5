"""The administrator says which printer a counter or kiosk prints on; everything else of it stays as it was."""

from dataclasses import replace

import pytest

from mppdesk.db.settings import StoredSettings
from mppdesk.domain.entries import Actor
from mppdesk.domain.errors import ClerkError, NotAllowed, Refused
from mppdesk.domain.site import CounterPlace, KioskPlace, PrinterPlace, Site
from mppdesk.operations import setup
from mppdesk.operations.printing_places import PlaceKind, choose_printer
from mppdesk.operations.readings import SignedIn
from tests.fakes.office import PRINTER, Office

OTHER = "Loket 2"
KIOSKS = (KioskPlace("Kiosk 1", PRINTER, ("DUKA",)), KioskPlace("Kiosk 2"))


@pytest.fixture
def settings(office: Office) -> StoredSettings:
    """Those of a building with two kiosks and a second printer."""
    current = StoredSettings(office.home.database, office.home.site_id)
    known = current.setting("site")
    assert known is not None
    kiosks = [{"label": each.label, "printer": each.printer, "agencies": each.agencies} for each in KIOSKS]
    printers = [{"name": PRINTER, "url": "screen:"}, {"name": OTHER, "url": "tcp://192.0.2.9:9100"}]
    site = {**known[1], "kiosks": kiosks, "printers": printers}
    setup.change_settings(office.writer, current, Actor("system", "test"), {"site": site})
    return current


def choose(
    office: Office,
    settings: StoredSettings,
    kind: PlaceKind,
    label: str,
    printer: str | None,
    role: str = "administrator",
) -> bool:
    person = SignedIn(office.actor.user, "ratna", "Ratna A.", (role,))
    return choose_printer(office.writer, settings, person, kind, label, printer)


def site_of(office: Office) -> Site:
    with office.readers.moment() as moment:
        return moment.reference.site


def place_of(office: Office, label: str) -> CounterPlace:
    with office.readers.moment() as moment:
        return moment.reference.counters[office.counter(label)]


def test_a_counter_gets_another_printer_once_and_keeps_its_services(office: Office, settings: StoredSettings) -> None:
    before = place_of(office, "Loket 4")
    assert choose(office, settings, PlaceKind.COUNTER, "Loket 4", OTHER)
    assert place_of(office, "Loket 4") == replace(before, printer=OTHER)
    assert not choose(office, settings, PlaceKind.COUNTER, "Loket 4", OTHER)
    assert choose(office, settings, PlaceKind.COUNTER, "Loket 4", None)
    assert place_of(office, "Loket 4") == replace(before, printer=None)
    assert choose(office, settings, PlaceKind.COUNTER, "Loket 4", PRINTER)
    assert place_of(office, "Loket 4") == before


def test_a_kiosk_gets_another_printer_and_the_building_stays(office: Office, settings: StoredSettings) -> None:
    before = site_of(office)
    assert choose(office, settings, PlaceKind.KIOSK, "Kiosk 1", OTHER)
    assert site_of(office) == replace(before, kiosks=(replace(KIOSKS[0], printer=OTHER), KIOSKS[1]))
    assert choose(office, settings, PlaceKind.KIOSK, "Kiosk 1", PRINTER)
    assert site_of(office) == before
    assert before.printers == (PrinterPlace(PRINTER, "screen:"), PrinterPlace(OTHER, "tcp://192.0.2.9:9100"))


@pytest.mark.parametrize(
    ("kind", "label", "printer", "role", "refusal", "sentence"),
    [
        (PlaceKind.COUNTER, "Loket 1", OTHER, "supervisor", NotAllowed, "Hanya administrator"),
        (PlaceKind.COUNTER, "Loket 1", "Gudang", "administrator", Refused, "Printer Gudang tidak ada lagi"),
        (PlaceKind.COUNTER, "Loket 77", OTHER, "administrator", Refused, "Loket 77 tidak ada lagi"),
        (PlaceKind.KIOSK, "Loket 1", OTHER, "administrator", Refused, "Loket 1 tidak ada lagi"),
    ],
)
def test_who_may_not_and_what_is_gone_changes_nothing(
    office: Office,
    settings: StoredSettings,
    kind: PlaceKind,
    label: str,
    printer: str,
    role: str,
    refusal: type[ClerkError],
    sentence: str,
) -> None:
    before = site_of(office), place_of(office, "Loket 1")
    with pytest.raises(refusal, match=sentence):
        choose(office, settings, kind, label, printer, role)
    assert (site_of(office), place_of(office, "Loket 1")) == before
