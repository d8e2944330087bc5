"""One answer to a question of the window, and what it does; free of Qt."""

from collections.abc import Callable
from dataclasses import dataclass

from mppdesk.texts import Text


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer and what it does; `note` says more in small letters."""

    words: Text
    run: Callable[[], None]
    note: Text | None = None
    is_usable: bool = True
