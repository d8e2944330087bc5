"""Every slip against the one that was looked at: its bytes exactly, its picture but for the edges of its letters."""

import re
from dataclasses import replace

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from mppdesk.domain.printer_models import PrinterModel
from mppdesk.domain.slip import Line, Slip
from mppdesk.domain.slip_layout import requirements_slip
from mppdesk.printing.escpos import to_bytes
from tests.fakes.sample_papers import REQUIREMENTS
from tests.printing.golden import DRAWN, FOLDER, LOGO, MODELS, bytes_file, picture_file, slips, with_logo
from tests.printing.golden.pictures import drawn, greatest_difference, printed_picture

_AS_GOOD_AS_EQUAL = 0.11


def cases(models: tuple[PrinterModel, ...]) -> list[object]:
    return [
        pytest.param(name, model, slip, id=f"{name}-{model.columns}")
        for model in models
        for name, slip in slips(model.columns)
    ]


@pytest.mark.parametrize(("name", "model", "slip"), cases(MODELS))
def test_a_slip_has_the_bytes_that_were_found_right(name: str, model: PrinterModel, slip: Slip) -> None:
    assert to_bytes(slip, model) == bytes_file(name, model).read_bytes()


@pytest.mark.parametrize(("name", "model", "slip"), cases(DRAWN))
def test_a_slip_looks_as_it_was_found_right(qapp: QApplication, name: str, model: PrinterModel, slip: Slip) -> None:
    golden = QImage(str(picture_file(name, model)))
    assert greatest_difference(drawn(slip), golden) < _AS_GOOD_AS_EQUAL


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.columns)
def test_a_logo_that_is_sent_has_the_bytes_and_the_dots_that_were_found_right(model: PrinterModel) -> None:
    sent = to_bytes(requirements_slip(REQUIREMENTS, model.columns), with_logo(model), LOGO)
    assert sent == bytes_file("logo", model).read_bytes()
    golden = QImage(str(picture_file("logo", model)))
    assert not golden.isNull() and printed_picture(sent).convertToFormat(golden.format()) == golden


def test_one_letter_more_or_less_is_seen(qapp: QApplication) -> None:
    slip = dict(slips(32))["karcis"]
    for place, part in enumerate(slip.parts):
        if isinstance(part, Line):
            less = replace(part, text=re.sub(r"\w(?=\W*$)", " ", part.text))
            changed = replace(slip, parts=(*slip.parts[:place], less, *slip.parts[place + 1 :]))
            assert greatest_difference(drawn(changed), drawn(slip)) > _AS_GOOD_AS_EQUAL, part.text


def test_nothing_lies_among_the_golden_files_that_is_not_compared() -> None:
    known = {bytes_file(name, model) for model in MODELS for name, _ in slips(model.columns)}
    known |= {picture_file(name, model) for model in DRAWN for name, _ in slips(model.columns)}
    known |= {file("logo", model) for file in (bytes_file, picture_file) for model in MODELS}
    assert {file for file in FOLDER.iterdir() if file.suffix in (".escpos", ".png")} == known
