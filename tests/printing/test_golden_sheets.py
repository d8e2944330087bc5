"""Every page of the papers on A5 against the one that was looked at."""

from dataclasses import replace
from itertools import chain
from pathlib import Path

import pytest
from PIL import Image

from mppdesk.printing.pdf import lacking_pdf
from tests.fakes.sample_papers import LACKING
from tests.printing.golden.sheets import FOLDER, greatest_difference, papers, pictures
from tests.printing.test_pdf import FONTS

_AS_GOOD_AS_EQUAL = 0.08


@pytest.mark.parametrize(("name", "pdf"), [pytest.param(*each, id=each[0]) for each in papers()])
def test_a_page_looks_as_it_was_found_right(name: str, pdf: bytes) -> None:
    drawn = list(pictures(name, pdf))
    assert {file.name for file, _ in drawn} == {file.name for file in FOLDER.glob(f"{name}-[0-9].png")}
    for file, picture in drawn:
        with Image.open(file) as golden:
            assert greatest_difference(picture, golden) < _AS_GOOD_AS_EQUAL, file.name


def test_one_letter_less_is_seen() -> None:
    (right, wrong) = (
        next(pictures("daftar-kekurangan", lacking_pdf(paper, FONTS)))[1]
        for paper in (LACKING, replace(LACKING, clerk=LACKING.clerk.replace("w", "")))
    )
    assert greatest_difference(right, wrong) > 1.5 * _AS_GOOD_AS_EQUAL


def test_nothing_lies_among_the_pictures_that_is_not_compared() -> None:
    known = chain.from_iterable(pictures(*paper) for paper in papers())
    assert set(FOLDER.iterdir()) == {Path(file) for file, _ in known}
