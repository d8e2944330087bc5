"""The simulated printer does what a real one would, or every test with it would prove nothing."""

import json
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from tests.fakes.escpos_stream import EscposStream
from tests.fakes.printer import Behaviour, Condition, Moment, SheetKind, SimulatedPrinter
from tests.fakes.printer.control import controlled
from tests.fakes.printer.mechanism import Mechanism
from tests.fakes.printer.talk import Talk

CUT = b"\x1dVB\x00"
ASK_IN_ORDER, ASK_TAG = b"\x1dr\x01", b"\x1d(H\x06\x00\x30\x30B042"
ALL_QUESTIONS = b"".join(bytes((0x10, 0x04, number)) for number in (1, 2, 3, 4))
HEALTHY, PAPER_OUT = bytes.fromhex("12121212"), bytes.fromhex("1a32127e")


def sheet(*lines: str) -> bytes:
    return b"\x1b@" + b"".join(line.encode("latin-1") + b"\n" for line in lines) + CUT


@contextmanager
def line_to(printer: SimulatedPrinter) -> Iterator[socket.socket]:
    with socket.create_connection(("127.0.0.1", printer.port), 5) as line:
        yield line


def answers(line: socket.socket, count: int) -> bytes:
    received = b""
    while len(received) < count:
        received += line.recv(count - len(received))
    return received


def kinds(printer: SimulatedPrinter) -> list[SheetKind]:
    return [found.kind for found in printer.sheets]


def test_what_came_out_is_called_what_a_person_would_call_it() -> None:
    with SimulatedPrinter() as printer, line_to(printer) as line:
        line.sendall(sheet("A-001") + sheet("SALINAN 1", "A-001") + sheet("\x81\x82") + b"A-003\n" + CUT + ASK_IN_ORDER)
        answers(line, 1)
        assert kinds(printer) == [SheetKind.ORIGINAL, SheetKind.COPY, SheetKind.GARBAGE, SheetKind.HALF]


def test_the_rest_of_a_command_that_was_cut_off_swallows_what_follows() -> None:
    """So does firmware: the next sheet's ESC @ is taken for data, and its head is missing."""
    with SimulatedPrinter() as printer:
        with line_to(printer) as line:
            line.sendall(b"\x1b@A-001\n\x1d(k\x20\x001P0ABC")
            printer.wait_for(lambda it: it.bytes_printed > 2)
        with line_to(printer) as line:
            line.sendall(sheet("MPP Kabupaten Sukamaju, tiket A-002") + ASK_IN_ORDER)
            answers(line, 1)
        assert kinds(printer) == [SheetKind.GARBAGE]
        assert "A-001" in printer.sheets[0].text


def test_questions_are_answered_at_once_and_in_order_ones_when_it_is_their_turn() -> None:
    with SimulatedPrinter(Behaviour(Condition.PAPER_OUT, knows_tags=True)) as printer, line_to(printer) as line:
        line.sendall(sheet("A-001") + ASK_IN_ORDER + ASK_TAG + ALL_QUESTIONS)
        assert answers(line, 4) == PAPER_OUT
        printer.become(Condition.HEALTHY)
        assert answers(line, 8) == b'\x007"B042\0'
        assert kinds(printer) == [SheetKind.ORIGINAL]


def test_changes_are_told_to_who_asked_for_them() -> None:
    with SimulatedPrinter() as printer, line_to(printer) as line:
        line.sendall(b"\x1da\xff")
        assert answers(line, 4) == bytes.fromhex("10000000")
        printer.become(Condition.COVER_OPEN)
        assert answers(line, 4) == bytes.fromhex("38000000")


def test_a_hot_head_cools_by_itself() -> None:
    with SimulatedPrinter(Behaviour(Condition.HOT_HEAD, cools_in_s=0.02)) as printer:
        printer.wait_for(lambda it: it.behaviour.condition is Condition.HEALTHY)


def test_a_jammed_knife_and_full_buffers_are_cleared_by_command() -> None:
    with SimulatedPrinter(Behaviour(Condition.CUTTER_JAM)) as printer, line_to(printer) as line:
        line.sendall(sheet("A-001") + b"\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08" + b"\x10\x05\x01")
        assert answers(line, 3) == b"7%\0"
        printer.wait_for(lambda it: it.behaviour.condition is Condition.HEALTHY)
        line.sendall(ASK_IN_ORDER)
        answers(line, 1)
        assert printer.sheets == []


def test_without_power_the_buffer_is_lost_and_half_a_slip_hangs_out() -> None:
    with SimulatedPrinter(Behaviour(fails_after=8)) as printer:
        with line_to(printer) as line:
            line.sendall(sheet("A-001", "A-002"))
            printer.wait_for(lambda it: it.behaviour.condition is Condition.PAPER_OUT)
        printer.power_off()
        printer.become(Condition.HEALTHY)
        printer.power_on()
        with line_to(printer) as line:
            line.sendall(sheet("A-003") + ASK_IN_ORDER)
            answers(line, 1)
        assert [found.text for found in printer.sheets] == ["A-001", "A-003"]
        assert kinds(printer) == [SheetKind.HALF, SheetKind.ORIGINAL]


def test_paper_takes_its_time_and_the_question_may_be_answered_ahead_of_it() -> None:
    with SimulatedPrinter(Behaviour(mm_per_s=200, runs_ahead_mm=100)) as printer, line_to(printer) as line:
        line.sendall(sheet(*("satu baris",) * 8) + ASK_IN_ORDER)
        answers(line, 1)
        assert printer.sheets == []
        printer.wait_for(lambda it: bool(it.sheets))
        assert printer.paper_mm == 30
        assert printer.moving_s == pytest.approx(30 / 200)


