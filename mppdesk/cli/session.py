"""What every verb needs: the data folder open for reading or writing, and who acts."""

import getpass
import os
import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from mppdesk.cli.folders import data_folder
from mppdesk.cli.output import Output
from mppdesk.cli.way_to_hub import hub_of, running_here, way_to_hub
from mppdesk.db import home as homes
from mppdesk.db.home import OpenHome, SystemClock
from mppdesk.db.identity import RandomIds
from mppdesk.db.privacy.verifiers import PinCheck
from mppdesk.db.reading.readers import StoredReaders
from mppdesk.domain.entries import Actor
from mppdesk.domain.errors import BadInput, NotAllowed, Refused
from mppdesk.domain.formats import long_date
from mppdesk.domain.hub import refusals
from mppdesk.operations.desk import Desk
from mppdesk.operations.ports import Clock, Hub
from mppdesk.operations.readings import QueueRow
from mppdesk.sync.hubs_clock import HubsClock, kept
from mppdesk.sync.place import place_of
from mppdesk.texts import Text, msg

PIN_VARIABLE = "MPPDESK_PIN"
VIA = "cli"
ADMINISTRATOR_SETTING = "administrator"
LOCK_WAIT_S = 10.0


class Session:
    """One call of a verb on an open data folder."""

    def __init__(
        self, arguments: Namespace, opened: OpenHome, output: Output, hub: Hub | None = None, clock: Clock | None = None
    ) -> None:
        """`hub` decides where it is not this process; `clock` gives its time, where that is not this computer's."""
        self._hub = hub
        self.arguments = arguments
        self.home = opened
        self.output = output
        self.clock = clock or SystemClock()
        self.ids = RandomIds()
        self.readers = StoredReaders(opened.database, opened.site_id, opened.reference, self.clock)

    @property
    def hub(self) -> Hub:
        """Whoever decides for this folder: this process, or the hub of the building."""
        return self._hub or self.home.required_hub()

    def actor(self) -> Actor:
        """Who acts: --as with the PIN, or the administrator that `init` made; at a station always --as."""
        user_name = getattr(self.arguments, "user", None)
        if user_name is None:
            if place_of(self.home) is not None:
                raise NotAllowed(
                    msg("Di komputer stasiun setiap tindakan bernama. Tidak ada yang berubah."),
                    msg("Sertakan --as PENGGUNA, dengan PIN di MPPDESK_PIN."),
                )
            return Actor(self.home.setting(ADMINISTRATOR_SETTING) or "administrator", VIA)
        user_id = self.user_id(user_name)
        now_ms = int(self.clock.now().timestamp() * 1000)
        try:
            PinCheck(self.home.database, self.home.secrets.pepper).check(user_id, _typed_pin(), now_ms)
        except NotAllowed as error:
            safe = msg("{refusal} Tidak ada yang berubah.", refusal=error.what_happened)
            raise NotAllowed(safe, error.what_to_do) from error
        return Actor(user_id, VIA)

    def leader(self, only_leaders: Text) -> Actor:
        """Who acts, being a supervisor or administrator; anybody else is refused with that sentence."""
        actor = self.actor()
        with self.readers.moment() as moment:
            user = moment.reference.users.get(actor.user)
        if user is None or not user.is_leading:
            raise NotAllowed(only_leaders, msg("Minta salah satu dari mereka."))
        return actor

    def user_id(self, user_name: str) -> str:
        with self.readers.moment() as moment:
            for user_id, user in moment.reference.users.items():
                if user.user_name == user_name:
                    return user_id
        raise NotAllowed(
            msg("Pengguna {user} tidak dikenal. Tidak ada yang berubah.", user=user_name),
            msg("Periksa nama pengguna, atau minta administrator."),
        )

    def counter_id(self, label: str) -> str:
        """The counter of a label, written with or without "Loket"."""
        wanted = label.casefold().strip()
        for choice in self.readers.counter_choices():
            if choice.label.casefold() in (wanted, f"loket {wanted}"):
                return choice.counter
        raise Refused(
            msg("Loket {label} tidak dikenal. Tidak ada yang berubah.", label=label),
            msg("Periksa nama loket di pengaturan MPP."),
        )

    def desk(self, label: str) -> Desk:
        """A counter worked from the command line by the one who acts."""
        counter, actor = self.counter_id(label), self.actor()
        with self.readers.moment() as moment:
            place = moment.reference.counters[counter]
            user = moment.reference.users.get(actor.user)
        return Desk(counter, place.label, actor, user.display_name if user else "Administrator", place.printer)

    def ticket(self, number: str, day: str | None = None) -> QueueRow:
        """A ticket by its number of today, or of the day asked for."""
        found = self.readers.find_ticket(number, day)
        if found is None:
            raise refusals.unknown_ticket()
        return found

    def printer(self, name: str | None) -> str | None:
        """A printer of the site by its name; None prints nothing."""
        with self.readers.moment() as moment:
            known = [place.name for place in moment.reference.site.printers]
        if name is None or name in known:
            return name
        raise Refused(
            msg("Printer {name} tidak dikenal. Tidak ada yang dibuat.", name=name),
            msg("Pilih salah satu: {known}.", known=", ".join(known)),
        )

    def command_id(self) -> str:
        """The id of --command-id, for asking again; a new one without it."""
        given: str | None = getattr(self.arguments, "command_id", None)
        if given is not None and not 1 <= len(given) <= 64:
            raise BadInput(
                msg("Id perintah harus 1 sampai 64 huruf. Tidak ada yang berubah."),
                msg("Pakai id lain untuk --command-id."),
            )
        return given or self.ids.new()


