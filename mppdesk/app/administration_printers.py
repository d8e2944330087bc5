"""The printers of the building for the administration window: how they stand, their test, and where they are."""

from mppdesk.app.administration_readings import book_of
from mppdesk.app.far_printers import waiting_elsewhere
from mppdesk.app.station import Station
from mppdesk.db.reading.reference import Reference
from mppdesk.db.settings import StoredSettings
from mppdesk.domain.print_job import PrinterState
from mppdesk.domain.printer_address import parse_printer
from mppdesk.domain.printer_trial import require_paper, trial_slip
from mppdesk.domain.site import PrinterPlace, Role
from mppdesk.operations.printers import remove_printer, write_printer
from mppdesk.operations.readings import SignedIn
from mppdesk.ui.administration.printer_port import PrinterRow, PrintersScreen, PrinterTest


class PrinterDesk:
    """ui.administration.printer_port.PrinterPort over the open folder of this PC."""

    def __init__(self, station: Station, person: SignedIn) -> None:
        self._station = station
        self._person = person

    def printers(self) -> PrintersScreen:
        with self._station.readers.moment() as moment:
            reference = moment.reference
        return PrintersScreen(
            self._station.now(),
            tuple(self._row(printer, _used_by(reference, printer.name)) for printer in reference.site.printers),
            may_write=Role.ADMINISTRATOR in self._person.roles,
            has_others=len(book_of(self._station).all()) > 1,
        )

    def test_printer(self, url: str) -> PrinterTest:
        """The printer's own worker is kept from it meanwhile; its slips wait."""
        from mppdesk.printing.escpos import to_bytes
        from mppdesk.printing.probing import find_out
        from mppdesk.printing.trial import print_trial

        printer = parse_printer(url)
        require_paper(printer)
        with self._station.spooler.kept_from(url):
            probed = find_out(url)
            model, product = probed.model or printer.model, " ".join(filter(None, (probed.maker, probed.product)))
            if probed.state.blocks:
                return PrinterTest(probed.state, False, model, product=product)
            tried = print_trial(printer, trial_slip(self._station.now()), to_bytes)
        return PrinterTest(tried.state, tried.is_given, model, tried.said, product)

    def write_printer(self, name: str, url: str, instead: tuple[str, ...] | None = None) -> None:
        write_printer(self._station.writer, self._settings(), self._person, PrinterPlace(name, url, instead))

    def remove_printer(self, name: str) -> None:
        with self._station.readers.moment() as moment:
            used_by = _used_by(moment.reference, name)
        waiting, elsewhere = len(self._station.jobs.open_jobs(name)), waiting_elsewhere(self._station, name)
        remove_printer(self._station.writer, self._settings(), self._person, name, used_by, waiting, elsewhere)

    def _settings(self) -> StoredSettings:
        return StoredSettings(self._station.home.database, self._station.home.site_id)

    def _row(self, printer: PrinterPlace, used_by: tuple[str, ...]) -> PrinterRow:
        said = self._station.printers.last_word(printer.name)
        if said is None or said.state is PrinterState.UNKNOWN:
            return PrinterRow(printer.name, printer.url, used_by=used_by, instead=printer.instead)
        since = self._station.in_zone(said.since_ms)
        return PrinterRow(printer.name, printer.url, said.state, since, used_by, printer.instead)


def _used_by(reference: Reference, printer: str) -> tuple[str, ...]:
    """The labels of the counters and kiosks that print on it."""
    places = [(each.label, each.printer) for each in reference.counters.values()]
    places += [(each.label, each.printer) for each in reference.site.kiosks]
    return tuple(sorted(label for label, name in places if name == printer))
