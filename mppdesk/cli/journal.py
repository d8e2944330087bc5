"""`mppdesk journal ...`: is the journal whole, and what happened to one number."""

from argparse import Namespace

from mppdesk.cli.output import DONE, REFUSED, Output
from mppdesk.cli.session import reading
from mppdesk.db.verify import verify as verify_journal
from mppdesk.texts import msg

VERIFY_HELP = (
    "periksa rantai, kepala, dan tampilan seluruh jurnal; menemukan setiap entri yang berubah, tertukar, atau hilang, "
    "kecuali ekor terbaru yang dipotong bersama kepalanya: itu hanya diketahui salinan di komputer lain"
)


def verify(arguments: Namespace, output: Output) -> int:
    """Verify the whole journal; exit 3 when anything is wrong."""
    with reading(arguments, output) as session, session.readers.moment() as moment:
        found = verify_journal(moment.store, session.home.site_id)
    for finding in found.findings:
        output.say(finding)
    if found.is_sound:
        output.say(msg("Jurnal utuh: {entries} entri dalam {logs} catatan.", entries=found.entries, logs=found.logs))
    elif found.chain_ok:
        output.say(msg("Tampilan tidak sama dengan jurnal. Data di jurnal utuh; bangun ulang tampilannya."))
    output.result(
        {
            "entries": found.entries,
            "logs": found.logs,
            "chain_ok": found.chain_ok,
            "rebuild_equal": found.rebuild_equal,
            "digest": found.digest,
            "findings": [str(each) for each in found.findings],
        }
    )
    return DONE if found.is_sound else REFUSED


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
