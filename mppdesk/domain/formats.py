"""Dates, times, numbers and money as Indonesians write them."""

from datetime import date, datetime

DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
MONTHS = (
    "Januari", "Februari", "Maret", "April", "Mei", "Juni",
    "Juli", "Agustus", "September", "Oktober", "November", "Desember",
)  # fmt: skip
# The three zones of the country (Keppres 41/1987); a zone outside them is shown by its offset.
_ZONE_NAMES = {7 * 60: "WIB", 8 * 60: "WITA", 9 * 60: "WIT"}


def long_date(day: date) -> str:
    """21 November 2026."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def full_date(day: date) -> str:
    """Senin, 23 November 2026."""
    return f"{DAYS[day.weekday()]}, {long_date(day)}"


def short_date(day: date) -> str:
    """Sen 23-11-2026, for narrow slips."""
    return f"{DAYS[day.weekday()][:3]} {day:%d-%m-%Y}"


def list_date(day: date) -> str:
    """Sen, 30 Nov 2026, for lists on the screen."""
    return f"{DAYS[day.weekday()][:3]}, {day.day} {MONTHS[day.month - 1][:3]} {day.year}"


def numeric_date(day: date) -> str:
    """12-08-2026."""
    return f"{day:%d-%m-%Y}"


def clock_time(moment: datetime) -> str:
    """09.18."""
    return f"{moment.hour:02}.{moment.minute:02}"


def zone_name(moment: datetime) -> str:
    """WIB, WITA or WIT, by the offset of the moment."""
    offset = moment.utcoffset()
    if offset is None:
        raise ValueError("a moment without a zone has no zone name")
    minutes = int(offset.total_seconds() // 60)
    return _ZONE_NAMES.get(minutes, f"UTC{minutes // 60:+d}")


def rupiah(amount: int) -> str:
    """Rp10.000."""
    return f"Rp{amount:,}".replace(",", ".")


def thousands(number: int) -> str:
    """105.000."""
    return f"{number:,}".replace(",", ".")


def masked_nik(nik: str) -> str:
    """9999********0001; anything that is not 16 digits is masked whole."""
    if len(nik) != 16 or not nik.isdigit():
        return "*" * len(nik)
    return f"{nik[:4]}********{nik[-4:]}"
