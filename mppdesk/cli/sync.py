"""`mppdesk hub link` names the centre; `mppdesk sync status` tells how every link of this folder is."""

import sys
from argparse import Namespace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from mppdesk.cli.output import DONE, Output
from mppdesk.cli.session import reading, writing
from mppdesk.db.replication.copied_folders import COPIED_FOLDER
from mppdesk.db.replication.held import HeldDevice
from mppdesk.db.replication.replica import NOT_ENTITLED, TOO_MUCH
from mppdesk.db.replication.signing import Signer
from mppdesk.db.replication.troubles import WRONG_KEY, SyncTrouble
from mppdesk.domain.errors import BadInput
from mppdesk.sync import centre_link
from mppdesk.sync.centre_link import CentrePlace
from mppdesk.sync.protocol import CentreStanding
from mppdesk.sync.status import LinkStatus, sync_status
from mppdesk.texts import Text, msg

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
        found = sync_status(home, now_ms)
        device_id = home.setting("device_id") or ""
        public_key = Signer(device_id, home.secrets.device).public_key.hex()
    for each in found.links:
        output.say(_told(each))
        if each.centre is not None and not each.centre.is_reached:
            since, waiting = _time(each.centre.since_ms), each.centre.waiting
            output.say(
                msg("Hub tidak mencapai pusat sejak {since}; {n} entri menunggu di hub.", since=since, n=waiting)
            )
    if not found.links:
        output.say(msg("Komputer ini tidak tersambung ke hub atau pusat mana pun."))
    _say_troubles(output, found.held, found.stopped)
    output.result(
        {
            "site_id": home.site_id,
            "device_id": device_id,
            "public_key": public_key,
            "links": [_link(each, now_ms) for each in found.links],
            "held": [{"device_id": each.device_id, "segments": each.segments, "since": _time(each.since_ms)}
                     for each in found.held],
            "troubles": [trouble_row(each) for each in found.stopped],
        }
    )  # fmt: skip
    return DONE


def _link(link: LinkStatus, now_ms: int) -> dict[str, Any]:
    return {
        "to": link.to,
        "url": link.url,
        "is_reached": link.is_reached,
        "since": _time(link.since_ms),
        "last_exchange": _time(link.last_exchange_ms),
        "why": link.why,
        "stopped_logs": link.stopped_logs,
        "waiting": link.waiting,
        "oldest_waiting_s": _age_s(link.oldest_waiting_ms, now_ms),
        "centre": _centre(link.centre, now_ms) if link.centre else None,
    }


def _centre(centre: CentreStanding, now_ms: int) -> dict[str, Any]:
    """How the hub of this station stands to its centre, as it said last."""
    return {
        "is_reached": centre.is_reached,
        "since": _time(centre.since_ms),
        "waiting": centre.waiting,
        "oldest_waiting_s": _age_s(centre.oldest_ms, now_ms),
    }


def _told(link: LinkStatus) -> Text:
    values: dict[str, Any] = {"to": _NAMES.get(link.to, link.to), "url": link.url, "n": link.waiting}
    if link.is_reached:
        return msg("{to} ({url}): tersambung, {n} entri menunggu dikirim.", **values)
    if not link.is_running:
        return msg("{to} ({url}): program tidak berjalan, {n} entri menunggu dikirim.", **values)
    since = _time(link.since_ms)
    return msg("{to} ({url}): tidak tersambung sejak {since}, {n} entri menunggu.", since=since, **values)


def _say_troubles(output: Output, held_devices: tuple[HeldDevice, ...], stopped: tuple[SyncTrouble, ...]) -> None:
    for device in held_devices:
        output.say(msg("Perangkat {device} menunggu diterima penyelia.", device=device.device_id))
    for trouble in stopped:
        output.say(told_trouble(trouble))


def trouble_row(trouble: SyncTrouble) -> dict[str, Any]:
    """A trouble as a program reads it."""
    seen = _time(trouble.seen_ms)
    return {"log_id": trouble.log_id, "reason": trouble.reason, "seq": trouble.seq, "seen": seen}


def told_trouble(trouble: SyncTrouble) -> Text:
    """A trouble as an administrator reads it, with what to do."""
    if trouble.reason == NOT_ENTITLED:
        sentence = "Log {log} ditahan: komputernya mencatat hal yang bukan haknya. Periksa komputer itu, atau cabut."
        return msg(sentence, log=trouble.log_id)
    if trouble.reason == TOO_MUCH:
        sentence = "Log {log} ditahan: karcis kertas atau tanggal yang dicatatnya melewati batas. Periksa komputer itu."
        return msg(sentence, log=trouble.log_id)
    if trouble.reason == COPIED_FOLDER:
        sentence = (
            "Log {log} berasal dari salinan atau isi lama folder komputer itu. Semuanya disimpan. "
            "Pakai hanya satu dari kedua komputer, daftarkan yang lain sebagai komputer baru."
        )
        return msg(sentence, log=trouble.log_id)
    if trouble.reason == WRONG_KEY:
        who = trouble.log_id or "hub/pusat"
        return msg("Perangkat {device} membawa kunci data yang salah; kunci itu tidak dipakai.", device=who)
    return msg("Log {log} berhenti: {reason}.", log=trouble.log_id, reason=trouble.reason)


def _certificate(path: Path) -> bytes:
    content = path.read_bytes()
    if _PEM not in content:
        raise BadInput(
            msg("{path} bukan sertifikat PEM. Tidak ada yang disimpan.", path=path), msg("Pilih berkas sertifikatnya.")
        )
    return content


def _age_s(since_ms: int | None, now_ms: int) -> int | None:
    return None if since_ms is None else max(0, now_ms - since_ms) // 1000


def _time(ms: int | None) -> str | None:
    return None if ms is None else datetime.fromtimestamp(ms / 1000, UTC).isoformat(timespec="seconds")
