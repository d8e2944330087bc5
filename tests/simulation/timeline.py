"""Virtual time: a heap of events, and activities that wait in it while they look to themselves like plain calls.

Each activity has a thread, but only one thread ever runs, and the heap alone says which. Whoever waits goes through the
heap itself until its own turn comes, so that a question and its answer cost no change of threads.
"""

import heapq
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock, Thread, current_thread


class Killed(BaseException):
    """The process that this activity belongs to is gone; nothing in it may go on."""


class Activity:
    """A plain call that may wait in virtual time."""

    def __init__(self, timeline: "Timeline", run: Callable[[], object]) -> None:
        self._timeline = timeline
        self._run = run
        self._is_killed = False
        self.turn = 0
        self.is_waiting = False
        self.is_over = False
        self.seat: _Seat | None = None

    def wake(self) -> "Wake":
        """What ends the waiting that comes next."""
        return Wake(self, self.turn)

    def kill(self) -> None:
        """End it where it waits."""
        if not self.is_over and not self._is_killed:
            self._is_killed = True
            self._timeline.after(0.0, self.wake())

    def wait(self) -> None:
        """Wait until a wake made for this waiting is due; raises Killed when the process is gone."""
        assert self.seat is not None
        self.is_waiting = True
        self._timeline.give_way(self.seat)
        self.is_waiting = False
        if self._is_killed:
            raise Killed

    def run_here(self) -> None:
        try:
            if not self._is_killed:
                self._run()
        except Killed:
            pass
        finally:
            self.is_over = True


@dataclass(frozen=True, slots=True)
class Wake:
    """The turn of an activity; worth nothing once it went on for another reason."""

    activity: Activity
    turn: int

    @property
    def is_due(self) -> bool:
        return not self.activity.is_over and self.turn == self.activity.turn


class _Seat:
    """A thread that may be given the turn."""

    def __init__(self) -> None:
        self.activity: Activity | None = None
        self.go = Lock()
        self.go.acquire()


class Timeline:
    """Seconds since the start of the run."""

    def __init__(self) -> None:
        self.now = 0.0
        self.steps = 0
        self._end = 0.0
        self._trouble: BaseException | None = None
        self._heap: list[tuple[float, int, Callable[[], None] | Wake]] = []
        self._count = 0
        self._main = _Seat()
        self._idle: list[_Seat] = []
        self._seats: dict[Thread, _Seat] = {}
        self._is_closed = False

    def at(self, moment: float, act: Callable[[], None] | Wake) -> None:
        self._count += 1
        heapq.heappush(self._heap, (moment if moment > self.now else self.now, self._count, act))

    def after(self, delay: float, act: Callable[[], None] | Wake) -> None:
        self.at(self.now + delay, act)

    def start(self, run: Callable[[], object], delay: float = 0.0) -> Activity:
        """Start an activity."""
        activity = Activity(self, run)
        self.after(delay, activity.wake())
        return activity

    def run_until(self, end: float) -> None:
        """Let everything happen up to a moment."""
        self._end = end
        self.give_way(self._main)
        if self._trouble is not None:
            trouble, self._trouble = self._trouble, None
            raise trouble
        self.now = end

    def sleep(self, seconds: float) -> None:
        """Wait in an activity."""
        activity = self.current
        self.after(seconds, activity.wake())
        activity.wait()

    @property
    def current(self) -> Activity:
        """The activity that runs now."""
        activity = self._seats[current_thread()].activity
        assert activity is not None
        return activity

    def give_way(self, seat: _Seat) -> None:
        """Let others go on until it is this seat's turn again: its activity's, or a new one's for an idle seat."""
        heap = self._heap
        while True:
            if self._trouble is not None or not heap or heap[0][0] > self._end:
                if seat is not self._main:
                    self._hand(self._main, seat)
                return
            self.now, _, act = heapq.heappop(heap)
            self.steps += 1
            if not isinstance(act, Wake):
                self._do(act)
            elif act.is_due:
                act.activity.turn += 1
                taker = act.activity.seat or self._seat_for(act.activity, seat)
                if taker is not seat:
                    self._hand(taker, seat)
                return

    def close(self) -> None:
        """End every activity and every thread."""
        for seat in list(self._seats.values()):
            if seat.activity is not None:
                seat.activity.kill()
        self.run_until(self.now)
        self._is_closed = True
        for seat in self._idle:
            seat.go.release()

    def _do(self, act: Callable[[], None]) -> None:
        try:
            act()
        except BaseException as trouble:  # noqa: BLE001 - raised again by run_until; here it would hit a bystander
            self._trouble = trouble

    def _seat_for(self, activity: Activity, asking: _Seat) -> _Seat:
        """A thread for a new activity: the one that asks, when it is idle."""
        if asking in self._idle:
            self._idle.remove(asking)
            seat = asking
        else:
            seat = self._idle.pop() if self._idle else self._new_seat()
        seat.activity, activity.seat = activity, seat
        return seat

    def _new_seat(self) -> _Seat:
        seat = _Seat()
        thread = Thread(target=self._work, args=(seat,), name="activity", daemon=True)
        self._seats[thread] = seat
        thread.start()
        return seat

    def _work(self, seat: _Seat) -> None:
        seat.go.acquire()
        while not self._is_closed:
            activity = seat.activity
            assert activity is not None
            self._do(activity.run_here)
            seat.activity = None
            self._idle.append(seat)
            self.give_way(seat)

    def _hand(self, taker: _Seat, giver: _Seat) -> None:
        taker.go.release()
        giver.go.acquire()
