"""The hash that names a version of a standard: another for any change, the same for the same value."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from enum import Enum
from pathlib import Path
from typing import Any

import msgspec
import pytest

from mppdesk.domain.catalog import Fee, FeeItem, Handling, Service, Validity, service_hash
from mppdesk.integrations.catalog_files import read_catalog
from tests.fakes.office import HEALTH_LETTER, requirement, service

SAMPLE = Path(__file__).resolve().parents[2] / "resources" / "sample" / "catalog"
WHOLE = replace(
    service(
        "DUKA-01",
        requirement("DUKA-01-R01", "Surat kuasa", mandatory=False, condition="jika diwakilkan"),
        requirement("DUKA-01-R02", "Surat sehat", validity=HEALTH_LETTER),
    ),
    duration_note="setelah berkas lengkap",
    fee=Fee("tarif", 5000, "Perda", (FeeItem("kartu", 5000),), "jumlah x 5000"),
    product_validity="5 tahun",
    notes="Hadir sendiri.",
    not_served_here="Paspor pertama.",
)


def _changes(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Every value that differs from this one in a single leaf, with the place of that leaf."""
    if is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            for place, changed in _changes(getattr(value, field.name), f"{path}.{field.name}"):
                yield place, replace(value, **{field.name: changed})
    elif isinstance(value, tuple):
        yield f"{path}[]", (*value, *value[:1]) if value else ("x",)
        for index, each in enumerate(value):
            for place, changed in _changes(each, f"{path}[{index}]"):
                yield place, (*value[:index], changed, *value[index + 1 :])
    else:
        yield path, _other(value)


def _other(leaf: object) -> object:
    if isinstance(leaf, Enum):
        return Handling.KEPT if leaf is not Handling.KEPT else Handling.SHOWN
    if isinstance(leaf, bool):
        return not leaf
    return leaf + 1 if isinstance(leaf, int) else f"{leaf}x"


CHANGES = dict(_changes(WHOLE))


@pytest.mark.parametrize("place", CHANGES)
def test_any_change_makes_another_version(place: str) -> None:
    changed: Service = CHANGES[place]
    assert service_hash(changed) != service_hash(WHOLE)


def test_no_two_changes_make_the_same_version() -> None:
    assert len({service_hash(changed) for changed in CHANGES.values()}) == len(CHANGES) > 50


def test_text_that_looks_like_nothing_is_not_nothing() -> None:
    bare = replace(WHOLE, requirements=(requirement("DUKA-01-R01", "Surat", validity=Validity("nik_16")),))
    named = replace(WHOLE, requirements=(requirement("DUKA-01-R01", "Surat", validity=Validity("nik_16", "null")),))
    assert service_hash(bare) != service_hash(named)


def test_the_version_survives_the_way_through_the_journal() -> None:
    stored = msgspec.msgpack.decode(msgspec.msgpack.encode(WHOLE), type=Service)
    assert service_hash(stored) == service_hash(WHOLE)
    assert len(service_hash(WHOLE)) == 64
    assert int(service_hash(WHOLE), 16) > 0


def test_every_service_of_the_sample_has_a_hash_of_its_own_at_each_reading() -> None:
    hashes = [service_hash(service) for service in read_catalog(SAMPLE).services]
    assert len(set(hashes)) == 162
    assert hashes == [service_hash(service) for service in read_catalog(SAMPLE).services]
