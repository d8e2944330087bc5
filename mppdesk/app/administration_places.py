"""Which printer each counter and kiosk prints on, for the administration window: read, and changed with what waits."""

import re
from collections.abc import Iterator

from mppdesk.app.administration_printers import PrinterDesk
from mppdesk.app.administration_readings import book_of
from mppdesk.app.paper_hand import PaperHand
from mppdesk.db.reading.reference import Reference
from mppdesk.domain.entries import Actor
from mppdesk.domain.site import Role
from mppdesk.operations.printing_places import PlaceKind, choose_printer
from mppdesk.texts import Text
from mppdesk.ui.administration.places_port import PlaceRow, PlacesScreen

_digits = re.compile(r"(\d+)")


class PlacesDesk(PrinterDesk):
    """ui.administration.places_port.PlacesPort too, over the open folder of this PC."""

    def printing_places(self) -> PlacesScreen:
        with self._station.readers.moment() as moment:
            reference = moment.reference
        waiting = {each.name: self._station.printers.movable(each.name) for each in reference.site.printers}
        return PlacesScreen(
            self._station.now(),
            tuple(_places(reference, waiting)),
            tuple(self._row(printer, ()) for printer in reference.site.printers),
            may_write=Role.ADMINISTRATOR in self._person.roles,
            has_others=len(book_of(self._station).all()) > 1,
        )

    def choose_printer(self, place: PlaceRow, printer: str | None, *, moves: bool = False) -> Text | None:
        """The setting first: were the program killed then, what waits would come out of the printer before."""
        settings, writer = self._settings(), self._station.writer
        choose_printer(writer, settings, self._person, place.kind, place.label, printer)
        if not moves or place.printer is None or printer is None:
            return None
        paper = PaperHand(self._station, lambda: place.printer, Actor(self._person.user, "desktop"))
        return paper.print_elsewhere(printer)


def _places(reference: Reference, waiting: dict[str, int]) -> Iterator[PlaceRow]:
    """Kiosks first, they are few; counters as people count: 9 before 10."""
    agencies = reference.catalog.agencies
    for kiosk in sorted(reference.site.kiosks, key=lambda each: _as_counted(each.label)):
        yield PlaceRow(PlaceKind.KIOSK, kiosk.label, "", kiosk.printer, waiting.get(kiosk.printer or "", 0))
    for counter in sorted(reference.counters.values(), key=lambda each: _as_counted(each.label)):
        agency = agencies[counter.agency].short_name if counter.agency in agencies else counter.agency
        yield PlaceRow(PlaceKind.COUNTER, counter.label, agency, counter.printer, waiting.get(counter.printer or "", 0))


def _as_counted(label: str) -> list[tuple[int, str]]:
    """Numbers in a label as numbers, the rest as letters."""
    parts = _digits.split(label.casefold())
    return [(int(part), "") if part.isdigit() else (0, part) for part in parts]
