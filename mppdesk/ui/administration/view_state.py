"""What the administration window shows and allows: a value that changes by what a person does, without any Qt."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from mppdesk.domain.errors import ClerkError
from mppdesk.domain.station import StationRole
from mppdesk.texts import Text, msg
from mppdesk.ui.administration import building_words
from mppdesk.ui.administration.port import BuildingScreen, Invited, Place, StationRow

MOST_LABEL_LETTERS = 60


class Page(StrEnum):
    """The pages, in their order at the left."""

    BUILDING = "building"
    SYNC = "sync"
    ANOMALIES = "anomalies"
    PRINTERS = "printers"


PAGES: dict[Page, tuple[str, Text]] = {
    Page.BUILDING: ("building-community", msg("Gedung")),
    Page.SYNC: ("refresh", msg("Sinkronisasi")),
    Page.ANOMALIES: ("alert-triangle", msg("Kejanggalan")),
    Page.PRINTERS: ("printer", msg("Printer")),
}


@dataclass(frozen=True, slots=True)
class Button:
    """The words on a button, and whether it may be pressed now."""

    words: Text
    is_usable: bool


@dataclass(frozen=True, slots=True)
class BuildingState:
    """The page "Gedung": what was read, what is typed, and what is being done; `chosen` is a device id."""

    screen: BuildingScreen | None = None
    address: str = ""
    label: str = ""
    invited: Invited | None = None
    chosen: str | None = None
    trouble: ClerkError | None = None
    is_working: bool = False

    def with_screen(self, screen: BuildingScreen) -> "BuildingState":
        """Show the building as it stands; what was typed stays, a choice as long as its station does."""
        chosen = self.chosen if any(row.device_id == self.chosen for row in screen.stations) else None
        return replace(self, screen=screen, chosen=chosen, address=self.address or screen.address)

    def with_typed(self, address: str, label: str) -> "BuildingState":
        changed = (address, label) != (self.address, self.label)
        return replace(self, address=address, label=label, trouble=None if changed else self.trouble)

    def choosing(self, device_id: str | None) -> "BuildingState":
        return replace(self, chosen=device_id)

    def working(self) -> "BuildingState":
        return replace(self, is_working=True, trouble=None)

    def done(self) -> "BuildingState":
        return replace(self, is_working=False, trouble=None)

    def with_invited(self, invited: Invited) -> "BuildingState":
        return replace(self, is_working=False, trouble=None, invited=invited)

    def refused(self, trouble: ClerkError) -> "BuildingState":
        return replace(self, is_working=False, trouble=trouble)

    @property
    def is_hub(self) -> bool:
        """Whether this PC is the hub and answers."""
        screen = self.screen
        return screen is not None and screen.place is Place.HUB and not (screen.trouble or screen.successor)

    @property
    def may_begin(self) -> bool:
        """Whether the switch would make this PC a building."""
        screen = self.screen
        return screen is not None and screen.place is not Place.STATION and not (self.is_hub or screen.successor)

    @property
    def row(self) -> StationRow | None:
        stations = self.screen.stations if self.screen else ()
        return next((row for row in stations if row.device_id == self.chosen), None)

    @property
    def joined(self) -> StationRow | None:
        """The station that the shown code made."""
        if self.screen is None or self.invited is None:
            return None
        return building_words.joined_with(self.screen, self.invited)

    @property
    def begin_button(self) -> Button:
        if self.is_working:
            return Button(msg("Sebentar, sedang dikerjakan"), False)
        words = msg("Coba lagi") if self.screen is not None and self.screen.trouble else msg("Jadikan gedung")
        return Button(words, bool(self.address.strip()))

    @property
    def invite_button(self) -> Button:
        label = self.label.strip()
        return Button(msg("Buat kode"), not self.is_working and 0 < len(label) <= MOST_LABEL_LETTERS)

    @property
    def revoke_button(self) -> Button:
        """Revoke the chosen station, or why none can be."""
        row = self.row
        if self.screen is None or row is None or not building_words.may_revoke(self.screen, row):
            return Button(msg("Cabut stasiun"), False)
        return Button(msg("Cabut {label}", label=row.label), not self.is_working)

    @property
    def admit_button(self) -> Button:
        row = self.row
        if self.screen is None or row is None or not building_words.may_admit(self.screen, row):
            return Button(msg("Terima catatannya"), False)
        return Button(msg("Terima catatan {label}", label=row.label), not self.is_working)

    @property
    def held_words(self) -> Text | None:
        """What waits of the chosen station's journal; None where nothing does, or another PC decides about it."""
        return building_words.held_words(self.row) if self.row is not None and self.is_hub else None

    def time_left(self, now: datetime) -> Text | None:
        """How long the shown code still works; None where there is none."""
        return building_words.time_left(self.invited, now) if self.invited else None


def default_label(role: StationRole, screen: BuildingScreen | None) -> str:
    """A name that no station of this role has yet, to begin with."""
    taken = {row.label for row in screen.stations} if screen else set()
    if role in (StationRole.BOARD, StationRole.SUPERVISOR, StationRole.STANDBY):
        name = {StationRole.BOARD: "Papan", StationRole.SUPERVISOR: "Penyelia"}.get(role, "Hub cadangan")
    else:
        name = str(building_words.ROLES[role])
    return next(label for n in range(1, len(taken) + 2) if (label := f"{name} {n}") not in taken)
