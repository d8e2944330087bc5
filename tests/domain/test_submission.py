"""A submission folded from its entries: the last write wins, decisions fit their state, any order gives the same."""

import random
from dataclasses import replace
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mppdesk.domain import facts
from mppdesk.domain.catalog import Handling, Requirement
from mppdesk.domain.entries import Sealed
from mppdesk.domain.submission import (
    CheckState,
    LackReason,
    Submission,
    SubmissionStatus,
    fold_submission,
    lacking,
    undecided,
)
from tests.fakes.history import History

DECISION: dict[str, Any] = {"command_id": "c" * 32, "term": 1, "day": "2026-11-23"}
NUMBER = "DUKA/2026/11/000123"

OPENED = facts.SubmissionOpened(
    visit="5" * 32, service="DUKA-01", agency="DUKA", service_version="1" * 64, counter="loket 1", token="TOKEN"
)
RESUMED = facts.SubmissionResumed(visit="6" * 32, counter="loket 2")
REGISTERED = facts.SubmissionRegistered(
    **DECISION, register_number=NUMBER, agency="DUKA", year=2026, n=123, due="2026-11-30", counter="loket 1",
    counter_label="Loket 1",
)  # fmt: skip
RETURNED = facts.SubmissionReturned(
    **DECISION, lacking=(("R01", "expired"),), counter="loket 1", counter_label="Loket 1"
)
VOIDED = facts.RegistrationVoided(**DECISION, register_number=NUMBER)
WITHDRAWN = facts.ReturnWithdrawn(**DECISION)
UNRESUMED = facts.ResumeWithdrawn(**DECISION)
REPRINTED = facts.SlipReprinted(slip="receipt", label="B-019", copy_number=1, printer="Loket A")
LOOKED = facts.PersonalDataOpened(fields=("nik",), reason="identity")
FORGOTTEN = facts.PersonForgotten(key_id="c" * 32)


def checked(code: str = "R01", state: str = "fulfilled", **more: Any) -> facts.RequirementChecked:
    return facts.RequirementChecked(code=code, state=state, **more)


def sealed(text: str) -> Sealed:
    return Sealed("c" * 32, b"0" * 12, text.encode())


def recorded(*happened: Any) -> History:
    history = History("submission")
    for fact in happened:
        history.add(fact)
    return history


def state(history: History) -> Submission:
    found = fold_submission(history.entries).state
    assert found is not None
    return found


def reasons(history: History) -> list[tuple[str, str]]:
    return [(each.kind, each.reason) for each in fold_submission(history.entries).anomalies]


OPEN, BACK, DONE = SubmissionStatus.OPEN, SubmissionStatus.RETURNED, SubmissionStatus.REGISTERED
WAY_TO: dict[SubmissionStatus, tuple[Any, ...]] = {
    OPEN: (OPENED,),
    BACK: (OPENED, RETURNED),
    DONE: (OPENED, REGISTERED),
}
FITS: dict[str, tuple[Any, dict[SubmissionStatus, SubmissionStatus | str]]] = {
    "opened": (OPENED, {OPEN: "opened_twice", BACK: "opened_twice", DONE: "opened_twice"}),
    "resumed": (RESUMED, {OPEN: OPEN, BACK: OPEN, DONE: "already_registered"}),
    "checked": (checked(), {OPEN: OPEN, BACK: BACK, DONE: "already_registered"}),
    "applicant": (facts.ApplicantRecorded(name=sealed("x")), {OPEN: OPEN, BACK: BACK, DONE: DONE}),
    "registered": (REGISTERED, {OPEN: DONE, BACK: "while_returned", DONE: "while_registered"}),
    "returned": (RETURNED, {OPEN: BACK, BACK: "while_returned", DONE: "while_registered"}),
    "voided": (VOIDED, {OPEN: "another_number", BACK: "another_number", DONE: OPEN}),
    "withdrawn": (WITHDRAWN, {OPEN: "while_open", BACK: OPEN, DONE: "while_registered"}),
    "resume withdrawn": (UNRESUMED, {OPEN: "while_open", BACK: "while_returned", DONE: "while_registered"}),
    "looked": (LOOKED, {OPEN: OPEN, BACK: BACK, DONE: DONE}),
    "reprinted": (REPRINTED, {OPEN: OPEN, BACK: BACK, DONE: DONE}),
    "forgotten": (FORGOTTEN, {OPEN: OPEN, BACK: BACK, DONE: DONE}),
    "unknown": (facts.LogClosed(), dict.fromkeys((OPEN, BACK, DONE), "unknown_kind")),
}


@pytest.mark.parametrize("name", FITS)
@pytest.mark.parametrize("status", WAY_TO)
def test_every_fact_fits_or_is_an_anomaly(status: SubmissionStatus, name: str) -> None:
    fact, outcomes = FITS[name]
    history = recorded(*WAY_TO[status])
    before, outcome = state(history), outcomes[status]
    history.add(fact)
    if isinstance(outcome, SubmissionStatus):
        assert state(history).status is outcome
        assert reasons(history) == []
    else:
        assert state(history) == before
        assert reasons(history) == [(type(fact).__name__, outcome)]


@pytest.mark.parametrize("name", [name for name in FITS if name != "opened"])
def test_nothing_happens_to_a_file_before_it_was_opened(name: str) -> None:
    history = recorded(FITS[name][0])
    assert fold_submission(history.entries).state is None
    assert [reason for _, reason in reasons(history)] == ["not_opened"]


