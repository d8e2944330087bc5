"""The verbs of the whole office: init, catalog import, days, doctor."""

import time
from argparse import Namespace
from pathlib import Path
from typing import Any

from mppdesk.cli.answers import show
from mppdesk.cli.doctor import examine
from mppdesk.cli.folders import data_folder
from mppdesk.cli.output import DONE, Output
from mppdesk.cli.session import deciding, writing
from mppdesk.domain import commands
from mppdesk.domain.errors import BadInput, StorageTrouble
from mppdesk.texts import msg

_MOST_SHOWN_PROBLEMS = 20


def init(arguments: Namespace, output: Output) -> int:
    """Make a data folder; PINs and recovery code are said once."""
    from mppdesk.cli.safety import show_sheet
    from mppdesk.cli.setting_up import make_office, make_sample
    from mppdesk.db.home import SystemClock
    from mppdesk.db.identity import RandomIds

    home, clock, ids = data_folder(arguments), SystemClock(), RandomIds()
    made = make_sample(home, clock, ids) if arguments.sample else make_office(home, Path(arguments.site), clock, ids)
    output.say(
        msg("{site} siap di {folder}, {counters} loket.", site=made.site_name, folder=home, counters=made.counters)
    )
    output.say(made.secrets.sentence)
    for user_name, pin in made.pins.items():
        output.say(msg("PIN {user}: {pin}", user=user_name, pin=pin))
    show_sheet(output, made.recovery)
    output.result(
        {
            "site": made.site_name,
            "data": str(home),
            "counters": made.counters,
            "services": len(made.catalog.new) if made.catalog else 0,
            "key": str(made.secrets),
            "pins": made.pins,
            "recovery": {"code": made.recovery.code, "wrapped": made.recovery.wrapped},
        }
    )
    return DONE


def import_catalog(arguments: Namespace, output: Output) -> int:
    """Import a catalogue; errors import nothing, warnings do not stop it."""
    from mppdesk.cli.setting_up import record_catalog
    from mppdesk.integrations.catalog_files import read_catalog

    started = time.monotonic()
    reading = read_catalog(Path(arguments.path))
    problems = [
        {"severity": str(each.severity), "file": each.file, "path": each.path, "sentence": str(each.sentence)}
        for each in reading.problems
    ]
    for problem in reading.problems[:_MOST_SHOWN_PROBLEMS]:
        output.warn(str(problem))
    if len(problems) > _MOST_SHOWN_PROBLEMS:
        output.warn(msg("... dan {count} lagi; semuanya ada di --json.", count=len(problems) - _MOST_SHOWN_PROBLEMS))
    value: dict[str, Any] = {
        "agencies": len(reading.agencies),
        "services": len(reading.services),
        "requirements": sum(len(service.requirements) for service in reading.services),
        "problems": problems,
    }
    errors = sum(1 for each in problems if each["severity"] == "error")
    if errors:
        happened = msg("Katalog tidak diimpor: {count} kesalahan. Katalog yang berlaku tidak berubah.", count=errors)
        return output.refused(BadInput(happened, msg("Perbaiki kesalahan di atas, lalu impor lagi.")), **value)
    with writing(arguments, output) as session:
        actor = session.leader(msg("Katalog hanya boleh diimpor penyelia atau administrator. Tidak ada yang berubah."))
        done = record_catalog(session.home, actor, reading)
    output.say(
        msg(
            "{new} layanan baru, {changed} berubah, {same} tetap.",
            new=len(done.new),
            changed=len(done.changed),
            same=len(done.unchanged),
        )
    )
    imported = {
        "new": list(done.new),
        "changed": list(done.changed),
        "unchanged": len(done.unchanged),
        "seconds": round(time.monotonic() - started, 3),
    }
    output.result({**value, **imported})
    return DONE


def open_day(arguments: Namespace, output: Output) -> int:
    with deciding(arguments, output) as session:
        command = commands.OpenDay(command_id=session.command_id(), day=arguments.date)
        return show(output, session.hub.ask(command, session.actor()))


def close_day(arguments: Namespace, output: Output) -> int:
    with deciding(arguments, output) as session:
        command = commands.CloseDay(command_id=session.command_id(), leftovers=arguments.leftovers)
        return show(output, session.hub.ask(command, session.actor()))


def reopen_day(arguments: Namespace, output: Output) -> int:
    with deciding(arguments, output) as session:
        command = commands.ReopenDay(command_id=session.command_id())
        return show(output, session.hub.ask(command, session.actor()))


def correct_date(arguments: Namespace, output: Output) -> int:
    with deciding(arguments, output) as session:
        asked = {"day": arguments.date, "leftovers": arguments.leftovers}
        command = commands.CorrectDate(command_id=session.command_id(), **asked)
        return show(output, session.hub.ask(command, session.actor()))


def doctor(arguments: Namespace, output: Output) -> int:
    """Examine the installation and the data folder; exit 3 when something needs a person."""
    findings = examine(data_folder(arguments))
    for finding in findings:
        output.say(f"{'baik' if finding.is_fine else 'PERIKSA'}: {finding.sentence}")
    troubles = sum(1 for each in findings if not each.is_fine)
    found = {
        "healthy": troubles == 0,
        "findings": [
            {"subject": each.subject, "is_fine": each.is_fine, "sentence": str(each.sentence)} for each in findings
        ],
    }
    if troubles:
        happened = msg("{count} hal perlu diperiksa. Tidak ada yang diubah.", count=troubles)
        return output.refused(StorageTrouble(happened, msg("Ikuti petunjuk di atas, atau beri tahu admin.")), **found)
    output.result(found)
    return DONE
