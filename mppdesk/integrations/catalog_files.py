"""The service catalogue as YAML files, one for each agency, read into the values of the domain (`docs/catalog.md`)."""

from dataclasses import dataclass, field
from pathlib import Path

from mppdesk.domain.catalog import (
    Agency,
    ComplaintChannel,
    Fee,
    FeeItem,
    Handling,
    ProcedureStep,
    Requirement,
    Service,
    TimeSpan,
    Validity,
)
from mppdesk.domain.working_time import HOURS, MINUTES, WORKING_DAYS
from mppdesk.integrations import catalog_checks
from mppdesk.integrations.fields import Fields
from mppdesk.integrations.problems import Problem, ProblemLog, Severity
from mppdesk.integrations.yaml_files import read_yaml
from mppdesk.texts import msg

SCHEMA_VERSION = 1
_ENDINGS = frozenset({".yaml", ".yml"})
_AGENCY_TYPES = ("opd", "vertikal", "lembaga", "bumn", "bumd")
_KINDS = ("perizinan", "non_perizinan")
_PERSONAL_DATA = ("umum", "spesifik")
_FEE_TYPES = ("gratis", "tetap", "tarif", "formula")
_UNITS = (MINUTES, HOURS, WORKING_DAYS)
_HANDLINGS = tuple(str(each) for each in Handling)
_MOST_PAPERS = 1000
_LONGEST_SPAN = 10_000
_MOST_MONTHS = 1200
_MOST_YEARS = 200
_MOST_COUNTERS = 100
_LONGEST_AT_COUNTER = 480


@dataclass(frozen=True, slots=True)
class CatalogReading:
    """What was read and everything that is wrong with it. With an error among the problems it must not be imported."""

    agencies: tuple[Agency, ...]
    services: tuple[Service, ...]
    problems: tuple[Problem, ...]

    @property
    def is_usable(self) -> bool:
        return all(problem.severity is not Severity.ERROR for problem in self.problems)


@dataclass(slots=True)
class _File:
    log: ProblemLog
    agency: Agency | None = None
    services: list[tuple[str, Service]] = field(default_factory=list)


def read_catalog(path: Path) -> CatalogReading:
    """Read a folder of YAML files or one file. Never raises: whatever is wrong is among the problems."""
    log = ProblemLog(path.name)
    files = [_read_file(each) for each in _yaml_files(path, log)]
    catalog_checks.check_agencies([(each.agency, each.log) for each in files if each.agency])
    catalog_checks.check_services([(service, place, each.log) for each in files for place, service in each.services])
    return CatalogReading(
        agencies=tuple(each.agency for each in files if each.agency),
        services=tuple(service for each in files for _, service in each.services),
        problems=(*log.problems, *(problem for each in files for problem in each.log.problems)),
    )


def _yaml_files(path: Path, log: ProblemLog) -> list[Path]:
    try:
        if not path.is_dir():
            return [path]
        found = sorted(each for each in path.iterdir() if each.suffix.lower() in _ENDINGS and each.is_file())
    except (OSError, ValueError):
        log.error("", msg("Folder katalog tidak dapat dibaca; periksa nama dan izinnya."))
        return []
    if not found:
        log.error("", msg("Di folder ini tidak ada berkas .yaml."))
    return found


def _read_file(path: Path) -> _File:
    log = ProblemLog(path.name)
    file = _File(log)
    value = read_yaml(path, log)
    if value is None:
        return file
    top = Fields(value, "", log)
    if not top.is_mapping:
        return file
    if top.count("schema_version") != SCHEMA_VERSION:
        top.error("schema_version", msg("Program ini membaca skema {version}.", version=SCHEMA_VERSION))
    before = log.error_count
    agency = _agency(top.required_part("agency"))
    file.agency = agency if log.error_count == before else None
    if not top.has("services"):
        top.error("services", msg("Kunci {key} wajib diisi.", key="services"))
    for fields in top.each("services"):
        before = log.error_count
        service = _service(fields, agency.code)
        if log.error_count == before:
            file.services.append((fields.path, service))
    top.close()
    return file


