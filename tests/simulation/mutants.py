"""Failure classes of offline programs (F1-F13), takeovers, privacy, revoked stations and updates, in real code."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any
from unittest import mock

from mppdesk.db import home as homes
from mppdesk.db import numbers_issued
from mppdesk.db.deciding import hub_view
from mppdesk.db.deciding.hub import LocalHub
from mppdesk.db.home import OpenHome
from mppdesk.db.replication import arrivals
from mppdesk.db.replication.replica import Outcome, Taken
from mppdesk.db.replication.replica_store import ReplicaStore
from mppdesk.db.replication.segments import Segment
from mppdesk.domain.hub.view import Case
from mppdesk.sync.exchange import Answerer, Exchanged, _result, _Sending
from mppdesk.sync.pace import Pace
from mppdesk.sync.protocol import Push, PushAnswer, Result
from tests.simulation import (
    centre_mutants,
    privacy_mutants,
    revocation_mutants,
    storage_mutants,
    takeover_mutants,
    version_mutants,
)
from tests.simulation.building import SMALL, Size
from tests.simulation.machines import Machine
from tests.simulation.rates import USUAL, Rates
from tests.simulation.run import BUG

Patch = tuple[Any, str, Any]
_NEVER_S = 1e9
# Both hubs of a split building issue the same numbers only when each has a kiosk, and many people come.
MANY_TICKETS = Size(2, 4, 320)
# Every building has computers with an older version, and most of them are updated in a day.
OFTEN_UPDATED = Rates(updates=2.0)
# Early in 2025, so that seconds since then fit among positions.
_A_YEAR_BEFORE_S = 1_735_700_000


@dataclass(frozen=True, slots=True)
class Mutant:
    """A fault in the code: `patches` replace attributes, `what` says what is wrong then.

    `rates` are those of the days on which it is hunted, in a building of a `size`. `breaks` is what the real code
    raises because of it, where that ends a day before a promise can be broken.
    """

    name: str
    what: str
    patches: Callable[[], list[Patch]]
    rates: Rates = USUAL
    size: Size = SMALL
    breaks: str = ""

    def is_caught_by(self, violation: str) -> bool:
        """An exception is no catch, since it may come from the patch, unless it is the one that this leads to."""
        return BUG not in violation or bool(self.breaks and self.breaks in violation)

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Put the fault in for as long as the block runs."""
        active = [mock.patch.object(target, name, value) for target, name, value in self.patches()]
        for patch in active:
            patch.start()
        try:
            yield
        finally:
            for patch in reversed(active):
                patch.stop()


def _retries_decide_again() -> list[Patch]:
    return [(LocalHub, "_recorded", lambda self, unit, command_id: [])]


def _mark_before_data() -> list[Patch]:
    """The head is moved in a commit of its own; a crash or a full disk after it loses the entries."""
    take = ReplicaStore.take

    def marked(self: ReplicaStore, segment: Segment) -> Taken:
        try:
            return take(self, segment)
        except BaseException:
            _set_head(self, segment)
            raise

    return [(ReplicaStore, "take", marked)]


def _set_head(here: ReplicaStore, segment: Segment) -> None:
    head = segment.heads()[-1]
    with here.database.reading() as store:
        store.connection.execute(
            "UPDATE journal_heads SET seq = ?, hash = ? WHERE log_id = ? AND seq < ?",
            (head.seq, head.hash, head.log_id, head.seq),
        )


def _own_mark_believed() -> list[Patch]:
    """The asker goes on where it once was acknowledged, whatever the other side says that it has now."""
    marks: dict[tuple[str, str], int] = {}
    begin, note = _Sending.__init__, _Sending.note

    def key(here: ReplicaStore, log_id: str) -> tuple[str, str]:
        return _device_of(here), log_id

    def begun(self: Any, here: ReplicaStore, logs: dict[str, int], done: Exchanged) -> None:
        begin(self, here, {log: max(after, marks.get(key(here, log), 0)) for log, after in logs.items()}, done)

    def noted(self: Any, results: tuple[Result, ...]) -> None:
        for result in results:
            if result.outcome == Outcome.STORED:
                marks[key(self._here, result.log_id)] = result.seq
            elif result.outcome == Outcome.NEED:
                self._logs.pop(result.log_id, None)
        note(self, results)

    return [(_Sending, "__init__", begun), (_Sending, "note", noted)]


