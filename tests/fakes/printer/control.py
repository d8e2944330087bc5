"""The control port of a simulated printer: one JSON line for each command, one JSON line as answer.

`{"do": "kertas habis"}` is any word of a person (see `acts_of`); `{"do": "pemotong macet", "at": "dipotong"}` lets it
happen once at a moment; `{"set": {"mm_per_s": 90}}` changes what the model can do; `{"ask": "sheets"}` tells what came
out. An answer has `ok`, and `error` in words where that is false.
"""

import contextlib
import json
import socketserver
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import fields
from functools import partial
from typing import Any

from tests.fakes.printer.behaviour import Behaviour, Condition, Moment
from tests.fakes.printer.network import HERE
from tests.fakes.printer.printer import SimulatedPrinter

_SETTABLE = frozenset(field.name for field in fields(Behaviour)) - {"condition", "fails_with"}
_BYTES = frozenset({"noise", "interjects"})


def acts_of(printer: SimulatedPrinter) -> dict[str, Callable[[], None]]:
    """What a person can do to a printer, by the word for it."""
    acts: dict[str, Callable[[], None]] = {
        "cabut kabel": printer.stop_listening,
        "pasang kabel": printer.listen,
        "telan": printer.swallow,
        "putuskan": printer.tear_lines,
        "lupakan": printer.forget_lines,
        "matikan": printer.power_off,
        "nyalakan": printer.power_on,
        "kedip": printer.power_cycle,
        "sobek": printer.tear_off,
    }
    return acts | {condition.value: partial(printer.become, condition) for condition in Condition}


def obey(printer: SimulatedPrinter, command: dict[str, Any]) -> dict[str, Any]:
    """Do what a command says and give the answer. Raises KeyError and ValueError for what nobody understands."""
    if "do" in command:
        act = acts_of(printer)[command["do"]]
        if "at" in command:
            printer.at(Moment(command["at"]), act)
        else:
            act()
    for name, value in command.get("set", {}).items():
        if name not in _SETTABLE:
            raise KeyError(name)
        setattr(printer.behaviour, name, bytes.fromhex(value) if name in _BYTES else value)
    if command.get("ask") == "sheets":
        return {"sheets": [{"kind": sheet.kind.value, "text": sheet.text} for sheet in printer.sheets]}
    return {"stands": printer.behaviour.condition.value, "mm": round(printer.paper_mm, 1)}


class _Handler(socketserver.StreamRequestHandler):
    server: "_Server"

    def handle(self) -> None:
        with contextlib.suppress(OSError):  # whoever asked is gone
            for line in self.rfile:
                self.wfile.write(json.dumps(self._answer(line), ensure_ascii=False).encode() + b"\n")

    def _answer(self, line: bytes) -> dict[str, Any]:
        try:
            return {"ok": True, **obey(self.server.printer, json.loads(line))}
        except (KeyError, ValueError, TypeError, AttributeError) as error:
            return {"ok": False, "error": f"{type(error).__name__}: {error}"}


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, printer: SimulatedPrinter, port: int) -> None:
        super().__init__((HERE, port), _Handler)
        self.printer = printer


@contextmanager
def controlled(printer: SimulatedPrinter, port: int = 0) -> Iterator[int]:
    """Listen on the control port (0: any free one); gives its number."""
    with _Server(printer, port) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        thread.start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()
            thread.join()
