"""Virtual time: a heap of events, and activities that wait in it while they look to themselves like plain calls."""

import heapq
from collections.abc import Callable
from threading import Lock, Thread, current_thread
from typing import Any


class Killed(BaseException):
    """The process that this activity belongs to is gone; nothing in it may go on."""


class Activity:
    """A plain call that may wait in virtual time; it runs on a thread of its own, but never beside another."""

    def __init__(self, timeline: "Timeline", run: Callable[[], object]) -> None:
        self._timeline = timeline
        self._run = run
        self._is_killed = False
        self._token = 0
        self.is_over = False

    def kill(self) -> None:
        """End it where it waits."""
        if self.is_over or self._is_killed:
            return
        self._is_killed = True
        self._timeline.after(0.0, self.wake(self._token))

    def wake(self, token: int) -> Callable[[], None]:
        """What goes on with it, if it still waits for this."""

        def resume() -> None:
            if not self.is_over and token == self._token:
                self._timeline.run_activity(self)

        return resume

    def wait(self) -> None:
        """Wait until the wake made for this waiting is called; raises Killed when the process is gone."""
        self._timeline.give_back()
        self._token += 1
        if self._is_killed:
            raise Killed

    @property
    def token(self) -> int:
        """Names the waiting that comes next."""
        return self._token

    def run_here(self) -> None:
        try:
            if not self._is_killed:
                self._run()
        except Killed:
            pass
        finally:
            self.is_over = True


class _Worker:
    """A thread that runs activities one after the other."""

    def __init__(self, timeline: "Timeline") -> None:
        self._timeline = timeline
        self.activity: Activity | None = None
        self.go = Lock()
        self.go.acquire()
        self.thread = Thread(target=self._work, name="activity", daemon=True)
        self.thread.start()

    def _work(self) -> None:
        while True:
            self.go.acquire()
            activity = self.activity
            if activity is None:
                return
            try:
                activity.run_here()
            except BaseException as trouble:  # noqa: BLE001 - raised again by the timeline
                self._timeline.trouble = trouble
            self._timeline.ended(self)


class Timeline:
    """Seconds since the start of the run. Only one thread runs at a time; which one is decided by the heap alone."""

    def __init__(self) -> None:
        self.now = 0.0
        self.steps = 0
        self.trouble: BaseException | None = None
        self._heap: list[tuple[float, int, Callable[[], None]]] = []
        self._count = 0
        self._back = Lock()
        self._back.acquire()
        self._idle: list[_Worker] = []
        self._working: dict[Activity, _Worker] = {}
        self._of_thread: dict[Thread, Activity] = {}

    def at(self, moment: float, act: Callable[[], None]) -> None:
        self._count += 1
        heapq.heappush(self._heap, (max(moment, self.now), self._count, act))

    def after(self, delay: float, act: Callable[[], None]) -> None:
        self.at(self.now + delay, act)

    def start(self, run: Callable[[], object], delay: float = 0.0) -> Activity:
        """Start an activity that may wait."""
        activity = Activity(self, run)
        self.after(delay, activity.wake(activity.token))
        return activity

    def run_until(self, end: float) -> None:
        """Let everything happen up to a moment."""
        while self._heap and self._heap[0][0] <= end:
            moment, _, act = heapq.heappop(self._heap)
            self.now = moment
            self.steps += 1
            act()
        self.now = end

    def sleep(self, seconds: float) -> None:
        """Wait in an activity."""
        activity = self.current
        self.after(seconds, activity.wake(activity.token))
        activity.wait()

    @property
    def current(self) -> Activity:
        """The activity that runs now."""
        return self._of_thread[current_thread()]

    def run_activity(self, activity: Activity) -> None:
        """Let an activity run until it waits or ends."""
        worker = self._working.get(activity)
        if worker is None:
            worker = self._idle.pop() if self._idle else _Worker(self)
            worker.activity = activity
            self._working[activity] = worker
            self._of_thread[worker.thread] = activity
        worker.go.release()
        self._back.acquire()
        if self.trouble is not None:
            trouble, self.trouble = self.trouble, None
            raise trouble

    def give_back(self) -> None:
        """Let the timeline go on until this activity is run again."""
        worker = self._working[self.current]
        self._back.release()
        worker.go.acquire()

    def ended(self, worker: Any) -> None:
        del self._working[worker.activity]
        worker.activity = None
        self._idle.append(worker)
        self._back.release()

    def close(self) -> None:
        """End every activity and every thread."""
        for activity in list(self._working):
            activity.kill()
        self.run_until(self.now)
        for worker in self._idle:
            worker.go.release()
