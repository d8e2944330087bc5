"""The printer's answers, in any order and any pieces, with noise in between."""

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mppdesk.domain.print_job import PrinterState
from mppdesk.printing.status import ALL_QUESTIONS, Fact, Question, Reading, StatusParser, ask_when_printed

TAGS = st.text('ABCJ0123456789 7"_~', min_size=4, max_size=4)
NAMES = st.text('EPSONTM-82x7" _', max_size=12)
BETWEEN = st.sampled_from([b"", b"\x11", b"\x13", b"\x12\x1e", b"\x13\x12\x11"])
NOISE = st.binary(max_size=4).map(lambda noise: bytes(byte for byte in noise if byte not in b"_7"))
XON_XOFF_AND_HIGH = st.sampled_from([0x11, 0x13, *range(0x80, 0x100)])


def parsed(received: bytes, *questions: Question) -> StatusParser:
    parser = StatusParser()
    parser.ask(*questions)
    parser.feed(received)
    return parser


def test_the_questions_are_the_four_real_time_commands() -> None:
    assert StatusParser().ask(*ALL_QUESTIONS) == bytes.fromhex("100401 100402 100403 100404")


@pytest.mark.parametrize(
    ("answers", "state"),
    [
        ("12 12 12 12", PrinterState.READY),
        ("1a 12 12 12", PrinterState.OFFLINE),
        ("1a 16 12 12", PrinterState.COVER_OPEN),
        ("1a 32 12 12", PrinterState.PAPER_OUT),
        ("1a 32 12 7e", PrinterState.PAPER_OUT),
        ("12 12 12 7e", PrinterState.PAPER_OUT),
        ("1a 36 12 7e", PrinterState.COVER_OPEN),
        ("1a 52 12 12", PrinterState.ERROR),
        ("1a 52 1a 12", PrinterState.CUTTER_JAM),
        ("1a 52 32 12", PrinterState.ERROR),
        ("1a 52 52 12", PrinterState.ERROR),
        ("12 12 12 1e", PrinterState.PAPER_NEAR_END),
        ("16 12 12 12", PrinterState.READY),  # the drawer's pin says nothing of the printer
    ],
)
def test_the_state_is_the_first_thing_to_mend(answers: str, state: PrinterState) -> None:
    assert parsed(bytes.fromhex(answers), *ALL_QUESTIONS).report.state is state


def test_silence_is_unknown_and_not_ready() -> None:
    assert parsed(b"", *ALL_QUESTIONS).report.state is PrinterState.UNKNOWN


def test_a_missing_answer_leaves_its_part_unknown() -> None:
    parser = parsed(b"\x12\x12", Question.PRINTER, Question.STOPPED_BY, Question.PAPER)
    assert (parser.report.online, parser.report.paper) == (Reading.OK, Reading.UNKNOWN)
    assert parser.awaited == 1


def test_one_bit_of_a_pair_means_nothing() -> None:
    parser = parsed(b"\x16\x32", Question.PAPER, Question.PAPER)
    assert (parser.report.paper, parser.report.paper_supply) == (Reading.UNKNOWN, Reading.OK)


def test_an_answer_that_was_not_asked_for_is_passed_over() -> None:
    assert parsed(b"\x1a").report.state is PrinterState.UNKNOWN


def test_asking_anew_forgets_the_late_questions() -> None:
    parser = StatusParser()
    parser.ask(*ALL_QUESTIONS)
    parser.ask(Question.PAPER)
    parser.feed(b"\x7e")
    assert parser.report.state is PrinterState.PAPER_OUT
    assert parser.report.online is Reading.UNKNOWN


@pytest.mark.parametrize(
    ("answer", "state", "paper"),
    [
        (b"\x00", PrinterState.UNKNOWN, Reading.OK),
        (b"\x03", PrinterState.PAPER_NEAR_END, Reading.OK),
        (b"\x0c", PrinterState.PAPER_OUT, Reading.FAULT),
        (b"\x0f", PrinterState.PAPER_OUT, Reading.FAULT),
    ],
)
def test_the_answer_in_print_order_confirms(answer: bytes, state: PrinterState, paper: Reading) -> None:
    report = parsed(answer).report
    assert (report.state, report.paper, report.confirmations) == (state, paper, 1)


@pytest.mark.parametrize(
    ("status", "state"),
    [
        ("10 00 00 0f", PrinterState.READY),
        ("14 00 00 00", PrinterState.READY),
        ("18 00 00 00", PrinterState.OFFLINE),
        ("38 00 00 00", PrinterState.COVER_OPEN),
        ("18 00 0c 00", PrinterState.PAPER_OUT),
        ("18 08 00 00", PrinterState.CUTTER_JAM),
        ("18 20 00 00", PrinterState.ERROR),
        ("10 00 03 00", PrinterState.PAPER_NEAR_END),
    ],
)
def test_an_automatic_status_tells_everything_and_confirms_nothing(status: str, state: PrinterState) -> None:
    report = parsed(bytes.fromhex(status)).report
    assert (report.state, report.confirmations) == (state, 0)


def test_an_automatic_status_may_be_cut_by_an_answer_and_by_another_one() -> None:
    parser = parsed(bytes.fromhex("18 00 12 0c 10 00 13 03 00 03"), Question.PRINTER)
    assert parser.awaited == 0
    assert (parser.report.state, parser.report.confirmations) == (PrinterState.PAPER_NEAR_END, 1)


