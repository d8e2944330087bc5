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
        self._ready_looks = 0

    def allow_for_others(self) -> None:
        """Somebody else may have asked meanwhile, and left before the answers came."""
        self.at_most = max(self.at_most, _OF_AN_EARLIER_RUN)
        self._ready_looks = 0

    def add_one(self) -> None:
        """A sheet with its question was given up."""
        self.at_most += 1
        self._ready_looks = 0

    def look(self, *, is_ready: bool) -> None:
        """A printer that was ready each second of a minute has worked off all that it held: nothing is to come."""
        self._ready_looks = self._ready_looks + 1 if is_ready else 0
        if self._ready_looks >= _LOOKS_OF_A_MINUTE:
            self.at_most = 0
