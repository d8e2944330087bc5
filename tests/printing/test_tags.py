"""The tag of a job: a printer that was seen to repeat it confirms a sheet by its own tag alone."""

from dataclasses import replace
from typing import Self

import pytest

from mppdesk.domain.errors import BadInput
from mppdesk.domain.print_job import JobState
from mppdesk.domain.printer_address import parse_printer
from mppdesk.printing.delivery import Device, Outcome
from mppdesk.printing.devices import Devices
from mppdesk.printing.escpos import to_bytes
from mppdesk.printing.receipt_printer import ReceiptPrinter, tag_of
from mppdesk.printing.status import ASK_PAPER_IN_PRINT_ORDER, ask_when_printed
from tests.fakes.printer import Behaviour, SimulatedPrinter
from tests.printing.test_devices import QUICK, SLIP

NAME = "A-019-0192f0"
OURS = b'7"' + tag_of(NAME).encode() + b"\0"
OF_AN_EARLIER_JOB = b'7"' + tag_of("A-018-0192ef").encode() + b"\0"


def device_of(url: str) -> Device:
    return Devices(to_bytes, timings=QUICK).open(parse_printer(url))


def print_on(url: str, name: str = NAME) -> Outcome:
    device = device_of(url)
    return device.print(device.prepare(SLIP, name))


def test_a_sheet_is_printed_when_its_own_tag_comes_back() -> None:
    with SimulatedPrinter(Behaviour(knows_tags=True)) as printer:
        assert print_on(f"{printer.url}?confirm=tag").state is JobState.PRINTED
        assert len(printer.slips) == 1


def test_the_sheet_asks_with_its_tag_and_in_no_other_way() -> None:
    sheet = device_of("tcp://192.0.2.7:9100?confirm=tag").prepare(SLIP, NAME)
    assert sheet.data.endswith(ask_when_printed(tag_of(NAME)))
    assert ASK_PAPER_IN_PRINT_ORDER not in sheet.data


@pytest.mark.parametrize("confirm", ["", "?confirm=order", "?confirm=none", "?model=epson-tm-t82"])
def test_a_printer_that_was_not_seen_to_know_tags_is_never_sent_one(confirm: str) -> None:
    """What a printer does not know it may print: "(H00J047" on a citizen's ticket."""
    sheet = device_of(f"tcp://192.0.2.7:9100{confirm}").prepare(SLIP, NAME)
    assert b"\x1d(H" not in sheet.data
    assert sheet.tag is None


class TardyWire:
    """A line that stays plugged in, as USB and serial do; `says` arrives only when a whole sheet was handed over."""

    def __init__(self, *says: bytes) -> None:
        self.place = "a line"
        self._says = list(says)
        self._answers = b""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        pass

    def send(self, data: bytes, timeout_s: float, *, is_urgent: bool = False) -> int:
        self._answers += b"\x12" * (len(data) // 3) if is_urgent else b"".join(self._says)
        return len(data)

    def receive(self, timeout_s: float) -> bytes:
        received, self._answers = self._answers, b""
        return received

    def finish(self, timeout_s: float) -> bool:
        return False

    def close(self) -> None:
        pass


@pytest.mark.parametrize(
    ("says", "state"),
    [
        ((OURS,), JobState.PRINTED),
        ((OF_AN_EARLIER_JOB,), JobState.UNCONFIRMED),
        ((OF_AN_EARLIER_JOB, OURS), JobState.PRINTED),
        ((OF_AN_EARLIER_JOB[3:], OURS), JobState.PRINTED),
        ((b"\x00\x00",), JobState.UNCONFIRMED),
        ((OURS[:-1],), JobState.UNCONFIRMED),
    ],
    ids=["ours", "late", "late, then ours", "half of a late one, then ours", "in print order", "half of ours"],
)
def test_only_its_own_tag_confirms_a_job_however_late_an_earlier_one_comes(
    says: tuple[bytes, ...], state: JobState
) -> None:
    printer = ReceiptPrinter(
        lambda _timeout_s: TardyWire(*says), to_bytes, replace(QUICK, confirm=0.05), knows_tags=True
    )
    assert printer.print(printer.prepare(SLIP, NAME)).state is state


def test_a_printer_that_repeats_no_tag_confirms_nothing_even_where_it_answers_in_order() -> None:
    with SimulatedPrinter(Behaviour(knows_tags=False, noise=b"\x00\x00" + OURS[:4])) as printer:
        assert print_on(f"{printer.url}?confirm=tag").state is JobState.UNCONFIRMED


def test_no_two_of_many_jobs_share_a_tag() -> None:
    tags = {tag_of(f"A-{number:03}-{number:08x}") for number in range(1000)}
    assert len(tags) == 1000
    assert all(len(tag) == 4 and tag.isascii() and tag.isalnum() for tag in tags)


@pytest.mark.parametrize("url", ["spool://KARCIS", "file:///srv/karcis", "screen:"])
def test_a_printer_that_nobody_hears_is_not_asked_for_a_tag(url: str) -> None:
    with pytest.raises(BadInput, match="confirm=tag"):
        parse_printer(f"{url}?confirm=tag")
