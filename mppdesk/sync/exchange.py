"""One exchange between two replicas, without any I/O of its own: the asker is a generator of requests."""

from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass, field
from itertools import islice

from mppdesk.db.journal.logs import Head
from mppdesk.db.replication.key_parcels import KeyParcel
from mppdesk.db.replication.replica import Outcome, Taken
from mppdesk.db.replication.replica_store import ReplicaStore
from mppdesk.db.replication.segments import Segment
from mppdesk.db.replication.vector import day_of_log, is_log_id
from mppdesk.domain.station import Station
from mppdesk.sync.keys import KeyAnswerer, rights_of
from mppdesk.sync.protocol import (
    MAX_MESSAGE_BYTES,
    CentreStanding,
    Hello,
    HelloAnswer,
    PrintersPlace,
    Push,
    PushAnswer,
    Result,
    Want,
)

Request = Hello | Push
Reply = HelloAnswer | PushAnswer
_DAY_MS = 86_400_000
# Days that are compared one by one; everything before them changes seldom and shares one digest.
_RECENT_DAYS = 8
_ALL_DAYS = 0
_MOST_WANTS = 1000
_Heads = dict[str, Head]


@dataclass
class Exchanged:
    """What an exchange did: entries each way, and the logs that could not go on, with the reason.

    `offset_ms`: how far the other clock is ahead of this one, 0 where both may show the same; `centre`: how the other
    side stands to its centre, `printers` how far it has come with the words on printers.
    """

    sent: int = 0
    received: int = 0
    epoch: str = ""
    offset_ms: int = 0
    centre: CentreStanding | None = None
    printers: PrintersPlace | None = None
    stopped: dict[str, str] = field(default_factory=dict)


def exchange(here: ReplicaStore) -> Generator[Request, Reply, Exchanged]:
    """Bring two replicas to the same journals: yields requests, is sent the answers, returns what was done.

    It may be given up at any moment: whatever was taken is whole, and the next exchange starts from what is there.
    """
    done = Exchanged()
    mine, theirs = yield from _compare(here, done)
    sending = _Sending(here, _ahead(mine, theirs), done)
    wanting = _Wanting(here, _ahead(theirs, mine), theirs, done)
    while True:
        segments, wants = sending.cut(), wanting.ask()
        if not segments and not wants:
            return done
        answer = yield Push(here.site_id, segments, wants)
        assert isinstance(answer, PushAnswer)
        sending.note(answer.results)
        wanting.take(answer.segments)


def _compare(here: ReplicaStore, done: Exchanged) -> Generator[Request, Reply, tuple[_Heads, _Heads]]:
    """Say hello until it is known in which days the two differ; the heads of these days here and there."""
    from_day = here.now_ms() // _DAY_MS - _RECENT_DAYS
    while True:
        hello, asked_ms = Hello(here.site_id, here.summary(from_day)), here.now_ms()
        answer = yield hello
        assert isinstance(answer, HelloAnswer)
        done.epoch, done.centre, done.printers = answer.epoch, answer.centre, answer.printers
        done.offset_ms = _offset_ms(asked_ms, answer.now_ms, here.now_ms())
        if not answer.is_older_different or from_day == _ALL_DAYS:
            break
        from_day = _ALL_DAYS
    mine = {head.log_id: head for head in here.heads_of(answer.differing)}
    theirs = {head.log_id: head for head in answer.heads if is_log_id(head.log_id)}
    for log_id in mine.keys() & theirs.keys():
        if mine[log_id].seq == theirs[log_id].seq and mine[log_id] != theirs[log_id]:
            done.stopped[log_id] = "fork"
            here.note_trouble(log_id, "fork", mine[log_id].seq)
    return mine, theirs


def _offset_ms(asked_ms: int, told_ms: int, heard_ms: int) -> int:
    """How far a clock that was told between two readings of the own one is ahead; 0 where it stands between them."""
    return 0 if asked_ms <= told_ms <= heard_ms else told_ms - (asked_ms + heard_ms) // 2


def _ahead(these: _Heads, others: _Heads) -> dict[str, int]:
    """The logs in which these are ahead, with the number after which the others lack entries; live logs first."""
    found = {log: others[log].seq if log in others else 0 for log in these}
    ahead = [log for log, after in found.items() if these[log].seq > after]
    latest = max(map(day_of_log, ahead), default=0)
    ahead.sort(key=lambda log: (day_of_log(log) < latest, log))
    return {log: found[log] for log in ahead}


