"""The test slip of the set-up, and what a printer is taken for after somebody looked at it."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from mppdesk.domain.printer_models import (
    EPSON_TM_T82,
    EPSON_TM_T88,
    GENERIC_58,
    GENERIC_80,
    Confirmation,
    Logo,
    PrinterModel,
)
from mppdesk.domain.printer_trial import WIDTHS, Said, Seen, model_of_trial, model_seen, trial_slip, whole
from mppdesk.domain.slip import Line, QrCode

SLIP = trial_slip(datetime(2026, 11, 23, 10, 4, tzinfo=UTC))
ALL_WELL = Seen(columns=48, has_all_signs=True, has_qr=True, is_cut=True, has_odd_signs=False)


def test_each_ruler_ends_with_its_width_and_every_other_line_fits_on_the_narrowest_paper() -> None:
    texts = [part.text * part.size for part in whole(SLIP).parts if isinstance(part, Line)]
    rulers = {len(text): text for text in texts if text.startswith("........10")}
    assert {width: ruler[-2:] for width, ruler in rulers.items()} == {48: "48", 42: "42", 32: "32"}
    assert all(len(text) <= min(WIDTHS) for text in texts if text not in rulers.values())
    assert all(" " <= sign <= "~" for text in texts for sign in text)


def test_the_question_stands_between_two_lines_with_paper_between_them() -> None:
    assert SLIP.pictured.parts[-1] == SLIP.end.parts[0] == Line("-" * 32)
    assert all(any(isinstance(part, QrCode) for part in piece.parts) for piece in (SLIP.drawn, SLIP.pictured))


def test_two_slips_are_told_apart() -> None:
    assert trial_slip(datetime(2026, 11, 23, 10, 5, tzinfo=UTC)).name != SLIP.name


@pytest.mark.parametrize("model", [GENERIC_80, GENERIC_58, EPSON_TM_T88])
def test_the_test_slip_leaves_nothing_out_whatever_is_thought_of_the_printer(model: PrinterModel) -> None:
    tried = model_of_trial(model)
    assert (tried.columns, tried.has_cutter, tried.draws_qr) == (48, True, True)


@pytest.mark.parametrize(
    ("probed", "seen", "model"),
    [
        (GENERIC_80, ALL_WELL, GENERIC_80),
        (EPSON_TM_T82, ALL_WELL, EPSON_TM_T82),
        (GENERIC_80, replace(ALL_WELL, has_qr=False), replace(GENERIC_80, draws_qr=False)),
        (GENERIC_80, replace(ALL_WELL, has_all_signs=False), replace(GENERIC_80, draws_text=False)),
        (EPSON_TM_T88, replace(ALL_WELL, columns=42), EPSON_TM_T88),
        (GENERIC_80, replace(ALL_WELL, columns=42), replace(GENERIC_80, columns=42, dots=512)),
        (GENERIC_80, replace(ALL_WELL, is_cut=False), replace(GENERIC_80, has_cutter=False)),
        (
            replace(GENERIC_80, confirmation=Confirmation.NONE),
            Seen(columns=32, has_all_signs=True, has_qr=False, is_cut=False, has_odd_signs=False),
            GENERIC_58,
        ),
        (EPSON_TM_T82, replace(ALL_WELL, columns=32), replace(EPSON_TM_T82, columns=32, dots=384)),
    ],
    ids=[
        "generic",
        "epson",
        "codes as pictures",
        "all as pictures",
        "180 dpi",
        "42 columns",
        "no cutter",
        "58 mm clone",
        "narrow paper in a wide one",
    ],
)
def test_the_printer_is_what_was_seen(probed: PrinterModel, seen: Seen, model: PrinterModel) -> None:
    assert model_seen(probed, seen, Said(confirms_in_order=model.confirms_in_order)) == model


@pytest.mark.parametrize(
    ("said", "has_odd_signs", "confirmation"),
    [
        (Said(repeats_tag=True, confirms_in_order=True), False, Confirmation.TAG),
        (Said(repeats_tag=True, confirms_in_order=True), True, Confirmation.ORDER),
        (Said(repeats_tag=True), True, Confirmation.NONE),
        (Said(confirms_in_order=True), False, Confirmation.ORDER),
        (Said(), False, Confirmation.NONE),
    ],
)
def test_tags_are_asked_for_only_where_one_came_back_and_left_no_signs_on_paper(
    said: Said, has_odd_signs: bool, confirmation: Confirmation
) -> None:
    """Also where its address said that it knows tags: another printer may stand there now."""
    seen = replace(ALL_WELL, has_odd_signs=has_odd_signs)
    with_tags = replace(GENERIC_80, confirmation=Confirmation.TAG)
    assert model_seen(with_tags, seen, said).confirmation is confirmation


def test_where_the_logo_is_cannot_be_seen_on_the_test_slip_and_stays() -> None:
    narrow = Seen(32, has_all_signs=True, has_qr=False, is_cut=False, has_odd_signs=False)
    for logo in Logo:
        assert model_seen(replace(GENERIC_80, logo=logo), narrow, Said()).logo is logo
