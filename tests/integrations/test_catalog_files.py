"""The catalogue read from files: the sample whole, and everything a person may write wrongly."""

import time
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mppdesk.domain.catalog import Handling, TimeSpan, Validity
from mppdesk.integrations.catalog_files import CatalogReading, read_catalog
from mppdesk.integrations.problems import Severity

SAMPLE = Path(__file__).resolve().parents[2] / "resources" / "sample" / "catalog"

GOOD: dict[str, Any] = {
    "schema_version": 1,
    "agency": {
        "code": "CONTOH",
        "name": "Dinas Contoh",
        "short_name": "Contoh",
        "everyday_words": "contoh, misal",
        "spoken_name": "Contoh",
        "icon": "star",
        "type": "opd",
        "queue_prefix": "Z",
        "counters_estimate": 2,
    },
    "services": [
        {
            "code": "CONTOH-01",
            "name": "Izin contoh",
            "list_name": "Izin contoh",
            "everyday_name": "Minta izin contoh",
            "search_words": ["contoh", "izin"],
            "personal_data": "umum",
            "retention_years": 2,
            "kind": "perizinan",
            "legal_basis": ["Perda Contoh"],
            "requirements": [
                {
                    "code": "CONTOH-01-R01",
                    "name": "Surat keterangan sehat",
                    "original": 1,
                    "handling": "diserahkan",
                    "copies": 0,
                    "mandatory": True,
                    "condition": None,
                    "validity": {"rule": "umur_maks", "months": 3, "text": "Paling lama 3 bulan"},
                }
            ],
            "procedure": [
                {
                    "step": 1,
                    "role": "petugas_loket",
                    "activity": "Memeriksa",
                    "time": {"value": 1, "unit": "hari_kerja"},
                }
            ],
            "duration": {"value": 5, "unit": "hari_kerja", "counted_from": "berkas_lengkap", "note": "hari kerja"},
            "fee": {"type": "tetap", "amount": 30000, "basis": "Perda", "items": []},
            "product": "Izin",
            "product_validity": None,
            "complaints": [{"channel": "kotak_saran", "text": "Kotak saran"}],
            "counter_minutes": {"value": 12, "estimate": True},
            "source": ["typical"],
            "notes": None,
        }
    ],
}
Change = Callable[[dict[str, Any]], object]


