"""The program's own loop of exchanges, waiting in virtual time instead of on a thread."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from mppdesk.db.replication.replica_store import ReplicaStore
from mppdesk.sync.loop import SyncLoop
from mppdesk.sync.pace import LONGEST_DELAY_S, Pace
from tests.simulation.network import SimulatedLink
from tests.simulation.timeline import Activity

if TYPE_CHECKING:
    from tests.simulation.machines import Process


class Exchanging:
    """Keeps a process in step with one server for as long as it lives."""

    def __init__(
        self,
        process: "Process",
        link: SimulatedLink,
        here: ReplicaStore,
        settle: Callable[[SimulatedLink], object] = lambda link: None,
        longest_s: float = LONGEST_DELAY_S,
    ) -> None:
        self._process = process
        self._link = link
        self._timeline = process.timeline
        self._pace = Pace(process.machine.chance.random, longest_s=longest_s)
        self.loop = SyncLoop(link, here, self._pace, settle=lambda: settle(link))
        self._activity: Activity | None = None
        self._is_poked = False
        self._is_resting = False

    def start(self) -> None:
        self._activity = self._process.run(self._work, self._process.machine.chance.uniform(0, 5))

    def poke(self) -> None:
        """There is news: exchange as soon as possible, by the rules of `SyncLoop.poke`."""
        if self._is_own_doing:
            return
        self._is_poked = True
        if self._is_resting and not self._pace.failures and self._activity is not None:
            self._is_resting = False
            self._timeline.after(0.0, self._activity.wake())

    @property
    def _is_own_doing(self) -> bool:
        """Whether this exchange itself is what happens now; one thread runs whatever happens while it waits."""
        return self.loop._exchanging_in != 0 and self._activity is not None and not self._activity.is_waiting

    def _work(self) -> None:
        while True:
            self._is_poked = False
            self._pace.poll_s = self._link.poll_s
            delay = self.loop.once()
            if self._pace.failures or not self._is_poked:
                self._rest(delay)

    def _rest(self, seconds: float) -> None:
        activity = self._timeline.current
        self._is_resting = True
        self._timeline.after(seconds, activity.wake())
        activity.wait()
        self._is_resting = False
