"""`mppdesk hub take-over` and `hub rehearse`: a supervisor makes the standby the hub, or tries it in a copy."""

import sys
from argparse import Namespace
from datetime import UTC, datetime
from typing import Any

from mppdesk.cli.folders import data_folder
from mppdesk.cli.output import DONE, REFUSED, Output
from mppdesk.cli.session import LOCK_WAIT_S, Session, reading
from mppdesk.cli.way_to_hub import running_here, token_here
from mppdesk.db import home as homes
from mppdesk.db.home import OpenHome, SystemClock
from mppdesk.db.identity import RandomIds
from mppdesk.db.replication.stations import StationBook
from mppdesk.domain.errors import BadInput, Refused
from mppdesk.server import takeover
from mppdesk.server.presence import Presence
from mppdesk.server.takeover import HubBefore
from mppdesk.sync.addresses import addresses_of
from mppdesk.sync.hub_calls import post_json
from mppdesk.sync.place import place_of
from mppdesk.texts import Text, msg

_WORD = "AMBIL"


def take_over(arguments: Namespace, output: Output) -> int:
    """Tell what is known of the hub, wait for the word, then make this computer the hub."""
    note = running_here(data_folder(arguments))
    with reading(arguments, output) as session:
        before = takeover.hub_before(session.home)
        _say_before(before, output)
        _require_silence(session.home, arguments.force)
        _require_word(arguments.type, output)
        if note is not None:
            term = _asked(session, note, arguments.force or "")
    if note is None:
        with homes.writing(data_folder(arguments), SystemClock(), RandomIds(), wait_s=LOCK_WAIT_S) as opened:
            actor = Session(arguments, opened, output).actor()
            last_seen_ms = before.last_seen_ms if before else 0
            taken = takeover.take_over(opened, _book(opened), actor, last_seen_ms, arguments.force or "")
            term = taken.term
    with reading(arguments, output) as session:
        _say_taken(session, term, output, is_running=note is not None)
    return DONE


def rehearse(arguments: Namespace, output: Output) -> int:
    """Take over in a copy of the folder, and tell what came of it; nothing is changed here or elsewhere."""
    with reading(arguments, output) as session:
        place = place_of(session.home)
        if place is None:
            raise Refused(
                msg("Folder ini milik hub sendiri. Tidak ada yang dilatih."),
                msg("Jalankan di komputer cadangan (peran standby)."),
            )
        seen = takeover.rehearse(session.home, place.root, session.actor(), session.clock, session.ids)
    first, last = seen.block.first, seen.block.last
    output.say(
        msg(
            "Latihan di salinan: hub masa tugas {term}, nomor {first} sampai {last}.",
            term=seen.taken.term,
            first=first,
            last=last,
        )
    )
    if seen.is_equal:
        output.say(msg("Isi salinan sama dengan jurnalnya."))
    if seen.is_demoted:
        output.say(msg("Hub lama akan berhenti memutuskan begitu ia kembali."))
    output.result({"rehearsal": {"good": seen.is_good, "term": seen.taken.term, "first": first, "last": last}})
    if not seen.is_good:
        output.warn(msg("Latihan gagal. Jangan mengandalkan komputer ini; beri tahu admin."))
        return REFUSED
    output.say(msg("Latihan berhasil. Tidak ada yang berubah."))
    return DONE


def _say_before(before: HubBefore | None, output: Output) -> None:
    if before is None:
        return
    output.say(msg("Hub sekarang: {label}.", label=before.label))
    if before.last_seen_ms:
        output.say(msg("Terakhir terhubung dari sini {at}.", at=_clock(before.last_seen_ms)))
    if before.entries_until_ms:
        output.say(msg("Catatannya ada di komputer ini sampai {at}.", at=_clock(before.entries_until_ms)))


def _require_silence(home: OpenHome, reason: str | None) -> None:
    """A hub that answers is not taken over, unless somebody says why."""
    place = place_of(home)
    urls = addresses_of(home, *((place.url,) if place else ())).all()
    found = takeover.answering(urls, place.authority if place else None)
    if found is not None and not (reason or "").strip():
        raise Refused(
            msg("Hub di {url} masih menjawab. Tidak ada yang diambil alih.", url=found),
            msg('Bila memang perlu, matikan hub itu dahulu, atau sertakan alasan: --force "ALASAN".'),
        )


def _require_word(typed: str | None, output: Output) -> None:
    """Two steps: the facts first, then the word, so that nobody takes over by a slip."""
    if typed is None and sys.stdin.isatty():
        output.warn(msg("Pastikan hub lama mati. Ketik {word} untuk mengambil alih:", word=_WORD))
        typed = sys.stdin.readline().strip()
    if typed != _WORD:
        raise BadInput(
            msg("Kata {word} belum ditulis. Tidak ada yang berubah.", word=_WORD),
            msg("Pastikan hub lama mati, lalu ulangi dengan --type {word}.", word=_WORD),
        )


def _asked(session: Session, note: Presence, reason: str) -> int:
    """Ask the standby's process that runs in this folder; from then on it decides."""
    wanted: dict[str, Any] = {"user": session.actor().user, "reason": reason}
    said = post_json(f"{note.url}/v1/takeover", wanted, token=token_here(session.home), authority=note.authority)
    return int(said["term"])


def _say_taken(session: Session, term: int, output: Output, *, is_running: bool) -> None:
    output.say(msg("Komputer ini sekarang hub, masa tugas {term}.", term=term))
    taken, first = takeover.latest(session.home), None
    if taken is not None:
        with session.readers.moment() as moment:
            today = moment.now.date()
        first = takeover.numbers_of(session.home, today).first
        output.say(_numbers(first))
    output.say(
        msg("Loket mencari hub ini sendiri dalam beberapa detik.")
        if is_running
        else msg("Lanjutkan: mppdesk hub --listen ALAMAT:PORT.")
    )
    output.result({"takeover": {"term": term, "first": first}})


def _numbers(first: int) -> Text:
    if first == 1:
        return msg("Nomor karcis seperti biasa.")
    return msg("Nomor karcis hari ini diteruskan dari {first}.", first=first)


def _clock(ms: int) -> str:
    return f"{datetime.fromtimestamp(ms / 1000, UTC).astimezone():%d-%m-%Y %H.%M}"


def _book(home: OpenHome) -> StationBook:
    place = place_of(home)
    author = home.required_writer().author
    return StationBook(home.database, home.site_id, place.root if place else (author.device_id, author.public_key))