def test_what_the_printer_is_comes_as_texts_between_other_answers() -> None:
    parser = StatusParser()
    assert parser.ask_facts(Fact.MAKER, Fact.MODEL) == bytes.fromhex("1d4942 1d4943")
    parser.ask(Question.PRINTER)
    parser.feed(b"\x11_EP\x1aSON\x00\xff_TM-T82X\x00\x00")
    assert parser.report.texts == ("EPSON", "TM-T82X")
    assert (parser.report.state, parser.report.confirmations) == (PrinterState.OFFLINE, 1)


def test_a_job_is_printed_when_its_own_tag_comes_back() -> None:
    assert ask_when_printed("J047") == bytes.fromhex("1d284806003030") + b"J047"
    parser = StatusParser()
    parser.await_tag("J047")
    for piece in (b'7"J0', b"\x12", b"47\x00"):
        assert not parser.report.tags
        parser.feed(piece)
    assert (parser.report.tags, parser.report.confirmations) == (("J047",), 0)


def test_the_late_word_of_an_earlier_job_does_not_stand_in_the_way_of_this_ones() -> None:
    parser = StatusParser()
    parser.await_tag("J047")
    parser.feed(b'7"J046\x00' + b'7"J047\x00')
    assert parser.report.tags == ("J046", "J047")


@pytest.mark.parametrize("tag", ["", "J04", "J0475", "J\n47", "é047"])
def test_a_tag_has_four_plain_signs(tag: str) -> None:
    with pytest.raises(ValueError):
        ask_when_printed(tag)


@pytest.mark.parametrize("noise", [b"_", b"7", b'7"', b'7"J04'])
def test_the_beginning_of_an_answer_nobody_awaits_hides_no_other_answer(noise: bytes) -> None:
    assert parsed(noise + b"\x1a\x32\x12\x7e", *ALL_QUESTIONS).report.state is PrinterState.PAPER_OUT


@pytest.mark.parametrize("noise", [b"7", b"7\xff", b"77", b'7"J0475'])
def test_noise_that_begins_as_a_tag_ends_where_it_is_none(noise: bytes) -> None:
    parser = StatusParser()
    parser.await_tag("J047")
    parser.feed(noise)
    parser.ask(*ALL_QUESTIONS)
    parser.feed(b"\x1a\x32\x12\x7e")
    assert (parser.report.state, parser.report.tags) == (PrinterState.PAPER_OUT, ())


@given(st.lists(st.binary(max_size=9)), st.lists(st.sampled_from(ALL_QUESTIONS), max_size=6))
def test_nothing_a_printer_sends_raises_and_the_pieces_do_not_matter(
    pieces: list[bytes], questions: Sequence[Question]
) -> None:
    in_pieces, at_once = StatusParser(), StatusParser()
    for parser in (in_pieces, at_once):
        parser.ask(*questions)
        parser.ask_facts(*questions and (Fact.MODEL,))
        parser.await_tag("J047")
    for piece in pieces:
        in_pieces.feed(piece)
    at_once.feed(b"".join(pieces))
    assert in_pieces.report == at_once.report
    assert in_pieces.report.state in PrinterState


@given(st.permutations(ALL_QUESTIONS), st.lists(XON_XOFF_AND_HIGH, min_size=5, max_size=5))
def test_order_and_noise_do_not_change_what_is_understood(order: list[Question], noise: list[int]) -> None:
    answers = {Question.PRINTER: 0x1A, Question.STOPPED_BY: 0x12, Question.ERROR: 0x12, Question.PAPER: 0x7E}
    sent = [byte for foreign, question in zip(noise, order, strict=False) for byte in (foreign, answers[question])]
    assert parsed(bytes(sent), *order).report == parsed(bytes(answers.values()), *answers).report
    assert parsed(bytes(sent), *order).report.state is PrinterState.PAPER_OUT


@settings(max_examples=40)
@given(st.data(), st.lists(TAGS, min_size=1, max_size=3, unique=True), st.lists(NAMES, max_size=2))
def test_tags_and_texts_are_understood_whole_in_any_pieces_and_between_any_noise(
    data: st.DataObject, tags: list[str], names: list[str]
) -> None:
    """A printer sends each answer whole, but for real-time answers; noise comes before and after."""
    answers = data.draw(st.permutations([*(f'7"{tag}\0' for tag in tags), *(f"_{name}\0" for name in names)]))
    told = [data.draw(NOISE) + _with_flow_control(data, answer) for answer in answers]
    sent = b"".join(told) + data.draw(NOISE)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(sent)), max_size=6)))
    parser = StatusParser()
    parser.ask_facts(*[Fact.MODEL] * len(names))
    parser.await_tag("\x7f")  # none of theirs: all of them are earlier jobs'
    for start, end in pairwise((0, *cuts, len(sent))):
        parser.feed(sent[start:end])
    assert parser.report.tags == tuple(answer[2:-1] for answer in answers if answer[0] == "7")
    assert parser.report.texts == tuple(answer[1:-1] for answer in answers if answer[0] == "_")


def _with_flow_control(data: st.DataObject, answer: str) -> bytes:
    """Bytes that may fall between the signs of an answer: XON, XOFF and answers to DLE EOT."""
    place, fallen = data.draw(st.integers(0, len(answer))), data.draw(BETWEEN)
    return answer[:place].encode("ascii") + fallen + answer[place:].encode("ascii")


@given(st.binary().filter(lambda sent: all(byte & 0x90 for byte in sent)))
def test_only_a_plain_byte_confirms(sent: bytes) -> None:
    assert parsed(sent, *ALL_QUESTIONS).report.confirmations == 0
