"""Nonsense in a setting stops nobody: the last readable value holds, and the administrator is told of the other."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from mppdesk.cli.doctor import examine
from mppdesk.db.journal.logs import Journal
from mppdesk.db.projections import views
from mppdesk.db.reading.reference import Reference, read_reference
from mppdesk.db.reading.setting_values import AGENCY, COUNTER, SITE, WORKPLACES
from mppdesk.db.settings import StoredSettings
from mppdesk.domain.entries import Draft, Subject, SubjectType
from mppdesk.domain.facts import SettingChanged
from tests.fakes.office import AGENCIES, COUNTERS, Office, open_office
from tests.fakes.office import SITE as BUILDING

GOOD = msgspec.to_builtins(BUILDING)
POLICY = GOOD["policy"]
LOKET_1 = f"{COUNTER}Loket 1"
NONSENSE: dict[str, tuple[str, Any]] = {
    "nothing": (SITE, {}),
    "another_shape": (SITE, {**GOOD, "heading": 7}),
    "no_such_zone": (SITE, {**GOOD, "zone": "Nusantara/Sukamaju"}),
    "zone_that_leaves_its_folder": (SITE, {**GOOD, "zone": "../../etc/passwd"}),
    "no_zone": (SITE, {**GOOD, "zone": ""}),
    "behind_nobody": (SITE, {**GOOD, "policy": {**POLICY, "requeue_behind": -1}}),
    "never_ordinary": (SITE, {**GOOD, "policy": {**POLICY, "priority_ratio": 0}}),
    "hours_of_another_zone": (
        SITE,
        {**GOOD, "hours": {"building": {"monday": [{"opens": "08:00:00Z", "closes": "12:00:00Z"}]}}},
    ),
    "a_century_before_closing": (SITE, {**GOOD, "hours": {"building": {"last_ticket_minutes": 2**62}}}),
    "agency_of_another_name": (f"{AGENCY}DUKA", {**msgspec.to_builtins(AGENCIES[0]), "code": "POLI"}),
    "agency_of_a_long_prefix": (f"{AGENCY}DUKA", {**msgspec.to_builtins(AGENCIES[0]), "queue_prefix": "B" * 500}),
    "counter_without_a_label": (LOKET_1, {"agency": "DUKA"}),
}


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """One office for all, each of which leaves its settings sound."""
    with open_office(tmp_path_factory.mktemp("office") / "home") as opened:
        opened.open("Loket 1")
        yield opened


@pytest.fixture(autouse=True)
def _sound(office: Office) -> Iterator[None]:
    yield
    sound = {SITE: GOOD, f"{AGENCY}DUKA": msgspec.to_builtins(AGENCIES[0]), LOKET_1: msgspec.to_builtins(COUNTERS[0])}
    for name in {*reference(office).unreadable_settings, SITE}:
        change(office, name, sound.get(name, {}))


def change(office: Office, name: str, value: Any, *, known_as: str | None = None) -> None:
    """Record a setting as a supervisor's computer could, past what an import checks."""
    known = StoredSettings(office.home.database, office.home.site_id).setting(known_as or name)
    with office.writer.begin(office.actor) as unit:
        subject = Subject(SubjectType.SITE_SETTING, known[0] if known else unit.new_id())
        unit.record(Draft(unit.new_id(), subject, SettingChanged(name=name, value=value)))


def reference(office: Office) -> Reference:
    with office.home.database.reading() as store:
        return read_reference(store, office.home.site_id)


@pytest.mark.parametrize("case", NONSENSE)
def test_the_last_readable_value_holds(office: Office, case: str) -> None:
    name, value = NONSENSE[case]
    before = reference(office)

    change(office, name, value)

    after = reference(office)
    assert (after.site, after.counters, after.catalog) == (before.site, before.counters, before.catalog)
    assert (before.unreadable_settings, after.unreadable_settings) == ((), (name,))
    assert office.issue().ticket is not None


def test_a_sound_value_ends_it(office: Office) -> None:
    change(office, SITE, {})
    change(office, SITE, {**GOOD, "name": "MPP Kabupaten Sukamakmur"})
    now = reference(office)
    assert (now.site.name, now.unreadable_settings) == ("MPP Kabupaten Sukamakmur", ())


def test_a_second_record_of_the_same_name_does_no_harm(office: Office) -> None:
    with office.writer.begin(office.actor) as unit:
        subject = Subject(SubjectType.SITE_SETTING, unit.new_id())
        unit.record(Draft(unit.new_id(), subject, SettingChanged(name=SITE, value={"zone": 1})))
    now = reference(office)
    assert (now.site, now.unreadable_settings) == (BUILDING, (SITE,))


def test_what_never_was_readable_is_left_out(office: Office) -> None:
    change(office, f"{WORKPLACES}dewi", {"counters": 7})
    now = reference(office)
    assert now.unreadable_settings == (f"{WORKPLACES}dewi",)
    assert all(user.workplaces == () for user in now.users.values())


def test_a_setting_keeps_its_name(office: Office) -> None:
    """Else a change could take the building, or a counter with people before it, away."""
    for name in (SITE, LOKET_1):
        change(office, "something else", GOOD, known_as=name)
    now = reference(office)
    assert now.site == BUILDING
    assert {place.label for place in now.counters.values()} == {place.label for place in COUNTERS}
    with office.home.database.reading() as store:
        reasons = {row[0] for row in store.connection.execute("SELECT reason FROM view_anomalies").fetchall()}
        assert reasons == {"another_name"}
        assert views.live_digest(store, office.home.site_id) == views.rebuilt_digest(store, office.home.site_id)
        assert Journal(store, office.home.site_id).count() > 0


def test_the_administrator_is_told(office: Office) -> None:
    assert settings_finding(office.home.path) == (True, "Semua pengaturan terbaca.")
    change(office, SITE, {})
    is_fine, sentence = settings_finding(office.home.path)
    assert not is_fine
    assert "site" in sentence


def settings_finding(home: Path) -> tuple[bool, str]:
    found = next(each for each in examine(home) if each.subject == "settings")
    return found.is_fine, str(found.sentence)
