"""The keys of one mapping that a person wrote, taken one by one; whatever is wrong goes to the log with its place.

A field that cannot be used gives an empty value, so that the rest is still read and every problem is told at once.
A line break within a text counts as a space: what is read here stands on one line of a slip or a list.
"""

import re
from collections.abc import Collection, Iterator
from typing import Any

from mppdesk.integrations.problems import ProblemLog
from mppdesk.texts import Text, msg

LONGEST_TEXT = 4000
HIGHEST_COUNT = 10**15
# A control character would be a command to a printer, a change of writing direction shows another text than stands
# there, and a lone half of a surrogate pair cannot be stored.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_LINE_BREAK = re.compile("[\t\n\x85\u2028\u2029]")


class Fields:
    """One mapping at `path`; `close` tells which keys nobody asked for."""

    def __init__(self, value: Any, path: str, log: ProblemLog) -> None:
        self.path = path
        self.log = log
        self._asked: set[str] = set()
        self._value: dict[Any, Any] = value if isinstance(value, dict) else {}
        self.is_mapping = isinstance(value, dict)
        if not self.is_mapping:
            log.error(path, msg("Di sini seharusnya ada kunci dan nilai, bukan {value}.", value=_shown(value)))

    def place(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key

    def text(self, key: str) -> str:
        """A text that must be there."""
        if self._required(key):
            return self._text(key, self._value[key])
        return ""

    def optional_text(self, key: str) -> str | None:
        value = self._optional(key)
        return None if value is None else self._text(key, value) or None

    def count(self, key: str, lowest: int = 0, highest: int = HIGHEST_COUNT) -> int:
        """A whole number that must be there."""
        if self._required(key):
            return self._count(key, self._value[key], lowest, highest)
        return lowest

    def optional_count(self, key: str, lowest: int = 0, highest: int = HIGHEST_COUNT) -> int | None:
        value = self._optional(key)
        return None if value is None else self._count(key, value, lowest, highest)

    def boolean(self, key: str) -> bool:
        """true or false, which must be there."""
        value = self._value[key] if self._required(key) else False
        if isinstance(value, bool):
            return value
        self.error(key, msg("Tulis true atau false, bukan {value}.", value=_shown(value)))
        return False

    def choice(self, key: str, known: Collection[str]) -> str:
        """One of the known words; the first of them where it is none."""
        word = self.text(key)
        if word in known:
            return word
        if word:
            sentence = msg("{word} tidak dikenal; pilih: {known}.", word=_shown(word), known=", ".join(known))
            self.error(key, sentence)
        return next(iter(known))

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; missing is empty."""
        found = [self._text(f"{key}[{number}]", each) for number, each in enumerate(self._list(key))]
        return tuple(each for each in found if each)

    def counts(self, key: str, lowest: int, highest: int) -> tuple[int, ...]:
        """A list of whole numbers; missing is empty."""
        listed = enumerate(self._list(key))
        return tuple(self._count(f"{key}[{number}]", each, lowest, highest) for number, each in listed)

    def part(self, key: str) -> "Fields | None":
        """A mapping inside; None when it is missing or null."""
        value = self._optional(key)
        return None if value is None else Fields(value, self.place(key), self.log)

    def required_part(self, key: str) -> "Fields":
        """A mapping inside that must be there; an empty one where it is not."""
        if self._required(key):
            return Fields(self._value[key], self.place(key), self.log)
        return Fields({}, self.place(key), _Unheard(self.log.file))

    def each(self, key: str) -> Iterator["Fields"]:
        """The mappings of a list; what is no mapping is told and left out."""
        for number, value in enumerate(self._list(key)):
            fields = Fields(value, self.place(f"{key}[{number}]"), self.log)
            if fields.is_mapping:
                yield fields

    def names(self) -> tuple[str, ...]:
        """All keys that are text, for mappings whose keys are names of something."""
        return tuple(key for key in self._value if isinstance(key, str))

    def has(self, key: str) -> bool:
        return self._value.get(key) is not None

    def ignore(self, *keys: str) -> None:
        """Know keys that the program has no use for."""
        self._asked.update(keys)

    def error(self, key: str, sentence: Text) -> None:
        """Log an error of a key that only the caller can judge."""
        self.log.error(self.place(key), sentence)

    def warning(self, key: str, sentence: Text) -> None:
        """Log a warning of a key."""
        self.log.warning(self.place(key), sentence)

    def close(self) -> None:
        """Warn of keys that nobody asked for: a typing mistake hides there."""
        for key in self._value:
            if key not in self._asked:
                self.log.warning(self.path, msg("Kunci {key} tidak dikenal dan diabaikan.", key=_shown(key)))

    def _optional(self, key: str) -> Any:
        self._asked.add(key)
        return self._value.get(key)

    def _required(self, key: str) -> bool:
        if self._optional(key) is not None:
            return True
        if self.is_mapping:
            self.error(key, msg("Kunci {key} wajib diisi.", key=key))
        return False

    def _list(self, key: str) -> list[Any]:
        value = self._optional(key)
        if value is None or isinstance(value, list):
            return value or []
        self.error(
            key, msg("Di sini seharusnya ada daftar (baris dengan tanda -), bukan {value}.", value=_shown(value))
        )
        return []

    def _text(self, key: str, value: Any) -> str:
        if not isinstance(value, str):
            self.error(key, msg("Di sini seharusnya ada teks, bukan {value}.", value=_shown(value)))
        elif not value.strip():
            self.error(key, msg("Teks di sini kosong."))
        elif _UNPRINTABLE.search(value):
            self.error(key, msg("Teks berisi karakter kendali yang tidak boleh dicetak."))
        elif len(value) > LONGEST_TEXT:
            self.error(key, msg("Teks terlalu panjang: {count} huruf.", count=len(value)))
        else:
            return " ".join(line.strip() for line in _LINE_BREAK.split(value) if line.strip())
        return ""

    def _count(self, key: str, value: Any, lowest: int, highest: int) -> int:
        if isinstance(value, bool) or not isinstance(value, int):
            self.error(key, msg("Di sini seharusnya ada bilangan bulat, bukan {value}.", value=_shown(value)))
        elif not lowest <= value <= highest:
            sentence = "Bilangan {value} di luar batas {lowest} sampai {highest}."
            self.error(key, msg(sentence, value=value, lowest=lowest, highest=highest))
        else:
            return value
        return lowest


class _Unheard(ProblemLog):
    """A log whose problems nobody reads: what is missing as a whole is told once, not key by key."""


def _shown(value: Any) -> str:
    """A value as a person may recognise it, never more than a few words of it."""
    if value is None:
        return "kosong"
    if isinstance(value, dict | list):
        return "daftar" if isinstance(value, list) else "pasangan kunci"
    text = _UNPRINTABLE.sub("?", str(value).lower() if isinstance(value, bool) else str(value))
    return f'"{text[:40]}..."' if len(text) > 40 else f'"{text}"'