def test_a_row_is_as_it_was_ticked_last() -> None:
    history = recorded(OPENED, checked(state="lacking", reason="expired"), checked(originals=1, copies=2))
    row = state(history).row("R01")
    assert (row.state, row.reason, row.originals, row.copies) == (CheckState.FULFILLED, None, 1, 2)
    assert row.entry_id == history.entries[-1].entry_id


def test_of_two_ticks_that_had_not_seen_each_other_the_later_clock_wins_everywhere() -> None:
    history = recorded(OPENED)
    history.add(checked(state="fulfilled"), log_id="a" * 32)
    history.add(checked(state="lacking", reason="missing"), log_id="b" * 32, step=2)
    assert state(history).row("R01").reason is LackReason.MISSING
    history.entries.reverse()
    assert state(history).row("R01").reason is LackReason.MISSING


def test_a_row_nobody_touched_is_undecided() -> None:
    assert state(recorded(OPENED)).row("R99").state is CheckState.UNDECIDED


@pytest.mark.parametrize("values", [{"state": "perhaps"}, {"state": "lacking", "reason": "ugly"}])
def test_a_word_of_a_later_version_leaves_the_row_and_is_told(values: dict[str, str]) -> None:
    history = recorded(OPENED, checked(), checked(**values))
    assert state(history).row("R01").state is CheckState.FULFILLED
    assert reasons(history) == [("RequirementChecked", "unknown_state")]


def test_the_applicants_fields_are_kept_one_by_one() -> None:
    first = facts.ApplicantRecorded(name=sealed("a"), nik=sealed("b"))
    history = recorded(OPENED, first, facts.ApplicantRecorded(name=sealed("c")))
    applicant = state(history).applicant
    assert {name: field.sealed for name, field in applicant.items()} == {"name": sealed("c"), "nik": sealed("b")}
    assert applicant["nik"].entry_id == history.entries[1].entry_id
    assert applicant["name"].entry_id == history.entries[2].entry_id


def test_a_registration_stands_with_number_and_promise() -> None:
    history = recorded(OPENED, REGISTERED)
    file = state(history)
    assert (file.register_number, file.register_year, file.register_n, file.due) == (NUMBER, 2026, 123, "2026-11-30")
    assert file.decided_ms == history.now_ms


def test_a_voided_number_is_remembered_and_the_file_is_open() -> None:
    file = state(recorded(OPENED, REGISTERED, VOIDED))
    assert (file.register_number, file.due, file.decided_ms, file.void_numbers) == (None, None, None, (NUMBER,))


def test_another_number_is_not_voided() -> None:
    history = recorded(OPENED, REGISTERED, facts.RegistrationVoided(**DECISION, register_number="DUKA/2026/11/000999"))
    assert state(history).status is DONE
    assert reasons(history) == [("RegistrationVoided", "another_number")]


def test_a_file_that_is_taken_up_again_belongs_to_the_new_visit_and_keeps_its_rows() -> None:
    file = state(recorded(OPENED, checked(), RETURNED, RESUMED))
    assert (file.visit, file.counter, file.status, file.token) == ("6" * 32, "loket 2", OPEN, "TOKEN")
    assert file.row("R01").state is CheckState.FULFILLED


def test_a_taking_up_that_was_undone_leaves_the_file_as_it_was_returned() -> None:
    before = recorded(OPENED, checked(state="lacking", reason="missing"), RETURNED)
    history = recorded(OPENED, checked(state="lacking", reason="missing"), RETURNED, RESUMED, UNRESUMED)
    assert replace(state(history), rows={}) == replace(state(before), rows={})
    assert reasons(history) == []


def test_the_checklist_lists_in_its_own_order() -> None:
    rows = [Requirement(code, code, 1, Handling.SHOWN, 1, mandatory=True) for code in ("R01", "R02", "R03", "R04")]
    file = state(
        recorded(OPENED, checked("R04", "lacking", reason="missing"), checked("R02", "lacking"), checked("R03"))
    )
    assert [each.code for each in lacking(rows, file)] == ["R02", "R04"]
    assert [each.code for each in undecided(rows, file)] == ["R01"]


ANYTHING = st.lists(st.sampled_from([fact for fact, _ in FITS.values()]), max_size=15)


@settings(max_examples=60)
@given(ANYTHING, st.integers())
def test_any_order_of_arrival_gives_the_same_file_and_nothing_raises(happened: list[Any], seed: int) -> None:
    entries = recorded(*happened).entries
    folded = fold_submission(random.Random(seed).sample(entries, len(entries)))
    assert folded == fold_submission(entries)
    assert (folded.state is None) is (OPENED not in happened)


def test_hub_and_station_that_both_took_it_up_by_one_command_did_it_once() -> None:
    """The answer got lost, so the station decided it too; one undo of it, decided twice as well, takes it all back."""
    resumed = replace(RESUMED, decision="d" * 32)
    history = recorded(OPENED, RETURNED)
    before = fold_submission(history.entries).state
    for fact, step in ((resumed, 3), (UNRESUMED, 4)):
        for log_id in ("a" * 32, "b" * 32):
            history.add(fact, log_id=log_id, step=step)
    for entries in permutations(history.entries):
        folded = fold_submission(entries)
        assert (folded.state, folded.anomalies) == (before, ())
