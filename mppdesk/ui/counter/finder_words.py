"""What the finder says of a number or a code, and the acts that it may offer."""

from dataclasses import dataclass
from enum import StrEnum

from mppdesk.domain.visit import TicketStatus
from mppdesk.operations.readings import QueueRow
from mppdesk.texts import Text, msg


class Offer(StrEnum):
    """What Enter does: take the file up, go on with it for the person here, queue its number again, call a number,

    take who shows a ticket, or one that nobody here has heard of.
    """

    TAKE_UP = "take_up"
    GO_ON_HERE = "go_on_here"
    QUEUE = "queue"
    CALL = "call"
    CLAIM = "claim"
    CLAIM_PAPER = "claim_paper"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class FinderView:
    """`number` is empty when nothing was found; `button` says what Enter does, empty for nothing.

    `services` are those that an unheard ticket may be for: code and name; `is_sent_on`: it is heard of, but not that
    another counter sent her here; `paper_of` the file that was decided and so has a paper to save.
    """

    number: str
    what: Text
    then: Text
    offer: Offer = Offer.NOTHING
    button: Text | None = None
    visit: str = ""
    submission: str = ""
    services: tuple[tuple[str, str], ...] = ()
    is_sent_on: bool = False
    paper_of: str = ""


def status_words(row: QueueRow) -> Text:
    """Where a ticket stands, as the end of a sentence."""
    words = {
        TicketStatus.WAITING: msg("masih menunggu"),
        TicketStatus.CALLED: msg("sudah dipanggil {counter}", counter=row.counter_label or ""),
        TicketStatus.SERVING: msg("sedang dilayani {counter}", counter=row.counter_label or ""),
        TicketStatus.ON_HOLD: msg("sedang ditunda"),
        TicketStatus.NO_SHOW: msg("tercatat tidak hadir"),
        TicketStatus.FINISHED: msg("sudah selesai"),
        TicketStatus.CANCELLED: msg("sudah dibatalkan"),
    }
    return words[row.status]
