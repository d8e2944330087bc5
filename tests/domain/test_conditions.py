"""What a standard says on paper: what to bring, what it costs, what lacks."""

from datetime import date

import pytest

from mppdesk.domain.catalog import Fee, FeeItem, Handling, Requirement, Validity
from mppdesk.domain.conditions import fee_item_sentence, fee_sentence, lacking_items, papers_to_bring
from mppdesk.domain.papers import LackingItem
from mppdesk.domain.submission import CheckState, LackReason, Row, Submission, SubmissionStatus

TODAY = date(2026, 11, 23)


def _requirement(
    name: str, original: int, handling: Handling, copies: int, number: int = 1, validity: Validity | None = None
) -> Requirement:
    return Requirement(f"DINKES-01-R{number:02}", name, original, handling, copies, True, validity=validity)


@pytest.mark.parametrize(
    ("requirement", "phrase"),
    [
        (_requirement("Surat kehilangan kepolisian", 1, Handling.KEPT, 0), "Surat kehilangan kepolisian (asli)"),
        (_requirement("Fotokopi KK", 0, Handling.COPIES_ONLY, 1), "Fotokopi KK (1 lembar)"),
        (_requirement("NPWP", 0, Handling.COPIES_ONLY, 2), "Fotokopi NPWP (2 lembar)"),
        (_requirement("KTP-el pemohon", 1, Handling.SHOWN, 1), "KTP-el pemohon (asli, 1 fotokopi)"),
        (_requirement("Pas foto 4x6", 3, Handling.KEPT, 0), "Pas foto 4x6 (3 lembar)"),
        (_requirement("Kendaraan untuk cek fisik", 0, Handling.BROUGHT, 0), "Kendaraan untuk cek fisik"),
    ],
)
def test_papers_to_bring(requirement: Requirement, phrase: str) -> None:
    assert papers_to_bring([requirement]) == (phrase,)


@pytest.mark.parametrize("handling", [Handling.RECORDED, Handling.UPLOADED])
def test_what_is_no_paper_is_not_brought(handling: Handling) -> None:
    assert papers_to_bring([_requirement("Nomor ponsel", 0, handling, 0)]) == ()


@pytest.mark.parametrize(
    ("fee", "sentence"),
    [
        (Fee("gratis", 0), "Gratis"),
        (Fee("tetap", 30_000), "Rp30.000"),
        (Fee("tarif", items=(FeeItem("SIM A", 80_000),)), "Rp80.000"),
        (Fee("tarif", items=(FeeItem("SIM C", 75_000), FeeItem("SIM D", 30_000))), "Mulai Rp30.000, menurut tarif"),
        (Fee("tarif", items=(FeeItem("Di KUA", 0), FeeItem("Di luar", 600_000))), "Gratis atau menurut tarif"),
        (Fee("tarif", basis="Perda", items=(FeeItem("Uji", None),)), "Sesuai tarif: Perda"),
        (Fee("formula", formula="luas x tarif", items=(FeeItem("Tetap", 50_000),)), "luas x tarif"),
        (Fee("tarif"), "Sesuai tarif yang berlaku"),
    ],
)
def test_fee_sentence(fee: Fee, sentence: str) -> None:
    assert str(fee_sentence(fee)) == sentence


def test_a_line_of_a_tariff() -> None:
    assert str(fee_item_sentence(FeeItem("SIM A", 80_000))) == "SIM A: Rp80.000"
    assert str(fee_item_sentence(FeeItem("Uji", None))) == "Uji"


HEALTH = _requirement("Surat keterangan sehat", 1, Handling.KEPT, 0, 6, Validity("umur_maks", months=3))
TAX = _requirement("Bukti lunas PBB", 0, Handling.COPIES_ONLY, 1, 9, Validity("tahun_berjalan"))
PHOTO = _requirement("Pas foto 4x6", 3, Handling.KEPT, 0, 7)
KTP = _requirement("KTP-el", 1, Handling.SHOWN, 2, 2)


def _submission(rows: dict[str, Row]) -> Submission:
    return Submission("s", "v", "DINKES-01", "DINKES", "0" * 64, "c", "t", 0, SubmissionStatus.OPEN, rows)


def _lacking(reason: LackReason | None, **found: int | str) -> Row:
    return Row(CheckState.LACKING, reason, **found)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("requirement", "row", "detail"),
    [
        (HEALTH, _lacking(LackReason.EXPIRED, date="2026-08-12"), "terbit 12-08-2026, paling lama 3 bulan terakhir"),
        (HEALTH, _lacking(LackReason.EXPIRED), ""),
        (HEALTH, _lacking(LackReason.EXPIRED, date="kemarin"), ""),
        (TAX, _lacking(LackReason.EXPIRED, date="2025-08-12"), "tertanggal 12-08-2025, seharusnya tahun 2026"),
        (PHOTO, _lacking(LackReason.EXPIRED, date="2026-08-12"), ""),
        (PHOTO, _lacking(LackReason.TOO_FEW, originals=2), "ada 2 dari 3 lembar"),
        (PHOTO, _lacking(LackReason.TOO_FEW), "perlu 3 lembar"),
        (KTP, _lacking(LackReason.TOO_FEW, originals=1, copies=1), "fotokopi: ada 1 dari 2 lembar"),
        (KTP, _lacking(LackReason.MISSING), ""),
    ],
)
def test_what_lacks_says_how(requirement: Requirement, row: Row, detail: str) -> None:
    (item,) = lacking_items([requirement], _submission({requirement.code: row}), TODAY)
    assert row.reason is not None
    assert item == LackingItem(requirement.short_code, requirement.name, row.reason, detail)


def test_only_what_lacks_is_listed_in_the_order_of_the_checklist() -> None:
    rows = {
        PHOTO.code: _lacking(None),
        HEALTH.code: _lacking(LackReason.UNREADABLE),
        KTP.code: Row(CheckState.FULFILLED),
    }
    items = lacking_items([KTP, HEALTH, PHOTO], _submission(rows), TODAY)
    assert [(item.code, item.reason) for item in items] == [("R06", LackReason.UNREADABLE), ("R07", LackReason.MISSING)]