def _one_bad_log_blocks() -> list[Patch]:
    """The taker stops at the first segment that it cannot take, and the sender gives up there."""
    stop = _Sending._stop

    def pushed(self: Any, asked: Push) -> PushAnswer:
        results: list[Result] = []
        for segment in asked.segments:
            results.append(_result(self._here.take(segment)))
            if results[-1].outcome != Outcome.STORED:
                break
        return PushAnswer(self.now_ms(), tuple(results), tuple(self._wanted(asked.wants)))

    def stopped(self: Any, result: Result, before: int) -> None:
        stop(self, result, before)
        self._logs.clear()

    return [(_Sending, "_stop", stopped), (Answerer, "push", pushed)]


def _timer_dies() -> list[Patch]:
    return [(Pace, "after_failure", lambda self, asked_to_wait_s=0.0: _NEVER_S)]


def _numbers_from_memory() -> list[Patch]:
    """Each process counts the numbers that it has issued itself."""
    counts: dict[tuple[Any, ...], int] = {}

    def highest(self: Any, day: str, prefix: str, first: int, last: int) -> int:
        key = (self._store, day, prefix, first)
        counts[key] = counts.get(key, first - 1) + 1
        return counts[key] - 1

    return [
        (hub_view.StoredHubView, "highest_number", highest),
        (numbers_issued, "take", lambda *ticket: None),
    ]


def _not_durable() -> list[Patch]:
    """A power cut takes back what was committed since the start: the disk lied about its flush."""
    start, crash = Machine.start, Machine.crash
    images: dict[int, Any] = {}

    def started(self: Machine) -> None:
        images[id(self)] = self.disk.image()
        start(self)

    def crashed(self: Machine) -> None:
        was_running = self.process is not None
        crash(self)
        if was_running:
            self.disk.put_back(images[id(self)])
            self.on_put_back(self)

    return [(Machine, "start", started), (Machine, "crash", crashed)]


def _pull_overwrites() -> list[Patch]:
    """What the other side has replaces what was not sent yet."""
    begin = _Sending.__init__

    def begun(self: Any, here: ReplicaStore, logs: dict[str, int], done: Exchanged) -> None:
        _forget_after(here, logs)
        begin(self, here, {}, done)

    return [(_Sending, "__init__", begun)]


def _clock_decides() -> list[Patch]:
    """The hub's wall clock gives people their places in the queue."""
    case = LocalHub._case
    now_s = 0

    def noted(self: LocalHub, *known: Any, **more: Any) -> Case:
        nonlocal now_s
        made = case(self, *known, **more)
        now_s = made.now_ms // 1000 - _A_YEAR_BEFORE_S
        return made

    return [
        (LocalHub, "_case", noted),
        (hub_view.StoredHubView, "highest_position", lambda self, day: now_s),
    ]


def _one_log_for_ever() -> list[Patch]:
    """Every start goes on in the log of its device."""
    make = homes.make_writer

    def made(opened: OpenHome, clock: Any, ids: Any) -> None:
        make(opened, clock, ids)
        author = opened.required_writer().author
        opened.required_writer().author = replace(author, log_id=author.device_id)

    return [(homes, "make_writer", made)]


def _gap_skipped() -> list[Patch]:
    """Some arrivals get a number that every reader has passed already, as a serial column gives them."""
    note = arrivals.note
    count = 0

    def noted(*place: Any) -> None:
        nonlocal count
        count += 1
        if count % 5:
            note(*place)

    return [(arrivals, "note", noted)]


def _reset_deletes() -> list[Patch]:
    """A server with a new epoch makes the asker start over from what the server has."""
    epochs: dict[str, str] = {}
    begin = _Sending.__init__

    def begun(self: Any, here: ReplicaStore, logs: dict[str, int], done: Exchanged) -> None:
        if epochs.setdefault(_device_of(here), done.epoch) != done.epoch:
            epochs[_device_of(here)] = done.epoch
            _forget_after(here, logs)
            logs = {}
        begin(self, here, logs, done)

    return [(_Sending, "__init__", begun)]


