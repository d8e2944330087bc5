"""`mppdesk journal verify`: the chain of every log, the heads, and the views against a rebuild from the journal.

It finds every changed byte, swapped or missing entry, with one exception that no chain can close by itself: when the
newest entries of a log are cut off together with a matching head, nothing here remembers them; a peer's copy does.
"""

from dataclasses import dataclass, field

from sqlalchemy import bindparam, select

from mppdesk.db.journal.codec import FIRST_PREV_HASH, BrokenEntry, decode_entry, digest
from mppdesk.db.journal.logs import Journal
from mppdesk.db.projections.views import live_digest, rebuilt_digest
from mppdesk.db.sql import Row, Statement, Store
from mppdesk.db.tables import journal_entries
from mppdesk.domain.entries import Entry
from mppdesk.texts import Text, msg

_columns = journal_entries.c
_all = Statement(
    select(
        _columns.log_id, _columns.seq, _columns.entry_id, _columns.kind, _columns.subject_type,
        _columns.subject_id, _columns.step, _columns.hlc, _columns.hash, _columns.bytes,
    )
    .where(_columns.site_id == bindparam("site_id"))
    .order_by(_columns.log_id, _columns.seq)
)  # fmt: skip
_foreign_sites = Statement(select(_columns.site_id).where(_columns.site_id != bindparam("site_id")).limit(1))
MOST_FINDINGS = 50


@dataclass
class Verification:
    """What was checked and what was found; sound when there are no findings."""

    entries: int = 0
    logs: int = 0
    findings: list[Text] = field(default_factory=list)
    digest: str = ""
    rebuilt_digest: str = ""

    @property
    def chain_ok(self) -> bool:
        return not self.findings

    @property
    def rebuild_equal(self) -> bool:
        return self.digest == self.rebuilt_digest and bool(self.digest)

    @property
    def is_sound(self) -> bool:
        return self.chain_ok and self.rebuild_equal

    def add(self, finding: Text) -> None:
        if len(self.findings) < MOST_FINDINGS:
            self.findings.append(finding)


def verify(store: Store, site_id: str) -> Verification:
    """Check a whole journal in one reading transaction; linear in its length."""
    result = Verification()
    heads = {head.log_id: (head.seq, head.hash) for head in Journal(store, site_id).heads()}
    last: dict[str, tuple[int, bytes]] = {}
    for row in store.stream(_all, site_id=site_id):
        result.entries += 1
        _check_row(result, site_id, row, last)
    result.logs = len(last)
    for log_id in sorted(heads.keys() | last.keys()):
        if heads.get(log_id) != last.get(log_id):
            result.add(msg("Kepala catatan {log} tidak cocok dengan isinya.", log=log_id[:8]))
    if store.one(_foreign_sites, site_id=site_id):
        result.add(msg("Ada entri dari tempat lain di jurnal ini."))
    if result.chain_ok:
        result.digest = live_digest(store, site_id)
        result.rebuilt_digest = rebuilt_digest(store, site_id)
    return result


def _check_row(result: Verification, site_id: str, row: Row, last: dict[str, tuple[int, bytes]]) -> None:
    log_id, seq, raw, stored_hash = row[0], row[1], bytes(row[9]), bytes(row[8])
    seq_before, hash_before = last.get(log_id, (0, FIRST_PREV_HASH))
    hash_ = digest(raw)
    last[log_id] = (seq, hash_)
    where = {"log": log_id[:8], "seq": seq}
    if seq != seq_before + 1:
        result.add(msg("Catatan {log}: ada entri hilang sebelum nomor {seq}.", **where))
    if hash_ != stored_hash:
        result.add(msg("Catatan {log}: isi entri {seq} berubah.", **where))
    try:
        entry = decode_entry(raw)
    except BrokenEntry:
        result.add(msg("Catatan {log}: entri {seq} tidak terbaca.", **where))
        return
    if entry.prev_hash != hash_before:
        result.add(msg("Catatan {log}: rantai putus pada entri {seq}.", **where))
    if not _matches(entry, site_id, row):
        result.add(msg("Catatan {log}: keterangan entri {seq} tidak cocok dengan isinya.", **where))


def _matches(entry: Entry, site_id: str, row: Row) -> bool:
    """The columns beside the bytes say what the bytes say."""
    told = (
        entry.site_id, entry.log_id, entry.seq, entry.entry_id, entry.kind, entry.subject.type, entry.subject.id,
        entry.step, entry.hlc,
    )  # fmt: skip
    return told == (site_id, *row[:8])
