"""What a verb says: sentences on stderr, and with --json exactly one object on stdout."""

import json
import sys
from collections.abc import Mapping
from typing import Any

from mppdesk.domain.errors import ClerkError
from mppdesk.texts import Text

DONE, WRONG_USE, REFUSED = 0, 2, 3


class Output:
    """Sentences go to stdout for a person, to stderr beside the object of --json."""

    def __init__(self, *, as_json: bool) -> None:
        self._as_json = as_json

    def say(self, sentence: Text | str) -> None:
        stream = sys.stderr if self._as_json else sys.stdout
        print(str(sentence), file=stream, flush=True)

    def warn(self, sentence: Text | str) -> None:
        print(str(sentence), file=sys.stderr, flush=True)

    def result(self, value: Mapping[str, Any]) -> None:
        """The one object of the verb; nothing without --json."""
        if self._as_json:
            print(json.dumps(value, ensure_ascii=False), flush=True)

    def refused(self, error: ClerkError, **found: Any) -> int:
        """Say what happened and what to do; what was found stands beside it in the object."""
        happened, to_do = str(error.what_happened), str(error.what_to_do)
        print(f"{happened}\n{to_do}", file=sys.stderr, flush=True)
        self.result({**found, "refused": {"what_happened": happened, "what_to_do": to_do}})
        return REFUSED
