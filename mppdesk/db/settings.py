"""What the journal holds of settings, users and versions, for operations that record only what changed."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import bindparam, select

from mppdesk.db import tables
from mppdesk.db.engine import Database
from mppdesk.db.journal.codec import decode_value
from mppdesk.db.sql import Statement

_settings = tables.view_settings.c
_users = tables.view_users.c
_versions = tables.view_service_versions.c

_one_setting = Statement(
    select(_settings.setting_id, _settings.value)
    .where(_settings.site_id == bindparam("site_id"), _settings.name == bindparam("name"))
    .order_by(_settings.changed_hlc.desc(), _settings.setting_id.desc())
    .limit(1)
)
_one_user = Statement(
    select(_users.user_id)
    .where(_users.site_id == bindparam("site_id"), _users.user_name == bindparam("user_name"))
    .order_by(_users.changed_hlc.desc(), _users.user_id.desc())
    .limit(1)
)
_newest_version = Statement(
    select(_versions.version, _versions.ordinal)
    .where(_versions.site_id == bindparam("site_id"), _versions.code == bindparam("code"))
    .order_by(_versions.ordinal.desc(), _versions.published_ms.desc(), _versions.version_id.desc())
    .limit(1)
)


class StoredSettings:
    """operations.setup.CurrentSettings over the view tables."""

    def __init__(self, database: Database, site_id: str) -> None:
        self._database = database
        self._site_id = site_id

    def setting(self, name: str) -> tuple[str, Mapping[str, Any]] | None:
        row = self._one(_one_setting, name=name)
        return (row[0], decode_value(row[1])) if row else None

    def user_id(self, user_name: str) -> str | None:
        row = self._one(_one_user, user_name=user_name)
        return row[0] if row else None

    def version_of(self, code: str) -> tuple[str, int] | None:
        row = self._one(_newest_version, code=code)
        return (row[0], row[1]) if row else None

    def _one(self, statement: Statement, **parameters: str) -> Any:
        with self._database.reading() as store:
            return store.one(statement, site_id=self._site_id, **parameters)
