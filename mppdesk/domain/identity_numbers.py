"""Identity numbers as they are typed: what looks wrong about them, in words; a warning never blocks.

Structures: NIK by Permendagri practice (province, regency, district, date of birth with women's day + 40, serial; no
check digit), NPWP by PMK 112/2022, NIB by the OSS, phone numbers by the Indonesian numbering plan.
"""

import re
from datetime import date

from mppdesk.texts import Text, msg

# Kode wilayah of the provinces; 92-96 are Papua since its division. A table, since provinces are founded.
PROVINCES = frozenset(
    f"{code}"
    for first, last in ((11, 19), (21, 21), (31, 36), (51, 53), (61, 65), (71, 76), (81, 82), (91, 96))
    for code in range(first, last + 1)
)
NIK_DIGITS = 16
KK_DIGITS = 16
NIB_DIGITS = 13
_OLD_NPWP_DIGITS = 15
_NPWP_DIGITS = 16
_WOMEN_DAY_SHIFT = 40
_SEPARATORS = re.compile(r"[\s.\-/()]+")
_MOBILE = re.compile(r"8[0-9]{8,11}")
_LANDLINE = re.compile(r"[2-79][0-9]{7,10}")


def check_nik(text: str, provinces: frozenset[str] = PROVINCES) -> tuple[Text, ...]:
    """Say what looks wrong about a NIK; empty when nothing does."""
    digits = compact(text)
    if wrong := _digits_warning(digits, NIK_DIGITS, "NIK"):
        return wrong
    warnings = []
    if digits[:2] not in provinces:
        warnings.append(msg("Kode provinsi {code} pada NIK tidak dikenal.", code=digits[:2]))
    if not _holds_a_birth_date(digits[6:12]):
        warnings.append(msg("Tanggal lahir di dalam NIK bukan tanggal yang ada."))
    if digits[12:] == "0000":
        warnings.append(msg("Nomor urut NIK tidak boleh 0000."))
    return tuple(warnings)


def check_kk(text: str) -> tuple[Text, ...]:
    """Say what looks wrong about a family card's number: only its length is certain."""
    return _digits_warning(compact(text), KK_DIGITS, msg("Nomor KK"))


def check_nib(text: str) -> tuple[Text, ...]:
    """Say what looks wrong about a business number."""
    return _digits_warning(compact(text), NIB_DIGITS, "NIB")


def check_npwp(text: str) -> tuple[Text, ...]:
    """Say what looks wrong about a tax number of 15 or 16 digits, dots and dashes allowed."""
    if normalised_npwp(text) is not None:
        return ()
    return (msg("NPWP seharusnya 15 atau 16 angka, ini {count} karakter.", count=len(compact(text))),)


def check_phone(text: str) -> tuple[Text, ...]:
    """Say what looks wrong about a mobile number."""
    normalised = normalised_phone(text)
    if normalised is None:
        return (msg("Nomor ponsel seharusnya 08xx atau +628xx, 10-13 angka."),)
    if not normalised.startswith("+628"):
        return (msg("Ini nomor telepon tetap, bukan nomor ponsel."),)
    return ()


def normalised_phone(text: str) -> str | None:
    """Bring a mobile or landline number to +62...; None for anything else."""
    compacted = compact(text)
    for start in ("+62", "62", "0"):
        if compacted.startswith(start):
            rest = compacted.removeprefix(start).removeprefix("0")
            return f"+62{rest}" if _MOBILE.fullmatch(rest) or _LANDLINE.fullmatch(rest) else None
    return None


def normalised_npwp(text: str) -> str | None:
    """Bring a tax number to the 16 digits in use since PMK 112/2022 (0 before the old 15); None for anything else."""
    digits = compact(text)
    if not is_digits(digits) or len(digits) not in (_OLD_NPWP_DIGITS, _NPWP_DIGITS):
        return None
    return digits.rjust(_NPWP_DIGITS, "0")


def compact(text: str) -> str:
    """Drop the spaces, dots, dashes and brackets that people write between the digits."""
    return _SEPARATORS.sub("", text)


def is_digits(text: str) -> bool:
    """Whether the text is made of the digits 0-9 alone (`str.isdigit` also takes other scripts and powers)."""
    return text.isascii() and text.isdigit()


def _digits_warning(digits: str, length: int, name: str | Text) -> tuple[Text, ...]:
    if digits and not is_digits(digits):
        return (msg("{name} hanya boleh berisi angka.", name=name),)
    if len(digits) != length:
        return (msg("{name} seharusnya {length} angka, ini {count}.", name=name, length=length, count=len(digits)),)
    return ()


def _holds_a_birth_date(six: str) -> bool:
    day, month, year = int(six[:2]), int(six[2:4]), int(six[4:])
    if day > _WOMEN_DAY_SHIFT:
        day -= _WOMEN_DAY_SHIFT
    return any(_is_date(century + year, month, day) for century in (1900, 2000))


def _is_date(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True
