"""A printer to work with by hand: slips appear as text, and a typed word changes how it stands.

`python -m tests.fakes.printer --port 9100 --control 9101` also takes the words from another process, as JSON lines.
"""

import argparse
import itertools
import sys
import threading
from contextlib import ExitStack

from tests.fakes.printer import Behaviour, SimulatedPrinter
from tests.fakes.printer.control import acts_of, controlled


def _show_slips(printer: SimulatedPrinter) -> None:
    for ordinal in itertools.count():
        print(f"{printer.slip(ordinal).text}\n{'- ' * 24}", flush=True)  # noqa: T201


def main() -> None:
    parser = argparse.ArgumentParser(description="Printer tiruan: karcis tampil sebagai teks.")
    parser.add_argument("--port", type=int, default=9100)
    parser.add_argument("--control", type=int, help="porta perintah: satu baris JSON untuk tiap perintah")
    parser.add_argument("--mm-per-s", type=float, help="kecepatan kertas; tanpa ini langsung jadi")
    parser.add_argument("--buffer", type=int, default=4096, help="byte yang diterima sebelum dicetak")
    chosen = parser.parse_args()
    behaviour = Behaviour(mm_per_s=chosen.mm_per_s, buffer_bytes=chosen.buffer)
    with ExitStack() as opened:
        printer = opened.enter_context(SimulatedPrinter(behaviour, chosen.port))
        acts = acts_of(printer)
        print(f"{printer.url} menunggu. Ketik: {', '.join(acts)}.", flush=True)  # noqa: T201
        if chosen.control is not None:
            port = opened.enter_context(controlled(printer, chosen.control))
            print(f"Porta perintah: {port}.", flush=True)  # noqa: T201
        threading.Thread(target=_show_slips, args=(printer,), daemon=True).start()
        for typed in sys.stdin:
            act = acts.get(typed.strip())
            if act is not None:
                act()
        threading.Event().wait()  # no keyboard: print until stopped


if __name__ == "__main__":
    main()
