"""A supervisor's word on a station: revoked, it commands nothing; admitted, what it sent is taken after all."""

from mppdesk.db.home import OpenHome
from mppdesk.db.replication.replica_store import ReplicaStore
from mppdesk.db.replication.stations import StationBook
from mppdesk.domain.entries import Actor, Draft, Subject, SubjectType
from mppdesk.domain.errors import NotAllowed, Refused
from mppdesk.domain.facts import StationAdmitted, StationRevoked
from mppdesk.domain.station import Station
from mppdesk.texts import msg


def revoke(home: OpenHome, book: StationBook, actor: Actor, device_id: str) -> None:
    """End what a station may do; raises Refused for the hub itself, NotAllowed for an actor who does not lead."""
    station = _known(book, device_id)
    if station.seat is not None and station.seat.device_id == home.required_writer().author.device_id:
        raise Refused(
            msg("Komputer ini hub gedung, jadi tidak dapat dicabut. Tidak ada yang berubah."),
            msg("Ambil alih hub dahulu di komputer lain: mppdesk hub take-over."),
        )
    if not station.is_revoked:
        _record(home, book, actor, device_id, StationRevoked())


def admit(home: OpenHome, book: StationBook, replica: ReplicaStore, actor: Actor, device_id: str) -> None:
    """Take what a revoked station recorded, also what waits already; it commands nothing all the same."""
    station = _known(book, device_id)
    if not station.are_facts_admitted:
        _record(home, book, actor, device_id, StationAdmitted())
    replica.admit(device_id)


def _known(book: StationBook, device_id: str) -> Station:
    station = book.by_device(device_id)
    if station is None:
        raise Refused(
            msg("Perangkat ini tidak terdaftar di gedung. Tidak ada yang berubah."),
            msg("Daftarkan dengan kode baru; catatannya yang menunggu lalu diterima sendiri."),
        )
    return station


def _record(
    home: OpenHome, book: StationBook, actor: Actor, device_id: str, fact: StationRevoked | StationAdmitted
) -> None:
    with home.required_writer().begin(actor) as unit:
        user = home.reference.current(unit.store).users.get(actor.user)
        if user is None or not user.is_leading:
            raise NotAllowed(
                msg("Hanya penyelia dan administrator yang mengurus stasiun. Tidak ada yang berubah."),
                msg("Minta penyelia masuk di jendela Administrasi."),
            )
        unit.record(Draft(unit.new_id(), Subject(SubjectType.STATION, device_id), fact))
    book.forget()
