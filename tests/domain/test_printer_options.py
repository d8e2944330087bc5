"""What a printer's URL says of the printer, read and written."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mppdesk.domain.errors import BadInput
from mppdesk.domain.printer_address import parse_printer
from mppdesk.domain.printer_models import (
    EPSON_TM_T82,
    GENERIC_58,
    GENERIC_80,
    GENERIC_80_UNCONFIRMED,
    MODELS,
    Confirmation,
    Form,
    Logo,
    PrinterModel,
)
from mppdesk.domain.printer_options import DOTS_BY_COLUMNS, url_saying, with_columns

HERE = "tcp://192.0.2.7:9100"
ANY_MODEL = st.builds(
    lambda model, columns, has_cutter, draws_qr, draws_text, confirmation, logo: replace(
        with_columns(model, columns),
        has_cutter=has_cutter,
        draws_qr=draws_qr,
        draws_text=draws_text,
        confirmation=confirmation,
        logo=logo,
    ),
    st.sampled_from(tuple(MODELS.values())),
    st.sampled_from(tuple(DOTS_BY_COLUMNS)),
    st.booleans(),
    st.booleans(),
    st.booleans(),
    st.sampled_from(Confirmation),
    st.sampled_from(Logo),
)


@pytest.mark.parametrize(
    ("options", "model"),
    [
        ("", GENERIC_80),
        ("?confirm=none", replace(GENERIC_80, confirmation=Confirmation.NONE)),
        ("?model=epson-tm-t82&confirm=tag", replace(EPSON_TM_T82, confirmation=Confirmation.TAG)),
        ("?columns=42", replace(GENERIC_80, columns=42, dots=512)),
        ("?cut=no&qr=raster", replace(GENERIC_80, has_cutter=False, draws_qr=False)),
        ("?model=epson-tm-t82&logo=graphics", replace(EPSON_TM_T82, logo=Logo.GRAPHICS)),
        ("?text=raster", replace(GENERIC_80, draws_text=False)),
        ("?model=generic-58&qr=native", replace(GENERIC_58, draws_qr=True)),
        ("?model=generic-80-unconfirmed", GENERIC_80_UNCONFIRMED),
    ],
)
def test_the_end_of_the_address_says_what_the_printer_can_do(options: str, model: PrinterModel) -> None:
    assert parse_printer(HERE + options).model == model
    assert url_saying(HERE, model) == HERE + options


@pytest.mark.parametrize("option", ["confirm=ya", "columns=40", "cut=", "qr=besar"])
def test_a_word_that_nobody_knows_is_refused_with_those_that_are_known(option: str) -> None:
    name = option.partition("=")[0]
    with pytest.raises(BadInput, match=f"{option} tidak dikenal di alamat printer") as refused:
        parse_printer(f"{HERE}?{option}")
    assert f"{name}=" in str(refused.value.what_to_do)


def test_only_what_is_said_of_the_printer_changes_in_its_address() -> None:
    serial = "serial:///dev/ttyS0?baud=19200&flow=dtr"
    with_model = url_saying(serial, EPSON_TM_T82)
    assert with_model == f"{serial}&model=epson-tm-t82"
    assert url_saying(with_model, GENERIC_80) == serial
    assert url_saying("usb://04b8:0e15/J4K%20001", GENERIC_58) == "usb://04b8:0e15/J4K%20001?model=generic-58"


@given(ANY_MODEL, st.sampled_from([HERE, "serial:///dev/ttyS0?baud=19200", "usb:///dev/usb/lp0?cut=no&qr=raster"]))
def test_what_is_written_is_read_again(model: PrinterModel, url: str) -> None:
    told = parse_printer(url_saying(url, model))
    assert (told.model, told.address) == (model, parse_printer(url).address)


@pytest.mark.parametrize("url", ["spool://KANTOR?form=a5", "file:///srv/berkas?form=a5"])
def test_a_printer_of_sheets_is_a_queue_or_a_folder(url: str) -> None:
    model = parse_printer(url).model
    assert (model.form, model.columns) == (Form.A5, 48)
    assert url_saying(url.partition("?")[0], model) == url


@pytest.mark.parametrize("address", [HERE, "usb:///dev/usb/lp0", "serial://COM3", "screen:"])
def test_a_receipt_printer_and_a_window_are_given_no_sheets(address: str) -> None:
    with pytest.raises(BadInput, match="tidak dapat diberi halaman A5") as refused:
        parse_printer(f"{address}?form=a5")
    assert "spool://" in str(refused.value.what_to_do)
