"""The sign-in window's port over the real office: places, health, and the PIN."""

from datetime import date, timedelta

from mppdesk.app.pins import OfficePins
from mppdesk.app.station import Station
from mppdesk.domain.entries import Actor
from mppdesk.domain.errors import Refused
from mppdesk.domain.formats import list_date
from mppdesk.operations import desk as desks
from mppdesk.operations.desk import Desk
from mppdesk.operations.readings import SignedIn
from mppdesk.sync.standing import CLOCK_OFF
from mppdesk.texts import Text, msg
from mppdesk.ui.shared.ages import age, moment_words
from mppdesk.ui.sign_in.morning_words import last_shift_words, printer_line
from mppdesk.ui.sign_in.view_state import ADMINISTRATION, HealthLine, Office, PlaceCard

LAST_USER, _LAST_PLACE = "last_user", "last_place"
"""Names of what this PC remembers for the next sign-in."""
_ADMINISTRATION = PlaceCard(ADMINISTRATION, str(msg("Administrasi")), str(msg("Gedung, sinkronisasi, kejanggalan")))


class OfficeSignInPort:
    """ui.sign_in.view_state.SignInPort: who may work at which counter of this office."""

    def __init__(self, station: Station) -> None:
        self._station = station
        self._pins = OfficePins(station)

    def office(self) -> Office:
        station = self._station
        with station.readers.moment() as moment:
            heading = moment.reference.site.heading
            agencies = {code: each.short_name for code, each in moment.reference.catalog.agencies.items()}
            last_user = station.home.setting(LAST_USER)
            mine = {user.display_name for user in moment.reference.users.values() if user.user_name == last_user}
        places = tuple(
            PlaceCard(
                choice.counter,
                choice.label,
                agencies.get(choice.agency, choice.agency),
                # Who locked her counter on this PC comes back to it; the PIN tells whether it is she.
                None if choice.taken_by in mine else choice.taken_by,
            )
            for choice in station.readers.counter_choices()
        )
        return Office(
            heading=heading,
            places=(*places, _ADMINISTRATION),
            health=self._health(),
            last_user=last_user,
            last_place=station.home.setting(_LAST_PLACE),
            note=self._note(last_user),
        )

    def sign_in(self, user_name: str, pin: str, place: str) -> SignedIn:
        """Check the PIN and open the place, or go on at it."""
        station = self._station
        person = self._pins.person(user_name, pin)
        if place == ADMINISTRATION:
            _require_leading(person)
            return person
        self._open_counter(person, place)
        station.home.set_setting(LAST_USER, user_name)
        station.home.set_setting(_LAST_PLACE, place)
        return person

    def _open_counter(self, person: SignedIn, counter: str) -> None:
        """Open the counter, or go on at it when this clerk has it open; another's is refused by name."""
        station, desk = self._station, desk_of(self._station, person, counter)
        with station.readers.moment() as moment:
            opening = moment.view.counter_day(counter, moment.day) if moment.service_day else None
            holder = moment.reference.users.get(opening.user) if opening else None
        if opening is None:
            desks.open_counter(desk, station.hub, station.ids)
        elif opening.user != person.user:
            name = holder.display_name if holder else msg("petugas lain")
            raise Refused(
                msg("{counter} sedang dipakai {name}.", counter=desk.label, name=name),
                msg("Pilih loket lain, atau minta loket itu ditutup dahulu."),
            )

    def _note(self, last_user: str | None) -> Text | None:
        shift = self._station.readers.last_shift(last_user) if last_user else None
        return last_shift_words(shift, self._station.now().date()) if shift else None

    def _health(self) -> tuple[HealthLine, ...]:
        """Hub, printer, key, clock, and how the last day ended."""
        station = self._station
        with station.readers.moment() as moment:
            last = moment.view.last_day()
            left = len(moment.view.undecided_visits(last.day)) if last else 0
            is_early = last is not None and last.day > moment.now.date().isoformat()
        key = HealthLine("lock", station.home.file.secrets.sentence)
        lines = [
            self._hub(),
            *self._centre(),
            *self._printer(),
            key,
            self._clock(is_early=is_early),
        ]
        if last is not None and not last.is_open:
            day = list_date(date.fromisoformat(last.day))
            closed = msg("{day} ditutup, sisa antrean {count}.", day=day, count=left)
            lines.append(HealthLine("circle-check", closed, is_well=left == 0))
        return tuple(lines)

    def _hub(self) -> HealthLine:
        """Who decides, and whether it is reached."""
        link, own = self._station.link, self._station.own_hub
        if own is not None and own.trouble is not None:
            return HealthLine("plug-connected-x", msg("Hub gedung tidak berjalan; lihat Administrasi"), is_well=False)
        if own is not None and own.address is not None:
            return HealthLine("plug-connected", msg("Hub gedung di komputer ini"))
        if link is None:
            return HealthLine("plug-connected", msg("Hub di komputer ini"))
        standing = link.standing()
        if not standing.is_cut_off:
            return HealthLine("plug-connected", msg("Tersambung ke hub gedung"))
        since = moment_words(self._station.in_zone(standing.since_ms), self._station.now())
        return HealthLine("plug-connected-x", msg("Terputus dari hub sejak {time}.", time=since), is_well=False)

    def _centre(self) -> tuple[HealthLine, ...]:
        """The centre, where one is linked and cannot be reached; the building works without it."""
        station = self._station
        centre = station.standing().centre
        if centre is None or centre.is_reached:
            return ()
        since = moment_words(station.in_zone(centre.since_ms), station.now())
        said = msg("Tanpa pusat sejak {time}; antrean berjalan normal", time=since)
        return (HealthLine("cloud-off", said),)

    def _clock(self, *, is_early: bool) -> HealthLine:
        """Whether this computer's clock fits the hub's and the days that were."""
        difference = abs(timedelta(milliseconds=self._station.standing().offset_ms))
        if difference > CLOCK_OFF:
            said = msg("Jam komputer ini berselisih {age} dari hub.", age=age(difference))
            return HealthLine("clock", said, is_well=False)
        said = msg("Jam komputer ini lebih awal dari hari pelayanan terakhir.") if is_early else msg("Jam cocok.")
        return HealthLine("clock", said, is_well=not is_early)

    def _printer(self) -> tuple[HealthLine, ...]:
        """The printer of the place where this PC worked last; nothing before anybody did."""
        counter = self._station.home.setting(_LAST_PLACE)
        with self._station.readers.moment() as moment:
            place = moment.reference.counters.get(counter) if counter else None
        status = self._station.printers.status(place.printer) if place else None
        return (printer_line(place.label, status),) if place and status else ()


def _require_leading(person: SignedIn) -> None:
    if not person.is_leading:
        raise Refused(
            msg("{name} bukan penyelia atau administrator. Administrasi tidak dibuka.", name=person.display_name),
            msg("Pilih loket, atau minta penyelia masuk."),
        )


def desk_of(station: Station, person: SignedIn, counter: str) -> Desk:
    """The desk of somebody who signed in at a counter."""
    with station.readers.moment() as moment:
        place = moment.reference.counters[counter]
    return Desk(counter, place.label, Actor(person.user, "desktop"), person.display_name, place.printer)
