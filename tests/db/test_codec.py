"""The bytes of the journal never change: docs/format.md as golden bytes."""

from dataclasses import replace
from datetime import timedelta

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mppdesk.db.journal.codec import (
    MAX_ENTRY_BYTES,
    BrokenEntry,
    decode_entry,
    decode_slip,
    digest,
    encode_entry,
    encode_slip,
)
from mppdesk.domain.entries import Actor, Entry, Sealed, Subject, UnknownFact
from mppdesk.domain.errors import BadInput
from mppdesk.domain.facts import (
    NewNumbersResumed,
    NewNumbersStopped,
    SettingChanged,
    ShiftNoteLeft,
    SlipReprinted,
    TicketHeld,
)
from mppdesk.domain.slip import Align, Blank, Line, Pair, QrCode, Rule, Slip, SlipKind
from mppdesk.domain.slip_layout import as_copy, lacking_slip, receipt_slip, ticket_slip
from tests.fakes.sample_papers import LACKING, RECEIPT, TICKET, at

HELD = Entry(
    log_id="0123456789abcdef0123456789abcdef",
    seq=2,
    prev_hash=bytes(range(32)),
    entry_id="00000000000000000000000000000001",
    kind="TicketHeld",
    version=1,
    subject=Subject("visit", "ffffffffffffffffffffffffffffffff"),
    step=3,
    hlc=117_662_283_161_600,
    wall_ms=1_795_399_200_000,
    utc_offset_min=420,
    actor=Actor("11111111111111111111111111111111", "desktop"),
    site_id="22222222222222222222222222222222",
    fact=TicketHeld(
        command_id="c1",
        term=1,
        day="2026-11-23",
        number="B-001",
        service="DUKCAPIL-01",
        counter="k1",
        counter_label="Loket 1",
        note=Sealed("key1", bytes(12), b"sealed"),
    ),
)
GOLDEN = bytes.fromhex(
    "8ea66c6f675f6964d9203031323334353637383961626364656630313233343536373839616263646566a373657102a97072"
    "65765f68617368c420000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1fa8656e7472795f6964"
    "d9203030303030303030303030303030303030303030303030303030303030303031a46b696e64aa5469636b657448656c64"
    "a776657273696f6e01a77375626a65637492a57669736974d920666666666666666666666666666666666666666666666666"
    "6666666666666666a47374657003a3686c63cf00006b0362976000a777616c6c5f6d73cf000001a20621ad00ae7574635f6f"
    "66667365745f6d696ecd01a4a56163746f7292d9203131313131313131313131313131313131313131313131313131313131"
    "313131a76465736b746f70a7736974655f6964d9203232323232323232323232323232323232323232323232323232323232"
    "323232a4626f647988aa636f6d6d616e645f6964a26331a47465726d01a3646179aa323032362d31312d3233a66e756d6265"
    "72a5422d303031a773657276696365ab44554b434150494c2d3031a7636f756e746572a26b31ad636f756e7465725f6c6162"
    "656ca74c6f6b65742031a46e6f746583a66b65795f6964a46b657931a56e6f6e6365c40c000000000000000000000000aa63"
    "697068657274657874c4067365616c6564"
)


def test_the_bytes_are_those_of_the_first_day() -> None:
    raw = encode_entry(HELD)
    assert raw == GOLDEN
    assert digest(raw).hex() == "b6a67e1666a3f93b2ff6289d9ccd25cd99c2f5496823afcc81b26e36dc9ff711"
    assert decode_entry(raw) == HELD
    keys = list(msgspec.msgpack.decode(raw))
    assert keys == [
        "log_id", "seq", "prev_hash", "entry_id", "kind", "version", "subject", "step", "hlc", "wall_ms",
        "utc_offset_min", "actor", "site_id", "body",
    ]  # fmt: skip


def of_counter_day(kind: str, fact: object) -> Entry:
    return replace(HELD, kind=kind, subject=Subject("counter_day", "f" * 32), fact=fact)