class Kept:
    """The rest of a printer whose thread the computer keeps waiting: nothing happens in it by itself."""

    def __init__(self, behaviour: Behaviour) -> None:
        self.now = 0.0
        self._lock = threading.Condition()
        self.mechanism = Mechanism(behaviour, self._lock, self, lambda: self.now)
        self.line = Talk(self, behaviour)
        self.said = b""

    def sendall(self, data: bytes, /) -> None:
        self.said += data

    def happened(self, moment: Moment) -> None: ...

    def become(self, condition: Condition) -> None: ...

    def who_hears(self, talk: Talk) -> Talk:
        return talk

    def take(self, data: bytes) -> None:
        with self._lock:
            for command in EscposStream().feed(data):
                self.mechanism.take(command, self.line)

    def after(self, seconds: float) -> tuple[bytes, list[str]]:
        """What a look so much later finds said and printed."""
        self.now += seconds
        with self._lock:
            self.mechanism.catch_up()
        return self.said, [found.text for found in self.mechanism.paper.sheets]


def test_a_busy_computer_makes_no_slow_paper() -> None:
    kept = Kept(Behaviour(mm_per_s=100, runs_ahead_mm=4))
    kept.take(sheet("A-001", "A-001") + ASK_IN_ORDER)
    assert kept.after(0) == (b"", [])
    assert kept.after(0.0376) == (b"\0", []), "answered while the second line was still to come"
    assert kept.after(0.0376) == (b"\0", ["A-001\nA-001"])


def test_paper_that_stood_still_takes_its_time_from_there() -> None:
    kept = Kept(Behaviour(mm_per_s=100))
    kept.take(sheet("A-001"))
    kept.after(0.03)
    kept.now += 5
    kept.mechanism.hold()
    assert kept.after(0.03) == (b"", [])
    assert kept.after(0.01) == (b"", ["A-001"])


def test_a_full_buffer_makes_the_line_wait() -> None:
    with SimulatedPrinter(Behaviour(Condition.PAPER_OUT, buffer_bytes=64)) as printer, line_to(printer) as line:
        line.sendall(sheet("x" * 100))
        line.sendall(ALL_QUESTIONS)
        line.settimeout(0.05)
        with pytest.raises(TimeoutError):
            line.recv(1)
        printer.become(Condition.HEALTHY)
        line.settimeout(5)
        assert answers(line, 4) == HEALTHY


@pytest.mark.skipif(sys.platform != "linux", reason="other systems answer for a listener whose queue is full")
def test_who_is_swallowed_hears_nothing() -> None:
    with SimulatedPrinter() as printer, line_to(printer) as before:
        before.sendall(ALL_QUESTIONS)
        assert answers(before, 4) == HEALTHY, "the line is served"
        printer.swallow()
        before.settimeout(0.05)
        before.sendall(ALL_QUESTIONS)
        with pytest.raises(TimeoutError):
            before.recv(1)
        with pytest.raises(TimeoutError):
            socket.create_connection(("127.0.0.1", printer.port), 0.1)
        printer.listen()
        with line_to(printer) as line:
            line.sendall(ALL_QUESTIONS)
            assert answers(line, 4) == HEALTHY


def told(port: int, *commands: dict[str, Any] | str) -> list[dict[str, Any]]:
    with socket.create_connection(("127.0.0.1", port), 5) as line, line.makefile("rwb") as file:
        replies = []
        for command in commands:
            file.write((command if isinstance(command, str) else json.dumps(command)).encode() + b"\n")
            file.flush()
            replies.append(json.loads(file.readline()))
        return replies


def test_another_process_can_play_with_it() -> None:
    with SimulatedPrinter() as printer, controlled(printer) as port:
        assert told(port, {"do": "kertas habis"}) == [{"ok": True, "stands": "kertas habis", "mm": 0.0}]
        told(port, {"do": "normal"}, {"do": "tutup terbuka", "at": "dipotong"}, {"set": {"confirms": False}})
        with line_to(printer) as line:
            line.sendall(sheet("A-001"))
            printer.wait_for(lambda it: it.behaviour.condition is Condition.COVER_OPEN)
        assert told(port, {"ask": "sheets"}) == [{"ok": True, "sheets": [{"kind": "asli", "text": "A-001"}]}]
        refused = told(port, {"do": "terbang"}, {"set": {"warna": 1}}, "bukan json", {"do": "normal", "at": "besok"})
        assert [reply["ok"] for reply in refused] == [False] * 4
        assert printer.behaviour.confirms is False


def test_every_moment_comes_in_its_turn() -> None:
    seen: list[Moment] = []
    with SimulatedPrinter() as printer, line_to(printer) as line:
        for moment in Moment:
            printer.at(moment, lambda moment=moment: seen.append(moment))  # type: ignore[misc]
        line.sendall(ALL_QUESTIONS)
        printer.wait_for(lambda _: seen == [Moment.CHECKED])
        line.sendall(sheet("A-001") + ASK_IN_ORDER)
        answers(line, 1)
        printer.wait_for(lambda _: seen == list(Moment))


def test_a_question_is_answered_even_within_the_data_of_another_command() -> None:
    with SimulatedPrinter() as printer, line_to(printer) as line:
        line.sendall(b"\x1d(k\x40\x001P0" + ALL_QUESTIONS[:4])
        assert answers(line, 1) == HEALTHY[:1]
        line.sendall(ALL_QUESTIONS[4:])
        assert answers(line, 3) == HEALTHY[1:]
