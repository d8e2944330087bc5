"""What the sign-in window shows and allows: a value that changes by what a person does, without any Qt."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from mppdesk.domain.errors import ClerkError
from mppdesk.texts import Text, msg
from mppdesk.ui.shared.pin_tries import NO_TRIES, PinTries

if TYPE_CHECKING:  # the first window is painted before the rules of the office are read
    from mppdesk.operations.readings import SignedIn


ADMINISTRATION = "administration"
"""The place of who looks after the building; no counter, so nobody takes it from another."""


@dataclass(frozen=True, slots=True)
class PlaceCard:
    """A place to work at: `place` is its id, `title` such as `Loket 2`, `since` a time as text such as `07.20`."""

    place: str
    title: str
    agency: str
    taken_by: str | None = None
    since: str | None = None

    @property
    def is_free(self) -> bool:
        return self.taken_by is None

    @property
    def condition(self) -> Text:
        """Free, or who works there."""
        if self.place == ADMINISTRATION:
            return msg("untuk penyelia dan administrator")
        if self.taken_by is None:
            return msg("kosong")
        if self.since is None:
            return msg("dipakai {name}", name=self.taken_by)
        return msg("dipakai {name} sejak {time}", name=self.taken_by, time=self.since)


@dataclass(frozen=True, slots=True)
class HealthLine:
    """One thing that is well, or is to be looked at before the doors open; `icon` is a name of the icon set."""

    icon: str
    sentence: Text
    is_well: bool = True


@dataclass(frozen=True, slots=True)
class Office:
    """What the sign-in window must know of the office; `heading` are the lines of its name.

    `note` is worth knowing for `last_user` alone.
    """

    heading: tuple[str, ...]
    places: tuple[PlaceCard, ...]
    health: tuple[HealthLine, ...]
    last_user: str | None = None
    last_place: str | None = None
    note: Text | None = None


class SignInPort(Protocol):
    """What the window asks for; both are called on a worker, never on the GUI thread."""

    def office(self) -> Office:
        """Read the office; raises ClerkError when its data cannot be opened."""

    def sign_in(self, user_name: str, pin: str, place: str) -> "SignedIn":
        """Check the PIN and take the place.

        Raises:
            NotAllowed: user name and PIN do not belong together; counted as a try.
            ClerkError: anything else a person can act on, such as a place taken meanwhile.
        """


@dataclass(frozen=True, slots=True)
class ButtonWords:
    """The words on the one button, and whether it may be pressed now."""

    words: Text
    is_usable: bool


@dataclass(frozen=True, slots=True)
class SignInState:
    """Everything the window draws; times are seconds of a clock that only goes forward."""

    office: Office | None = None
    user_name: str = ""
    pin: str = ""
    place: str | None = None
    trouble: ClerkError | None = None
    is_asking: bool = False
    tries: PinTries = NO_TRIES

    def with_office(self, office: Office) -> "SignInState":
        """Show the office as it stands now; what was typed and chosen stays while it still can be."""
        wanted = self.place or office.last_place
        place = next((card.place for card in office.places if card.place == wanted and card.is_free), None)
        return replace(self, office=office, place=place, user_name=self.user_name or office.last_user or "")

    def with_typed(self, user_name: str, pin: str) -> "SignInState":
        """Take what stands in the fields; the sentence about the last try leaves when somebody types again."""
        changed = (user_name, pin) != (self.user_name, self.pin)
        return replace(self, user_name=user_name, pin=pin, trouble=None if changed else self.trouble)

    def preferring(self, place: str) -> "SignInState":
        """Choose a place before the office is known; the choice holds if there is such a place."""
        return replace(self, place=place)

    def with_place(self, place: str) -> "SignInState":
        """Choose a place; one that somebody holds is not chosen."""
        card = self._card(place)
        return replace(self, place=place) if card is not None and card.is_free else self

    def asking(self) -> "SignInState":
        """The PIN is being checked."""
        return replace(self, is_asking=True, trouble=None)

    def refused(self, trouble: ClerkError, now: float) -> "SignInState":
        """Say why, and empty the PIN; the fifth wrong PIN in a row begins a pause of 60 s."""
        return replace(self, is_asking=False, trouble=trouble, pin="", tries=self.tries.refused(trouble, now))

    def button(self, now: float) -> ButtonWords:
        """What the button says and whether it may be pressed."""
        left = self.tries.seconds_left(now)
        if left:
            return ButtonWords(msg("Tunggu {seconds} detik, lalu coba lagi", seconds=left), False)
        if self.is_asking:
            return ButtonWords(msg("Memeriksa PIN"), False)
        card = self._card(self.place)
        if card is None:
            return ButtonWords(msg("Pilih tempat kerja dahulu"), False)
        words = msg("Masuk dan buka {place}", place=card.title)
        return ButtonWords(words, bool(self.user_name.strip() and self.pin))

    @property
    def note(self) -> Text | None:
        """What is worth knowing for the person whose name stands there."""
        office = self.office
        return office.note if office is not None and self.user_name.strip() == office.last_user else None

    @property
    def may_administer(self) -> bool:
        """Whether this PC has a place for who looks after the building."""
        return self._card(ADMINISTRATION) is not None

    @property
    def chosen(self) -> PlaceCard | None:
        return self._card(self.place)

    def _card(self, place: str | None) -> PlaceCard | None:
        places = self.office.places if self.office else ()
        return next((card for card in places if card.place == place), None)
