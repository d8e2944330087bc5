"""What somebody who leads does with an anomaly: look, and say what she found."""

from mppdesk.domain.entries import Actor, Draft, Subject, SubjectType
from mppdesk.domain.errors import BadInput, NotAllowed
from mppdesk.domain.facts import AnomalySeen
from mppdesk.operations.ports import Units
from mppdesk.operations.readings import SignedIn
from mppdesk.texts import msg

MOST_NOTE_LETTERS = 500


def mark_seen(units: Units, leader: SignedIn, anomaly: str, note: str, via: str = "desktop") -> None:
    """Record that an anomaly was looked at, with her name and note; said again, the last one holds.

    `anomaly` is the id of the entry that did not fit.

    Raises:
        NotAllowed: she does not lead, or this computer may not record it (decision 0016).
        BadInput: the note is longer than anybody reads in a list.
    """
    if not leader.is_leading:
        raise NotAllowed(
            msg("Hanya penyelia dan administrator yang menandai kejanggalan. Tidak ada yang berubah."),
            msg("Minta penyelia masuk di jendela Administrasi."),
        )
    words = note.strip()
    if len(words) > MOST_NOTE_LETTERS:
        raise BadInput(
            msg("Catatan lebih dari {count} huruf. Tidak ada yang berubah.", count=MOST_NOTE_LETTERS),
            msg("Ringkaslah, lalu simpan lagi."),
        )
    with units.begin(Actor(leader.user, via)) as unit:
        subject = Subject(SubjectType.ANOMALY, anomaly)
        unit.record(Draft(unit.new_id(), subject, AnomalySeen(), {"note": words} if words else {}))
