"""Setting up a building: the site's settings, its people and its catalogue become entries of the journal."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from mppdesk.domain import facts
from mppdesk.domain.catalog import Agency, Service
from mppdesk.domain.entries import Actor, Draft, Subject, SubjectType
from mppdesk.domain.site import UserProfile
from mppdesk.operations.ports import Unit, Units


@dataclass(frozen=True, slots=True)
class CatalogImport:
    """What an import did: codes of services that are new, changed, and as they were; agencies that changed."""

    new: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: tuple[str, ...]
    agencies: tuple[str, ...]


class CurrentSettings(Protocol):
    """What the journal holds now."""

    def setting(self, name: str) -> tuple[str, Mapping[str, Any]] | None:
        """Id and value of a named setting."""

    def user_id(self, user_name: str) -> str | None: ...

    def version_of(self, code: str) -> tuple[str, int] | None:
        """Hash and ordinal of the version of a service that is in force."""


def change_settings(
    units: Units, current: CurrentSettings, actor: Actor, settings: Mapping[str, Mapping[str, Any]]
) -> tuple[str, ...]:
    """Record the settings that differ from what the journal holds; answers their names."""
    with units.begin(actor) as unit:
        drafts = [
            draft
            for name, value in settings.items()
            if (draft := _setting_draft(unit, current, name, value)) is not None
        ]
        unit.record(*drafts)
    return tuple(draft.fact.name for draft in drafts)


def define_users(units: Units, current: CurrentSettings, actor: Actor, users: Iterable[UserProfile]) -> dict[str, str]:
    """Record members of staff; answers their stable ids by user name."""
    ids: dict[str, str] = {}
    with units.begin(actor) as unit:
        for user in users:
            ids[user.user_name] = current.user_id(user.user_name) or unit.new_id()
            fact = facts.UserDefined(
                user_name=user.user_name, display_name=user.display_name, roles=tuple(map(str, user.roles))
            )
            unit.record(Draft(unit.new_id(), Subject(SubjectType.USER, ids[user.user_name]), fact))
    return ids


def import_catalog(
    units: Units,
    current: CurrentSettings,
    actor: Actor,
    agencies: Iterable[tuple[Agency, Mapping[str, Any]]],
    services: Iterable[tuple[Service, str]],
) -> CatalogImport:
    """Publish one version for each service whose hash changed, all in one transaction; open files keep theirs."""
    new: list[str] = []
    changed: list[str] = []
    unchanged: list[str] = []
    with units.begin(actor) as unit:
        drafts = []
        for agency, value in agencies:
            draft = _setting_draft(unit, current, f"agency/{agency.code}", value)
            if draft is not None:
                drafts.append(draft)
        changed_agencies = tuple(draft.fact.value["code"] for draft in drafts)
        for service, version in services:
            known = current.version_of(service.code)
            if known is not None and known[0] == version:
                unchanged.append(service.code)
                continue
            (changed if known else new).append(service.code)
            fact = facts.ServiceVersionPublished(
                version_hash=version, ordinal=known[1] + 1 if known else 1, service=service
            )
            drafts.append(Draft(unit.new_id(), Subject(SubjectType.SERVICE_VERSION, unit.new_id()), fact))
        if drafts:
            unit.record(*drafts)
    return CatalogImport(tuple(new), tuple(changed), tuple(unchanged), changed_agencies)


def _setting_draft(unit: Unit, current: CurrentSettings, name: str, value: Mapping[str, Any]) -> Draft | None:
    known = current.setting(name)
    wanted = {key: _with_lists(part) for key, part in value.items()}
    if known is not None and known[1] == wanted:
        return None
    setting_id = known[0] if known else unit.new_id()
    fact = facts.SettingChanged(name=name, value=wanted)
    return Draft(unit.new_id(), Subject(SubjectType.SITE_SETTING, setting_id), fact)


def _with_lists(value: Any) -> Any:
    """Make the lists that a journal gives back for tuples, so that an unchanged setting is known again."""
    if isinstance(value, Mapping):
        return {key: _with_lists(part) for key, part in value.items()}
    return [_with_lists(part) for part in value] if isinstance(value, list | tuple) else value
