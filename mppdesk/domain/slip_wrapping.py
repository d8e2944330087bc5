"""Text for a thermal printer: ASCII only, wrapped at words to a number of columns."""

import textwrap
import unicodedata

_SPELLED_OUT = str.maketrans(
    {
        "‘": "'", "’": "'", "‚": "'", "‛": "'", "ʼ": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"',
        "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "―": "-", "−": "-", "·": "-", "•": "-",
        "×": "x", "ß": "ss", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O",
        "đ": "d", "Đ": "D", "ł": "l", "Ł": "L", "ı": "i", "€": "EUR",
    }
)  # fmt: skip


def ascii_text(text: str) -> str:
    """Spell a text in printable ASCII on one line; control characters vanish, unknown letters become `?`."""
    spelled = unicodedata.normalize("NFKD", text.translate(_SPELLED_OUT)).translate(_SPELLED_OUT)
    return " ".join("".join(map(_ascii_character, spelled)).split())


def _ascii_character(character: str) -> str:
    if character.isspace():
        return " "
    if unicodedata.category(character)[0] in "CM":
        return ""
    return character if character.isascii() else "?"


def wrap(text: str, columns: int, first: str = "", later: str = "") -> tuple[str, ...]:
    """Wrap at words, with `first` before the first line and `later` before the others.

    Only a word that is too long for a line is cut. An empty text gives no line, unless `first` has something to say.
    """
    words = ascii_text(text)
    if not words:
        return (first.rstrip(),) if first.strip() else ()
    lines = textwrap.wrap(words, columns, initial_indent=first, subsequent_indent=later, break_on_hyphens=False)
    return tuple(lines)


def cut(text: str, columns: int) -> str:
    """Shorten to what fits on one line, at a word where there is one."""
    lines = wrap(text, columns)
    return lines[0] if lines else ""


def flow(first: str, items: tuple[str, ...], columns: int, indent: str = "    ") -> tuple[str, ...]:
    """Set items one after another behind `first`; what no longer fits on the line starts the next one."""
    lines = list(wrap(first, columns))
    joint = " "
    for item in map(ascii_text, items):
        if lines and len(lines[-1]) + len(joint) + len(item) <= columns:
            lines[-1] += joint + item
        else:
            lines.extend(wrap(item, columns, later=indent))
        joint = ", "
    return tuple(lines)
