"""Slips as bytes: golden bytes, a budget for the ticket, and nothing in a text that a printer could obey."""

from datetime import datetime, timedelta, timezone

import pytest

from mppdesk.domain.papers import TicketPaper
from mppdesk.domain.printer_models import GENERIC_58, GENERIC_80, MODELS
from mppdesk.domain.slip import Align, Blank, Line, Pair, QrCode, Rule, Slip, SlipKind
from mppdesk.domain.slip_layout import ticket_slip
from mppdesk.printing.escpos import to_bytes

WIB = timezone(timedelta(hours=7))
START = b"\x1b@\x1c.\x1bt\x00"
CUT = b"\x1dVB\x00"
CONFIRM = b"\x1dr\x01"
QUIET, CENTRED, LEFT = b"\x1bJ\x0c", b"\x1ba\x01", b"\x1ba\x00"
TEAR = b"\x1b2\x1bd\x04"


def slip(*parts: Line | Pair | Rule | Blank | QrCode, columns: int = 48) -> Slip:
    return Slip(SlipKind.TEST, parts, columns)


def test_a_plain_line_stands_between_start_cut_and_question() -> None:
    assert to_bytes(slip(Line("Uji cetak"))) == START + b"Uji cetak\n" + CUT + CONFIRM


def test_a_size_is_set_before_and_taken_back_after_a_line() -> None:
    large = slip(Line("B-042", Align.CENTER, size=6, bold=True))
    middle = b"\x1d!\x55\x1bE\x01\x1ba\x01B-042\n\x1bE\x00\x1d!\x00"
    assert to_bytes(large) == START + middle + CUT + CONFIRM


def test_an_alignment_is_said_once_for_all_lines_that_have_it() -> None:
    lines = slip(Line("A", Align.CENTER), Line("B", Align.CENTER), Rule())
    assert to_bytes(lines) == START + CENTRED + b"A\nB\n" + LEFT + b"-" * 48 + b"\n" + CUT + CONFIRM


def test_a_pair_reaches_both_edges_and_a_rule_the_whole_width() -> None:
    lines = to_bytes(slip(Pair("DPMPTSP", "Loket 2"), Rule(), Blank())).removeprefix(START).split(b"\n")
    assert lines[:3] == [b"DPMPTSP" + b" " * 34 + b"Loket 2", b"-" * 48, b""]


def test_the_printer_draws_the_code_itself() -> None:
    code = (
        b"\x1d(k\x04\x001A2\x00"  # model 2
        b"\x1d(k\x03\x001C\x04"  # four dots a module
        b"\x1d(k\x03\x001E1"  # correction M
        b"\x1d(k\x08\x001P0token"
        b"\x1d(k\x03\x001Q0"
    )
    assert to_bytes(slip(QrCode("token"))) == START + QUIET + CENTRED + code + CUT + CONFIRM


def test_a_narrow_printer_without_cutter_code_or_answer_gets_none_of_their_commands() -> None:
    sent = to_bytes(slip(Line("Uji"), QrCode("token"), columns=32), GENERIC_58)
    edge = 21 * 4
    picture = b"\x1dv0\x00" + bytes((11, 0, edge, 0))
    start = START + b"Uji\n" + QUIET + CENTRED + picture
    assert sent.startswith(start)
    assert sent[len(start) + 11 * edge :] == TEAR


def test_a_slip_for_other_paper_is_fitted_to_the_printers() -> None:
    assert to_bytes(slip(Rule()), GENERIC_58) == START + b"-" * 32 + b"\n" + TEAR
    assert to_bytes(slip(Rule(), columns=32)) == START + b"-" * 48 + b"\n" + CUT + CONFIRM


def test_the_lines_of_a_ticket_stand_close_and_its_end_is_fed_by_usual_ones() -> None:
    ticket = Slip(SlipKind.TICKET, (Line("B-042"),), 32)
    assert to_bytes(ticket, GENERIC_58) == START + b"\x1b3\x18" + b"B-042\n" + TEAR


def test_commands_hidden_in_a_text_are_not_sent() -> None:
    sent = to_bytes(slip(Line("Melati\x1bp0\x10\x04\x01 é")))
    assert sent == START + b"Melati?p0??? ?\n" + CUT + CONFIRM


def test_each_job_stands_alone() -> None:
    one = slip(Line("Uji cetak"))
    assert to_bytes(one) == to_bytes(one)


def test_a_ticket_with_everything_on_it_fits_in_700_bytes() -> None:
    paper = TicketPaper(
        heading=("Mal Pelayanan Publik", "Kabupaten Sukamaju"),
        agency="Dukcapil",
        service="Penggantian KTP-el hilang",
        number="B-042",
        moment=datetime(2026, 11, 23, 9, 18, tzinfo=WIB),
        people_ahead=12,
        minutes=35,
        prepare=("Surat kehilangan kepolisian (asli)", "Fotokopi KK (1 lembar)"),
        qr_token="k7Qm2vX9rT4bN8sW1pZ6",
        is_priority=True,
    )
    sent = to_bytes(ticket_slip(paper), GENERIC_80)
    assert len(sent) <= 700
    assert b"k7Qm2vX9rT4bN8sW1pZ6" in sent
    assert sent.endswith(CONFIRM)


@pytest.mark.parametrize("name", MODELS)
def test_characters_of_font_a_fill_the_head(name: str) -> None:
    model = MODELS[name]
    assert model.columns == model.dots // 12
