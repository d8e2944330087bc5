"""Wrong data keys: none is kept, none stands in the way of the right one, and who brought it is noted."""

import hashlib
import secrets
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from mppdesk.db.journal.logs import Journal
from mppdesk.db.privacy import sealing
from mppdesk.db.privacy.key_ids import proves, proving_id
from mppdesk.db.privacy.sealing import KEY_BYTES, sealed_in
from mppdesk.db.replication import troubles
from mppdesk.db.replication.key_parcels import KeyParcel
from mppdesk.db.replication.replica_store import ReplicaStore
from mppdesk.db.replication.troubles import WRONG_KEY
from mppdesk.domain import commands
from mppdesk.domain.entries import Subject, SubjectType
from mppdesk.operations.submissions import ApplicantData
from mppdesk.sync import keys
from mppdesk.sync.keys import KeyAnswerer, KeyRights, KeysPush
from tests.db.test_privacy import NAME, NIK, register_somebody, serve
from tests.fakes.office import Office, open_office
from tests.sync.replicas import empty_replica, meet, replica_of
from tests.sync.test_forgotten import keys_of
from tests.sync.test_keys import POOL, held, store_of
from tests.sync.test_keys import meet as meet_keys

HOSTILE = "badbad00" * 4
NAMES = st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), max_size=20)
OTHERS = st.sampled_from(POOL[1:])
WRONG = st.one_of(
    st.binary(min_size=KEY_BYTES, max_size=KEY_BYTES).map(lambda key: replace(POOL[0], key=key)),
    OTHERS.map(lambda other: replace(POOL[0], key=other.key)),
    OTHERS.map(lambda other: replace(other, key_id=POOL[0].key_id)),
    NAMES.map(lambda agency: replace(POOL[0], agency=agency)),
    NAMES.map(lambda subject: replace(POOL[0], subject_id=subject)),
    NAMES.map(lambda kind: replace(POOL[0], subject_type=kind)),
).filter(lambda parcel: parcel != POOL[0])


def noted(here: ReplicaStore) -> list[tuple[str, str]]:
    with here.database.reading() as store:
        return [(each.log_id, each.reason) for each in troubles.all_of(store, here.site_id)]


def push(here: ReplicaStore, *parcels: KeyParcel) -> None:
    KeyAnswerer(here).push(KeysPush(here.site_id, parcels, ()), KeyRights(HOSTILE))


@given(wrong=WRONG)
def test_a_wrong_key_under_a_known_id_is_not_kept_and_the_right_one_is(wrong: KeyParcel) -> None:
    here = store_of(frozenset())
    push(here, wrong)
    assert held(here) == frozenset()
    assert noted(here) == [(HOSTILE, WRONG_KEY)]

    meet_keys(store_of(frozenset(POOL[:1])), here)
    push(here, wrong)
    assert held(here) == {POOL[0]}


@given(wrong=WRONG)
def test_in_one_message_the_wrong_one_does_not_hide_the_right_one(wrong: KeyParcel) -> None:
    for message in ((wrong, POOL[0]), (POOL[0], wrong)):
        here = store_of(frozenset())
        push(here, *message)
        assert held(here) == {POOL[0]}


def test_a_kiosk_that_brings_keys_is_noted() -> None:
    here = store_of(frozenset())
    KeyAnswerer(here).take(POOL[:1], KeyRights(HOSTILE, frozenset(), may_bring=False))
    KeyAnswerer(here).take((), KeyRights("a" * 32, frozenset(), may_bring=False))
    assert held(here) == frozenset() and noted(here) == [(HOSTILE, WRONG_KEY)]


@given(
    made=st.text("0123456789abcdef", min_size=12, max_size=32),
    key=st.binary(min_size=KEY_BYTES, max_size=KEY_BYTES),
    agency=NAMES,
    subject=st.tuples(NAMES, NAMES),
)
def test_an_id_keeps_its_time_and_says_that_it_proves(
    made: str, key: bytes, agency: str, subject: tuple[str, str]
) -> None:
    key_id = proving_id(made, key, agency, subject)
    assert len(key_id) == 32 and key_id[:12] == made[:12] and key_id[12] == "8" and key_id[16] in "89ab"
    assert proves(key_id)
    assert proving_id(key_id, key, agency, subject) == key_id


