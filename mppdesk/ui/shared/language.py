"""The languages a window speaks: Indonesian by itself, others from `resources/texts/<code>.po`."""

from functools import cache

import polib

from mppdesk.config import resource
from mppdesk.texts import Text, render

INDONESIAN = "id"


@cache
def translations(code: str) -> dict[str, str]:
    """The finished sentences of a language by their Indonesian source; none for Indonesian.

    Raises:
        FileNotFoundError: the program does not speak this language.
        OSError: the file is damaged.
    """
    if code == INDONESIAN:
        return {}
    catalogue = polib.pofile(str(resource(f"texts/{code}.po")))
    return {entry.msgid: entry.msgstr for entry in catalogue if entry.translated()}


class Language:
    """One language; a sentence without a translation is shown in Indonesian rather than not at all."""

    def __init__(self, code: str = INDONESIAN) -> None:
        self.code = code
        self._sentences = translations(code)

    def show(self, text: Text) -> str:
        """The sentence in this language, its places filled."""
        return render(text, lambda source: self._sentences.get(source, source))
