"""`mppdesk hub link` names the centre; `mppdesk sync status` tells how every link of this folder is."""

import sys
from argparse import Namespace
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from mppdesk.cli.output import DONE, Output
from mppdesk.cli.session import Session, reading, writing
from mppdesk.db.replication import held, troubles
from mppdesk.db.replication.held import HeldDevice
from mppdesk.db.replication.signing import Signer
from mppdesk.db.replication.troubles import SyncTrouble
from mppdesk.domain.errors import BadInput
from mppdesk.sync import centre_link, link_notes
from mppdesk.sync.centre_link import CentrePlace
from mppdesk.sync.link_notes import LinkNote
from mppdesk.sync.waiting import Mark, Waiting, waiting_since
from mppdesk.texts import Text, msg

# A running program notes each exchange, and each failure to reach the other side, at least this often.
_STALE_MS = 180_000
_SCHEMES = ("http://", "https://")
_NAMES = {"hub": "Hub", centre_link.CENTRE: "Pusat"}
_PEM = b"-----BEGIN CERTIFICATE-----"


def link(arguments: Namespace, output: Output) -> int:
    """Keep the way to the centre in the folder; the hub follows it from its next start."""
    url = arguments.central.rstrip("/")
    if not url.startswith(_SCHEMES):
        raise BadInput(
            msg("Alamat pusat harus diawali https://. Tidak ada yang disimpan."),
            msg("Tulis seperti https://pusat.example.go.id."),
        )
    authority = _certificate(Path(arguments.authority)) if arguments.authority else None
    token = sys.stdin.readline().strip() if arguments.token == "-" else arguments.token
    with writing(arguments, output) as session:
        session.actor()
        centre_link.keep(session.home, CentrePlace(url, token, authority is not None), authority)
    output.say(msg("Alamat pusat disimpan. Hub mengirim jurnalnya ke {url} sejak dijalankan berikutnya.", url=url))
    output.result({"centre": {"url": url}})
    return DONE


def status(arguments: Namespace, output: Output) -> int:
    """Tell of each link whether it is reached and what waits for it, and what stopped or is held."""
    with reading(arguments, output) as session:
        home, now_ms = session.home, int(session.clock.now().timestamp() * 1000)
        links = [_link(session, name, note, now_ms) for name, note in sorted(_notes(session).items())]
        with home.database.reading() as store:
            held_devices = held.devices(store, home.site_id)
            stopped = troubles.all_of(store, home.site_id)
        device_id = home.setting("device_id") or ""
        public_key = Signer(device_id, home.secrets.device).public_key.hex()
    for each in links:
        output.say(_told(each))
    if not links:
        output.say(msg("Komputer ini tidak tersambung ke hub atau pusat mana pun."))
    _say_troubles(output, held_devices, stopped)
    output.result(
        {
            "site_id": home.site_id,
            "device_id": device_id,
            "public_key": public_key,
            "links": links,
            "held": [{"device_id": each.device_id, "segments": each.segments, "since": _time(each.since_ms)}
                     for each in held_devices],
            "troubles": [{"log_id": each.log_id, "reason": each.reason, "seq": each.seq, "seen": _time(each.seen_ms)}
                         for each in stopped],
        }
    )  # fmt: skip
    return DONE


def _notes(session: Session) -> dict[str, LinkNote | None]:
    """The notes of the running program; a centre that was named and never tried has none yet."""
    notes: dict[str, LinkNote | None] = dict(link_notes.read(session.home.path))
    place = centre_link.place_of(session.home)
    known = notes.get(centre_link.CENTRE)
    if place is not None and (known is None or known.url != place.url):
        notes[centre_link.CENTRE] = None
    return notes


def _link(session: Session, name: str, note: LinkNote | None, now_ms: int) -> dict[str, Any]:
    waiting = _waiting(session, name, note)
    said: dict[str, Any] = {
        "to": name,
        "url": note.url if note else getattr(centre_link.place_of(session.home), "url", ""),
        "is_reached": False,
        "since": None,
        "last_exchange": None,
        "why": centre_link.NOT_RUNNING,
        "stopped_logs": 0,
        "waiting": waiting.entries,
        "oldest_waiting_s": None if waiting.oldest_ms is None else max(0, now_ms - waiting.oldest_ms) // 1000,
    }
    if note is None:
        return said
    said |= {"last_exchange": _time(note.state.last_exchange_ms), "stopped_logs": note.state.stopped}
    if now_ms - note.noted_ms > _STALE_MS:
        return said | {"since": _time(note.noted_ms)}
    return said | {
        "is_reached": note.state.is_reached, "since": _time(note.state.since_ms), "why": note.state.why
    }  # fmt: skip


def _waiting(session: Session, name: str, note: LinkNote | None) -> Waiting:
    home = session.home
    since = note.mark if note and note.mark else Mark()
    with home.database.reading() as store:
        device_id = home.setting("device_id") or ""
        return waiting_since(store, home.site_id, device_id, since, relays=name == centre_link.CENTRE)


def _told(each: Mapping[str, Any]) -> Text:
    values = {"to": _NAMES.get(each["to"], each["to"]), "url": each["url"], "n": each["waiting"]}
    if each["is_reached"]:
        return msg("{to} ({url}): tersambung, {n} entri menunggu dikirim.", **values)
    if each["why"] == centre_link.NOT_RUNNING:
        return msg("{to} ({url}): program tidak berjalan, {n} entri menunggu dikirim.", **values)
    return msg("{to} ({url}): tidak tersambung sejak {since}, {n} entri menunggu.", since=each["since"], **values)


def _say_troubles(output: Output, held_devices: tuple[HeldDevice, ...], stopped: tuple[SyncTrouble, ...]) -> None:
    for device in held_devices:
        output.say(msg("Perangkat {device} menunggu diterima penyelia.", device=device.device_id))
    for trouble in stopped:
        output.say(msg("Log {log} berhenti: {reason}.", log=trouble.log_id, reason=trouble.reason))


def _certificate(path: Path) -> bytes:
    content = path.read_bytes()
    if _PEM not in content:
        raise BadInput(
            msg("{path} bukan sertifikat PEM. Tidak ada yang disimpan.", path=path), msg("Pilih berkas sertifikatnya.")
        )
    return content


def _time(ms: int | None) -> str | None:
    return None if ms is None else datetime.fromtimestamp(ms / 1000, UTC).isoformat(timespec="seconds")
