"""`mppdesk printer ...`: how a printer stands, what it can do, and the address that says so."""

import sys
from argparse import Namespace
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from mppdesk.cli.output import DONE, Output
from mppdesk.domain.errors import BadInput, PrinterTrouble
from mppdesk.domain.print_job import PrinterState
from mppdesk.domain.printer_address import Printer, parse_printer
from mppdesk.domain.printer_models import Confirmation, PrinterModel
from mppdesk.domain.printer_options import url_saying
from mppdesk.domain.printer_trial import (
    CUT_QUESTION,
    ODD_QUESTION,
    QR_QUESTION,
    SIGNS_QUESTION,
    WIDTH_QUESTION,
    WIDTHS,
    Seen,
    model_seen,
    require_paper,
    trial_slip,
)
from mppdesk.texts import Text, msg

if TYPE_CHECKING:
    from mppdesk.printing.probing import Probed
    from mppdesk.printing.trial import Tried

_STATES = {
    PrinterState.READY: msg("siap"),
    PrinterState.PAPER_NEAR_END: msg("siap, kertas hampir habis"),
    PrinterState.PAPER_OUT: msg("kertas habis"),
    PrinterState.COVER_OPEN: msg("tutup terbuka"),
    PrinterState.CUTTER_JAM: msg("pemotong macet"),
    PrinterState.ERROR: msg("rusak"),
    PrinterState.OFFLINE: msg("berhenti"),
    PrinterState.UNREACHABLE: msg("tidak dapat dihubungi"),
    PrinterState.MUTE: msg("siap, tidak memberi tahu keadaannya"),
    PrinterState.UNKNOWN: msg("belum diketahui"),
}
_SURENESS = {
    Confirmation.TAG: msg("Ia memastikan setiap cetakan dengan tandanya sendiri."),
    Confirmation.ORDER: msg("Ia memastikan setiap cetakan."),
    Confirmation.NONE: msg("Ia tidak dapat memastikan cetakan: petugas akan ditanya apakah kertasnya keluar."),
}
_YES, _NO = "ya", "tidak"


def test(arguments: Namespace, output: Output) -> int:
    """Ask a printer how it stands; exit 3 when it cannot print now."""
    from mppdesk.printing.devices import probe as state_of

    state = state_of(arguments.url)
    if state.blocks:
        return _not_ready(arguments.url, state, output)
    output.say(msg("Printer {state}.", state=_STATES[state]))
    output.result({"state": str(state)})
    return DONE


def probe(arguments: Namespace, output: Output) -> int:
    """Find out what a printer can do and the URL that says so; exit 3 when it cannot be asked now.

    With --print its test slip comes out, and the person at the keyboard is asked what she sees on it.
    """
    from mppdesk.printing.probing import find_out

    url, printer = arguments.url, parse_printer(arguments.url)
    if arguments.prints:
        require_paper(printer)
    found = find_out(url)
    told = _told(found)
    if found.state.blocks:
        return _not_ready(url, found.state, output, **told)
    output.say(msg("Printer {state}.", state=_STATES[found.state]))
    if found.product:
        output.say(msg("Ia menyebut diri {name}.", name=f"{found.maker or ''} {found.product}".strip()))
    model = found.model
    if arguments.prints:
        tried = _try(printer)
        if not tried.is_given:
            return _not_ready(url, tried.state, output, **told)
        told["repeats_tag"] = tried.said.repeats_tag
        model = model_seen(model or printer.model, _ask(tried, output), tried.said)
    return _suggest(url, model, output, state=str(found.state), **told)


def _told(found: "Probed") -> dict[str, Any]:
    return {
        "answers_status": found.answers_status,
        "confirms": found.confirms_in_order,
        "maker": found.maker,
        "product": found.product,
        "serial": found.serial,
    }


def _suggest(url: str, model: PrinterModel | None, output: Output, **told: Any) -> int:
    suggested = None if model is None else url_saying(url, model)
    if model is not None:
        output.say(_SURENESS[model.confirmation])
        output.say(msg("Tulis alamatnya begini: {url}", url=suggested))
    named = {"model": model.name, "confirmation": str(model.confirmation)} if model else {"model": None}
    output.result({**told, **named, "url": suggested})
    return DONE


def _not_ready(url: str, state: PrinterState, output: Output, **told: Any) -> int:
    happened = msg("Printer {url} tidak siap: {state}. Tidak ada yang dicetak.", url=url, state=_STATES[state])
    return output.refused(PrinterTrouble(happened, _what_to_check(url)), state=str(state), **told)


def _try(printer: Printer) -> "Tried":
    from mppdesk.printing.escpos import to_bytes
    from mppdesk.printing.trial import print_trial

    return print_trial(printer, trial_slip(datetime.now().astimezone()), to_bytes)


def _ask(tried: "Tried", output: Output) -> Seen:
    """Ask what is on the paper; the last question only where the printer repeated the tag."""
    output.warn(msg("Lembar uji dikirim. Ambil kertasnya dan lihat."))
    return Seen(
        columns=int(_answer(WIDTH_QUESTION, map(str, WIDTHS), output)),
        has_all_signs=_is_so(SIGNS_QUESTION, output),
        has_qr=_is_so(QR_QUESTION, output),
        is_cut=_is_so(CUT_QUESTION, output),
        has_odd_signs=tried.said.repeats_tag and _is_so(ODD_QUESTION, output),
    )


def _is_so(question: Text, output: Output) -> bool:
    return _answer(question, (_YES, _NO), output) == _YES


def _answer(question: Text, known: Iterable[str], output: Output) -> str:
    """Ask until one of the known answers is typed. Raises BadInput where nobody types."""
    answers = tuple(known)
    while True:
        output.warn(msg("{question} Ketik {answers}.", question=question, answers=" / ".join(answers)))
        line = sys.stdin.readline()
        typed = line.strip().casefold()
        if typed in answers:
            return typed
        if not line:
            raise BadInput(
                msg("Tidak ada yang menjawab. Lembar uji sudah dicetak, tidak ada yang disimpan."),
                msg("Jalankan lagi di terminal, lalu jawab setiap pertanyaan."),
            )


def _what_to_check(url: str) -> Text:
    if url.strip().casefold().startswith("file:"):
        return msg("Periksa apakah foldernya ada dan dapat ditulis, lalu coba lagi.")
    return msg("Periksa kertas, tutup, daya, dan kabelnya, lalu coba lagi.")
