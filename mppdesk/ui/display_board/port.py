"""What the display board needs from the program around it."""

from typing import Protocol

from mppdesk.operations.readings import BoardScreen


class BoardPort(Protocol):
    """The calls of the day as the hall may see them; called off the GUI thread."""

    def screen(self) -> BoardScreen:
        """The last calls, newest first.

        Raises:
            ClerkError: the office's data cannot be read now.
        """
