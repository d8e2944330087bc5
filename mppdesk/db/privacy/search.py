"""Exact search for personal numbers without having them: HMACs under the site's key, dropped with the data key."""

from collections.abc import Mapping

from sqlalchemy import bindparam, delete, insert, select

from mppdesk.db.privacy.private_tables import local_search
from mppdesk.db.privacy.sealing import search_term
from mppdesk.db.sql import Statement, Store

_SEARCHABLE = ("nik", "phone")

_forget_field = Statement(
    delete(local_search).where(
        local_search.c.subject_id == bindparam("subject_id"), local_search.c.field == bindparam("field")
    )
)
_learn = Statement(insert(local_search))
_find = Statement(
    select(local_search.c.subject_id)
    .where(local_search.c.field == bindparam("field"), local_search.c.term == bindparam("term"))
    .order_by(local_search.c.subject_id.desc())
)
_forget_key = Statement(delete(local_search).where(local_search.c.key_id == bindparam("key_id")))


class SearchTable:
    """The search table of this PC."""

    def __init__(self, store: Store, search_key: bytes) -> None:
        self._store = store
        self._search_key = search_key

    def learn(self, subject_id: str, key_id: str, secrets: Mapping[str, str]) -> None:
        """Remember the searchable ones of the texts that are being sealed; an empty text is forgotten."""
        for field in _SEARCHABLE:
            if field in secrets:
                self._store.run(_forget_field, subject_id=subject_id, field=field)
            if secrets.get(field):
                term = search_term(self._search_key, field, secrets[field])
                self._store.run(_learn, subject_id=subject_id, field=field, term=term, key_id=key_id)

    def find(self, field: str, text: str) -> tuple[str, ...]:
        """Find the subjects that hold exactly this text, newest first."""
        rows = self._store.all(_find, field=field, term=search_term(self._search_key, field, text))
        return tuple(row[0] for row in rows)

    def forget(self, key_id: str) -> None:
        self._store.run(_forget_key, key_id=key_id)
