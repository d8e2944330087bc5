"""What the set-up of a building must keep beyond the shape of its file: names used once, references that lead."""

import re
from collections.abc import Iterable, Sequence
from zoneinfo import ZoneInfo

from mppdesk.domain.errors import BadInput
from mppdesk.domain.printer_address import parse_url
from mppdesk.domain.register import is_template
from mppdesk.domain.site import CounterPlace, PrinterPlace, Role, Site, UserProfile
from mppdesk.integrations.problems import ProblemLog
from mppdesk.texts import msg

PAPER_COLUMNS = 48
_MOST_HEADING_LINES = 3
_USER_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,31}")


def check(site: Site, counters: Sequence[CounterPlace], users: Sequence[UserProfile], log: ProblemLog) -> None:
    """Log what does not agree within the set-up."""
    _check_heading(site, log)
    _check_zone(site, log)
    if len(set(site.station_issuers)) < len(site.station_issuers):
        log.error("station_issuers", msg("Ada stasiun yang tertulis dua kali."))
    _check_printers(site, log)
    _check_counters(site, counters, log)
    _check_kiosks(site, counters, log)
    _check_users(users, log)
    _check_workplaces(counters, users, log)
    _check_agencies(site, counters, log)
    _check_templates(site, log)


def _check_heading(site: Site, log: ProblemLog) -> None:
    if not 1 <= len(site.heading) <= _MOST_HEADING_LINES:
        log.error("heading", msg("Kepala karcis harus 1 sampai {most} baris.", most=_MOST_HEADING_LINES))
    if any(len(line) > PAPER_COLUMNS or not line.isascii() for line in site.heading):
        log.warning("heading", msg("Baris kepala karcis muat {most} huruf tanpa tanda khusus.", most=PAPER_COLUMNS))


def _check_zone(site: Site, log: ProblemLog) -> None:
    if not site.zone:
        return
    try:
        ZoneInfo(site.zone)
    except (OSError, ValueError, LookupError):  # missing names, names of folders, names that leave the folder
        sentence = "Zona {zone} tidak dikenal; misalnya Asia/Jakarta, Asia/Makassar, Asia/Jayapura."
        log.error("zone", msg(sentence, zone=site.zone[:40]))


def _check_printers(site: Site, log: ProblemLog) -> None:
    _once("printers", "name", (printer.name for printer in site.printers), log)
    for index, printer in enumerate(site.printers):
        try:
            parse_url(printer.url or "screen:")
        except BadInput as problem:
            sentence = "{url} bukan alamat printer. {what_to_do}"
            log.error(f"printers[{index}].url", msg(sentence, url=printer.url[:60], what_to_do=problem.what_to_do))
        for at, name in enumerate(printer.instead or ()):
            _check_taking_over(f"printers[{index}].instead[{at}]", printer, name, site, log)


def _check_taking_over(path: str, printer: PrinterPlace, name: str, site: Site, log: ProblemLog) -> None:
    """Slips are laid out for the paper of the printer that was meant: on a narrower one they would be cut off."""
    if name == printer.name:
        log.error(path, msg("{name} tidak dapat menggantikan dirinya sendiri.", name=name[:40]))
        return
    _check_printer_name(path, name, site, log)
    if site.paper_columns(name) < site.paper_columns(printer.name):
        sentence = "Kertas {name} lebih sempit daripada kertas {printer}, jadi {name} tidak akan ditawarkan."
        log.warning(path, msg(sentence, name=name[:40], printer=printer.name[:40]))


def _check_counters(site: Site, counters: Sequence[CounterPlace], log: ProblemLog) -> None:
    if not counters:
        log.error("counters", msg("Belum ada loket; tulis paling sedikit satu."))
    _once("counters", "label", (counter.label for counter in counters), log)
    for index, counter in enumerate(counters):
        _check_printer_name(f"counters[{index}].printer", counter.printer, site, log)
        foreign = [code for code in counter.services if code.rpartition("-")[0] != counter.agency]
        if foreign:
            sentence = "Layanan {codes} bukan milik {agency}."
            codes = ", ".join(foreign[:3])
            log.warning(f"counters[{index}].services", msg(sentence, codes=codes, agency=counter.agency))


def _check_kiosks(site: Site, counters: Sequence[CounterPlace], log: ProblemLog) -> None:
    _once("kiosks", "label", (kiosk.label for kiosk in site.kiosks), log)
    served = {counter.agency for counter in counters}
    for index, kiosk in enumerate(site.kiosks):
        _check_printer_name(f"kiosks[{index}].printer", kiosk.printer, site, log)
        for code in kiosk.agencies:
            if code not in served:
                log.warning(f"kiosks[{index}].agencies", msg("Tidak ada loket untuk instansi {code}.", code=code))


def _check_users(users: Sequence[UserProfile], log: ProblemLog) -> None:
    _once("users", "user_name", (user.user_name for user in users), log)
    for index, user in enumerate(users):
        if user.user_name and not _USER_NAME.fullmatch(user.user_name):
            sentence = msg("Nama pengguna hanya huruf kecil, angka, titik, strip; paling panjang 32.")
            log.error(f"users[{index}].user_name", sentence)
        if not user.roles:
            log.error(f"users[{index}].roles", msg("Tulis paling sedikit satu peran."))
    if not any(Role.ADMINISTRATOR in user.roles for user in users):
        log.error("users", msg("Belum ada pengguna dengan peran administrator; tulis paling sedikit satu."))


def _check_workplaces(counters: Sequence[CounterPlace], users: Sequence[UserProfile], log: ProblemLog) -> None:
    """A workplace that nobody can find would lock a clerk out, so it is an error."""
    labels, served = {counter.label for counter in counters}, {counter.agency for counter in counters}
    for index, user in enumerate(users):
        for at, label in enumerate(user.counters):
            if label not in labels:
                sentence = msg("{label} tidak ada di daftar counters.", label=label[:40])
                log.error(f"users[{index}].counters[{at}]", sentence)
        for at, code in enumerate(user.agencies):
            if code not in served:
                log.error(f"users[{index}].agencies[{at}]", msg("Tidak ada loket untuk instansi {code}.", code=code))


def _check_agencies(site: Site, counters: Sequence[CounterPlace], log: ProblemLog) -> None:
    served = {counter.agency for counter in counters}
    for place, codes in (("hours.agencies", site.hours.agencies), ("register_templates", site.register_templates)):
        for code in codes:
            if code not in served:
                log.warning(f"{place}.{code}", msg("Tidak ada loket untuk instansi {code}.", code=code))


def _check_templates(site: Site, log: ProblemLog) -> None:
    for code, template in site.register_templates.items():
        place = f"register_templates.{code}"
        if template and not is_template(template):
            sentence = "Pola nomor register hanya mengenal agency, year, month, roman_month, dan wajib berisi n."
            log.error(place, msg(sentence))
        elif template and "{year" not in template:
            log.warning(place, msg("Pola tanpa tahun: nomor berulang tiap tahun."))


def _check_printer_name(path: str, name: str | None, site: Site, log: ProblemLog) -> None:
    if name is not None and name not in {printer.name for printer in site.printers}:
        log.error(path, msg("Printer {name} tidak ada di daftar printers.", name=name[:40]))


def _once(list_name: str, key: str, names: Iterable[str], log: ProblemLog) -> None:
    seen: set[str] = set()
    for index, name in enumerate(names):
        folded = name.casefold()
        if name and folded in seen:
            log.error(f"{list_name}[{index}].{key}", msg("{name} sudah dipakai di daftar ini.", name=name))
        seen.add(folded)
