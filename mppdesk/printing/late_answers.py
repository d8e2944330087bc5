"""How many answers may still come for sheets that were given up: none of them may confirm another sheet."""

_OF_AN_EARLIER_RUN = 3
_LOOKS_OF_A_MINUTE = 60


class LateAnswers:
    """All answers in print order are alike, and a printer that stood still gives them whenever it goes on.

    They come in the order asked. So a sheet is surely out when one answer more has come than could be for others, how
    slow the printer, the way to it or this computer may be. Each question is asked after the answer to the one before,
    so a sheet that is given up leaves one open at most.
    """

    def __init__(self) -> None:
        self.at_most = _OF_AN_EARLIER_RUN
        self._ready_looks: dict[object, int] = {}

    def allow_for_others(self) -> None:
        """Somebody else may have asked meanwhile, and left before the answers came."""
        self.at_most = max(self.at_most, _OF_AN_EARLIER_RUN)
        self._ready_looks.clear()

    def inherit(self, other: "LateAnswers") -> None:
        """What the printer owed elsewhere may be said here."""
        self.at_most = max(self.at_most, other.at_most)
        self._ready_looks.clear()

    def add_one(self) -> None:
        """A sheet with its question was given up."""
        self.at_most += 1
        self._ready_looks.clear()

    def look(self, by: object, *, is_ready: bool) -> None:
        """A printer that was ready each second of a minute has worked off all that it held: nothing is to come.

        The looks of one worker count, who looks once in a second: those of several do not make a minute shorter.
        """
        if not is_ready:
            self._ready_looks.clear()
            return
        looks = self._ready_looks[by] = self._ready_looks.get(by, 0) + 1
        if looks >= _LOOKS_OF_A_MINUTE:
            self.at_most = 0
