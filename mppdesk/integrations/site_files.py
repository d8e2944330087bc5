"""The building as its administrator wrote it down in one YAML file, read into the domain's values (`docs/site.md`)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from mppdesk.domain.site import CounterPlace, KioskPlace, PrinterPlace, QueuePolicy, Role, Site, UserProfile
from mppdesk.integrations import site_checks
from mppdesk.integrations.fields import Fields
from mppdesk.integrations.hours_files import read_hours
from mppdesk.integrations.problems import Problem, ProblemLog, Severity
from mppdesk.integrations.yaml_files import read_yaml
from mppdesk.texts import msg

SCHEMA_VERSION = 1
_ROLES = tuple(str(role) for role in Role)
_SECRETS = ("pin", "password")
# After the hub (0) and the standby (1); twelve blocks of 25 numbers are left for stations of their own (DESIGN 6).
_FIRST_STATION_ISSUER = 2
_LAST_STATION_ISSUER = 13
_MOST_CALLS = 10
_MOST_PEOPLE = 1000
_MINUTES_A_DAY = 24 * 60


@dataclass(frozen=True, slots=True)
class SiteReading:
    """What was read and everything that is wrong with it. With an error among the problems it must not be used."""

    site: Site
    counters: tuple[CounterPlace, ...]
    users: tuple[UserProfile, ...]
    problems: tuple[Problem, ...]

    @property
    def is_usable(self) -> bool:
        return all(problem.severity is not Severity.ERROR for problem in self.problems)


def read_site(path: Path) -> SiteReading:
    """Read a site file. Never raises: whatever is wrong is among the problems."""
    log = ProblemLog(path.name)
    value = read_yaml(path, log)
    if value is None:
        return SiteReading(Site("", (), "UTC"), (), (), log.problems)
    top = Fields(value, "", log)
    if top.is_mapping and top.count("schema_version") != SCHEMA_VERSION:
        top.error("schema_version", msg("Program ini membaca skema {version}.", version=SCHEMA_VERSION))
    site = _site(top)
    counters = tuple(_counter(each) for each in top.each("counters"))
    users = tuple(_user(each) for each in top.each("users"))
    top.close()
    if top.is_mapping:
        site_checks.check(site, counters, users, log)
    return SiteReading(site, counters, users, log.problems)


def _site(top: Fields) -> Site:
    return Site(
        name=top.text("name"),
        heading=top.texts("heading"),
        zone=top.text("zone"),
        policy=_policy(top.part("policy")),
        register_templates=_register_templates(top.part("register_templates")),
        holidays=frozenset(_holidays(top.part("holidays"))),
        station_issuers=top.counts("station_issuers", _FIRST_STATION_ISSUER, _LAST_STATION_ISSUER),
        hours=read_hours(top.part("hours")),
        kiosks=tuple(_kiosk(each) for each in top.each("kiosks")),
        printers=tuple(_printer(each) for each in top.each("printers")),
    )


def _policy(fields: Fields | None) -> QueuePolicy:
    usual = QueuePolicy()
    if fields is None:
        return usual
    wait = _count_or(usual.max_ordinary_wait_minutes, fields, "max_ordinary_wait_minutes", 0, _MINUTES_A_DAY)
    policy = QueuePolicy(
        priority_ratio=_count_or(usual.priority_ratio, fields, "priority_ratio", 1, _MOST_PEOPLE),
        max_ordinary_wait_minutes=wait,
        no_show_calls=_count_or(usual.no_show_calls, fields, "no_show_calls", 1, _MOST_CALLS),
        requeue_behind=_count_or(usual.requeue_behind, fields, "requeue_behind", 0, _MOST_PEOPLE),
    )
    fields.close()
    return policy


def _count_or(usual: int, fields: Fields, key: str, lowest: int, highest: int) -> int:
    given = fields.optional_count(key, lowest, highest)
    return usual if given is None else given


def _register_templates(fields: Fields | None) -> dict[str, str]:
    """The templates by agency: each key of the mapping is an agency's code."""
    return {} if fields is None else {code: fields.text(code) for code in fields.names()}


def _holidays(fields: Fields | None) -> Iterator[date]:
    if fields is None:
        return
    if fields.optional_text("source") is None:
        fields.warning("source", msg("Tulis sumber hari libur, misalnya nomor SKB."))
    for each in fields.each("days"):
        text = each.text("date")
        each.optional_text("name")
        each.close()
        try:
            yield date.fromisoformat(text)
        except ValueError:
            each.error("date", msg("Tulis tanggal seperti 2026-08-17."))
    fields.close()


def _counter(fields: Fields) -> CounterPlace:
    counter = CounterPlace(
        label=fields.text("label"),
        agency=fields.text("agency"),
        services=fields.texts("services"),
        printer=fields.optional_text("printer"),
    )
    fields.close()
    return counter


def _kiosk(fields: Fields) -> KioskPlace:
    kiosk = KioskPlace(fields.text("label"), fields.optional_text("printer"), fields.texts("agencies"))
    fields.close()
    return kiosk


def _printer(fields: Fields) -> PrinterPlace:
    instead = fields.texts("instead") if fields.has("instead") else None
    fields.ignore("instead")  # without a value it is no rule
    printer = PrinterPlace(fields.text("name"), fields.text("url"), instead)
    fields.close()
    return printer


def _user(fields: Fields) -> UserProfile:
    roles = fields.texts("roles")
    for index, role in enumerate(roles):
        if role not in _ROLES:
            sentence = msg("Peran {role} tidak dikenal; pilih: {known}.", role=role[:40], known=", ".join(_ROLES))
            fields.error(f"roles[{index}]", sentence)
    for secret in _SECRETS:
        if fields.has(secret):
            fields.error(secret, msg("PIN tidak boleh tertulis di berkas ini; PIN dibuat saat pemasangan."))
    fields.ignore(*_SECRETS)
    user = UserProfile(
        user_name=fields.text("user_name"),
        display_name=fields.text("display_name"),
        roles=tuple(dict.fromkeys(roles)),
        agencies=fields.texts("agencies"),
        counters=fields.texts("counters"),
    )
    fields.close()
    return user
