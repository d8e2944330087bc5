"""Storing a logo from the command line: in a folder that takes what a printer would get, and on a simulated printer."""

from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from mppdesk.domain.printer_models import GENERIC_80, Logo
from mppdesk.printing.logo import logo_rows, printing, storing
from tests.cli.conftest import Verbs
from tests.fakes.printer import Behaviour, Condition, SimulatedPrinter


@pytest.fixture
def logo(tmp_path: Path) -> Path:
    file = tmp_path / "logo.png"
    image = Image.new("L", (200, 160), "white")
    ImageDraw.Draw(image).ellipse((10, 10, 150, 150), outline="black", width=4)
    image.save(file)
    return file


def test_a_logo_is_stored_once_then_printed_and_the_address_says_where_it_is(
    verbs: Verbs, tmp_path: Path, logo: Path
) -> None:
    url = f"{tmp_path.as_uri()}?model=generic-80"
    told = verbs.done("printer", "logo", url, str(logo))
    assert told.value == {"url": f"{tmp_path.as_uri()}?logo=image", "state": "ready"}
    assert "Bila ia terlihat di kertas, tulis alamat printer" in told.err
    stored, shown = sorted(file.read_bytes() for file in tmp_path.glob("*.escpos"))[::-1]
    assert stored.startswith(storing(logo_rows(logo, 576), Logo.IMAGE))
    assert shown.count(printing(replace(GENERIC_80, logo=Logo.IMAGE))) == 1
    assert b"LOGO TERSIMPAN" in shown


def test_a_printer_of_the_newer_kind_takes_it_as_graphics(verbs: Verbs, logo: Path) -> None:
    with SimulatedPrinter() as printer:
        url = f"{printer.url}?model=epson-tm-t82"
        assert verbs.done("printer", "logo", url, str(logo)).value["url"] == f"{url}&logo=graphics"
        assert ["LOGO TERSIMPAN" in slip.text for slip in printer.slips] == [True]


def test_a_printer_that_cannot_print_is_given_nothing(verbs: Verbs, logo: Path) -> None:
    with SimulatedPrinter(Behaviour(condition=Condition.COVER_OPEN)) as printer:
        refused = verbs("printer", "logo", printer.url, str(logo))
    assert refused.value["state"] == "cover_open"
    assert "tidak menerima logo itu" in refused.refusal


def test_the_paper_window_keeps_no_logo(verbs: Verbs, logo: Path) -> None:
    assert "Jendela kertas tidak menyimpan logo" in verbs("printer", "logo", "screen:", str(logo)).refusal


def test_a_printer_that_gets_its_logo_with_each_paper_is_told_where_to_store_it(verbs: Verbs, logo: Path) -> None:
    refused = verbs("printer", "logo", "tcp://192.0.2.7:9100?logo=raster", str(logo)).refusal
    assert "mppdesk printer share-logo BERKAS" in refused


def test_the_logo_of_the_building_is_recorded_once_and_printed_where_the_address_says_so(
    verbs: Verbs, logo: Path
) -> None:
    told = verbs.done("printer", "share-logo", str(logo))
    assert told.value == {"changed": True, "rows": {"576": 96, "512": 96, "384": 96}}
    assert "12 mm lebih panjang. Karcis tidak berubah." in told.err
    assert verbs.done("printer", "share-logo", str(logo)).value["changed"] is False


def test_no_picture_changes_nothing(verbs: Verbs, tmp_path: Path) -> None:
    text = tmp_path / "logo.png"
    text.write_text("bukan gambar", "utf-8")
    assert "tidak dapat dibaca sebagai gambar" in verbs("printer", "share-logo", str(text)).refusal