def _agency(fields: Fields) -> Agency:
    agency = Agency(
        code=fields.text("code"),
        name=fields.text("name"),
        short_name=fields.text("short_name"),
        everyday_words=fields.text("everyday_words"),
        spoken_name=fields.text("spoken_name"),
        icon=fields.text("icon"),
        type=fields.choice("type", _AGENCY_TYPES),
        queue_prefix=fields.text("queue_prefix"),
        counters_estimate=fields.optional_count("counters_estimate", 1, _MOST_COUNTERS) or 1,
    )
    fields.close()
    return agency


def _service(fields: Fields, agency: str) -> Service:
    duration = fields.required_part("duration")
    counter = fields.required_part("counter_minutes")
    service = Service(
        code=fields.text("code"),
        agency=agency,
        name=fields.text("name"),
        list_name=fields.optional_text("list_name"),
        everyday_name=fields.optional_text("everyday_name"),
        search_words=fields.texts("search_words"),
        kind=fields.choice("kind", _KINDS),
        personal_data=fields.choice("personal_data", _PERSONAL_DATA),
        retention_years=fields.optional_count("retention_years", highest=_MOST_YEARS),
        requirements=tuple(_requirement(each) for each in fields.each("requirements")),
        procedure=tuple(_step(each) for each in fields.each("procedure")),
        duration=_span(duration),
        duration_note=duration.optional_text("note"),
        fee=_fee(fields.required_part("fee")),
        product=fields.text("product"),
        product_validity=fields.optional_text("product_validity"),
        legal_basis=fields.texts("legal_basis"),
        complaints=tuple(_complaint(each) for each in fields.each("complaints")),
        counter_minutes=counter.count("value", 1, _LONGEST_AT_COUNTER),
        notes=fields.optional_text("notes"),
        not_served_here=fields.optional_text("not_served_here"),
    )
    # Where the figures come from is for those who write the catalogue; the program does not print it.
    fields.ignore("retention_verified", "legal_basis_verified", "source", "source_status")
    duration.ignore("counted_from")
    counter.ignore("estimate")
    for part in (fields, duration, counter):
        part.close()
    return service


def _requirement(fields: Fields) -> Requirement:
    validity = fields.part("validity")
    requirement = Requirement(
        code=fields.text("code"),
        name=fields.text("name"),
        original=fields.count("original", highest=_MOST_PAPERS),
        handling=Handling(fields.choice("handling", _HANDLINGS)),
        copies=fields.count("copies", highest=_MOST_PAPERS),
        mandatory=fields.boolean("mandatory"),
        condition=fields.optional_text("condition"),
        validity=_validity(validity) if validity else None,
    )
    fields.close()
    return requirement


def _validity(fields: Fields) -> Validity:
    validity = Validity(
        rule=fields.text("rule"),
        text=fields.optional_text("text"),
        months=fields.optional_count("months", highest=_MOST_MONTHS),
        value=fields.optional_count("value"),
        size=fields.optional_text("size"),
        background=fields.optional_text("background"),
    )
    fields.close()
    return validity


def _step(fields: Fields) -> ProcedureStep:
    time = fields.required_part("time")
    step = ProcedureStep(
        step=fields.count("step", 1, _LONGEST_SPAN),
        role=fields.text("role"),
        activity=fields.text("activity"),
        time=_span(time),
    )
    time.close()
    fields.close()
    return step


def _span(fields: Fields) -> TimeSpan:
    return TimeSpan(fields.count("value", highest=_LONGEST_SPAN), fields.choice("unit", _UNITS))


def _fee(fields: Fields) -> Fee:
    fee = Fee(
        type=fields.choice("type", _FEE_TYPES),
        amount=fields.optional_count("amount"),
        basis=fields.optional_text("basis"),
        items=tuple(_fee_item(each) for each in fields.each("items")),
        formula=fields.optional_text("formula"),
    )
    fields.ignore("currency", "amount_verified")
    fields.close()
    return fee


def _fee_item(fields: Fields) -> FeeItem:
    item = FeeItem(fields.text("label"), fields.optional_count("amount"))
    fields.close()
    return item


def _complaint(fields: Fields) -> ComplaintChannel:
    complaint = ComplaintChannel(fields.text("channel"), fields.text("text"))
    fields.close()
    return complaint
