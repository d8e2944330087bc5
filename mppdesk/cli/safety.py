"""Backup, restore, recovery sheet, and forgetting a person."""

import sys
from argparse import Namespace
from pathlib import Path

from mppdesk.cli.folders import data_folder
from mppdesk.cli.output import DONE, Output
from mppdesk.cli.session import Session, reading, writing
from mppdesk.db.home import SystemClock
from mppdesk.db.identity import RandomIds
from mppdesk.db.privacy import forgetting as privacy
from mppdesk.db.privacy.search import SearchTable
from mppdesk.db.safekeeping.backup import write_backup
from mppdesk.db.safekeeping.recovery import RecoverySheet, new_sheet
from mppdesk.db.safekeeping.restore import restore as restore_backup
from mppdesk.domain.entries import Subject, SubjectType
from mppdesk.texts import msg


def backup(arguments: Namespace, output: Output) -> int:
    """Write one checked backup file; works while the desktop runs."""
    target = Path(arguments.file)
    with reading(arguments, output) as session:
        home = session.home
        write_backup(home.database, home.path, home.file.home_id, target, session.clock.now())
    output.say(msg("Cadangan tersimpan dan lulus pemeriksaan: {path}.", path=target))
    output.result({"backup": str(target), "bytes": target.stat().st_size})
    return DONE


def restore(arguments: Namespace, output: Output) -> int:
    """Bring a backup back; the old files are set aside."""
    found = restore_backup(
        data_folder(arguments),
        Path(arguments.file),
        SystemClock(),
        RandomIds(),
        code=arguments.recovery_code,
        again_today=arguments.again_today,
    )
    output.say(msg("Pulih: {entries} entri, cadangan dibuat {at}.", entries=found.entries, at=found.made_at))
    if found.set_aside:
        output.say(msg("Basis data sebelumnya disisihkan di {folder}.", folder=found.set_aside))
    output.say(msg("Hari ini nomor antrean dilanjutkan dari {number}.", number=found.numbers_from))
    if found.is_first:
        output.say(
            msg(
                "Bila hari ini sudah ada pemulihan di komputer lain, ulangi dengan --again-today sebelum nomor diambil."
            )
        )
    output.result(
        {
            "restored": {
                "entries": found.entries,
                "logs": found.logs,
                "made_at": found.made_at,
                "set_aside": str(found.set_aside) if found.set_aside else None,
                "numbers_from": found.numbers_from,
            }
        }
    )
    return DONE


def recovery_sheet(arguments: Namespace, output: Output) -> int:
    """Make a new recovery code and print its sheet."""
    with writing(arguments, output) as session:
        session.leader(msg("Lembar pemulihan hanya boleh dicetak penyelia atau administrator. Tidak ada yang berubah."))
        with session.readers.moment() as moment:
            name = moment.reference.site.name
        sheet = new_sheet(session.home.path, session.home.secrets, name)
    show_sheet(output, sheet)
    output.result({"recovery": {"code": sheet.code, "wrapped": sheet.wrapped}})
    return DONE


def show_sheet(output: Output, sheet: RecoverySheet) -> None:
    """Say the sheet with its QR code; it is meant for paper in a locked drawer, never for a file."""
    import segno

    output.say(msg("LEMBAR PEMULIHAN {site}", site=sheet.site_name))
    output.say(msg("Kode pemulihan: {code}", code=sheet.code))
    output.say(msg("Simpan lembar ini di tempat terkunci, jauh dari komputer ini."))
    output.say(msg("Memulihkan: mppdesk restore BERKAS --recovery-code KODE"))
    stream = sys.stdout if sys.stdout.isatty() else None
    if stream is not None:
        segno.make(sheet.code).terminal(out=stream, compact=True)


def forget(arguments: Namespace, output: Output) -> int:
    """Destroy the keys of what is personal about a ticket, a NIK or a hand-over; the history stays and verifies."""
    with writing(arguments, output) as session:
        actor = session.leader(msg("Menghapus data pribadi hanya boleh dilakukan penyelia atau administrator."))
        count = privacy.forget(session.home, actor, _asked_for(session, arguments))
    output.say(msg("Data pribadi dihapus untuk seterusnya ({count} kunci). Riwayat tetap utuh.", count=count))
    output.result({"forgotten": count})
    return DONE


def _asked_for(session: Session, arguments: Namespace) -> tuple[Subject, ...]:
    if arguments.ticket:
        return session.readers.subjects_of(session.ticket(arguments.ticket, arguments.day).visit)
    if arguments.shift_notes:
        return session.readers.counter_days_of(session.counter_id(arguments.shift_notes), arguments.day)
    return _by_nik(session, arguments.nik)


def _by_nik(session: Session, nik: str) -> tuple[Subject, ...]:
    """Find everything of a NIK, that of the same visits included."""
    typed = sys.stdin.readline().strip() if nik == "-" else nik
    with session.readers.moment() as moment:
        found = SearchTable(moment.store, session.home.secrets.search).find("nik", typed)
        visits = {submission.visit for each in found if (submission := moment.view.submission(each)) is not None}
    subjects = {subject for visit in visits for subject in session.readers.subjects_of(visit)}
    return tuple(sorted({*subjects, *(Subject(SubjectType.SUBMISSION, each) for each in found)}))