class _Sending:
    """The logs in which this side is ahead, with the number that the other side has.

    What grows while a backlog goes out is looked at before each of its messages.
    """

    def __init__(self, here: ReplicaStore, logs: dict[str, int], done: Exchanged) -> None:
        self._here, self._logs, self._done = here, logs, done
        self._latest = max(map(day_of_log, logs), default=0)
        self._caught_up: set[str] = set()
        self._asked_back: set[str] = set()

    def cut(self) -> tuple[Segment, ...]:
        """Cut what one message may carry; a log with nothing left, or nothing that is signed, is done."""
        segments: list[Segment] = []
        room = MAX_MESSAGE_BYTES
        has_backlog = any(map(self._is_older, self._logs))
        for log_id, after in list(self._logs.items()):
            is_looked_at = has_backlog or log_id not in self._caught_up
            segment = self._here.cut(log_id, after) if is_looked_at else None
            if segment is None and has_backlog and not self._is_older(log_id):
                self._caught_up.add(log_id)
            elif segment is None:
                del self._logs[log_id]
            elif segments and segment.size > room:
                break
            else:
                segments.append(segment)
                room -= segment.size
        return tuple(segments)

    def _is_older(self, log_id: str) -> bool:
        return day_of_log(log_id) < self._latest

    def note(self, results: Iterable[Result]) -> None:
        """Go on after what the other side has now; a log that it cannot take is left alone, and that is noted."""
        for result in results:
            before = self._logs.get(result.log_id)
            if before is None:
                continue
            if result.outcome == Outcome.STORED and result.seq > before:
                self._done.sent += result.seq - before
                self._logs[result.log_id] = result.seq
            elif result.outcome == Outcome.NEED and result.log_id not in self._asked_back:
                self._asked_back.add(result.log_id)
                self._logs[result.log_id] = max(0, result.seq)
            else:
                self._stop(result, before)

    def _stop(self, result: Result, before: int) -> None:
        del self._logs[result.log_id]
        reason = result.reason or result.outcome
        self._done.stopped[result.log_id] = reason
        if result.outcome in (Outcome.FORK, Outcome.REFUSED):
            self._here.note_trouble(result.log_id, f"peer_{reason}", before + 1)


class _Wanting:
    """The logs in which the other side is ahead, with the number that is here."""

    def __init__(self, here: ReplicaStore, logs: dict[str, int], until: _Heads, done: Exchanged) -> None:
        self._here, self._logs, self._done = here, logs, done
        self._until = until

    def ask(self) -> tuple[Want, ...]:
        return tuple(Want(log_id, after) for log_id, after in islice(self._logs.items(), _MOST_WANTS))

    def take(self, segments: Iterable[Segment]) -> None:
        """Take what came; what cannot be taken is not asked for again in this exchange, nor what did not come."""
        moved = False
        for segment in segments:
            after = self._logs.get(segment.log_id)
            if after is not None and self._take(segment, after):
                moved = True
        if not moved:
            self._logs.clear()

    def _take(self, segment: Segment, after: int) -> bool:
        taken = self._here.take(segment)
        seq = taken.head.seq if taken.head else 0
        if taken.outcome is Outcome.STORED and seq > after:
            self._done.received += len(taken.added)
            self._logs[segment.log_id] = seq
            if seq >= self._until[segment.log_id].seq:
                del self._logs[segment.log_id]
            return True
        del self._logs[segment.log_id]
        self._done.stopped[segment.log_id] = taken.reason or taken.outcome
        return False


class Answerer:
    """The other side of an exchange; it keeps nothing between requests. `epoch` is that of the database.

    `keys` answers for the data keys beside the journal, `centre` tells how this computer stands to its centre,
    `printers` how far it has come with the words on printers.
    """

    def __init__(
        self,
        here: ReplicaStore,
        epoch: str,
        centre: Callable[[], CentreStanding | None] = lambda: None,
        printers: Callable[[], PrintersPlace | None] = lambda: None,
    ) -> None:
        self._here = here
        self._epoch = epoch
        self.centre = centre
        self._printers = printers
        self.keys = KeyAnswerer(here)

    def now_ms(self) -> int:
        """The answerer's clock, by which the asker sees how far its own is off."""
        return self._here.now_ms()

    def hello(self, asked: Hello) -> HelloAnswer:
        """Tell which days differ, with the heads here."""
        mine = self._here.summary(asked.summary.from_day)
        differing = mine.differing(asked.summary)
        return HelloAnswer(
            self._epoch,
            self._here.now_ms(),
            mine.older != asked.summary.older,
            tuple(differing),
            tuple(self._here.heads_of(differing)),
            self.centre(),
            self._printers(),
        )

    def push(self, asked: Push) -> PushAnswer:
        """Take the segments, each in its own transaction, and cut what is wanted."""
        results = tuple(_result(self._here.take(segment)) for segment in asked.segments)
        return PushAnswer(self._here.now_ms(), results, tuple(self._wanted(asked.wants)))

    def brought(
        self, segments: Iterable[Segment], parcels: tuple[KeyParcel, ...], station: Station
    ) -> tuple[Result, ...]:
        """Take what a station did before it asks, then the keys of its personal texts."""
        results = tuple(_result(self._here.take(segment)) for segment in segments)
        self.keys.take(parcels, rights_of(station))
        return results

    def news(self, own_log: str, after: int, station: Station) -> tuple[tuple[Segment, ...], tuple[KeyParcel, ...]]:
        """What happened here after a number of the own log, with the keys that a station may have."""
        segment = self._here.cut(own_log, after)
        if segment is None:
            return (), ()
        return (segment,), self._here.keys_of((segment,), station)

    def _wanted(self, wants: Iterable[Want]) -> Iterable[Segment]:
        room = MAX_MESSAGE_BYTES
        for want in wants:
            segment = self._here.cut(want.log_id, want.after)
            if segment is None:
                continue
            if segment.size > room and room < MAX_MESSAGE_BYTES:
                return
            room -= segment.size
            yield segment


def _result(taken: Taken) -> Result:
    return Result(taken.log_id, taken.outcome, taken.head.seq if taken.head else 0, taken.reason)
