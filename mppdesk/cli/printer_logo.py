"""`mppdesk printer logo`: the logo of the building into the memory of a printer."""

from argparse import Namespace
from pathlib import Path

from mppdesk.cli.output import DONE, Output
from mppdesk.domain.errors import PrinterTrouble
from mppdesk.domain.printer_address import parse_printer
from mppdesk.domain.printer_options import url_saying
from mppdesk.texts import msg


def store(arguments: Namespace, output: Output) -> int:
    """Store a picture in a printer and print it once; exit 3 when the printer did not take all of it."""
    from mppdesk.printing.logo_storing import store_logo

    stored = store_logo(parse_printer(arguments.url), Path(arguments.file))
    url = url_saying(arguments.url, stored.model)
    if not stored.is_given:
        happened = msg("Printer {url} tidak menerima logo itu.", url=arguments.url)
        to_do = msg("Periksa kertas, tutup, daya, dan kabelnya, lalu ulangi: logo lama diganti.")
        return output.refused(PrinterTrouble(happened, to_do), state=str(stored.state))
    output.say(
        msg("Logo dikirim dan dicetak satu kali. Bila ia terlihat di kertas, tulis alamat printer: {url}", url=url)
    )
    output.result({"url": url, "state": str(stored.state)})
    return DONE