STOPPED = of_counter_day("NewNumbersStopped", NewNumbersStopped(command_id="c1", term=1, day="2026-11-23"))
RESUMED = of_counter_day("NewNumbersResumed", NewNumbersResumed(command_id="c1", term=1, day="2026-11-23"))
NOTED = of_counter_day(
    "ShiftNoteLeft",
    ShiftNoteLeft(
        command_id="c1", term=1, day="2026-11-23", agency="DUKCAPIL", note=Sealed("key1", bytes(12), b"sealed")
    ),
)
GOLDEN_STOPPED = bytes.fromhex(
    "8ea66c6f675f6964d9203031323334353637383961626364656630313233343536373839616263646566a373657102a97072"
    "65765f68617368c420000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1fa8656e7472795f6964"
    "d9203030303030303030303030303030303030303030303030303030303030303031a46b696e64b14e65774e756d62657273"
    "53746f70706564a776657273696f6e01a77375626a65637492ab636f756e7465725f646179d9206666666666666666666666"
    "666666666666666666666666666666666666666666a47374657003a3686c63cf00006b0362976000a777616c6c5f6d73cf00"
    "0001a20621ad00ae7574635f6f66667365745f6d696ecd01a4a56163746f7292d92031313131313131313131313131313131"
    "31313131313131313131313131313131a76465736b746f70a7736974655f6964d92032323232323232323232323232323232"
    "32323232323232323232323232323232a4626f647983aa636f6d6d616e645f6964a26331a47465726d01a3646179aa323032"
    "362d31312d3233"
)
GOLDEN_RESUMED = bytes.fromhex(
    "8ea66c6f675f6964d9203031323334353637383961626364656630313233343536373839616263646566a373657102a97072"
    "65765f68617368c420000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1fa8656e7472795f6964"
    "d9203030303030303030303030303030303030303030303030303030303030303031a46b696e64b14e65774e756d62657273"
    "526573756d6564a776657273696f6e01a77375626a65637492ab636f756e7465725f646179d9206666666666666666666666"
    "666666666666666666666666666666666666666666a47374657003a3686c63cf00006b0362976000a777616c6c5f6d73cf00"
    "0001a20621ad00ae7574635f6f66667365745f6d696ecd01a4a56163746f7292d92031313131313131313131313131313131"
    "31313131313131313131313131313131a76465736b746f70a7736974655f6964d92032323232323232323232323232323232"
    "32323232323232323232323232323232a4626f647983aa636f6d6d616e645f6964a26331a47465726d01a3646179aa323032"
    "362d31312d3233"
)

GOLDEN_NOTED = bytes.fromhex(
    "8ea66c6f675f6964d9203031323334353637383961626364656630313233343536373839616263646566a373657102a97072"
    "65765f68617368c420000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1fa8656e7472795f6964"
    "d9203030303030303030303030303030303030303030303030303030303030303031a46b696e64ad53686966744e6f74654c"
    "656674a776657273696f6e01a77375626a65637492ab636f756e7465725f646179d920666666666666666666666666666666"
    "6666666666666666666666666666666666a47374657003a3686c63cf00006b0362976000a777616c6c5f6d73cf000001a206"
    "21ad00ae7574635f6f66667365745f6d696ecd01a4a56163746f7292d9203131313131313131313131313131313131313131"
    "313131313131313131313131a76465736b746f70a7736974655f6964d9203232323232323232323232323232323232323232"
    "323232323232323232323232a4626f647985aa636f6d6d616e645f6964a26331a47465726d01a3646179aa323032362d3131"
    "2d3233a66167656e6379a844554b434150494ca46e6f746583a66b65795f6964a46b657931a56e6f6e6365c40c0000000000"
    "00000000000000aa63697068657274657874c4067365616c6564"
)


@pytest.mark.parametrize(
    ("entry", "golden"), [(STOPPED, GOLDEN_STOPPED), (RESUMED, GOLDEN_RESUMED), (NOTED, GOLDEN_NOTED)]
)
def test_the_bytes_of_a_counters_day(entry: Entry, golden: bytes) -> None:
    assert encode_entry(entry) == golden
    assert decode_entry(golden) == entry


