"""The rules of a requirement that a program can check; each explains itself in a sentence and none ever blocks."""

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from mppdesk.domain import identity_numbers
from mppdesk.domain.catalog import Validity
from mppdesk.domain.formats import numeric_date, rupiah
from mppdesk.texts import Text, msg

ISSUE_DATE = "issue_date"
EXPIRY_DATE = "expiry_date"
LIFELONG = "seumur hidup"
_DATE_SIGNS = re.compile("[/.]")
_YEAR = re.compile("[12][0-9]{3}")

Value = date | str | None


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule says about a paper. `is_fine` is None where only a person can tell, or a field is still empty.

    `title` is short ("lewat 11 hari"), `sentence` gives the reason, `rule_text` the rule in words; `needs` names the
    field to ask for: issue_date, expiry_date, nik, kk, npwp, nib, phone, or None.
    """

    is_fine: bool | None
    title: Text
    sentence: Text
    rule_text: Text
    needs: str | None = None


@dataclass(frozen=True, slots=True)
class _Verdict:
    is_fine: bool | None
    title: Text
    sentence: Text


def check(validity: Validity, value: Value, today: date) -> Finding:
    """Judge a value typed from the paper: a date, a number as text, or None where nothing was typed yet. Never raises.

    A date may also be text (12-08-2026 or 2026-08-12), or "seumur hidup" where the paper never expires.
    """
    rule = _RULES.get(validity.rule)
    if rule is None:
        return Finding(None, msg("periksa sendiri"), _unknown(validity), rule_text(validity))
    verdict = rule.judge(validity, value, today)
    return Finding(verdict.is_fine, verdict.title, verdict.sentence, rule_text(validity), rule.needs)


def is_known(rule: str) -> bool:
    """Tell whether this version of the program knows the rule."""
    return rule in _RULES


def rule_text(validity: Validity) -> Text:
    """Say the rule in words: the catalogue's own, else ours."""
    if validity.text:
        return msg("{rule}", rule=validity.text)
    rule = _RULES.get(validity.rule)
    return rule.in_words(validity) if rule else _unknown(validity)


def add_months(day: date, months: int) -> date:
    """Go calendar months forth or back; 31 January + 1 is the last of February, and the calendar's ends are kept."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    if year < date.min.year:
        return date.min
    if year > date.max.year:
        return date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def as_date(value: Value) -> date | None:
    """Read a date written as 2026-08-12 or 12-08-2026, with slashes or dots too; None for anything else."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date) or value is None:
        return value
    for form in ("%Y-%m-%d", "%d-%m-%Y"):
        try:
            return datetime.strptime(_DATE_SIGNS.sub("-", value.strip()), form).date()  # noqa: DTZ007 - a date on paper has no zone
        except ValueError:
            continue
    return None


def _unknown(validity: Validity) -> Text:
    return msg("Aturan {rule} belum dikenal program ini; petugas yang memeriksa.", rule=validity.rule)


def _max_age(validity: Validity, value: Value, today: date) -> _Verdict:
    issued, months = as_date(value), validity.months
    if issued is None or months is None:
        return _ask_date(value, months)
    if issued > today:
        return _Verdict(False, msg("tanggal di depan"), msg("Terbit {day}: belum terjadi", day=numeric_date(issued)))
    late = (today - add_months(issued, months)).days
    if late > 0:
        sentence = "Terbit {day}, batas {months} bulan: lewat {late} hari"
        return _Verdict(False, _late(late), msg(sentence, day=numeric_date(issued), months=months, late=late))
    sentence = "Terbit {day}, batas {months} bulan: masih berlaku"
    return _Verdict(True, _FINE, msg(sentence, day=numeric_date(issued), months=months))


def _not_expired(validity: Validity, value: Value, today: date) -> _Verdict:
    if _is_lifelong(value):
        return _LIFELONG
    expires = as_date(value)
    if expires is None:
        return _ask_date(value, 0)
    if expires < today:
        late = (today - expires).days
        sentence = msg("Berlaku sampai {day}: lewat {late} hari", day=numeric_date(expires), late=late)
        return _Verdict(False, _late(late), sentence)
    return _Verdict(True, _FINE, msg("Berlaku sampai {day}", day=numeric_date(expires)))


def _expired_no_longer_than(validity: Validity, value: Value, today: date) -> _Verdict:
    if _is_lifelong(value):
        return _LIFELONG
    expired, months = as_date(value), validity.months
    if expired is None or months is None:
        return _ask_date(value, months)
    late = (today - add_months(expired, months)).days
    if late > 0:
        sentence = "Habis {day}, paling lama {months} bulan: lewat {late} hari"
        return _Verdict(False, _late(late), msg(sentence, day=numeric_date(expired), months=months, late=late))
    sentence = "Habis {day}, paling lama {months} bulan: masih diterima"
    return _Verdict(True, msg("masih diterima"), msg(sentence, day=numeric_date(expired), months=months))


def _remaining(validity: Validity, value: Value, today: date) -> _Verdict:
    if _is_lifelong(value):
        return _LIFELONG
    expires, months = as_date(value), validity.months
    if expires is None or months is None:
        return _ask_date(value, months)
    short = (add_months(today, months) - expires).days
    if short > 0:
        sentence = "Berlaku sampai {day}, sisa paling sedikit {months} bulan: kurang {short} hari"
        text = msg(sentence, day=numeric_date(expires), months=months, short=short)
        return _Verdict(False, msg("kurang {short} hari", short=short), text)
    sentence = "Berlaku sampai {day}, sisa paling sedikit {months} bulan: cukup"
    return _Verdict(True, _FINE, msg(sentence, day=numeric_date(expires), months=months))


