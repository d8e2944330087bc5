"""The building read from its file: the sample whole, and everything an administrator may write wrongly."""

from collections.abc import Callable
from copy import deepcopy
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mppdesk.domain.opening_hours import Span
from mppdesk.domain.site import CounterPlace, KioskPlace, PrinterPlace, QueuePolicy, Role, Site, UserProfile
from mppdesk.integrations.catalog_files import read_catalog
from mppdesk.integrations.holidays_source import holidays_of
from mppdesk.integrations.site_files import SiteReading, read_site

SAMPLE = Path(__file__).resolve().parents[2] / "resources" / "sample"

GOOD: dict[str, Any] = {
    "schema_version": 1,
    "name": "MPP Contoh",
    "heading": ["MAL PELAYANAN PUBLIK", "CONTOH"],
    "zone": "Asia/Makassar",
    "policy": {"priority_ratio": 2, "requeue_behind": 0},
    "register_templates": {"CONTOH": "660/{n:06}/{year}"},
    "station_issuers": [2, 3],
    "hours": {
        "building": {"monday": ["08.00-15.00"], "last_ticket_minutes": 15},
        "agencies": {"CONTOH": {"monday": ["08:00 - 12:00", "13.00-15.00"]}},
    },
    "holidays": {"source": "SKB", "days": [{"date": "2026-12-25", "name": "Natal"}]},
    "printers": [{"name": "Cetak 1", "url": "tcp://192.0.2.7:9100"}],
    "counters": [{"label": "Loket 1", "agency": "CONTOH", "services": ["CONTOH-01"], "printer": "Cetak 1"}],
    "kiosks": [{"label": "Kiosk 1", "printer": "Cetak 1"}],
    "users": [{"user_name": "ratna", "display_name": "Ratna A.", "roles": ["administrator"]}],
}


