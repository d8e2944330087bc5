"""Whether a data key that came is the right one: by its id, or by what it opens (decision 0020)."""

from mppdesk.db.journal.logs import Journal
from mppdesk.db.privacy.key_ids import proves, proving_id
from mppdesk.db.privacy.sealing import sealed_in, unseal
from mppdesk.db.replication.key_parcels import KeyParcel, Proof
from mppdesk.db.sql import Store
from mppdesk.domain.entries import Subject


def proof_of(store: Store, site_id: str, parcel: KeyParcel) -> Proof:
    """Judge a key whose parcel is sound."""
    if proves(parcel.key_id):
        subject = parcel.subject_type, parcel.subject_id
        is_right = parcel.key_id == proving_id(parcel.key_id, parcel.key, parcel.agency, subject)
        return Proof.RIGHT if is_right else Proof.WRONG
    return _proof_by_opening(store, site_id, parcel)


def _proof_by_opening(store: Store, site_id: str, parcel: KeyParcel) -> Proof:
    """A key from before ids proved theirs must open a field of its subject; nothing else was bound to it then."""
    proof = Proof.NOT_YET
    for entry in Journal(store, site_id).entries_of(Subject(parcel.subject_type, parcel.subject_id)):
        for field, sealed in sealed_in(entry):
            if sealed.key_id == parcel.key_id:
                if unseal(parcel.key, entry.entry_id, field, sealed) is not None:
                    return Proof.RIGHT
                proof = Proof.WRONG
    return proof