def _this_year(validity: Validity, value: Value, today: date) -> _Verdict:
    year = _year(value)
    if year is None:
        return _ask_date(value, 0)
    if year == today.year:
        return _Verdict(True, msg("tahun ini"), msg("Tahun {year}: tahun berjalan", year=year))
    sentence = msg("Tahun {year}, seharusnya {this_year}", year=year, this_year=today.year)
    return _Verdict(False, msg("bukan tahun ini"), sentence)


def _year(value: Value) -> int | None:
    """The year of a date, or a year written alone."""
    if isinstance(value, str) and _YEAR.fullmatch(value.strip()):
        return int(value)
    on_paper = as_date(value)
    return on_paper.year if on_paper else None


def _number(name: str | Text, warnings_of: Callable[[str], tuple[Text, ...]]) -> "_Judge":
    def judge(validity: Validity, value: Value, today: date) -> _Verdict:
        if not isinstance(value, str) or not value.strip():
            return _Verdict(None, msg("belum diisi"), msg("{name} belum diisi.", name=name))
        warnings = warnings_of(value)
        if warnings:
            return _Verdict(False, msg("periksa nomor"), warnings[0])
        return _Verdict(True, msg("nomor wajar"), msg("{name} berbentuk benar.", name=name))

    return judge


def _by_eye(validity: Validity, value: Value, today: date) -> _Verdict:
    return _Verdict(None, msg("periksa sendiri"), rule_text(validity))


def _ask_date(value: Value, months: int | None) -> _Verdict:
    if months is None:
        return _Verdict(None, msg("periksa sendiri"), msg("Katalog tidak menyebut batas bulannya."))
    if isinstance(value, str) and value.strip():
        return _Verdict(None, msg("tanggal tidak terbaca"), msg("Tulis tanggal seperti 12-08-2026."))
    return _Verdict(None, msg("isi tanggal"), msg("Isi tanggal yang tertulis di dokumen."))


def _is_lifelong(value: Value) -> bool:
    return isinstance(value, str) and value.strip().casefold() == LIFELONG


def _late(days: int) -> Text:
    return msg("lewat {days} hari", days=days)


def _months(sentence: str) -> Callable[[Validity], Text]:
    return lambda validity: msg(sentence, months="?" if validity.months is None else validity.months)


def _says(sentence: str) -> Callable[[Validity], Text]:
    return lambda validity: msg(sentence)


def _stamp_words(validity: Validity) -> Text:
    if validity.value is None:
        return msg("Bermeterai")
    return msg("Bermeterai {amount}", amount=rupiah(validity.value))


def _photo_words(validity: Validity) -> Text:
    if not validity.background or validity.background == "bebas":
        return msg("Foto terbaru, ukuran {size}", size=validity.size or "?")
    return msg(
        "Foto terbaru, ukuran {size}, latar {background}", size=validity.size or "?", background=validity.background
    )


_FINE = msg("masih berlaku")
_LIFELONG = _Verdict(True, _FINE, msg("Berlaku seumur hidup"))
_Judge = Callable[[Validity, Value, date], _Verdict]


@dataclass(frozen=True, slots=True)
class _Rule:
    judge: _Judge
    in_words: Callable[[Validity], Text]
    needs: str | None = None


_RULES: dict[str, _Rule] = {
    "umur_maks": _Rule(_max_age, _months("Terbit paling lama {months} bulan terakhir"), ISSUE_DATE),
    "belum_kedaluwarsa": _Rule(_not_expired, _says("Belum kedaluwarsa pada hari berkas diserahkan"), EXPIRY_DATE),
    "kedaluwarsa_maks": _Rule(
        _expired_no_longer_than, _months("Boleh kedaluwarsa, paling lama {months} bulan"), EXPIRY_DATE
    ),
    "sisa_berlaku_min": _Rule(_remaining, _months("Masih berlaku paling sedikit {months} bulan lagi"), EXPIRY_DATE),
    "tahun_berjalan": _Rule(_this_year, _says("Dari tahun berjalan"), ISSUE_DATE),
    "ktp_el_aktif": _Rule(
        _number("NIK", identity_numbers.check_nik), _says("KTP-el masih berlaku dan NIK 16 angka"), "nik"
    ),
    "nik_16": _Rule(_number("NIK", identity_numbers.check_nik), _says("NIK 16 angka"), "nik"),
    "kk_16": _Rule(_number(msg("Nomor KK"), identity_numbers.check_kk), _says("Nomor KK 16 angka"), "kk"),
    "npwp_15_16": _Rule(_number("NPWP", identity_numbers.check_npwp), _says("NPWP 15 atau 16 angka"), "npwp"),
    "nib_13": _Rule(_number("NIB", identity_numbers.check_nib), _says("NIB 13 angka"), "nib"),
    "hp_id": _Rule(
        _number(msg("Nomor ponsel"), identity_numbers.check_phone),
        _says("Nomor ponsel 08xx atau +628xx, 10-13 angka"),
        "phone",
    ),
    "legalisasi": _Rule(_by_eye, _says("Dilegalisasi oleh penerbitnya")),
    "meterai": _Rule(_by_eye, _stamp_words),
    "foto": _Rule(_by_eye, _photo_words),
    "nama_sama_stnk": _Rule(_by_eye, _says("Nama pada KTP-el sama dengan nama pada STNK")),
}
