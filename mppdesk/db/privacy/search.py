"""Exact search for personal numbers without having them: HMACs under the site's key, dropped with the data key.

The table follows from the journal and the data keys that are here, whichever came first (docs/sync.md).
"""

from collections.abc import Iterable, Mapping

from sqlalchemy import bindparam, delete, insert, select

from mppdesk.db.journal.codec import decode_entry
from mppdesk.db.privacy.private_tables import local_search
from mppdesk.db.privacy.sealing import DataKeys, search_term, unseal
from mppdesk.db.sql import Statement, Store
from mppdesk.db.tables import journal_entries
from mppdesk.domain.entries import Entry, Sealed
from mppdesk.domain.facts import ApplicantRecorded

_SEARCHABLE = ("nik", "phone")

_entries = journal_entries.c
_applicant_of = Statement(
    select(_entries.bytes).where(
        _entries.site_id == bindparam("site_id"),
        _entries.subject_id == bindparam("subject_id"),
        _entries.kind == ApplicantRecorded.__name__,
    )
)
_forget_subject = Statement(delete(local_search).where(local_search.c.subject_id == bindparam("subject_id")))
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

    def learn_from(self, site_id: str, entries: Iterable[Entry]) -> None:
        """Bring up to date what the subjects of entries, recorded here or taken, are found by."""
        self.learn(site_id, (each.subject.id for each in entries if isinstance(each.fact, ApplicantRecorded)))

    def learn(self, site_id: str, subject_ids: Iterable[str]) -> None:
        """Bring up to date what submissions are found by: the numbers that stand there last, if their keys are here."""
        for subject_id in dict.fromkeys(subject_ids):
            rows = self._store.all(_applicant_of, site_id=site_id, subject_id=subject_id)
            last = _last_written(decode_entry(row[0]) for row in rows)
            self._store.run(_forget_subject, subject_id=subject_id)
            for field, (entry_id, sealed) in last.items():
                self._learn(subject_id, entry_id, field, sealed)

    def find(self, field: str, text: str) -> tuple[str, ...]:
        """Find the subjects that hold exactly this text, newest first."""
        rows = self._store.all(_find, field=field, term=search_term(self._search_key, field, text))
        return tuple(row[0] for row in rows)

    def forget(self, key_id: str) -> None:
        self._store.run(_forget_key, key_id=key_id)

    def _learn(self, subject_id: str, entry_id: str, field: str, sealed: Sealed) -> None:
        key = DataKeys(self._store).key(sealed.key_id)
        text = unseal(key, entry_id, field, sealed) if key else None
        if text:
            term = search_term(self._search_key, field, text)
            self._store.run(_learn, subject_id=subject_id, field=field, term=term, key_id=sealed.key_id)


def _last_written(entries: Iterable[Entry]) -> Mapping[str, tuple[str, Sealed]]:
    """The searchable fields as the fold has them, each with the entry that it was sealed in."""
    found: dict[str, tuple[str, Sealed]] = {}
    for entry in sorted(entries, key=lambda each: each.order):
        for field in _SEARCHABLE:
            sealed = getattr(entry.fact, field, None)
            if sealed is not None:
                found[field] = entry.entry_id, sealed
    return found