def test_fields_of_a_later_version_are_passed_over() -> None:
    told = msgspec.msgpack.decode(encode_entry(HELD))
    told["body"]["mood"] = "cheerful"
    told["weather"] = "rain"
    assert decode_entry(msgspec.msgpack.encode(told)) == HELD


def test_a_copy_of_before_saving_was_printed_and_an_earlier_version_reads_of_a_saved_one() -> None:
    """The field came after the first release: it says nothing where it is missing, and takes nothing away."""
    saved = SlipReprinted(slip="receipt", label="B-019", copy_number=2, printer="PDF", is_file=True)
    told = msgspec.msgpack.decode(
        encode_entry(replace(HELD, kind="SlipReprinted", subject=Subject("submission", "f" * 32), fact=saved))
    )
    earlier = {"slip": "receipt", "label": "B-019", "copy_number": 2, "printer": "PDF"}
    assert told["body"] == earlier | {"is_file": True}
    told["body"] = earlier
    assert decode_entry(msgspec.msgpack.encode(told)).fact == replace(saved, is_file=False)


@given(st.binary(max_size=300))
def test_random_bytes_are_a_broken_entry_and_nothing_worse(raw: bytes) -> None:
    with pytest.raises(BrokenEntry):
        decode_entry(raw)


@given(st.integers(0, 2000), st.integers(0, 255))
def test_a_changed_byte_never_raises_anything_else(at: int, value: int) -> None:
    raw = bytearray(encode_entry(HELD))
    raw[at % len(raw)] = value
    try:
        decode_entry(bytes(raw))
    except BrokenEntry:
        return


@pytest.mark.parametrize("value", [2**63, 2**64 - 1])
def test_a_number_too_large_for_a_column_is_quarantined(value: int) -> None:
    told = msgspec.msgpack.decode(encode_entry(HELD))
    told["body"]["term"] = value
    assert decode_entry(msgspec.msgpack.encode(told)).fact == UnknownFact("number_out_of_range")
    told["step"] = value
    with pytest.raises(BrokenEntry):
        decode_entry(msgspec.msgpack.encode(told))


def test_a_fact_about_the_wrong_kind_of_subject_is_quarantined() -> None:
    told = msgspec.msgpack.decode(encode_entry(HELD))
    told["subject"] = ["submission", "x"]
    assert decode_entry(msgspec.msgpack.encode(told)).fact == UnknownFact("wrong_subject")


def test_an_entry_has_at_most_64_kib() -> None:
    fact = SettingChanged(name="site", value={"text": "x" * MAX_ENTRY_BYTES})
    with pytest.raises(BadInput, match="Tidak ada yang tersimpan"):
        encode_entry(replace(HELD, fact=fact, kind="SettingChanged", subject=Subject("site_setting", "s")))


def test_a_slip_comes_back_as_it_was() -> None:
    slip = Slip(
        SlipKind.TICKET,
        (Line("B-042", Align.CENTER, 6, bold=True), Pair("kiri", "kanan"), Rule(), Blank(), QrCode("T", 5)),
        32,
    )
    assert decode_slip(encode_slip(slip)) == slip


@pytest.mark.parametrize(
    "slip", [receipt_slip(RECEIPT), lacking_slip(LACKING), as_copy(receipt_slip(RECEIPT), 2, at(12, 0))]
)
def test_the_slip_of_a_file_carries_the_facts_of_its_paper_in_the_time_of_the_building(slip: Slip) -> None:
    found = decode_slip(encode_slip(slip))
    assert found == slip
    assert found.facts is not None
    assert found.facts.paper.moment is not None
    assert found.facts.paper.moment.utcoffset() == timedelta(hours=7)


def test_a_slip_that_an_earlier_version_stored_has_no_facts_and_a_ticket_never_grows_by_them() -> None:
    bare = replace(receipt_slip(RECEIPT), facts=None)
    kind, columns, parts, _ = msgspec.msgpack.decode(encode_slip(receipt_slip(RECEIPT)))
    assert encode_slip(bare) == msgspec.msgpack.encode([kind, columns, parts])
    assert decode_slip(encode_slip(bare)) == bare
    assert len(msgspec.msgpack.decode(encode_slip(ticket_slip(TICKET)))) == 3