def _read(folder: Path, document: Any) -> CatalogReading:
    path = folder / "01-contoh.yaml"
    path.write_text(yaml.safe_dump(document, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return read_catalog(path)


def _changed(change: Change) -> dict[str, Any]:
    document = deepcopy(GOOD)
    change(document)
    return document


def _service(document: dict[str, Any]) -> dict[str, Any]:
    service: dict[str, Any] = document["services"][0]
    return service


def _requirement(document: dict[str, Any]) -> dict[str, Any]:
    requirement: dict[str, Any] = _service(document)["requirements"][0]
    return requirement


def _told(reading: CatalogReading) -> list[tuple[str, str, str]]:
    return [(str(each.severity), each.path, str(each.sentence)) for each in reading.problems]


def test_the_sample_is_whole_and_without_fault() -> None:
    started = time.perf_counter()
    reading = read_catalog(SAMPLE)
    seconds = time.perf_counter() - started
    assert (len(reading.agencies), len(reading.services)) == (37, 162)
    assert sum(len(service.requirements) for service in reading.services) == 889
    assert sum(not each.mandatory for service in reading.services for each in service.requirements) == 226
    assert reading.problems == ()
    assert seconds < 2


def test_a_service_comes_out_as_it_was_written(tmp_path: Path) -> None:
    reading = _read(tmp_path, GOOD)
    (service,) = reading.services
    (requirement,) = service.requirements
    assert reading.problems == ()
    assert (service.code, service.agency, service.counter_minutes) == ("CONTOH-01", "CONTOH", 12)
    assert (service.duration, service.duration_note) == (TimeSpan(5, "hari_kerja"), "hari kerja")
    assert requirement.handling is Handling.KEPT
    assert requirement.validity == Validity("umur_maks", "Paling lama 3 bulan", months=3)
    assert reading.agencies[0].queue_prefix == "Z"


@pytest.mark.parametrize(
    ("change", "path", "words"),
    [
        (lambda d: d.update(schema_version=2), "schema_version", "skema 1"),
        (lambda d: d.pop("agency"), "agency", "Kunci agency wajib diisi."),
        (lambda d: d.pop("services"), "services", "Kunci services wajib diisi."),
        (lambda d: d.update(services="x"), "services", "daftar"),
        (lambda d: d.update(services=[3]), "services[0]", 'bukan "3"'),
        (lambda d: d["agency"].update(code="contoh/1"), "agency.code", "huruf besar"),
        (lambda d: d["agency"].update(queue_prefix="ab"), "agency.queue_prefix", "1 sampai 3 huruf besar"),
        (lambda d: d["agency"].update(type="toko"), "agency.type", '"toko" tidak dikenal'),
        (lambda d: _service(d).update(code="LAIN-01"), "services[0].code", "CONTOH-"),
        (lambda d: _service(d).pop("product"), "services[0].product", "Kunci product wajib diisi."),
        (lambda d: _service(d).update(name="  "), "services[0].name", "kosong"),
        (lambda d: _service(d).update(name="Izin\x1b@"), "services[0].name", "karakter kendali"),
        (lambda d: _service(d).update(name="x" * 5000), "services[0].name", "5000 huruf"),
        (lambda d: _service(d).update(search_words=["a", 1]), "services[0].search_words[1]", "seharusnya ada teks"),
        (lambda d: _service(d)["fee"].update(amount=-1), "services[0].fee.amount", "Bilangan -1 di luar batas 0"),
        (lambda d: _service(d)["fee"].update(amount=1.5), "services[0].fee.amount", "bilangan bulat"),
        (lambda d: _service(d)["duration"].update(unit="minggu"), "services[0].duration.unit", "hari_kerja"),
        (lambda d: _service(d)["duration"].update(value=10**12), "services[0].duration.value", "di luar batas"),
        (lambda d: _service(d).update(legal_basis=["x" * 3900] * 20), "services[0]", "terlalu panjang"),
        (lambda d: _requirement(d).update(copies=-1), "services[0].requirements[0].copies", "Bilangan -1"),
        (lambda d: _requirement(d).update(copies=True), "services[0].requirements[0].copies", 'bukan "true"'),
        (lambda d: _requirement(d).update(mandatory="yes"), "services[0].requirements[0].mandatory", "true atau false"),
        (lambda d: _requirement(d).update(handling="x"), "services[0].requirements[0].handling", "ditunjukkan"),
        (lambda d: _requirement(d).update(code="R1"), "services[0].requirements[0].code", "CONTOH-01-R"),
        (lambda d: _requirement(d).update(validity="x"), "services[0].requirements[0].validity", "kunci dan nilai"),
    ],
)
def test_an_error_names_its_place_and_spoils_the_reading(tmp_path: Path, change: Change, path: str, words: str) -> None:
    reading = _read(tmp_path, _changed(change))
    assert not reading.is_usable
    assert [each for each in _told(reading) if each[:2] == ("error", path) and words in each[2]]


@pytest.mark.parametrize(
    ("change", "path", "words"),
    [
        (lambda d: d.update(extra=1), "", 'Kunci "extra" tidak dikenal'),
        (lambda d: d["agency"].update(queue_prefix="NO"), "agency.queue_prefix", "Huruf N, O"),
        (lambda d: d["agency"].update(spoken_name="be-pe"), "agency.spoken_name", "huruf dan spasi"),
        (lambda d: d["agency"].update(everyday_words="x" * 35), "agency.everyday_words", "35 huruf, muat 34"),
        (lambda d: _service(d).update(list_name="x" * 29), "services[0].list_name", "29 huruf, muat 28"),
        (lambda d: _service(d).update(everyday_name="x" * 41), "services[0].everyday_name", "muat 40"),
        (lambda d: _service(d)["procedure"][0].update(role="x"), "services[0].procedure[0].role", "Peran x"),
        (lambda d: _service(d)["duration"].update(value=0), "services[0].procedure", "1 hari kerja melebihi"),
        (lambda d: _service(d)["duration"].update(unit="menit"), "services[0].procedure", "selesai hari itu juga"),
        (lambda d: _service(d)["fee"].update(type="gratis"), "services[0].fee.amount", "salah satunya keliru"),
        (lambda d: _service(d)["fee"].update(amount=None), "services[0].fee.amount", "belum diisi jumlahnya"),
        (lambda d: _service(d)["fee"].update(type="formula"), "services[0].fee.formula", "Rumus"),
        (lambda d: _requirement(d).update(condition="jika"), "services[0].requirements[0].condition", "wajib, tetapi"),
        (lambda d: _requirement(d).update(mandatory=False), "services[0].requirements[0].condition", "tidak wajib"),
        (
            lambda d: _requirement(d).update(mandatory=False, condition="bila perlu"),
            "services[0].requirements[0].condition",
            "dimulai dengan kata jika",
        ),
        (
            lambda d: _requirement(d)["validity"].update(rule="aturan_baru"),
            "services[0].requirements[0].validity.rule",
            "aturan_baru belum dikenal",
        ),
    ],
)
def test_a_warning_names_its_place_and_lets_the_reading_be_used(
    tmp_path: Path, change: Change, path: str, words: str
) -> None:
    reading = _read(tmp_path, _changed(change))
    assert reading.is_usable
    assert len(reading.services) == 1
    ((severity, found_path, sentence),) = _told(reading)
    assert (severity, found_path) == ("warning", path)
    assert words in sentence


def test_minutes_and_hours_of_the_steps_are_added(tmp_path: Path) -> None:
    def in_hours(document: dict[str, Any]) -> None:
        _service(document)["duration"].update(value=1, unit="jam")
        _service(document)["procedure"][0]["time"] = {"value": 61, "unit": "menit"}

    ((_, _, sentence),) = _told(_read(tmp_path, _changed(in_hours)))
    assert sentence == "Jumlah waktu tahap 61 menit melebihi jangka waktu 60 menit."


def test_every_problem_is_told_at_once(tmp_path: Path) -> None:
    def spoil(document: dict[str, Any]) -> None:
        document["agency"]["icon"] = 3
        _service(document)["fee"]["amount"] = "gratis"
        _requirement(document).update(copies=-1, original=None)

    assert [path for _, path, _ in _told(_read(tmp_path, _changed(spoil)))] == [
        "agency.icon",
        "services[0].requirements[0].original",
        "services[0].requirements[0].copies",
        "services[0].fee.amount",
    ]


def test_codes_and_prefixes_are_used_once_in_the_building(tmp_path: Path) -> None:
    for name in ("01-a.yaml", "02-b.yaml"):
        (tmp_path / name).write_text(yaml.safe_dump(GOOD), encoding="utf-8")
    reading = read_catalog(tmp_path)
    assert {(each.file, each.path) for each in reading.problems if each.severity is Severity.ERROR} == {
        ("02-b.yaml", "agency.code"),
        ("02-b.yaml", "agency.queue_prefix"),
        ("02-b.yaml", "services[0].code"),
        ("02-b.yaml", "services[0].requirements[0].code"),
    }
    assert str(reading.problems[0].sentence) == "Kode CONTOH sudah dipakai di 01-a.yaml, agency.code."


def test_names_are_used_once_in_the_agency(tmp_path: Path) -> None:
    def twice(document: dict[str, Any]) -> None:
        second = deepcopy(_service(document))
        second.update(code="CONTOH-02", requirements=[])
        document["services"].append(second)

    reading = _read(tmp_path, _changed(twice))
    assert [path for _, path, _ in _told(reading)] == ["services[1].list_name", "services[1].everyday_name"]
    assert reading.is_usable


def test_one_spoiled_file_does_not_hide_the_others(tmp_path: Path) -> None:
    (tmp_path / "01-a.yaml").write_text("agency: [", encoding="utf-8")
    (tmp_path / "02-b.yaml").write_text(yaml.safe_dump(GOOD), encoding="utf-8")
    reading = read_catalog(tmp_path)
    assert len(reading.services) == 1
    assert [each.file for each in reading.problems] == ["01-a.yaml"]


def test_a_missing_and_an_empty_folder_are_told(tmp_path: Path) -> None:
    assert _told(read_catalog(tmp_path / "tiada")) == [("error", "", "Berkas tidak ditemukan.")]
    assert _told(read_catalog(tmp_path)) == [("error", "", "Di folder ini tidak ada berkas .yaml.")]


_scalars = st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=20))
_anything = st.recursive(
    _scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3)
)


def _places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, each in inner for place in _places(each, (*path, key)))]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(place=st.sampled_from(_places(GOOD)[1:]), value=_anything)
def test_no_value_at_any_place_breaks_the_reading(tmp_path: Path, place: tuple[Any, ...], value: Any) -> None:
    document = deepcopy(GOOD)
    inner: Any = document
    for key in place[:-1]:
        inner = inner[key]
    inner[place[-1]] = value
    for problem in _read(tmp_path, document).problems:
        assert str(problem.sentence)
