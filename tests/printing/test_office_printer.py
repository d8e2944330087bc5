"""A printer of sheets: the A5 PDF goes into its queue or folder, and nobody calls it printed by itself."""

import importlib
import os
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from mppdesk.domain.print_job import JobState, PrinterState
from mppdesk.domain.printer_address import parse_printer
from mppdesk.domain.slip import Slip
from mppdesk.domain.slip_layout import as_copy, receipt_slip, ticket_slip
from mppdesk.printing import windows_types
from mppdesk.printing.conversation import Timings
from mppdesk.printing.cups_queue import CupsQueue
from mppdesk.printing.delivery import Outcome, blocked
from mppdesk.printing.devices import Devices
from mppdesk.printing.escpos import to_bytes
from mppdesk.printing.pdf import slip_pdf
from tests.fakes import cups
from tests.fakes.sample_papers import RECEIPT, TICKET, at
from tests.fakes.windows_gdi import WindowsGdi
from tests.fakes.windows_spooler import WindowsSpooler
from tests.printing.test_job_on_a5 import FONTS

LOOKING = Timings(look_again=0.05)
DEVICES = Devices(to_bytes, timings=LOOKING)


def pdf_of(slip: Slip) -> bytes:
    return slip_pdf(slip, FONTS)


@contextmanager
def printer_that_keeps_what_it_gets() -> Iterator[tuple[int, list[bytes]]]:
    """A port behind a queue; what came is there once the queue has let go of it."""
    kept: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(10)

        def serve() -> None:
            line, _ = server.accept()
            with line, line.makefile("rb") as stream:
                kept.append(stream.read())

        thread = threading.Thread(target=serve)
        thread.start()
        yield server.getsockname()[1], kept
        thread.join(20)


def test_a_folder_of_sheets_gets_a_pdf_for_each_job(tmp_path: Path) -> None:
    device = DEVICES.open(parse_printer(f"{tmp_path.as_uri()}?form=a5"))
    slip = as_copy(receipt_slip(RECEIPT), 1, at(11, 0))
    assert device.print(device.prepare(slip, "A-019-1")).state is JobState.PRINTED
    assert device.print(device.prepare(ticket_slip(TICKET), "B-042-1")).state is JobState.PRINTED
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == {
        "A-019-1.pdf": pdf_of(slip),
        "B-042-1.pdf": pdf_of(ticket_slip(TICKET)),
    }


@pytest.mark.skipif(not cups.is_installed(), reason="no CUPS here")
def test_a_queue_of_sheets_gets_the_pdf_as_pdf_and_is_not_believed_to_have_printed_it() -> None:
    slip = receipt_slip(RECEIPT)
    with cups.running_cups() as server, printer_that_keeps_what_it_gets() as (port, kept):
        server.prints_on(port)
        device = CupsQueue(cups.QUEUE, pdf_of, LOOKING, is_a5=True, server=server.server)
        outcome = device.print(device.prepare(slip, "A-019"))
        assert outcome == Outcome(JobState.UNCONFIRMED, None, len(pdf_of(slip)), PrinterState.READY)
        assert server.formats() == ["application/pdf"]
    (got,) = kept
    assert got == pdf_of(slip)
    assert RECEIPT.register_number in PdfReader(BytesIO(got)).pages[0].extract_text()


def test_on_windows_the_sheet_is_painted_and_no_pdf_given(monkeypatch: pytest.MonkeyPatch) -> None:
    importlib.import_module("pypdfium2")  # while this is still the system whose library it has to load
    printer = WindowsGdi(WindowsSpooler(queue="KANTOR"))
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(windows_types, "winspool", printer.winspool_library)
    monkeypatch.setattr(windows_types, "gdi32", printer.gdi32)
    device = DEVICES.open(parse_printer("spool://KANTOR?form=a5"))
    assert device.print(device.prepare(receipt_slip(RECEIPT), "A-019")).state is JobState.UNCONFIRMED
    assert (printer.spooler.printed, len(printer.sheets["A-019"])) == ([("A-019", b"")], 1)


def test_where_windows_has_no_spooler_the_office_printer_is_out_of_reach(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    device = DEVICES.open(parse_printer("spool://KANTOR?form=a5"))
    assert device.print(device.prepare(receipt_slip(RECEIPT), "A-019")) == blocked(PrinterState.UNREACHABLE)


def test_without_cups_the_office_printer_is_out_of_reach(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(os.environ, "PATH", "")
    device = DEVICES.open(parse_printer("spool://KANTOR?form=a5"))
    assert device.print(device.prepare(receipt_slip(RECEIPT), "A-019")).state is JobState.BLOCKED
