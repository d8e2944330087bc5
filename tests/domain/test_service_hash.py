"""The hash that names a version of a standard: the same for the same value, another for any change."""

from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest

from mppdesk.domain.catalog import Service, service_hash
from mppdesk.integrations.catalog_files import read_catalog

SAMPLE = Path(__file__).resolve().parents[2] / "resources" / "sample" / "catalog"


def _service() -> Service:
    return read_catalog(SAMPLE / "19-samsat.yaml").services[0]


def test_the_same_standard_read_twice_is_the_same_version() -> None:
    assert service_hash(_service()) == service_hash(_service())
    assert len(bytes.fromhex(service_hash(_service()))) == 32


def test_every_service_of_the_sample_has_a_hash_of_its_own() -> None:
    services = read_catalog(SAMPLE).services
    assert len({service_hash(service) for service in services}) == len(services) == 162


@pytest.mark.parametrize("name", [field.name for field in fields(Service)])
def test_any_change_makes_another_version(name: str) -> None:
    service = _service()
    value: Any = getattr(service, name)
    changed: dict[str, Any] = {name: value[1:] if isinstance(value, tuple) and value else "lain"}
    assert service_hash(replace(service, **changed)) != service_hash(service)
