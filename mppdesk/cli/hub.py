"""`mppdesk hub`: serve the building, make its certificates, make codes for its stations."""

from argparse import Namespace
from datetime import UTC, datetime
from typing import Any

from mppdesk.cli.folders import data_folder
from mppdesk.cli.output import DONE, Output
from mppdesk.cli.session import LOCK_WAIT_S, Session, reading, writing
from mppdesk.cli.way_to_hub import token_here
from mppdesk.db import home as homes
from mppdesk.db.home import OpenHome, SystemClock
from mppdesk.db.identity import RandomIds
from mppdesk.db.replication.stations import StationBook
from mppdesk.domain.errors import BadInput, StorageTrouble
from mppdesk.domain.invitation import Invitation
from mppdesk.server import certificates, presence
from mppdesk.server.app import make_app
from mppdesk.server.at_home import hub_at_home
from mppdesk.server.enrolment import Enrolment
from mppdesk.server.presence import Presence
from mppdesk.server.serving import Address, serve
from mppdesk.sync.hub_calls import post_json
from mppdesk.sync.place import place_of
from mppdesk.texts import msg

_DEFAULT_ADDRESS = "127.0.0.1:8731"


def run(arguments: Namespace, output: Output) -> int:
    """Serve the building until the process is told to stop."""
    address = Address.parse(arguments.listen or _DEFAULT_ADDRESS)
    with homes.writing(data_folder(arguments), SystemClock(), RandomIds(), wait_s=LOCK_WAIT_S) as opened:
        session = Session(arguments, opened, output)
        _believed_as_the_hub(opened, output)
        with hub_at_home(opened, session.clock, address, arguments.name or []) as hub:
            serve(
                make_app(hub.building),
                hub.taken,
                hub.certificate,
                lambda: _say_ready(output, hub.url, hub.building.site_id),
                hub.building.feed.end,
            )
    output.say(msg("Hub berhenti. Semua yang sudah dijawab tersimpan."))
    return DONE


def init(arguments: Namespace, output: Output) -> int:
    """Make the site's certificate authority, so that stations speak to the hub encrypted."""
    with writing(arguments, output) as session:
        session.actor()
        home = session.home
        if certificates.has_authority(home.path):
            raise BadInput(
                msg("Gedung ini sudah punya sertifikat. Tidak ada yang diubah."),
                msg("Jalankan mppdesk hub --listen ALAMAT."),
            )
        with session.readers.moment() as moment:
            name = moment.reference.site.name
        mark = certificates.make_authority(home.path, name, home.secrets.search, session.clock.now())
    output.say(msg("Sertifikat gedung dibuat. Sidik jari: {mark}", mark=mark))
    output.say(msg("Lanjutkan: mppdesk hub --listen ALAMAT:PORT"))
    output.result({"authority": {"fingerprint": mark}})
    return DONE


def enrol(arguments: Namespace, output: Output) -> int:
    """Make a one-time code for one new station, at the running hub or in the folder itself."""
    agencies = tuple(arguments.agency or ())
    note = presence.found(data_folder(arguments))
    with reading(arguments, output) as session:
        mark = certificates.fingerprint(session.home.path) if certificates.has_authority(session.home.path) else None
        made = _asked_the_hub(session, note, arguments, agencies) if note else None
    if made is None:
        with writing(arguments, output) as session:
            actor = session.actor()
            code, expires_ms = _enrolment(session).make_code(actor, arguments.role, arguments.label, agencies)
            made = {"code": code, "expires_ms": expires_ms}
    until = datetime.fromtimestamp(made["expires_ms"] / 1000, UTC).astimezone()
    output.say(msg("Kode untuk {label}: {code}", label=arguments.label, code=made["code"]))
    output.say(msg("Berlaku sekali, sampai pukul {until}.", until=f"{until:%H.%M}"))
    if note is not None:
        line = Invitation(note.shown_url, made["code"], mark).line
        output.say(msg("Undangan, untuk jendela Hubungkan ke hub: {line}", line=line))
    join = f"mppdesk join --hub {note.shown_url if note else 'https://ALAMAT:PORT'} --code {made['code']}"
    output.say(msg("Di komputer baru: {join}", join=f"{join} --fingerprint {mark}" if mark else join))
    output.result(
        {
            "code": made["code"],
            "role": arguments.role,
            "label": arguments.label,
            "expires_ms": made["expires_ms"],
            "hub": note.shown_url if note else None,
            "fingerprint": mark,
        }
    )
    return DONE


def _asked_the_hub(
    session: Session, note: Presence, arguments: Namespace, agencies: tuple[str, ...]
) -> dict[str, Any] | None:
    """The code that the running hub made; None when the note is old and no hub answers there."""
    token, actor = token_here(session.home), session.actor()
    wanted = {
        "role": arguments.role,
        "label": arguments.label,
        "agencies": agencies,
        "actor": {"user": actor.user, "via": actor.via},
    }
    try:
        return post_json(f"{note.url}/v1/codes", wanted, token=token, authority=note.authority)
    except StorageTrouble:
        return None


def _believed_as_the_hub(home: OpenHome, output: Output) -> None:
    """A standby of a building with certificates gets the authority from the hub, once."""
    place = place_of(home)
    if place is None or place.authority is None or certificates.has_authority(home.path):
        return
    url, token = f"{place.url}/v1/authority/standby", place.welcome.token
    try:
        given = post_json(url, {}, token=token, authority=place.authority)["authority"]
    except StorageTrouble:
        output.warn(msg("Hub tidak menjawab, jadi komputer ini belum mendapat sertifikat gedung."))
        return
    if given is not None:
        certificates.adopt_authority(home.path, given["certificate"], given["key"])


def _say_ready(output: Output, url: str, site_id: str) -> None:
    output.say(msg("Hub siap di {url}.", url=url))
    output.result({"listening": url, "site_id": site_id})


def _enrolment(session: Session) -> Enrolment:
    author = session.home.required_writer().author
    root = (author.device_id, author.public_key)
    made = Enrolment(session.home, StationBook(session.home.database, session.home.site_id, root))
    made.enrol_hub()
    return made
