"""What a verb says: sentences on stderr, and with --json exactly one object on stdout."""

import sys
from collections.abc import Mapping
from typing import Any
from unicodedata import category

from mppdesk.domain.errors import ClerkError
from mppdesk.texts import Text

DONE, WRONG_USE, REFUSED = 0, 2, 3
STOPPED = 130
"""Ctrl-C, as shells report it."""
_UNSEEN = ("Cc", "Cf", "Cs", "Zl", "Zp")


class Output:
    """Sentences go to stdout for a person, to stderr beside the object of --json."""

    def __init__(self, *, as_json: bool) -> None:
        self._as_json = as_json

    def say(self, sentence: Text | str) -> None:
        stream = sys.stderr if self._as_json else sys.stdout
        print(_one_line(sentence), file=stream, flush=True)

    def warn(self, sentence: Text | str) -> None:
        print(_one_line(sentence), file=sys.stderr, flush=True)

    def result(self, value: Mapping[str, Any]) -> None:
        """The one object of the verb; nothing without --json."""
        if self._as_json:
            import json  # the first window does not wait for it

            print(json.dumps(value, ensure_ascii=False), flush=True)

    def refused(self, error: ClerkError, **found: Any) -> int:
        """Say what happened and what to do; what was found stands beside it in the object."""
        from mppdesk.cli.ways import with_verbs  # no office refuses anything before the first window

        happened, to_do = with_verbs(error.what_happened), with_verbs(error.what_to_do)
        self.warn(happened)
        self.warn(to_do)
        self.result({**found, "refused": {"what_happened": happened, "what_to_do": to_do}})
        return REFUSED


def _one_line(sentence: Text | str) -> str:
    """What people typed may hold line ends and commands to the terminal; a forged line must not look like history."""
    signs = ("\N{REPLACEMENT CHARACTER}" if category(sign) in _UNSEEN else sign for sign in str(sentence))
    return "".join(signs)
