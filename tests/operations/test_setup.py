"""Setting up a building twice changes nothing; a changed standard becomes a new version and open files keep theirs."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from mppdesk.db.journal.logs import Journal
from mppdesk.db.settings import StoredSettings
from mppdesk.domain import commands
from mppdesk.domain.catalog import Service, service_hash
from mppdesk.domain.site import CounterPlace
from mppdesk.operations import desk as desks
from mppdesk.operations import kiosk, setup, submissions
from mppdesk.operations.setup import CatalogImport
from tests.fakes.office import AGENCIES, PRINTER, SERVICES, Office, open_office, requirement


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with open_office(tmp_path / "home") as opened:
        opened.open("Loket 1")
        yield opened


def imported(office: Office, *services: Service) -> CatalogImport:
    return setup.import_catalog(
        office.writer,
        StoredSettings(office.home.database, office.home.site_id),
        office.actor,
        [(each, msgspec.to_builtins(each)) for each in AGENCIES],
        [(each, service_hash(each)) for each in services],
    )


def entries(office: Office) -> int:
    with office.readers.moment() as moment:
        return Journal(moment.store, moment.site_id).count()


def test_the_same_catalogue_again_records_nothing(office: Office) -> None:
    before = entries(office)
    done = imported(office, *SERVICES)
    assert (done.new, done.changed, done.agencies) == ((), (), ())
    assert done.unchanged == tuple(each.code for each in SERVICES)
    assert entries(office) == before


def test_one_version_for_each_standard_that_changed_or_is_new(office: Office) -> None:
    before = entries(office)
    changed = replace(SERVICES[0], duration_note="lebih cepat")
    done = imported(office, changed, *SERVICES[1:], replace(SERVICES[1], code="DUKA-03"))
    assert (done.new, done.changed) == (("DUKA-03",), ("DUKA-01",))
    assert entries(office) == before + 2
    assert kiosk_codes(office, "DUKA") == ["DUKA-01", "DUKA-02", "DUKA-03"]


def kiosk_codes(office: Office, agency: str) -> list[str]:
    tile = next(each for each in office.readers.kiosk_screen().agencies if each.agency.code == agency)
    return [each.service.code for each in tile.services]


def test_an_open_file_keeps_the_standard_it_was_opened_under(office: Office) -> None:
    desk = office.desk("Loket 1")
    office.issue("DUKA-01")
    desks.call_next(desk, office.hub, office.ids)
    ticket = office.readers.counter_screen(desk.counter).current
    assert ticket is not None
    submissions.check_requirements(desk, office.writer, office.ids, ticket, ())
    imported(office, replace(SERVICES[0], requirements=(requirement("DUKA-01-R09", "Paspor"),)), *SERVICES[1:])
    after = office.readers.counter_screen(desk.counter).current
    assert after is not None
    assert after.checklist.service.requirements == SERVICES[0].requirements
    office.issue("DUKA-01")
    desks.finish(desk, office.hub, office.ids, ticket.row.visit)
    desks.call_next(desk, office.hub, office.ids)
    newcomer = office.readers.counter_screen(desk.counter).current
    assert newcomer is not None
    assert [row.requirement.name for row in newcomer.checklist.rows] == ["Paspor"]


def test_only_settings_that_differ_are_recorded_and_they_keep_their_id(office: Office) -> None:
    current = StoredSettings(office.home.database, office.home.site_id)
    name, counter = "counter/Loket 2", CounterPlace("Loket 2", "DUKA", ("DUKA-02",), printer=PRINTER)
    known = current.setting(name)
    assert known is not None
    changed = {name: msgspec.to_builtins(counter)}
    assert setup.change_settings(office.writer, current, office.actor, changed) == (name,)
    before = entries(office)
    assert setup.change_settings(office.writer, current, office.actor, changed) == ()
    assert entries(office) == before
    after = current.setting(name)
    assert after is not None
    assert after[0] == known[0]
    office.open("Loket 2")
    office.issue("DUKA-01")
    assert office.act(commands.CallNext, "Loket 2").ticket is None


def test_a_second_touch_at_the_kiosk_gives_the_same_ticket(office: Office) -> None:
    wish = office.ids.new()
    first = kiosk.take_ticket(office.hub, office.actor, wish, "DUKA-01", None, PRINTER)
    before = entries(office)
    assert kiosk.take_ticket(office.hub, office.actor, wish, "DUKA-01", None, PRINTER) == first
    assert entries(office) == before