def _typed_pin() -> str:
    """The PIN from the environment or the keyboard; where there is neither, no try is counted."""
    if PIN_VARIABLE in os.environ:
        return os.environ[PIN_VARIABLE]
    if not sys.stdin.isatty():
        raise NotAllowed(msg("PIN tidak diberikan."), msg("Isi MPPDESK_PIN, atau jalankan di terminal."))
    return getpass.getpass("PIN: ")


@contextmanager
def reading(arguments: Namespace, output: Output) -> Iterator[Session]:
    """Open for reading; no lock, nothing written."""
    with homes.reading(data_folder(arguments)) as opened:
        yield Session(arguments, opened, output, clock=_clock_of(opened))


@contextmanager
def writing(arguments: Namespace, output: Output) -> Iterator[Session]:
    """Open for writing; waits a little for another program to finish. A station's folder asks the hub of its building.

    Raises Refused where a hub runs in the folder, which alone writes there.
    """
    folder = data_folder(arguments)
    if running_here(folder) is not None:
        raise Refused(
            msg("Hub gedung sedang berjalan di folder ini dan menulis sendiri. Tidak ada yang berubah."),
            msg("Hentikan hub dahulu, jalankan perintah ini, lalu jalankan hub lagi."),
        )
    clock = HubsClock(SystemClock())
    with (
        homes.writing(folder, clock, RandomIds(), wait_s=LOCK_WAIT_S) as opened,
        way_to_hub(opened, clock) as hub,
    ):
        session = Session(arguments, opened, output, hub, clock)
        if (trouble := early_clock(session.readers)) is not None:
            output.warn(trouble)
        yield session


@contextmanager
def deciding(arguments: Namespace, output: Output) -> Iterator[Session]:
    """Open for asking whoever decides: the hub that runs in this folder when there is one, else as `writing`."""
    note = running_here(data_folder(arguments))
    if note is None:
        with writing(arguments, output) as session:
            yield session
        return
    with homes.reading(data_folder(arguments)) as opened:
        yield Session(arguments, opened, output, hub_of(opened, note), _clock_of(opened))


def _clock_of(opened: OpenHome) -> HubsClock:
    """The hub's time as the program of this folder knew it last."""
    clock = HubsClock(SystemClock())
    clock.believe(kept(opened))
    return clock


def early_clock(readers: StoredReaders) -> Text | None:
    """Say that the clock was set back; the last day goes on whatever it shows (DESIGN 4)."""
    with readers.moment() as moment:
        last, today = moment.view.last_day(), moment.now.date()
    if last is None or last.day <= today.isoformat():
        return None
    return msg(
        "Jam komputer menunjukkan {today}, lebih awal dari hari pelayanan {last}. Hari itu diteruskan dan semuanya "
        "tersimpan; bila jamnya salah, betulkan.",
        today=long_date(today),
        last=long_date(date.fromisoformat(last.day)),
    )
