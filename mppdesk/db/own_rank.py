"""What this computer may record: nothing that the others would not take from it (decisions 0016, 0022)."""

from collections.abc import Sequence
from typing import Any

from mppdesk.db.deciding.hub_seats import seat_in
from mppdesk.db.journal.logs import Journal
from mppdesk.domain.bounds import BOUNDED_KINDS, MOST_PAPER_CLAIMS, is_too_much
from mppdesk.domain.entitlement import Rank, entitlement_of, rank_for
from mppdesk.domain.entries import Draft, Subject, SubjectType
from mppdesk.domain.errors import NotAllowed
from mppdesk.texts import msg


class OwnRank:
    """The rank of one device in its own journal; what it was once found to be holds, since no rank is ever lost."""

    def __init__(self, device_id: str, public_key: bytes, log_id: str) -> None:
        self._device_id = device_id
        self._log_id = log_id
        self._public_key = public_key
        self._known = Rank.HALL

    def require(self, journal: Journal, drafts: Sequence[Draft]) -> None:
        """Raise NotAllowed for facts that only another computer of the building may record."""
        ranks = (rank_for(type(each.fact).__name__, each.subject.type, each.fact) for each in drafts)
        needed = max(ranks, default=Rank.HALL)
        if needed > self._known:
            self._known = max(self._known, self._found(journal))
        if needed > self._known:
            raise NotAllowed(
                msg("Hal ini tidak boleh dicatat dari komputer ini. Tidak ada yang berubah."),
                msg("Lakukan di komputer hub atau di komputer penyelia."),
            )
        self._require_within_bounds(journal, [each.fact for each in drafts])

    def _require_within_bounds(self, journal: Journal, new: list[Any]) -> None:
        """Beyond these the others would hold the whole log (decision 0022)."""
        bounded = [fact for fact in new if type(fact).__name__ in BOUNDED_KINDS]
        if not bounded or self._known is Rank.HUB or not is_too_much([*journal.bounded_facts(self._log_id), *bounded]):
            return
        self._known = max(self._known, self._found(journal))
        if self._known is not Rank.HUB:
            raise NotAllowed(
                msg(
                    "Komputer ini sudah menerima {most} karcis tanpa hub; itu batasnya. Tidak ada yang berubah.",
                    most=MOST_PAPER_CLAIMS,
                ),
                msg("Selesaikan yang sedang dilayani, catat nomor berikutnya di kertas, dan beri tahu penyelia."),
            )

    def _found(self, journal: Journal) -> Rank:
        """A single PC leads itself; a station that does not know its place yet works as a counter."""
        entries = journal.entries_of(Subject(SubjectType.STATION, self._device_id))
        if entries:
            return entitlement_of(entries, self._public_key).rank
        return Rank.HUB if seat_in(journal.store, journal.site_id) is None else Rank.COUNTER
