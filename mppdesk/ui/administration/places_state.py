"""Which printer a counter or kiosk is to print on: a value that changes by what a person does, without any Qt."""

from dataclasses import dataclass, replace

from mppdesk.domain.errors import ClerkError
from mppdesk.texts import Text, msg
from mppdesk.ui.administration import places_words
from mppdesk.ui.administration.places_port import PlaceRow, PlacesScreen
from mppdesk.ui.administration.printer_port import PrinterRow
from mppdesk.ui.administration.view_state import Button


@dataclass(frozen=True, slots=True)
class Before:
    """What was changed last: the key of the place, and the printer that it had."""

    key: str
    printer: str | None


@dataclass(frozen=True, slots=True)
class PlacesForm:
    """What was read, the place in hand by its key, and the printer chosen for it."""

    screen: PlacesScreen | None = None
    key: str | None = None
    printer: str | None = None
    trouble: ClerkError | None = None
    notice: Text | None = None
    before: Before | None = None
    is_saving: bool = False

    def with_screen(self, screen: PlacesScreen) -> "PlacesForm":
        """Show how things stand; what is chosen stays, but for who has chosen nothing yet, and for what is gone."""
        was, shown = self.place, replace(self, screen=screen)
        if shown.place is None:
            return replace(shown, key=None)._taking(screen.places[0]) if screen.places else shown
        is_untouched = was is None or was.printer == self.printer
        return replace(shown, printer=shown.place.printer) if is_untouched else shown

    def choosing(self, key: str) -> "PlacesForm":
        """Take a counter or kiosk in hand; the one that is in hand stays as it is."""
        found = next((place for place in self._places if place.key == key), None)
        return self if found is None or key == self.key else self._taking(found)

    def offering(self, printer: str | None) -> "PlacesForm":
        """Choose a printer for it, None: none; it holds when it is saved."""
        return self if printer == self.printer else replace(self, printer=printer, trouble=None, notice=None)

    def saving(self) -> "PlacesForm":
        return replace(self, is_saving=True, trouble=None, notice=None)

    def saved(self, moved: Text | None) -> "PlacesForm":
        """It prints there now; `moved` says what came along."""
        place = self.place
        if self.screen is None or place is None:
            return replace(self, is_saving=False)
        done = places_words.done(place, self.printer)
        notice = msg("{done} {moved}", done=done, moved=moved) if moved else done
        now = replace(place, printer=self.printer, waiting=0)
        places = tuple(now if each.key == place.key else each for each in self.screen.places)
        shown, before = replace(self.screen, places=places), Before(place.key, place.printer)
        return replace(self, screen=shown, is_saving=False, notice=notice, before=before)

    def going_back(self) -> "PlacesForm":
        """Take what was changed last in hand again, with the printer it had; that holds when it is saved."""
        if self.before is None:
            return self
        taken = self.choosing(self.before.key).offering(self.before.printer)
        return replace(taken, before=None, notice=None)

    def refused(self, trouble: ClerkError) -> "PlacesForm":
        return replace(self, is_saving=False, trouble=trouble)

    @property
    def place(self) -> PlaceRow | None:
        return next((place for place in self._places if place.key == self.key), None)

    @property
    def chosen(self) -> PrinterRow | None:
        """The printer that is chosen; None for none, and for one that was removed."""
        return self.printer_named(self.printer)

    @property
    def is_changed(self) -> bool:
        return self.place is not None and self.printer != self.place.printer

    @property
    def asks(self) -> bool:
        """Whether slips wait that may come along: then that is asked before it is saved."""
        place = self.place
        return self.is_changed and self.printer is not None and place is not None and place.waiting > 0

    @property
    def sharing(self) -> tuple[str, ...]:
        """The other places that print where this one did: what waits there may be theirs."""
        own = self.place
        if own is None:
            return ()
        return tuple(each.label for each in self._places if each.printer == own.printer and each.key != own.key)

    @property
    def words(self) -> Text | None:
        """What saving will do; None where nothing is changed."""
        place, screen = self.place, self.screen
        if place is None or screen is None or not self.is_changed or not screen.may_write:
            return None
        return places_words.consequence(place, self.printer, self.chosen, has_others=screen.has_others)

    @property
    def save_button(self) -> Button:
        may = self.screen is not None and self.screen.may_write and not self.is_saving
        return Button(msg("Simpan"), may and self.is_changed)

    @property
    def back_button(self) -> Button:
        if self.before is None:
            return Button(msg("Kembalikan yang sebelumnya"), False)
        label = self.before.key.partition("/")[2]
        return Button(msg("Kembalikan {label} ke printer sebelumnya", label=label), not self.is_saving)

    def printer_named(self, name: str | None) -> PrinterRow | None:
        printers = self.screen.printers if self.screen else ()
        return next((row for row in printers if row.name == name), None)

    def _taking(self, place: PlaceRow) -> "PlacesForm":
        """What was changed last stays known, so that it can be taken back from any place."""
        return PlacesForm(self.screen, place.key, place.printer, before=self.before)

    @property
    def _places(self) -> tuple[PlaceRow, ...]:
        return self.screen.places if self.screen else ()
