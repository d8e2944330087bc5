"""`mppdesk demo`: with windows where there is a display, else a whole day without one."""

from argparse import Namespace
from pathlib import Path

from mppdesk.app.desktop import has_display
from mppdesk.cli.output import DONE, Output
from mppdesk.texts import msg

_DEFAULT_OUT = "demo-out"


def run_demo(arguments: Namespace, output: Output) -> int:
    """Run the demo that fits this machine; answers the exit code. A printer that cannot be is refused first."""
    if arguments.printer:
        from mppdesk.domain.printer_address import parse_url

        parse_url(arguments.printer)
    if arguments.headless:
        return _headless(arguments, output)
    if not has_display():
        output.say(msg("Tidak ada layar di sini, jadi satu hari contoh dijalankan tanpa layar."))
        return _headless(arguments, output)
    from mppdesk.demo.live import run_live

    return run_live(arguments.seed, Path(arguments.data) if arguments.data else None, arguments.printer)


def _headless(arguments: Namespace, output: Output) -> int:
    from mppdesk.demo.headless import run_day

    out = Path(arguments.out or _DEFAULT_OUT)
    summary = run_day(out, seed=arguments.seed, tickets=arguments.tickets, printer=arguments.printer)
    output.say(
        msg(
            "{issued} nomor, {finished} selesai, {printed} lembar tercetak. Hasil di {folder}.",
            issued=summary["issued"],
            finished=summary["finished"],
            printed=summary["slips_printed"],
            folder=out,
        )
    )
    output.result(summary)
    return DONE
