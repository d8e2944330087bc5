"""Letters of other scripts in plain Latin ones, so that a name on paper can be told from another.

Sources: Keputusan Bersama Menteri Agama dan Menteri P dan K 158/1987 and 0543b/U/1987 (Arabic, without the marks that
ASCII has not; Jawi letters as they sound), ISO/R 9 as passports write it (Cyrillic, ICAO 9303 part 3), ISO 843 (Greek).
Signs of sounds, Japanese kana and Korean syllables, bear their sound in their Unicode name. Chinese signs have no one
sound and stay unknown.
"""

import re
import unicodedata
from functools import lru_cache

_ARABIC = {
    "ا": "a", "ب": "b", "ت": "t", "ث": "s", "ج": "j", "ح": "h", "خ": "kh", "د": "d", "ذ": "z", "ر": "r", "ز": "z",
    "س": "s", "ش": "sy", "ص": "s", "ض": "d", "ط": "t", "ظ": "z", "ع": "'", "غ": "g", "ف": "f", "ق": "q", "ك": "k",
    "ل": "l", "م": "m", "ن": "n", "و": "w", "ه": "h", "ء": "'", "ي": "y", "ى": "a", "ة": "h", "ٱ": "a",
    "چ": "c", "ڠ": "ng", "ڬ": "g", "ݢ": "g", "گ": "g", "ڤ": "p", "پ": "p", "ڽ": "ny", "ۏ": "v", "ک": "k", "ی": "y",
    "ژ": "zh",
}  # fmt: skip
_CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "e", "ж": "zh", "з": "z", "и": "i", "й": "i",
    "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f",
    "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "ie", "ы": "y", "ь": "", "э": "e", "ю": "iu",
    "я": "ia", "і": "i", "ї": "i", "є": "ie", "ґ": "g", "ђ": "d", "ј": "j", "љ": "lj", "њ": "nj", "ћ": "c", "џ": "dz",
}  # fmt: skip
_GREEK = {
    "α": "a", "β": "v", "γ": "g", "δ": "d", "ε": "e", "ζ": "z", "η": "i", "θ": "th", "ι": "i", "κ": "k", "λ": "l",
    "μ": "m", "ν": "n", "ξ": "x", "ο": "o", "π": "p", "ρ": "r", "σ": "s", "ς": "s", "τ": "t", "υ": "y", "φ": "f",
    "χ": "ch", "ψ": "ps", "ω": "o",
}  # fmt: skip
_LETTERS = _ARABIC | _CYRILLIC | _GREEK
_sounds_as_named = re.compile(r"(?:HIRAGANA|KATAKANA) LETTER (?:SMALL )?([A-Z]+)|HANGUL SYLLABLE ([A-Z]+)").fullmatch


@lru_cache(maxsize=1024)
def plain_letters(sign: str) -> str | None:
    """The plain letters of one letter of another script, capital where it is; None for any other sign."""
    small = sign.lower()
    if small in _LETTERS:
        found = _LETTERS[small]
        return found if small == sign else found.capitalize()
    named = _sounds_as_named(unicodedata.name(sign, ""))
    return (named[1] or named[2]).lower() if named else None
