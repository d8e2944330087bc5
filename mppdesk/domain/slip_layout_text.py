"""Words on a narrow paper: plain ASCII, wrapped at words, never wider than the paper.

Slips speak Indonesian only: they are documents of a government office. Thermal printers agree on nothing beyond ASCII,
so every sign is turned into it here, by rule, before a printer can turn it into something else.
"""

import textwrap
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

from mppdesk.domain.plain_letters import plain_letters
from mppdesk.domain.plain_syllables import plain_syllables
from mppdesk.domain.slip import Align, Line, Pair, Part

WIDE_COLUMNS = 48
ROOMY_COLUMNS = 42
"""Of 80 mm paper on a coarser head; from here on a slip has all its parts, below its short form."""
# Headings, services and papers to bring come again on every slip, and laying them out is most of a ticket's work.
_KEPT = 2048
_SIGNS = {
    "‘": "'", "’": "'", "‚": "'", "‛": "'", "ʼ": "'", "ʻ": "'", "′": "'", "`": "'",
    "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "″": '"',
    "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "―": "-", "−": "-", "•": "-", "·": "-", "ー": "-", "・": " ",
    "×": "x", "⁄": "/", "€": "EUR", "ß": "ss", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE",
    "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ł": "l", "Ł": "L", "þ": "th", "Þ": "Th", "ð": "d", "Ð": "D", "ı": "i",
}  # fmt: skip


def ascii_text(text: str) -> str:
    """Turn any text into one line of printable ASCII: é to e, я to ia, ꦏꦶ to ki, curly quotes to straight, else `?`."""
    if text.isascii() and text.isprintable() and "`" not in text:
        return " ".join(text.split())
    composed = plain_syllables(unicodedata.normalize("NFC", text))
    return " ".join("".join(map(_ascii_sign, composed)).split())


@lru_cache(maxsize=_KEPT)
def wrapped(text: str, columns: int, *, first: str = "", hang: int = 0) -> tuple[str, ...]:
    """Break a text into lines; `first` opens the first line, `hang` spaces open the others."""
    plain = ascii_text(text)
    if len(first) + len(plain) <= columns:
        return (first + plain,) if plain else ()
    lines = textwrap.wrap(
        plain,
        columns,
        initial_indent=first,
        subsequent_indent=" " * hang,
        break_on_hyphens=False,
    )
    return tuple(lines)


def paragraph(text: str, columns: int, *, first: str = "", hang: int = 0, align: Align = Align.LEFT) -> list[Part]:
    """Lay a text as lines of normal size."""
    return [Line(line, align) for line in wrapped(text, columns, first=first, hang=hang)]


def big(text: str, size: int, columns: int) -> list[Part]:
    """One centred bold line as big as asked, or as the paper allows; a text longer than the paper wraps."""
    fitting = max(1, min(size, columns // max(1, len(ascii_text(text)))))
    return [Line(line, Align.CENTER, fitting, bold=True) for line in wrapped(text, columns // fitting)]


def edges(left: str, right: str, columns: int) -> list[Part]:
    """Two texts at both edges; on two lines where one does not hold them."""
    left, right = ascii_text(left), ascii_text(right)
    if len(left) + 1 + len(right) <= columns:
        return [Pair(left, right)]
    return [*paragraph(left, columns), *paragraph(right, columns, align=Align.RIGHT)]


def packed(items: Sequence[str], columns: int, *, first: str = "", between: str = ", ") -> tuple[str, ...]:
    """Put as many items on a line as fit; an item that does not fit opens a new line, and wraps only there."""
    lines = [first]
    for item in map(ascii_text, items):
        opens = lines[-1] == first and len(lines) == 1
        joined = lines[-1] + item if opens else lines[-1] + between + item
        if len(joined) <= columns:
            lines[-1] = joined
        elif opens:
            lines = list(wrapped(joined, columns))
        else:
            lines.extend(wrapped(item, columns))
    return tuple(line for line in lines if line)


def sentence(text: str) -> str:
    """End a text with one full stop."""
    return ascii_text(text).rstrip(". ") + "."


def alternatives(items: Iterable[str]) -> str:
    """Join to "a, b atau c"."""
    *head, last = items
    return f"{', '.join(head)} atau {last}" if head else last


@lru_cache(maxsize=_KEPT)
def _ascii_sign(sign: str) -> str:
    """One sign by our own rules, else by its letters, else by what Unicode says it is made of."""
    if sign in _SIGNS:
        return _SIGNS[sign]
    if " " <= sign <= "~":
        return sign
    if sign.isspace():
        return " "
    if sign.isdecimal():
        return str(unicodedata.decimal(sign))
    if (letters := plain_letters(sign)) is not None:
        return letters
    parts = unicodedata.normalize("NFKD", sign)
    if parts != sign:
        return "".join(map(_ascii_sign, parts))
    # Marks fall off their letter; control and format signs would be commands to a printer.
    return "" if unicodedata.category(sign)[0] in "MC" else "?"