def test_the_id_of_a_key_never_changes() -> None:
    """The bytes of docs/sync.md: another program must come to the same id."""
    key, subject = bytes(range(32)), ("submission", "0" * 32)
    assert proving_id("01a2008d7401", key, "DUKA", subject) == "01a2008d74018c3d9de2a40ffe2b065b"
    text = b"mppdesk data key\x0001a2008d7401\x00DUKA\x00submission\x00" + b"0" * 32 + b"\x00"
    assert hashlib.sha256(text + key).hexdigest().endswith("6c3d1de2a40ffe2b065b")


@pytest.mark.parametrize("key_id", ["f" * 32, f"{'0' * 12}7{'0' * 3}8{'0' * 15}", f"{'0' * 12}8{'0' * 3}c{'0' * 15}"])
def test_an_id_of_another_version_or_variant_proves_nothing(key_id: str) -> None:
    assert not proves(key_id)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with open_office(tmp_path / "office") as opened:
        opened.open("Loket 1")
        yield opened


@pytest.fixture
def old_office(office: Office, monkeypatch: pytest.MonkeyPatch) -> Office:
    """An office that is still kept by a program whose ids of keys were random."""
    monkeypatch.setattr(sealing, "proving_id", lambda made, key, agency, subject: f"{made[:12]}7{made[13:]}")
    return office


def test_a_key_from_before_is_kept_when_it_opens_what_came(old_office: Office, tmp_path: Path) -> None:
    register_somebody(old_office, ApplicantData(NAME, NIK))
    here = replica_of(old_office)
    right = keys_of(here)
    assert right and not any(proves(each.key_id) for each in right)
    wrong = [replace(each, key=secrets.token_bytes(KEY_BYTES)) for each in right]
    elsewhere = [replace(each, subject_id="e" * 32) for each in right]
    with empty_replica(tmp_path / "other.db", here.site_id) as other:
        push(other, *wrong, *right)
        assert keys_of(other) == () and noted(other) == [], "nothing that they open has come"
        meet(other, here)

        push(other, *wrong, *elsewhere)
        assert keys_of(other) == () and noted(other) == [(HOSTILE, WRONG_KEY)]
        push(other, *right)
        assert keys_of(other) == right
        push(other, *wrong)
        assert keys_of(other) == right


def test_nobody_seals_under_a_key_that_was_given(office: Office) -> None:
    """Whoever plants a key for somebody's file, with the lowest of ids, reads nothing that is written later."""
    visit = serve(office).row.visit
    key = bytes(KEY_BYTES)
    planted = proving_id("0" * 12, key, "DUKA", (SubjectType.VISIT, visit))
    here = replica_of(office)
    push(here, KeyParcel(planted, "DUKA", SubjectType.VISIT, visit, key))
    assert planted in {each.key_id for each in keys_of(here)}

    for note in ("catatan pertama", "catatan kedua"):
        office.act(commands.HoldTicket, note=note)
        office.act(commands.ResumeTicket, visit=visit)

    with office.home.database.reading() as store:
        entries = Journal(store, office.home.site_id).entries_of(Subject(SubjectType.VISIT, visit))
    used = {sealed.key_id for entry in entries for _, sealed in sealed_in(entry)}
    assert len(used) == 1 and planted not in used
    assert used < {each.key_id for each in keys_of(here)}


def test_keys_that_are_never_believed_end_an_exchange(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "_MOST_IDS", 2)
    here, there = store_of(frozenset()), store_of(frozenset())
    with there.database.writing() as store:
        there.shelf(store).add(tuple(replace(each, key=bytes(KEY_BYTES)) for each in POOL))

    sent, received = meet_keys(there, here)
    assert sent and not received
    assert meet_keys(here, there) == (0, 0)
    assert held(here) == frozenset() and {reason for _, reason in noted(here)} == {WRONG_KEY}
