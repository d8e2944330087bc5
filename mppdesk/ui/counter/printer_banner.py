"""The banner that says what is wrong with the printer, for as long as it is."""

from datetime import datetime, tzinfo

from mppdesk.operations.readings import PrinterStatus
from mppdesk.ui.shared.banner import Banner, BannerStack, Level
from mppdesk.ui.shared.printer_words import printer_trouble

_CAUSE = "printer"


def show_printer_trouble(banners: BannerStack, status: PrinterStatus | None, zone: tzinfo | None) -> None:
    """Show the trouble of a printer, or take the banner away; `zone` is the office's."""
    trouble = printer_trouble(status, datetime.fromtimestamp(status.since_ms / 1000, zone)) if status else None
    if trouble is None:
        banners.end(_CAUSE)
    else:
        banners.show_banner(_CAUSE, Banner(Level.WARN, "printer-off", *trouble))