def _read(folder: Path, document: Any) -> SiteReading:
    path = folder / "site.yaml"
    path.write_text(yaml.safe_dump(document, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return read_site(path)


def test_the_sample_is_a_whole_building() -> None:
    reading = read_site(SAMPLE / "site.yaml")
    catalog = read_catalog(SAMPLE / "catalog")
    services = {service.code: service.agency for service in catalog.services}
    assert reading.problems == ()
    assert reading.site.name == "MPP Kabupaten Sukamaju"
    assert {each.agency for each in reading.counters} == {agency.code for agency in catalog.agencies}
    assert all(services[code] == each.agency for each in reading.counters for code in each.services)
    assert {role for user in reading.users for role in user.roles} == set(Role)
    assert msgspec.convert(msgspec.to_builtins(reading.site), Site) == reading.site


def test_the_hours_of_the_sample() -> None:
    site = read_site(SAMPLE / "site.yaml").site
    lunch = datetime(2026, 11, 23, 12, 30, tzinfo=ZoneInfo(site.zone))
    assert str(site.opening("BANKDA", lunch).reason) == "Tutup. Buka lagi 13.00"
    assert site.opening("DLH", lunch).is_open
    assert site.last_ticket_time("DLH", date(2026, 11, 27)) == time(15)


def test_the_holidays_of_the_sample_are_those_of_the_decree() -> None:
    holidays = holidays_of(2026)
    assert read_site(SAMPLE / "site.yaml").site.holidays == {each.day for each in holidays}
    assert sum(each.is_joint_leave for each in holidays) == 8
    assert sum(not each.is_joint_leave for each in holidays) == 17


def test_a_building_comes_out_as_it_was_written(tmp_path: Path) -> None:
    reading = _read(tmp_path, GOOD)
    site = reading.site
    assert reading.problems == ()
    assert (site.name, site.heading, site.zone) == ("MPP Contoh", ("MAL PELAYANAN PUBLIK", "CONTOH"), "Asia/Makassar")
    assert site.policy == QueuePolicy(priority_ratio=2, requeue_behind=0)
    assert site.register_template("CONTOH") == "660/{n:06}/{year}"
    assert site.station_issuers == (2, 3)
    assert site.hours.agencies["CONTOH"].monday == (Span(time(8), time(12)), Span(time(13), time(15)))
    assert site.last_ticket_time("LAIN", date(2026, 11, 23)) == time(14, 45)
    assert site.holidays == {date(2026, 12, 25)}
    assert site.printers == (PrinterPlace("Cetak 1", "tcp://192.0.2.7:9100"),)
    assert site.kiosks == (KioskPlace("Kiosk 1", "Cetak 1"),)
    assert reading.counters == (CounterPlace("Loket 1", "CONTOH", ("CONTOH-01",), "Cetak 1"),)
    assert reading.users == (UserProfile("ratna", "Ratna A.", ("administrator",)),)


@pytest.mark.parametrize(("written", "read"), [(["Cetak 2"], ("Cetak 2",)), ([], ()), (None, None)])
def test_a_printer_may_name_who_takes_over(
    tmp_path: Path, written: list[str] | None, read: tuple[str, ...] | None
) -> None:
    document = deepcopy(GOOD)
    document["printers"] = [
        {"name": "Cetak 1", "url": "screen:", "instead": written},
        {"name": "Cetak 2", "url": "screen:"},
    ]
    reading = _read(tmp_path, document)
    assert reading.problems == ()
    assert reading.site.printers == (PrinterPlace("Cetak 1", "screen:", read), PrinterPlace("Cetak 2", "screen:"))


def test_a_user_may_have_workplaces(tmp_path: Path) -> None:
    document = deepcopy(GOOD)
    document["users"][0] |= {"agencies": ["CONTOH"], "counters": ["Loket 1"]}
    reading = _read(tmp_path, document)
    assert reading.problems == ()
    assert reading.users == (UserProfile("ratna", "Ratna A.", ("administrator",), ("CONTOH",), ("Loket 1",)),)


def test_only_name_zone_heading_counters_and_people_must_be_there(tmp_path: Path) -> None:
    least = {key: GOOD[key] for key in ("schema_version", "name", "heading", "zone", "users")}
    reading = _read(tmp_path, {**least, "counters": [{"label": "Loket 1", "agency": "CONTOH"}]})
    assert reading.problems == ()
    assert reading.is_usable
    assert reading.site.policy == QueuePolicy()


@pytest.mark.parametrize(
    ("change", "path", "words"),
    [
        (lambda d: d.update(schema_version=9), "schema_version", "skema 1"),
        (lambda d: d.pop("name"), "name", "wajib diisi"),
        (lambda d: d.pop("heading"), "heading", "1 sampai 3 baris"),
        (lambda d: d.update(zone="Asia/Sukamaju"), "zone", "Asia/Jakarta"),
        (lambda d: d.update(zone="../passwd"), "zone", "tidak dikenal"),
        (lambda d: d.update(zone="Asia"), "zone", "tidak dikenal"),
        (lambda d: d["policy"].update(priority_ratio=0), "policy.priority_ratio", "di luar batas 1"),
        (lambda d: d["register_templates"].update(CONTOH="{x}"), "register_templates.CONTOH", "Pola nomor register"),
        (lambda d: d.update(station_issuers=[1]), "station_issuers[0]", "di luar batas 2"),
        (lambda d: d["hours"]["building"].update(monday=["25.00-26.00"]), "hours.building.monday[0]", "Tulis jam"),
        (lambda d: d["hours"]["building"].update(monday=["15.00-08.00"]), "hours.building.monday[0]", "Tulis jam"),
        (
            lambda d: d["hours"]["agencies"]["CONTOH"].update(monday=["08.00-13.00", "12.00-15.00"]),
            "hours.agencies.CONTOH.monday[1]",
            "bertumpuk",
        ),
        (lambda d: d["holidays"]["days"][0].update(date="25-12-2026"), "holidays.days[0].date", "2026-08-17"),
        (lambda d: d["printers"][0].update(url="lpt1"), "printers[0].url", "tcp:"),
        (lambda d: d["printers"][0].update(url="http://[x"), "printers[0].url", "tcp:"),
        (lambda d: d["printers"][0].update(instead=["Lain"]), "printers[0].instead[0]", "Printer Lain tidak ada"),
        (lambda d: d["printers"][0].update(instead=["Cetak 1"]), "printers[0].instead[0]", "dirinya sendiri"),
        (lambda d: d["printers"][0].update(instead="Lain"), "printers[0].instead", "seharusnya ada daftar"),
        (lambda d: d["counters"][0].update(printer="Lain"), "counters[0].printer", "Printer Lain tidak ada"),
        (lambda d: d["kiosks"][0].update(printer="Lain"), "kiosks[0].printer", "Printer Lain tidak ada"),
        (lambda d: d["counters"].append(d["counters"][0]), "counters[1].label", "sudah dipakai"),
        (lambda d: d.update(counters=[]), "counters", "Belum ada loket"),
        (lambda d: d["users"].append(d["users"][0]), "users[1].user_name", "sudah dipakai"),
        (lambda d: d["users"][0].update(roles=["clerk"]), "users", "administrator"),
        (lambda d: d["users"][0].update(counters=["Loket 9"]), "users[0].counters[0]", "tidak ada di daftar counters"),
        (lambda d: d["users"][0].update(agencies=["BATAVIA"]), "users[0].agencies[0]", "Tidak ada loket"),
        (lambda d: d["users"][0].update(roles=["raja"]), "users[0].roles[0]", "Peran raja tidak dikenal"),
        (lambda d: d["users"][0].update(user_name="Ratna A"), "users[0].user_name", "huruf kecil"),
        (lambda d: d["users"][0].update(pin="135790"), "users[0].pin", "PIN tidak boleh tertulis"),
        (lambda d: d.update(station_issuers=[2, 2]), "station_issuers", "dua kali"),
        (lambda d: d["users"][0].update(roles=[]), "users[0].roles", "paling sedikit satu peran"),
    ],
)
def test_an_error_names_its_place(
    tmp_path: Path, change: Callable[[dict[str, Any]], object], path: str, words: str
) -> None:
    document = deepcopy(GOOD)
    change(document)
    # Written twice in a file, not as an alias, which is refused for itself.
    reading = _read(tmp_path, msgspec.json.decode(msgspec.json.encode(document)))
    assert not reading.is_usable
    assert [each for each in reading.problems if each.path == path and words in str(each.sentence)]


@pytest.mark.parametrize(
    ("change", "path", "words"),
    [
        (lambda d: d.update(zona="Asia/Jakarta"), "", 'Kunci "zona" tidak dikenal'),
        (lambda d: d.update(heading=["M" * 49]), "heading", "muat 48 huruf"),
        (lambda d: d["holidays"].pop("source"), "holidays.source", "nomor SKB"),
        (
            lambda d: d.update(
                printers=[
                    {"name": "Cetak 1", "url": "tcp://192.0.2.7:9100", "instead": ["Cetak 2"]},
                    {"name": "Cetak 2", "url": "tcp://192.0.2.8:9100?model=generic-58"},
                ]
            ),
            "printers[0].instead[0]",
            "Kertas Cetak 2 lebih sempit daripada kertas Cetak 1",
        ),
        (lambda d: d["counters"][0].update(services=["LAIN-01"]), "counters[0].services", "bukan milik CONTOH"),
        (lambda d: d["kiosks"][0].update(agencies=["LAIN"]), "kiosks[0].agencies", "Tidak ada loket"),
        (lambda d: d["register_templates"].update(LAIN="{n}/{year}"), "register_templates.LAIN", "Tidak ada loket"),
        (lambda d: d["register_templates"].update(CONTOH="{n}"), "register_templates.CONTOH", "berulang tiap tahun"),
        (lambda d: d["hours"]["agencies"].update(LAIN={"monday": []}), "hours.agencies.LAIN", "Tidak ada loket"),
    ],
)
def test_a_warning_names_its_place_and_lets_the_building_be_used(
    tmp_path: Path, change: Callable[[dict[str, Any]], object], path: str, words: str
) -> None:
    document = deepcopy(GOOD)
    change(document)
    reading = _read(tmp_path, document)
    ((severity, found_path, sentence),) = [(str(e.severity), e.path, str(e.sentence)) for e in reading.problems]
    assert (severity, found_path) == ("warning", path)
    assert words in sentence
    assert reading.is_usable


@pytest.mark.parametrize("content", ["", "- 1", "a: [", "halo"])
def test_what_is_no_site_at_all_is_told(tmp_path: Path, content: str) -> None:
    path = tmp_path / "site.yaml"
    path.write_text(content, encoding="utf-8")
    assert not read_site(path).is_usable
    assert not read_site(tmp_path / "tiada.yaml").is_usable


_scalars = st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=20))
_anything = st.recursive(
    _scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(key=st.sampled_from(sorted(GOOD)), value=_anything)
def test_no_value_breaks_the_reading(tmp_path: Path, key: str, value: Any) -> None:
    for problem in _read(tmp_path, {**GOOD, key: value}).problems:
        assert str(problem.sentence)
