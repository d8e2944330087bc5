"""Identity numbers as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mppdesk.domain.identity_numbers import (
    check_kk,
    check_nib,
    check_nik,
    check_npwp,
    check_phone,
    normalised_npwp,
    normalised_phone,
)


def test_a_fitting_nik_gets_no_warning() -> None:
    assert check_nik("3201014107900001") == ()
    assert check_nik("3201 0141 0790 0001") == ()


@pytest.mark.parametrize(
    ("nik", "warning"),
    [
        ("9999014107900001", "Kode provinsi 99 pada NIK tidak dikenal."),
        ("3201013202900001", "Tanggal lahir di dalam NIK bukan tanggal yang ada."),
        ("3201014013900001", "Tanggal lahir di dalam NIK bukan tanggal yang ada."),
        ("3201010107900000", "Nomor urut NIK tidak boleh 0000."),
        ("320101010790001", "NIK seharusnya 16 angka, ini 15."),
        ("", "NIK seharusnya 16 angka, ini 0."),
        ("320101010790000O", "NIK hanya boleh berisi angka."),
        ("²²²²²²²²²²²²²²²²", "NIK hanya boleh berisi angka."),
    ],
)
def test_a_doubtful_nik_says_why(nik: str, warning: str) -> None:
    assert [str(each) for each in check_nik(nik)] == [warning]


def test_a_nik_gives_every_reason_at_once() -> None:
    assert len(check_nik("9999999999990000")) == 3


def test_a_leap_day_is_a_birth_date_when_one_century_had_it() -> None:
    assert check_nik("3201012902000001") == ()
    assert check_nik("3201012902010001") != ()


def test_a_new_province_is_data() -> None:
    assert check_nik("9701014107900001", frozenset({"97"})) == ()


@pytest.mark.parametrize(
    ("typed", "normalised"),
    [
        ("0812-3456-7890", "+6281234567890"),
        ("+62 812 3456 7890", "+6281234567890"),
        ("6281234567890", "+6281234567890"),
        ("+62081234567890", "+6281234567890"),
        ("(021) 555 0199", "+62215550199"),
        ("0812345", None),
        ("08123456789012", None),
        ("halo", None),
        ("", None),
    ],
)
def test_phone_numbers(typed: str, normalised: str | None) -> None:
    assert normalised_phone(typed) == normalised


def test_a_landline_is_no_mobile() -> None:
    assert [str(each) for each in check_phone("021 555 0199")] == ["Ini nomor telepon tetap, bukan nomor ponsel."]
    assert check_phone("08123456789") == ()
    assert check_phone("1") != ()


@pytest.mark.parametrize(
    ("typed", "normalised"),
    [
        ("99.999.999.9-999.999", "0999999999999999"),
        ("9999014107900001", "9999014107900001"),
        ("99.999", None),
        ("99.999.999.9-999.99X", None),
    ],
)
def test_tax_numbers(typed: str, normalised: str | None) -> None:
    assert normalised_npwp(typed) == normalised
    assert (check_npwp(typed) == ()) is (normalised is not None)


def test_lengths_of_kk_and_nib() -> None:
    assert check_kk("9999014107900001") == ()
    assert [str(each) for each in check_kk("99")] == ["Nomor KK seharusnya 16 angka, ini 2."]
    assert check_nib("9999012345678") == ()
    assert [str(each) for each in check_nib("99a")] == ["NIB hanya boleh berisi angka."]


@given(st.text())
def test_no_text_breaks_a_check(text: str) -> None:
    for warnings in (check_nik(text), check_kk(text), check_nib(text), check_npwp(text), check_phone(text)):
        assert all(str(each) for each in warnings)


@given(st.from_regex(r"\A[0-9]{16}\Z"))
def test_any_sixteen_digits_are_judged_by_their_parts(nik: str) -> None:
    assert all(str(each) for each in check_nik(nik))
