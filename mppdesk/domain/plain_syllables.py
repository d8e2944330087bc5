"""Words in the old scripts of Indonesia, whose letters are syllables, in plain Latin letters.

A letter holds the vowel a, until a sign changes or kills it; Unicode names letters and signs by their sounds or by what
they are called at home. Sources: The Unicode Standard 14.0, chapter 17 (Javanese, Balinese, Sundanese, Batak, Buginese,
Rejang, Makasar); Pedoman Penulisan Aksara Jawa (1996).
"""

import unicodedata
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

_SCRIPTS = frozenset({"JAVANESE", "BALINESE", "SUNDANESE", "BATAK", "BUGINESE", "REJANG", "MAKASAR"})
_DIALECTS = frozenset({"SIMALUNGUN", "MANDAILING", "KARO", "PAKPAK", "SOUTHERN", "NORTHERN"})
_LETTERS = {
    "PA CEREK": "re", "NGA LELET": "le", "NGA LELET RASWADI": "le", "RA REPA": "re", "LA LENGA": "le",
    "FINAL K": "k", "FINAL M": "m", "TTA": "tha", "DDA": "dha", "VA": "wa", "AE": "e",
}  # fmt: skip
_VOWELS = {
    "TARUNG": "a", "TOLONG": "o", "WULU": "i", "SUKU": "u", "TALING": "e", "DIRGA": "ai", "PEPET": "e",
    "TEDUNG": "a", "ULU": "i", "RA": "re", "LA": "le",
    "PANGHULU": "i", "PANYUKU": "u", "PANAELAENG": "e", "PANOLONG": "o", "PAMEPET": "e", "PANEULEUNG": "eu",
    "A": "a", "I": "i", "U": "u", "E": "e", "O": "o", "AE": "e", "EE": "e", "AI": "ai", "AU": "au", "EU": "eu",
    "EA": "ea",
}  # fmt: skip
_VOWELS_OF_TWO_SIGNS = {"TALING TEDUNG": "o", "TALING REPA": "ai", "TALING REPA TEDUNG": "au"}
_WITHIN = {"PENGKAL": "y", "CAKRA": "r", "PAMINGKAL": "y", "PANYAKRA": "r", "PANYIKU": "l"}
_AT_THE_END = {
    "CECAK": "ng", "LAYAR": "r", "WIGNYAN": "h", "PANYANGGA": "ng", "CECEK": "ng", "SURANG": "r", "BISAH": "h",
    "ULU RICEM": "m", "ULU CANDRA": "m", "PANYECEK": "ng", "PANGLAYAR": "r", "PANGWISAD": "h",
    "NG": "ng", "H": "h", "N": "n", "R": "r",
}  # fmt: skip
_KILLERS = frozenset({"PANGKON", "ADEG ADEG", "SIGN PAMAAEH", "SIGN VIRAMA", "VIRAMA", "PANGOLAT", "PANONGONAN"})


class _Place(Enum):
    """Where the sound of a sign goes."""

    NEW = "a syllable of its own"
    VOWEL = "instead of the vowel"
    WITHIN = "before the vowel"
    END = "behind the vowel"


@dataclass(frozen=True, slots=True)
class _Sound:
    place: _Place
    letters: str


def plain_syllables(text: str) -> str:
    """Write what is in these scripts in plain letters; every other sign stays as it is."""
    syllables: list[str] = []
    goes_on = False  # signs change the syllable before them, and nothing else
    for sign in text:
        sound = _sound_of(sign)
        if sound is not None and goes_on and sound.place is not _Place.NEW:
            syllables[-1] = _changed(syllables[-1], sound)
        else:
            syllables.append(sign if sound is None else sound.letters)
        goes_on = sound is not None
    return "".join(syllables)


def _changed(syllable: str, sound: _Sound) -> str:
    body = syllable.rstrip("aiueo")
    vowel = syllable[len(body) :]
    match sound.place:
        case _Place.VOWEL if sound.letters == "a" and vowel in ("e", "ai"):  # taling and tarung around a letter
            return body + {"e": "o", "ai": "au"}[vowel]
        case _Place.VOWEL:
            return body + sound.letters
        case _Place.WITHIN:
            return body + sound.letters + vowel
        case _:
            return syllable + sound.letters


@lru_cache(maxsize=512)
def _sound_of(sign: str) -> _Sound | None:
    """What a sign of these scripts sounds like; None for any other sign, and for one that has no sound."""
    script, _, name = unicodedata.name(sign, "").partition(" ")
    if script not in _SCRIPTS:
        return None
    if name in _KILLERS:
        return _Sound(_Place.VOWEL, "")
    kind, _, called = name.replace("VOWEL SIGN", "VOWEL").replace("CONSONANT SIGN", "SIGN").partition(" ")
    words = [word for word in called.split() if word not in _DIALECTS]
    if not words:
        return None
    match kind:
        case "LETTER":
            return _Sound(_Place.NEW, _letter(called, words[0]))
        case "VOWEL":
            letters = _VOWELS_OF_TWO_SIGNS.get(called, _VOWELS.get(words[0], ""))
            return _Sound(_Place.VOWEL, letters)
        case "SIGN":
            return _consonant(called)
        case _:
            return None


def _letter(called: str, first: str) -> str:
    """A letter by its own name, else by the first word of it; AKARA is a, IKARA is i."""
    return _LETTERS.get(called) or _LETTERS.get(first) or first.removesuffix("KARA").lower()


def _consonant(called: str) -> _Sound | None:
    if called == "KERET":
        return _Sound(_Place.VOWEL, "re")
    if called in _WITHIN:
        return _Sound(_Place.WITHIN, _WITHIN[called])
    return _Sound(_Place.END, _AT_THE_END[called]) if called in _AT_THE_END else None
