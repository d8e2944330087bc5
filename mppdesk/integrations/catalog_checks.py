"""What a catalogue must keep beyond the shape of its files: codes used once, names that fit, figures that agree."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from mppdesk.domain.catalog import Agency, Fee, Requirement, Service, TimeSpan
from mppdesk.domain.validity import is_known
from mppdesk.domain.working_time import HOURS, MINUTES, WORKING_DAYS
from mppdesk.integrations.problems import ProblemLog
from mppdesk.texts import Text, msg

# Letters taken for digits on paper and glass, and those that YAML 1.1 programs read as yes and no.
UNWELCOME_LETTERS = frozenset("INOQY")
LONGEST_SHORT_NAME = 24
LONGEST_EVERYDAY_WORDS = 34
LONGEST_LIST_NAME = 28
LONGEST_EVERYDAY_NAME = 40
# An entry of the journal holds 64 KiB, and a version of a service is one entry; `repr` is never shorter than that.
LARGEST_SERVICE_BYTES = 60 * 1024
ROLES = frozenset({
    "petugas_informasi", "petugas_loket", "verifikator", "tim_teknis", "pejabat_penandatangan", "kepala_dpmptsp",
    "petugas_penyerahan", "pemohon",
})  # fmt: skip
_AGENCY_CODE = re.compile(r"[A-Z][A-Z0-9]{0,15}")
_PREFIX = re.compile(r"[A-Z]{1,3}")
_SPOKEN = re.compile(r"[^\W\d_]+(?: [^\W\d_]+)*")
_MINUTES_AN_HOUR = 60
_CONDITION_START = "jika"

Place = tuple[str, ProblemLog]


def check_agencies(agencies: Sequence[tuple[Agency, ProblemLog]]) -> None:
    """Check each agency and that codes and prefixes are used once in the building."""
    for agency, log in agencies:
        _check_agency(agency, log)
    _once(((each.code, ("agency.code", log)) for each, log in agencies), "Kode {key} sudah dipakai di {other}.")
    _once(
        ((each.queue_prefix, ("agency.queue_prefix", log)) for each, log in agencies),
        "Huruf antrean {key} sudah dipakai di {other}.",
    )


def check_services(services: Sequence[tuple[Service, str, ProblemLog]]) -> None:
    """Check each service and that codes are used once in the building, names once in the agency."""
    for service, place, log in services:
        _check_service(service, place, log)
    _once(
        ((each.code, (f"{place}.code", log)) for each, place, log in services), "Kode {key} sudah dipakai di {other}."
    )
    _once(
        (
            (requirement.code, (f"{place}.requirements[{number}].code", log))
            for each, place, log in services
            for number, requirement in enumerate(each.requirements)
        ),
        "Kode {key} sudah dipakai di {other}.",
    )
    for field in ("list_name", "everyday_name"):
        _once_in_agency(services, field)


def _check_agency(agency: Agency, log: ProblemLog) -> None:
    if not _AGENCY_CODE.fullmatch(agency.code):
        log.error("agency.code", msg("Kode {code} tidak boleh; pakai huruf besar dan angka.", code=agency.code))
    if not _PREFIX.fullmatch(agency.queue_prefix):
        log.error("agency.queue_prefix", msg("Huruf antrean harus 1 sampai 3 huruf besar."))
    elif unwelcome := sorted(UNWELCOME_LETTERS.intersection(agency.queue_prefix)):
        sentence = msg("Huruf {letters} mudah tertukar dengan angka; pilih huruf lain.", letters=", ".join(unwelcome))
        log.warning("agency.queue_prefix", sentence)
    if not _SPOKEN.fullmatch(agency.spoken_name):
        log.warning("agency.spoken_name", msg("Nama yang diucapkan sebaiknya hanya huruf dan spasi."))
    _check_length("agency.short_name", agency.short_name, LONGEST_SHORT_NAME, log)
    _check_length("agency.everyday_words", agency.everyday_words, LONGEST_EVERYDAY_WORDS, log)


def _check_service(service: Service, place: str, log: ProblemLog) -> None:
    if service.agency and not re.fullmatch(rf"{re.escape(service.agency)}-[0-9]{{2,3}}", service.code):
        log.error(f"{place}.code", msg("Kode layanan harus {agency}- dan dua atau tiga angka.", agency=service.agency))
    _check_length(f"{place}.list_name", service.list_name, LONGEST_LIST_NAME, log)
    _check_length(f"{place}.everyday_name", service.everyday_name, LONGEST_EVERYDAY_NAME, log)
    for number, requirement in enumerate(service.requirements):
        _check_requirement(service, requirement, f"{place}.requirements[{number}]", log)
    for number, step in enumerate(service.procedure):
        if step.role not in ROLES:
            log.warning(f"{place}.procedure[{number}].role", msg("Peran {role} tidak dikenal.", role=step.role))
    _check_step_times(service, place, log)
    _check_fee(service.fee, f"{place}.fee", log)
    if len(repr(service).encode()) > LARGEST_SERVICE_BYTES:
        log.error(place, msg("Layanan ini terlalu panjang; ringkas catatan, tahap atau persyaratannya."))


def _check_requirement(service: Service, requirement: Requirement, place: str, log: ProblemLog) -> None:
    if not re.fullmatch(rf"{re.escape(service.code)}-R[0-9]{{2,3}}", requirement.code):
        log.error(f"{place}.code", msg("Kode persyaratan harus {service}-R dan angka.", service=service.code))
    if requirement.mandatory and requirement.condition is not None:
        log.warning(f"{place}.condition", msg("Persyaratan ini wajib, tetapi punya syarat; salah satunya keliru."))
    if not requirement.mandatory and requirement.condition is None:
        log.warning(f"{place}.condition", msg("Persyaratan ini tidak wajib; tulis kapan berlaku: jika ..."))
    if requirement.condition is not None and not requirement.condition.startswith(_CONDITION_START):
        log.warning(f"{place}.condition", msg("Syarat sebaiknya dimulai dengan kata jika."))
    if requirement.validity is not None and not is_known(requirement.validity.rule):
        sentence = "Aturan {rule} belum dikenal program ini; petugas yang memeriksa."
        log.warning(f"{place}.validity.rule", msg(sentence, rule=requirement.validity.rule))


def _check_step_times(service: Service, place: str, log: ProblemLog) -> None:
    """Compare days with days and minutes with minutes; the minutes of a service of days fit into any day."""
    times = [step.time for step in service.procedure]
    if service.duration.unit == WORKING_DAYS:
        steps, total, unit = _days(times), service.duration.value, msg("hari kerja")
    else:
        steps, total, unit = _minutes(times), _minutes([service.duration]), msg("menit")
        if _days(times):
            log.warning(f"{place}.procedure", msg("Ada tahap dalam hari kerja, tetapi layanan selesai hari itu juga."))
    if steps > total:
        sentence = "Jumlah waktu tahap {steps} {unit} melebihi jangka waktu {total} {unit}."
        log.warning(f"{place}.procedure", msg(sentence, steps=steps, total=total, unit=unit))


def _check_fee(fee: Fee, place: str, log: ProblemLog) -> None:
    if fee.type == "gratis" and fee.amount:
        log.warning(f"{place}.amount", msg("Layanan gratis, tetapi ada biayanya; salah satunya keliru."))
    if fee.type == "tetap" and fee.amount is None:
        log.warning(f"{place}.amount", msg("Biaya tetap belum diisi jumlahnya."))
    if fee.type == "formula" and fee.formula is None:
        log.warning(f"{place}.formula", msg("Rumus biaya belum diisi."))


def _days(times: Iterable[TimeSpan]) -> int:
    return sum(time.value for time in times if time.unit == WORKING_DAYS)


def _minutes(times: Iterable[TimeSpan]) -> int:
    minutes = {MINUTES: 1, HOURS: _MINUTES_AN_HOUR}
    return sum(time.value * minutes.get(time.unit, 0) for time in times)


def _check_length(path: str, text: str | None, longest: int, log: ProblemLog) -> None:
    if text is not None and len(text) > longest:
        log.warning(path, msg("Terlalu panjang: {count} huruf, muat {longest}.", count=len(text), longest=longest))


def _once_in_agency(services: Sequence[tuple[Service, str, ProblemLog]], field: str) -> None:
    names: dict[tuple[str, str], list[Place]] = defaultdict(list)
    for service, place, log in services:
        name = getattr(service, field)
        if name is not None:
            names[(service.agency, name.casefold())].append((f"{place}.{field}", log))
    for (_, name), places in names.items():
        for path, log in places[1:]:
            log.warning(path, msg("Nama {name} sudah dipakai layanan lain di instansi ini.", name=name))


def _once(keys: Iterable[tuple[str, Place]], sentence: str) -> None:
    first: dict[str, Place] = {}
    for key, (path, log) in keys:
        if key in first:
            log.error(path, msg(sentence, key=key, other=_place_text(first[key])))
        else:
            first[key] = (path, log)


def _place_text(place: Place) -> Text:
    path, log = place
    return msg("{file}, {path}", file=log.file, path=path)
