"""A thermal printer on a real TCP port: it takes time, runs out of paper, falls silent, and keeps what it printed."""

import re
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import TracebackType

from tests.fakes.escpos_stream import CommandKind, EscposCommand, EscposStream
from tests.fakes.printer.behaviour import ANSWERS, PATIENCE_S, Behaviour, Condition, Moment
from tests.fakes.printer.mechanism import Mechanism
from tests.fakes.printer.network import HERE, Network, tear
from tests.fakes.printer.paper import PrintedSheet, PrintedSlip
from tests.fakes.printer.talk import Line, Talk

_A_SLOW_STEP = 32
_WORKS_ON_S = 1.0
_CLEARED = b"7%\0"
_AFTER_CLEARING = 2
_QUESTION = re.compile(rb"\x10\x04([\x01-\x04])")
_QUESTION_BEGUN = re.compile(rb"(?:\x10\x04?)?\Z")


class SimulatedPrinter:
    """Use it as a context manager; every method may be called from any thread.

    Real-time questions are answered as they arrive, also while it stands still; the rest waits for its turn.
    """

    def __init__(self, behaviour: Behaviour | None = None, port: int = 0) -> None:
        self.behaviour = behaviour or Behaviour()
        self._changed = threading.Condition()
        self._mechanism = Mechanism(self.behaviour, self._changed, self)
        self._network = Network(port, self._serve)
        self._stream = EscposStream()
        self._tail = b""
        self._plans: dict[Moment, Callable[[], None]] = {}
        self._talks: list[Talk] = []
        self._worker = threading.Thread(target=lambda: self._mechanism.run(lambda: self._is_off), daemon=True)
        self._is_off = False
        self._is_powered = True
        self._hears_from = 0.0

    def __enter__(self) -> "SimulatedPrinter":
        self.listen()
        self._worker.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        with self._changed:
            self._is_off = True
            self._changed.notify_all()
        self._network.unplug()
        self._network.join()
        self._worker.join(PATIENCE_S)

    # --- what a person sees

    @property
    def url(self) -> str:
        return f"tcp://{HERE}:{self.port}"

    @property
    def port(self) -> int:
        return self._network.port

    @property
    def connections(self) -> int:
        return self._network.connections

    @property
    def slips(self) -> list[PrintedSlip]:
        return self._mechanism.paper.slips

    @property
    def sheets(self) -> list[PrintedSheet]:
        """All that came out, also what is no whole slip."""
        return self._mechanism.paper.sheets

    @property
    def bytes_printed(self) -> int:
        return self._mechanism.paper.bytes_printed

    @property
    def paper_mm(self) -> float:
        return self._mechanism.paper.mm

    @property
    def is_busy(self) -> bool:
        """Whether it will print more without anybody doing anything."""
        return self._mechanism.is_busy

    @property
    def moving_s(self) -> float:
        """The time that the paper itself has taken so far."""
        return self._mechanism.moving_s

    def wait_for(self, is_so: Callable[["SimulatedPrinter"], bool]) -> None:
        """Wait until something is true of the printer; raises TimeoutError."""
        with self._changed:
            if not self._changed.wait_for(lambda: is_so(self), PATIENCE_S):
                raise TimeoutError

    def slip(self, ordinal: int) -> PrintedSlip:
        """Wait as long as it takes for the slip with this number, counted from 0."""
        with self._changed:
            self._changed.wait_for(lambda: len(self.slips) > ordinal)
            return self.slips[ordinal]

    # --- what a person does

    def at(self, moment: Moment, act: Callable[[], None]) -> None:
        """Let something happen once, the next time that this moment comes."""
        with self._changed:
            self._plans[moment] = act

    def become(self, condition: Condition) -> None:
        """Change how the printer stands; when it is online again it goes on with what its buffer holds."""
        with self._changed:
            self.behaviour.condition = condition
            self._mechanism.hold()
            for talk in self._talks:
                talk.tell_status()
            self._changed.notify_all()

    def tear_off(self) -> None:
        """Take away the half slip that hangs out."""
        with self._changed:
            self._mechanism.paper.tear_off()

    def listen(self) -> None:
        """Plug the network cable in; the port stays the same for the printer's whole life."""
        self._network.plug_in()

    def stop_listening(self) -> None:
        """Pull the network cable where a switch stands by: open lines are torn, new ones refused."""
        self._network.unplug()

    def swallow(self) -> None:
        """Pull the cable where nobody stands by: no line is refused, and none is answered."""
        self.forget_lines()
        self._network.swallow()

    def tear_lines(self) -> None:
        """Reset the open lines, as a printer's network card does that starts anew."""
        self._network.tear()

    def forget_lines(self) -> None:
        """Leave the open lines half open: nothing on them is read or answered any more, and nobody hangs up."""
        with self._changed:
            for talk in self._talks:
                talk.is_forgotten = True

    def power_off(self) -> None:
        """What the buffer held is gone for ever, and all lines with it."""
        with self._changed:
            self._is_powered = False
            self._lose_memory()
        self._network.unplug()

    def power_on(self) -> None:
        with self._changed:
            self._is_powered = True
            self._hears_from = time.monotonic() + self.behaviour.boots_in_s
        self.listen()

    def power_cycle(self) -> None:
        """Switch off and on within a blink: the buffer is lost, and the network card knows no line any more."""
        with self._changed:
            self._lose_memory()
            self._hears_from = time.monotonic() + self.behaviour.boots_in_s
        self._network.tear()

    def _lose_memory(self) -> None:
        self._mechanism.clear()
        self._mechanism.paper.tear_off()
        self._stream = EscposStream()
        for talk in self._talks:
            talk.hears_changes = False

    # --- lines

    def serve_serial(self, line: Line, read: Callable[[], bytes]) -> None:
        """Work for a line that is plugged in for good; `read` gives what came, and nothing at its end."""
        with self._talking_over(line) as talk:
            while data := read():
                if self.behaviour.reads and self._is_powered and not talk.is_forgotten:
                    self._receive(data, talk)

    def _serve(self, line: socket.socket) -> None:
        with self._talking_over(line) as talk:
            line.sendall(self.behaviour.noise)
            if self.behaviour.volunteers:
                self._tell_changes(talk)
            self._read_all(line, talk)

    @contextmanager
    def _talking_over(self, line: Line) -> Iterator[Talk]:
        talk = Talk(line, self.behaviour)
        with self._changed:
            self._talks.append(talk)
            self._changed.notify_all()
        try:
            yield talk
        finally:
            with self._changed:
                self._talks.remove(talk)

    def _read_all(self, line: socket.socket, talk: Talk) -> None:
        received = 0
        while data := self._read_some(line, talk):
            limit = self.behaviour.resets_after
            self._receive(data if limit is None else data[: max(0, limit - received)], talk)
            received += len(data)
            if limit is not None and received >= limit:
                self.behaviour.resets_after = None
                tear(line)
                return
        self._wait_until(lambda: self.behaviour.hangs_up and not talk.is_forgotten)
        with self._changed:
            self._changed.wait_for(lambda: self._is_done_with(talk), timeout=_WORKS_ON_S)

    def _is_done_with(self, talk: Talk) -> bool:
        return self._is_off or not (self._network.is_plugged_in and self._mechanism.works_for(talk))

    def _read_some(self, line: socket.socket, talk: Talk) -> bytes:
        """Take what there is room for; a slow printer takes little at a time."""
        self._wait_until(lambda: self.behaviour.reads and self._mechanism.room > 0 and not talk.is_forgotten)
        pace = self.behaviour.bytes_per_s
        if pace is None:
            return line.recv(max(1, self._mechanism.room))
        with self._changed:
            self._changed.wait_for(lambda: self._is_off, _A_SLOW_STEP / pace)
        return line.recv(_A_SLOW_STEP)

    def _receive(self, data: bytes, talk: Talk) -> None:
        """Find real-time questions wherever they stand, as firmware does, also in the data of another command."""
        if time.monotonic() < self._hears_from:
            return
        with self._changed:
            for found in _QUESTION.finditer(self._tail + data):
                self._answer(talk, found[1][0])
            begun = _QUESTION_BEGUN.search(self._tail + data)
            self._tail = begun[0] if begun else b""
            for command in self._stream.feed(data):
                self._take(command, talk)

    def _take(self, command: EscposCommand, talk: Talk) -> None:
        match command.kind:
            case CommandKind.REAL_TIME_STATUS:
                pass  # it was answered as it came
            case CommandKind.RECOVER:
                self._recover(clears=command.data[2] == _AFTER_CLEARING)
            case CommandKind.CLEAR:
                self._mechanism.clear()
                talk.say(_CLEARED)
            case CommandKind.AUTOMATIC:
                self._tell_changes(talk, begins=command.data[2] != 0)
            case _:
                if not talk.has_begun:
                    self._begin(talk)
                self._mechanism.take(command, talk)

    def _answer(self, talk: Talk, question: int) -> None:
        self._mechanism.catch_up()
        if self.behaviour.misses:
            self.behaviour.misses -= 1
        elif self.behaviour.answers:
            talk.say(ANSWERS[self.behaviour.condition].real_time[question - 1 : question])
        if question == 4:
            self._begin(talk)

    def _begin(self, talk: Talk) -> None:
        talk.has_begun = True
        self.happened(Moment.CHECKED)

    def _recover(self, *, clears: bool) -> None:
        """DLE ENQ: go on after an error whose cause is gone."""
        if clears:
            self._mechanism.clear()
        if self.behaviour.condition is Condition.CUTTER_JAM:
            self.become(Condition.HEALTHY)

    def _tell_changes(self, talk: Talk, *, begins: bool = True) -> None:
        talk.hears_changes = begins
        talk.tell_status()

    def who_hears(self, talk: Talk) -> Talk:
        """The line that an answer in print order goes to."""
        return self._talks[-1] if self.behaviour.is_module and self._talks else talk

    def happened(self, moment: Moment) -> None:
        """Do what was planned for this moment, with the lock held."""
        act = self._plans.pop(moment, None)
        if act is not None:
            act()
            self._changed.notify_all()

    def _wait_until(self, is_so: Callable[[], bool]) -> None:
        with self._changed:
            self._changed.wait_for(lambda: self._is_off or is_so())
