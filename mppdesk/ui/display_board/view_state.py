"""Which call stands on the board and for how long. Free of Qt; times are seconds that only grow.

A call has the panel for itself long enough to be read, then makes room for the next and joins the previous ones.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from mppdesk.operations.readings import BoardCall, BoardScreen

STANDS_S = 8.0
STANDS_IN_A_RUSH_S = 5.0
A_RUSH = 3
IDLE_AFTER_S = 60.0
PULSES = 3  # once a second: far below what harms anyone (WCAG 2.2, 2.3.1: three flashes in one second)
PREVIOUS = 4


@dataclass(frozen=True, slots=True)
class Standing:
    """The call on the panel; `is_news`: the hall has not heard it yet, so it is announced."""

    call: BoardCall
    since_s: float
    is_news: bool = True


@dataclass(frozen=True, slots=True)
class BoardState:
    """Everything the window draws.

    `coming` waits for the panel, oldest first; `previous` has left it, newest first. `cut_off` tells since when the
    board hears nothing from the office.
    """

    screen: BoardScreen | None = None
    standing: Standing | None = None
    coming: tuple[BoardCall, ...] = ()
    previous: tuple[BoardCall, ...] = ()
    cut_off: datetime | None = None

    @property
    def is_idle(self) -> bool:
        return self.standing is None

    def with_screen(self, screen: BoardScreen, now_s: float) -> "BoardState":
        """Take in the calls of the day; those made before the board began stand there without being announced."""
        if self.screen is None:
            return replace(self, screen=screen, cut_off=None)._begin(now_s)
        kept = replace(self, screen=screen, cut_off=None)._without_withdrawn()
        news = _news(self.screen, screen)
        numbers = {call.number for call in news}
        waiting = tuple(call for call in kept.coming if call.number not in numbers)
        return replace(kept, coming=(*waiting, *news)).passed(now_s)

    def without_screen(self, moment: datetime, known: BoardScreen | None = None) -> "BoardState":
        """The office cannot be heard; what was called still stands there.

        A board that began in silence lists what is `known`, and takes none of it for a call of now.
        """
        if self.screen is None and known is not None:
            return replace(self, screen=known, previous=known.calls[:PREVIOUS], cut_off=moment)
        return self if self.cut_off else replace(self, cut_off=moment)

    def passed(self, now_s: float) -> "BoardState":
        """What time alone does: the next call comes, or the hall becomes quiet."""
        if self.standing is None:
            return self._next(now_s) if self.coming else self
        stood_s = now_s - self.standing.since_s
        if self.coming:
            enough_s = STANDS_IN_A_RUSH_S if len(self.coming) >= A_RUSH else STANDS_S
            return self._next(now_s) if stood_s >= enough_s else self
        return self._retired() if stood_s >= IDLE_AFTER_S else self

    def is_lit(self, now_s: float) -> bool:
        """Whether the border of the panel shines: it goes dark three times, half a second each, then stays."""
        if self.standing is None or not self.standing.is_news:
            return True
        stood_s = now_s - self.standing.since_s
        return stood_s >= PULSES or stood_s % 1.0 < 0.5

    def _begin(self, now_s: float) -> "BoardState":
        calls = self.screen.calls if self.screen else ()
        if not calls:
            return self
        return replace(self, standing=Standing(calls[0], now_s, is_news=False), previous=calls[1 : PREVIOUS + 1])

    def _next(self, now_s: float) -> "BoardState":
        call, *later = self.coming
        before = self._retired().previous
        return replace(
            self,
            standing=Standing(call, now_s),
            coming=tuple(later),
            previous=tuple(each for each in before if each.number != call.number),
        )

    def _retired(self) -> "BoardState":
        """The call on the panel joins the previous ones."""
        if self.standing is None:
            return self
        gone = self.standing.call
        others = tuple(each for each in self.previous if each.number != gone.number)
        return replace(self, standing=None, previous=(gone, *others)[:PREVIOUS])

    def _without_withdrawn(self) -> "BoardState":
        """Forget calls that were undone, and those of another day."""
        assert self.screen is not None
        calls = self.screen.calls
        oldest = calls[-1].ordinal if len(calls) > PREVIOUS else 0
        numbers = {call.number for call in calls}

        def still(call: BoardCall) -> bool:
            return call.number in numbers or call.ordinal < oldest

        return replace(
            self,
            standing=self.standing if self.standing and still(self.standing.call) else None,
            coming=tuple(filter(still, self.coming)),
            previous=tuple(filter(still, self.previous)),
        )


def _news(before: BoardScreen, now: BoardScreen) -> tuple[BoardCall, ...]:
    """The calls newer than the newest one known before, oldest first; a repeated call is a new one.

    An undone call makes older ones appear at the end of the list: they are no news.
    """
    known = set(before.calls)
    newest_known = max((call.ordinal for call in now.calls if call in known), default=0)
    return tuple(call for call in reversed(now.calls) if call.ordinal > newest_known and call not in known)
