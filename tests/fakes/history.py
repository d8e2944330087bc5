"""A subject's history written by hand: entries whose order, clock and author a test decides."""

import hashlib
from typing import Any

from mppdesk.domain.entries import Actor, Entry, Subject

FIRST_MS = 1_795_399_200_000  # 2026-11-23 09.00 WIB


class History:
    """Entries of one subject, ten seconds apart unless told, each following the one before."""

    def __init__(self, subject_type: str, subject_id: str = "5" * 32, *, log_id: str = "a" * 32) -> None:
        self.subject = Subject(subject_type, subject_id)
        self.entries: list[Entry] = []
        self.now_ms = FIRST_MS
        self._log_id = log_id

    def add(
        self,
        fact: Any,
        *,
        by: str = "dewi",
        after_s: float = 10,
        log_id: str | None = None,
        step: int = 0,
        entry_id: str = "",
    ) -> str:
        """Record a fact, answer its entry id; `step` repeats an earlier one, as an author who had not seen more."""
        self.now_ms += int(after_s * 1000)
        log, seq = log_id or self._log_id, len(self.entries) + 1
        entry = Entry(
            log_id=log,
            seq=seq,
            prev_hash=b"",
            entry_id=entry_id or hashlib.sha256(f"{self.subject.id}/{log}/{seq}".encode()).hexdigest()[:32],
            kind=type(fact).__name__,
            version=1,
            subject=self.subject,
            step=step or 1 + max((each.step for each in self.entries), default=0),
            hlc=self.now_ms << 16,
            wall_ms=self.now_ms,
            utc_offset_min=420,
            actor=Actor(by, "desktop"),
            site_id="e" * 32,
            fact=fact,
        )
        self.entries.append(entry)
        return entry.entry_id
