"""The administration window's port: what somebody who leads sees and does at this PC, recorded with her name."""

from datetime import date

from mppdesk.app.administration_places import PlacesDesk
from mppdesk.app.administration_readings import (
    anomaly_screen,
    book_of,
    building_screen,
    open_anomalies,
    sync_screen,
)
from mppdesk.app.own_hub import OwnHub, listening_address
from mppdesk.app.station import Station
from mppdesk.domain.commands import CorrectDate
from mppdesk.domain.entries import Actor
from mppdesk.domain.errors import Refused
from mppdesk.domain.invitation import Invitation
from mppdesk.domain.station import StationRole
from mppdesk.operations.anomalies import mark_seen
from mppdesk.operations.readings import SignedIn
from mppdesk.texts import msg
from mppdesk.ui.administration.port import AnomalyScreen, BuildingScreen, Invited, SyncScreen


class AdministrationDesk(PlacesDesk):
    """ui.administration.port.AdministrationPort over the open folder of this PC."""

    def __init__(self, station: Station, person: SignedIn) -> None:
        super().__init__(station, person)
        self._actor = Actor(person.user, "desktop")

    def building(self) -> BuildingScreen:
        return building_screen(self._station)

    def sync(self) -> SyncScreen:
        return sync_screen(self._station)

    def anomalies(self) -> AnomalyScreen:
        return anomaly_screen(self._station)

    def open_anomalies(self) -> int:
        return open_anomalies(self._station)

    def mark_seen(self, entry_id: str, note: str) -> None:
        mark_seen(self._station.writer, self._person, entry_id, note)

    def correct_date(self, today: date, leftovers: str | None) -> None:
        command = CorrectDate(command_id=self._station.ids.new(), day=today.isoformat(), leftovers=leftovers)
        self._station.hub.ask(command, self._actor)

    def make_building(self, address: str) -> None:
        self._own_hub().begin(listening_address(address), self._actor)

    def end_building(self) -> None:
        self._own_hub().end()

    def invite(self, role: StationRole, label: str, agency: str | None) -> Invited:
        hub = self._own_hub().running()
        made = self._station.in_zone(self._station.writer.now_ms())
        code, expires_ms = hub.building.make_code(self._actor, role, label, (agency,) if agency else ())
        return Invited(
            label=label.strip(),
            role=role,
            invitation=Invitation(hub.url, code, building_screen(self._station).fingerprint),
            made=made,
            expires=self._station.in_zone(expires_ms),
        )

    def revoke(self, device_id: str) -> None:
        from mppdesk.server import admission  # as all that serves: only where a building is looked after

        self._own_hub().running()
        admission.revoke(self._station.home, book_of(self._station), self._actor, device_id)

    def admit(self, device_id: str) -> None:
        from mppdesk.server import admission
        from mppdesk.sync.own_replica import replica_of

        self._own_hub().running()
        home, book = self._station.home, book_of(self._station)
        admission.admit(home, book, replica_of(home, book), self._actor, device_id)

    def _own_hub(self) -> OwnHub:
        own_hub = self._station.own_hub
        if own_hub is None:
            raise Refused(
                msg("Komputer ini stasiun, bukan hub. Tidak ada yang berubah."),
                msg("Lakukan di komputer hub, di jendela Administrasi."),
            )
        return own_hub
