"""The rules of the catalogue: what they say about a paper, and that they never block or break."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mppdesk.domain.catalog import Validity
from mppdesk.domain.validity import add_months, as_date, check, is_known, rule_text

TODAY = date(2026, 11, 23)
RULES = (
    "ktp_el_aktif", "nik_16", "kk_16", "npwp_15_16", "nib_13", "hp_id", "belum_kedaluwarsa", "kedaluwarsa_maks",
    "umur_maks", "sisa_berlaku_min", "tahun_berjalan", "legalisasi", "meterai", "foto", "nama_sama_stnk",
)  # fmt: skip


def test_every_rule_of_the_schema_is_known() -> None:
    assert [rule for rule in RULES if not is_known(rule)] == []


def test_an_old_paper_says_by_how_much() -> None:
    finding = check(Validity("umur_maks", "Paling lama 3 bulan", months=3), date(2026, 8, 12), TODAY)
    assert finding.is_fine is False
    assert str(finding.title) == "lewat 11 hari"
    assert str(finding.sentence) == "Terbit 12-08-2026, batas 3 bulan: lewat 11 hari"
    assert str(finding.rule_text) == "Paling lama 3 bulan"
    assert finding.needs == "issue_date"


@pytest.mark.parametrize(
    ("validity", "value", "is_fine", "title"),
    [
        (Validity("umur_maks", months=3), date(2026, 8, 23), True, "masih berlaku"),
        (Validity("umur_maks", months=3), date(2026, 8, 22), False, "lewat 1 hari"),
        (Validity("umur_maks", months=3), "22-08-2026", False, "lewat 1 hari"),
        (Validity("umur_maks", months=3), "2026-08-22", False, "lewat 1 hari"),
        (Validity("umur_maks", months=3), date(2026, 11, 24), False, "tanggal di depan"),
        (Validity("umur_maks", months=3), None, None, "isi tanggal"),
        (Validity("umur_maks", months=3), "kemarin", None, "tanggal tidak terbaca"),
        (Validity("umur_maks"), date(2026, 8, 22), None, "periksa sendiri"),
        (Validity("belum_kedaluwarsa"), TODAY, True, "masih berlaku"),
        (Validity("belum_kedaluwarsa"), date(2026, 11, 22), False, "lewat 1 hari"),
        (Validity("belum_kedaluwarsa"), "Seumur hidup", True, "masih berlaku"),
        (Validity("kedaluwarsa_maks", months=12), date(2025, 11, 23), True, "masih diterima"),
        (Validity("kedaluwarsa_maks", months=12), date(2025, 11, 20), False, "lewat 3 hari"),
        (Validity("sisa_berlaku_min", months=6), date(2027, 5, 23), True, "masih berlaku"),
        (Validity("sisa_berlaku_min", months=6), date(2027, 5, 13), False, "kurang 10 hari"),
        (Validity("tahun_berjalan"), date(2026, 1, 2), True, "tahun ini"),
        (Validity("tahun_berjalan"), date(2025, 12, 31), False, "bukan tahun ini"),
        (Validity("tahun_berjalan"), " 2026 ", True, "tahun ini"),
        (Validity("tahun_berjalan"), "2024", False, "bukan tahun ini"),
        (Validity("tahun_berjalan"), "tahun lalu", None, "tanggal tidak terbaca"),
        (Validity("nik_16"), "", None, "belum diisi"),
        (Validity("nik_16"), "3201014107900001", True, "nomor wajar"),
        (Validity("ktp_el_aktif"), "9999010107900001", False, "periksa nomor"),
        (Validity("kk_16"), "9999010107900001", True, "nomor wajar"),
        (Validity("npwp_15_16"), "99.999.999.9-999.999", True, "nomor wajar"),
        (Validity("nib_13"), "999901234567", False, "periksa nomor"),
        (Validity("hp_id"), "0812-3456-7890", True, "nomor wajar"),
        (Validity("hp_id"), date(2026, 1, 2), None, "belum diisi"),
        (Validity("meterai", value=10000), None, None, "periksa sendiri"),
        (Validity("aturan_baru"), None, None, "periksa sendiri"),
    ],
)
def test_rules(validity: Validity, value: date | str | None, is_fine: bool | None, title: str) -> None:
    finding = check(validity, value, TODAY)
    assert (finding.is_fine, str(finding.title)) == (is_fine, title)


@pytest.mark.parametrize(
    ("validity", "words"),
    [
        (Validity("umur_maks", months=3), "Terbit paling lama 3 bulan terakhir"),
        (Validity("meterai", value=10000), "Bermeterai Rp10.000"),
        (Validity("foto", size="4x6", background="merah"), "Foto terbaru, ukuran 4x6, latar merah"),
        (Validity("foto", size="3x4", background="bebas"), "Foto terbaru, ukuran 3x4"),
        (Validity("x", text="Isi {nama} dengan huruf"), "Isi {nama} dengan huruf"),
        (Validity("aturan_baru"), "Aturan aturan_baru belum dikenal program ini; petugas yang memeriksa."),
    ],
)
def test_a_rule_says_itself_in_words(validity: Validity, words: str) -> None:
    assert str(rule_text(validity)) == words


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 11, 23), -11, date(2025, 12, 23)),
        (date(9999, 12, 31), 1, date.max),
        (date(1, 1, 1), -1, date.min),
    ],
)
def test_months_are_calendar_months(day: date, months: int, expected: date) -> None:
    assert add_months(day, months) == expected


def test_the_age_of_a_paper_is_counted_from_its_date_and_a_month_end_is_not_stretched() -> None:
    finding = check(Validity("umur_maks", months=3), date(2026, 2, 28), date(2026, 5, 29))
    assert str(finding.sentence) == "Terbit 28-02-2026, batas 3 bulan: lewat 1 hari"


@given(st.dates(), st.integers(-40_000, 40_000))
def test_a_month_later_is_never_before_the_day_and_keeps_its_number_where_it_can(day: date, months: int) -> None:
    moved = add_months(day, months)
    assert (moved - day).days * months >= 0
    assert moved.day <= day.day or moved in (date.min, date.max)


_any_value = st.one_of(st.none(), st.text(), st.dates(), st.datetimes(), st.from_regex(r"\d{1,2}-\d{1,2}-\d{4}"))


@given(
    rule=st.one_of(st.sampled_from(RULES), st.text()),
    text=st.one_of(st.none(), st.text()),
    months=st.one_of(st.none(), st.integers()),
    amount=st.one_of(st.none(), st.integers()),
    words=st.one_of(st.none(), st.text()),
    value=_any_value,
    today=st.dates(),
)
def test_no_input_breaks_a_rule(
    rule: str,
    text: str | None,
    months: int | None,
    amount: int | None,
    words: str | None,
    value: date | str | None,
    today: date,
) -> None:
    finding = check(Validity(rule, text, months, amount, words, words), value, today)
    assert str(finding.title)
    assert str(finding.sentence)
    assert str(finding.rule_text)


def test_a_date_is_read_in_both_orders_and_without_its_hour() -> None:
    assert as_date("12/8/2026") == as_date("12.08.2026") == date(2026, 8, 12)
    assert as_date("12-08-2026") == as_date(" 2026-08-12 ") == as_date(datetime(2026, 8, 12, 9)) == date(2026, 8, 12)  # noqa: DTZ001
