"""`mppdesk journal ...`: is the journal whole, and what happened to one number."""

from argparse import Namespace

from mppdesk.cli.output import DONE, Output
from mppdesk.cli.session import reading, writing
from mppdesk.db.journal.verify import Verification
from mppdesk.db.journal.verify import verify as verify_journal
from mppdesk.db.projections import views
from mppdesk.domain.errors import StorageTrouble
from mppdesk.texts import msg


def verify(arguments: Namespace, output: Output) -> int:
    """Verify the whole journal; exit 3 when anything is wrong."""
    with reading(arguments, output) as session, session.readers.moment() as moment:
        found = verify_journal(moment.store, session.home.site_id)
    for finding in found.findings:
        output.say(finding)
    value = {
        "entries": found.entries,
        "logs": found.logs,
        "chain_ok": found.chain_ok,
        "rebuild_equal": found.rebuild_equal,
        "digest": found.digest,
        "findings": [str(each) for each in found.findings],
    }
    if not found.is_sound:
        return output.refused(trouble_of(found), **value)
    output.say(msg("Jurnal utuh: {entries} entri dalam {logs} catatan.", entries=found.entries, logs=found.logs))
    output.result(value)
    return DONE


def rebuild(arguments: Namespace, output: Output) -> int:
    """Make every view again from the journal; the journal itself is not touched."""
    with writing(arguments, output) as session:
        session.actor()
        with session.home.database.writing() as store:
            views.rebuild(store, session.home.site_id)
    output.say(msg("Tampilan dibangun ulang dari jurnal."))
    output.result({"rebuilt": True})
    return DONE


def trouble_of(found: Verification) -> StorageTrouble:
    """What an unsound journal, or views that left it, mean for people."""
    if found.chain_ok:
        return StorageTrouble(
            msg("Tampilan tidak sama dengan jurnal. Data di jurnal utuh."),
            msg("Bangun ulang tampilannya: mppdesk journal rebuild."),
        )
    return StorageTrouble(
        msg("Jurnal tidak utuh: ada entri yang berubah, tertukar, atau hilang. Tidak ada yang diubah."),
        msg("Beri tahu admin: simpan folder data ini, lalu mppdesk restore cadangan terakhir."),
    )


def show(arguments: Namespace, output: Output) -> int:
    """Tell one ticket's history in plain Indonesian."""
    with reading(arguments, output) as session:
        row = session.ticket(arguments.number, arguments.day)
        lines = session.readers.history(row.visit)
        for line in lines:
            output.say(msg("{at}  {who}: {what}", at=line.at, who=line.who, what=line.what))
        output.result(
            {
                "number": row.number,
                "history": [{"at": line.at, "who": line.who, "what": str(line.what)} for line in lines],
            }
        )
    return DONE