def _silently_stuck() -> list[Patch]:
    """A log that once could not be sent is never tried again, and the exchange says that all is well."""
    stuck: set[tuple[str, str]] = set()
    begin = _Sending.__init__

    def begun(self: Any, here: ReplicaStore, logs: dict[str, int], done: Exchanged) -> None:
        stuck.update((_device_of(here), log) for log, after in logs.items() if after and after % 11 == 0)
        begin(self, here, {log: n for log, n in logs.items() if (_device_of(here), log) not in stuck}, done)

    return [(_Sending, "__init__", begun)]


def _device_of(here: ReplicaStore) -> str:
    return here._signer.device_id if here._signer else ""


def _forget_after(here: ReplicaStore, logs: dict[str, int]) -> None:
    """Delete the entries of logs after a number, as if they had never been made."""
    for log_id, after in logs.items():
        with here.database.writing() as store:
            run = store.connection.execute
            run("DELETE FROM journal_entries WHERE log_id = ? AND seq > ?", (log_id, after))
            row = run("SELECT hash FROM journal_entries WHERE log_id = ? AND seq = ?", (log_id, after)).fetchone()
            if row is None:
                run("DELETE FROM journal_heads WHERE log_id = ?", (log_id,))
            else:
                run("UPDATE journal_heads SET seq = ?, hash = ? WHERE log_id = ?", (after, row[0], log_id))


MUTANTS = {
    mutant.name: mutant
    for mutant in (
        Mutant("F1", "a retry after a lost answer is decided again", _retries_decide_again),
        Mutant("F2", "the mark is written before the data", _mark_before_data),
        Mutant(
            "F3",
            "a mark of one's own is believed after the other side was restored",
            _own_mark_believed,
            Rates(restores=5.0),
        ),
        Mutant("F4", "one bad log blocks the others", _one_bad_log_blocks, Rates(strangers=3.0)),
        Mutant("F5", "the retry timer dies", _timer_dies),
        Mutant("F6", "numbers come from memory", _numbers_from_memory),
        Mutant("F7", "what was acknowledged is not on the disk", _not_durable),
        Mutant("F8", "what comes in overwrites what was not sent", _pull_overwrites),
        Mutant("F9", "the clock decides who is next", _clock_decides, Rates(clocks=4.0)),
        Mutant("F10", "two starts write one log", _one_log_for_ever),
        Mutant("F11", "an arrival is numbered behind its readers", _gap_skipped),
        Mutant("F12", "a reset deletes work that is only here", _reset_deletes),
        Mutant("F13", "a log is stuck and nobody is told", _silently_stuck),
        Mutant("T1", "a station obeys the hub of a lower term", takeover_mutants.lower_term_obeyed, Rates(splits=20.0)),
        Mutant("T2", "a hub that was taken over goes on deciding", takeover_mutants.old_hub_goes_on, Rates(3.0)),
        Mutant(
            "T3",
            "the new hub takes the old block",
            takeover_mutants.block_taken_along,
            Rates(splits=20.0),
            MANY_TICKETS,
        ),
        Mutant("A1", "what a full disk did not keep is acknowledged", storage_mutants.taken_before_it_is_kept),
        Mutant("A2", "what happened twice is shown to nobody", storage_mutants.doubles_hidden),
        Mutant(
            "C1",
            "the centre takes what only arrived for folded",
            centre_mutants.arrived_is_folded,
            Rates(centre=5.0),
            # A call that counts as folded at its arrival is folded once more when its turn comes.
            breaks="UNIQUE constraint failed: view_calls.",
        ),
        Mutant("P1", "a personal text is sealed in name only", privacy_mutants.sealed_in_name_only),
        Mutant("P2", "a data key stays where it was made", privacy_mutants.keys_left_behind),
        Mutant("P3", "a destroyed data key stays on other computers", privacy_mutants.forgotten_in_one_place),
        Mutant(
            "R1",
            "a station that was revoked is believed",
            revocation_mutants.revoked_believed,
            Rates(revocations=4.0),
        ),
        Mutant(
            "R2",
            "what waits for admission is kept nowhere",
            revocation_mutants.waiting_not_kept,
            Rates(revocations=4.0),
        ),
        Mutant("V1", "an update folds nothing of what was unread", version_mutants.unread_for_ever, OFTEN_UPDATED),
        Mutant("V2", "what nobody here can read is not passed on", version_mutants.unread_kept_back, OFTEN_UPDATED),
    )
}
