"""The paper of a file that was just decided, saved as A5 PDF where the caller wants it: a copy, on record as one."""

from pathlib import Path

from mppdesk.cli.session import Session
from mppdesk.domain.entries import Actor
from mppdesk.domain.errors import Refused
from mppdesk.texts import msg


def save_paper(session: Session, submission: str, actor: Actor, file: Path) -> None:
    """Save it under this name, or the next free one; what was decided holds, whether or not it can be written."""
    from mppdesk.printing.saved_copies import SavedCopies

    writer, output = session.home.required_writer(), session.output
    copies = SavedCopies(session.readers, writer, actor, writer.now)
    try:
        saved = copies.save(submission, file.parent, file.stem, file.suffix)
    except OSError:
        output.warn(msg("{file} tidak dapat ditulis. Keputusan atas berkas tetap tersimpan.", file=str(file)))
        output.warn(msg("Cetak ulang dari mppdesk print-jobs retry ID."))
    except Refused as refused:
        output.warn(refused.what_happened)
    else:
        output.say(msg("{file} tersimpan.", file=str(saved.file)))
