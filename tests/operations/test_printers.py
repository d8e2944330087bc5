"""The administrator writes down where a printer is; everything else of the building stays as it was."""

from dataclasses import replace

import pytest

from mppdesk.db.settings import StoredSettings
from mppdesk.domain.errors import BadInput, ClerkError, NotAllowed, Refused
from mppdesk.domain.site import PrinterPlace, Site
from mppdesk.operations.printers import MOST_NAME_LETTERS, remove_printer, write_printer
from mppdesk.operations.readings import SignedIn
from tests.fakes.office import PRINTER, Office

URL = "tcp://192.0.2.9:9100?confirm=tag"


def site_of(office: Office) -> Site:
    with office.readers.moment() as moment:
        return moment.reference.site


def write(office: Office, name: str, url: str = URL, *roles: str, instead: tuple[str, ...] | None = None) -> bool:
    settings = StoredSettings(office.home.database, office.home.site_id)
    person = SignedIn(office.actor.user, "ratna", "Ratna A.", roles or ("administrator",))
    return write_printer(office.writer, settings, person, PrinterPlace(name, url, instead))


def test_a_printer_gets_another_address_once_and_keeps_its_place(office: Office) -> None:
    before = site_of(office)
    first = before.printers[0]
    assert write(office, first.name)
    assert site_of(office) == replace(before, printers=(PrinterPlace(first.name, URL), *before.printers[1:]))
    assert not write(office, f" {first.name} ", f" {URL} ")


def test_a_new_name_is_a_new_printer_behind_the_others(office: Office) -> None:
    before = site_of(office)
    assert write(office, " Loket   Baru ", "screen:")
    assert site_of(office).printers == (*before.printers, PrinterPlace("Loket Baru", "screen:"))


def test_who_takes_over_is_written_down_with_a_printer_and_taken_back(office: Office) -> None:
    own = site_of(office).printers[0]
    write(office, "Loket 3")
    write(office, "Loket 5")
    assert write(office, own.name, instead=("Loket 5", "Loket 3", "Loket 5"))
    assert site_of(office).printers[0] == PrinterPlace(own.name, URL, ("Loket 5", "Loket 3"))
    assert not write(office, own.name, instead=("Loket 5", "Loket 3"))
    assert write(office, own.name, instead=())
    assert site_of(office).printers[0].instead == ()
    assert write(office, own.name)
    assert site_of(office).printers[0].instead is None


@pytest.mark.parametrize("name", ["Tidak Ada", PRINTER])
def test_nobody_unknown_and_no_printer_itself_takes_over(office: Office, name: str) -> None:
    before = site_of(office)
    with pytest.raises(BadInput, match="tidak dapat menggantikan"):
        write(office, PRINTER, instead=(name,))
    assert site_of(office) == before


def remove(
    office: Office,
    name: str,
    *used_by: str,
    open_jobs: int = 0,
    role: str = "administrator",
    elsewhere: tuple[str, ...] = (),
) -> None:
    settings = StoredSettings(office.home.database, office.home.site_id)
    person = SignedIn(office.actor.user, "ratna", "Ratna A.", (role,))
    remove_printer(office.writer, settings, person, name, used_by, open_jobs, elsewhere)


def test_a_printer_that_nobody_uses_is_removed_and_comes_back_as_it_was(office: Office) -> None:
    write(office, "Gudang")
    write(office, PRINTER, instead=("Gudang",))
    before = site_of(office)
    remove(office, "Gudang")
    assert site_of(office) == replace(before, printers=before.printers[:-1])
    assert site_of(office).taking_over(PRINTER) == ()
    write(office, "Gudang")
    assert site_of(office) == before
    assert site_of(office).taking_over(PRINTER) == ("Gudang",)


@pytest.mark.parametrize(
    ("used_by", "open_jobs", "role", "refusal", "sentence"),
    [
        (
            ("Kiosk 1", "Loket 2"),
            0,
            "administrator",
            Refused,
            "Printer Gudang masih dipakai Kiosk 1, Loket 2, jadi tidak dihapus.",
        ),
        ((), 3, "administrator", Refused, "3 cetakan masih menunggu printer Gudang, jadi tidak dihapus."),
        ((), 0, "supervisor", NotAllowed, "Hanya administrator"),
    ],
)
def test_a_printer_that_is_needed_stays(
    office: Office, used_by: tuple[str, ...], open_jobs: int, role: str, refusal: type[ClerkError], sentence: str
) -> None:
    write(office, "Gudang")
    before = site_of(office)
    with pytest.raises(refusal, match=sentence):
        remove(office, "Gudang", *used_by, open_jobs=open_jobs, role=role)
    assert site_of(office) == before


def test_a_printer_for_which_another_computer_said_that_slips_wait_stays(office: Office) -> None:
    write(office, "Gudang")
    before = site_of(office)
    with pytest.raises(Refused, match="Di Loket 3, Kiosk 2 masih ada yang menunggu printer Gudang"):
        remove(office, "Gudang", elsewhere=("Loket 3", "Kiosk 2"))
    assert site_of(office) == before


@pytest.mark.parametrize(
    ("name", "url", "roles", "refusal"),
    [
        ("Loket 1", URL, ("supervisor",), NotAllowed),
        ("Loket 1", URL, ("clerk",), NotAllowed),
        ("Loket 1", "printer di pojok", (), BadInput),
        ("Loket 1", "spool://KARCIS?confirm=tag", (), BadInput),
        ("  ", URL, (), BadInput),
        ("x" * (MOST_NAME_LETTERS + 1), URL, (), BadInput),
        ("Loket\u202e1", URL, (), BadInput),
    ],
)
def test_who_may_not_or_what_is_none_changes_nothing(
    office: Office, name: str, url: str, roles: tuple[str, ...], refusal: type[ClerkError]
) -> None:
    before = site_of(office)
    with pytest.raises(refusal):
        write(office, name, url, *roles)
    assert site_of(office) == before
