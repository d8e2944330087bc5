"""What the building offers: agencies, services and the requirements of a service's published standard."""

import hashlib
import json
from dataclasses import asdict, dataclass, field
from enum import StrEnum


class Handling(StrEnum):
    """What happens to the original at the counter."""

    SHOWN = "ditunjukkan"
    KEPT = "diserahkan"
    WITHDRAWN = "ditarik"
    COPIES_ONLY = "salinan_saja"
    UPLOADED = "unggahan_digital"
    BROUGHT = "dibawa"
    RECORDED = "dicatat"


@dataclass(frozen=True, slots=True)
class Validity:
    """A rule that a program can check; `rule` may be one this version does not know."""

    rule: str
    text: str | None = None
    months: int | None = None
    value: int | None = None
    size: str | None = None
    background: str | None = None


@dataclass(frozen=True, slots=True)
class Requirement:
    """One row of the checklist; `original` and `copies` are numbers of papers."""

    code: str
    name: str
    original: int
    handling: Handling
    copies: int
    mandatory: bool
    condition: str | None = None
    validity: Validity | None = None

    @property
    def short_code(self) -> str:
        """The part after the service code, as printed: R06."""
        return self.code.rsplit("-", 1)[-1]


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """A published time: `value` in `menit`, `jam` or `hari_kerja`."""

    value: int
    unit: str


@dataclass(frozen=True, slots=True)
class ProcedureStep:
    step: int
    role: str
    activity: str
    time: TimeSpan


@dataclass(frozen=True, slots=True)
class FeeItem:
    label: str
    amount: int | None


@dataclass(frozen=True, slots=True)
class Fee:
    """Amounts in rupiah; `type` is gratis, tetap, tarif or formula."""

    type: str
    amount: int | None = None
    basis: str | None = None
    items: tuple[FeeItem, ...] = ()
    formula: str | None = None


@dataclass(frozen=True, slots=True)
class ComplaintChannel:
    channel: str
    text: str


@dataclass(frozen=True, slots=True)
class Service:
    """One published standard (Standar Pelayanan), as a citizen and a clerk need it."""

    code: str
    agency: str
    name: str
    list_name: str | None
    everyday_name: str | None
    search_words: tuple[str, ...]
    kind: str
    personal_data: str
    retention_years: int | None
    requirements: tuple[Requirement, ...]
    procedure: tuple[ProcedureStep, ...]
    duration: TimeSpan
    duration_note: str | None
    fee: Fee
    product: str
    product_validity: str | None
    legal_basis: tuple[str, ...]
    complaints: tuple[ComplaintChannel, ...]
    counter_minutes: int
    notes: str | None = None
    not_served_here: str | None = None

    @property
    def name_in_lists(self) -> str:
        """The clerks' short name, or the full one where the catalogue has none."""
        return self.list_name or self.name


def service_hash(service: Service) -> str:
    """Name a version of a standard: SHA-256 of its whole value as canonical JSON, 64 hex digits."""
    canonical = json.dumps(asdict(service), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Agency:
    """A tenant of the building; `queue_prefix` are the letters of its ticket numbers."""

    code: str
    name: str
    short_name: str
    everyday_words: str
    spoken_name: str
    icon: str
    type: str
    queue_prefix: str
    counters_estimate: int = 1


@dataclass(frozen=True, slots=True)
class ServiceVersion:
    """A service with the hash that names this version of its standard (64 hex digits) and its ordinal (1, 2, ...)."""

    service: Service
    version: str
    ordinal: int


@dataclass(frozen=True, slots=True)
class Catalog:
    """Agencies by code and the version in force of each service by code."""

    agencies: dict[str, Agency] = field(default_factory=dict)
    services: dict[str, ServiceVersion] = field(default_factory=dict)

    def of_agency(self, code: str) -> tuple[ServiceVersion, ...]:
        """List the services of an agency in the order of their codes."""
        return tuple(self.services[key] for key in sorted(self.services) if self.services[key].service.agency == code)
