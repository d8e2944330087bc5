"""The day of a counter from the command line: tickets, calls, and what each answers."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from mppdesk.cli.parser import build_parser
from mppdesk.cli.ways import VERBS
from tests.cli.conftest import Verbs, run_program

COUNTER = ("--counter", "Loket 4")
SERVICE = "DUKCAPIL-01"


@pytest.fixture
def opened(verbs: Verbs) -> Verbs:
    verbs.done("counter", "open", *COUNTER)
    return verbs


def issue(verbs: Verbs, service: str = SERVICE, *more: str) -> str:
    """Issue a ticket and give its number."""
    return verbs.done("ticket", "issue", "--service", service, *more).ticket["number"]


def states(verbs: Verbs) -> dict[str, str]:
    return {row["number"]: row["state"] for row in verbs.done("ticket", "list").value["tickets"]}


def test_a_ticket_goes_from_kiosk_to_the_end(opened: Verbs) -> None:
    issued = opened.done("ticket", "issue", "--service", SERVICE).ticket
    assert (issued["number"], issued["service"], issued["state"]) == ("B-001", SERVICE, "waiting")
    called = opened.done("counter", "call-next", *COUNTER)
    assert called.ticket == {**issued, "state": "called"}
    assert called.value["why"] == "longest_wait"
    assert opened.done("counter", "recall", *COUNTER).ticket == {**issued, "state": "called"}
    assert opened.done("counter", "start", *COUNTER).ticket == {**issued, "state": "serving"}
    assert opened.done("counter", "finish", *COUNTER).ticket == {**issued, "state": "finished"}
    assert states(opened) == {"B-001": "finished"}
    assert opened.done("ticket", "show", "B-001").err.startswith("B-001: selesai, ")


def test_nobody_waits(opened: Verbs) -> None:
    called = opened.done("counter", "call-next", *COUNTER)
    assert called.value == {"ticket": None, "why": "nobody_waiting"}
    assert "Tidak ada yang menunggu." in called.err


def test_one_put_aside_comes_back(opened: Verbs) -> None:
    number = issue(opened)
    opened.done("counter", "call-next", *COUNTER)
    opened.done("counter", "start", *COUNTER)
    assert opened.done("counter", "hold", *COUNTER, "--note", "fotokopi KK").ticket["state"] == "on_hold"
    shown = opened.done("ticket", "show", number).value["ticket"]
    assert (shown["number"], shown["state"]) == (number, "on_hold")
    assert opened.done("counter", "resume", number, *COUNTER).ticket["state"] == "serving"


def test_one_who_does_not_come_is_missed_and_queued_again(opened: Verbs) -> None:
    number = issue(opened)
    opened.done("counter", "call-next", *COUNTER)
    for _ in range(2):
        opened.done("counter", "recall", *COUNTER)
    assert opened.done("counter", "no-show", *COUNTER).ticket["state"] == "no_show"
    assert opened.done("ticket", "requeue", number).ticket["state"] == "waiting"


def test_one_is_called_out_of_turn(opened: Verbs) -> None:
    issue(opened)
    later = issue(opened)
    called = opened.done("counter", "call", later, *COUNTER)
    assert called.ticket["number"] == later
    assert called.value["why"] == "out_of_turn"


def test_priority_is_called_in_its_turn(opened: Verbs) -> None:
    issue(opened)
    elderly = issue(opened, SERVICE, "--priority", "elderly")
    called = opened.done("counter", "call-next", *COUNTER)
    assert (called.ticket["number"], called.value["why"]) == (elderly, "priority_turn")


def test_a_transfer_keeps_number_and_note(opened: Verbs) -> None:
    number = issue(opened)
    moved = opened.done("ticket", "transfer", number, "--service", "DPMPTSP-01", "--note", "butuh NIB dahulu").ticket
    assert (moved["number"], moved["service"], moved["state"]) == (number, "DPMPTSP-01", "waiting")
    history = opened.done("journal", "show", number).value["history"]
    assert len(history) >= 2
    assert all(set(line) == {"at", "who", "what"} for line in history)


def test_a_cancelled_ticket_stays_cancelled(opened: Verbs) -> None:
    number = issue(opened)
    assert opened.done("ticket", "cancel", number, "--reason", "pulang").ticket["state"] == "cancelled"
    assert opened.done("counter", "call-next", *COUNTER).value["ticket"] is None
    assert opened("ticket", "cancel", number, "--reason", "pulang").refusal


def test_a_break_and_the_end_of_the_counter(opened: Verbs) -> None:
    issue(opened)
    opened.done("counter", "break", *COUNTER)
    assert opened("counter", "call-next", *COUNTER).refusal
    opened.done("counter", "back", *COUNTER)
    opened.done("counter", "call-next", *COUNTER)
    opened.done("counter", "finish", *COUNTER)
    opened.done("counter", "close", *COUNTER)
    assert opened("counter", "call-next", *COUNTER).refusal


def test_a_counter_closed_to_new_numbers_serves_who_waits(opened: Verbs) -> None:
    number = issue(opened)
    opened.done("counter", "close", *COUNTER, "--new-numbers")
    assert "sudah tutup untuk nomor baru" in opened("counter", "close", *COUNTER, "--new-numbers").refusal
    assert opened.done("counter", "call-next", *COUNTER).ticket["number"] == number
    opened.done("counter", "finish", *COUNTER)
    opened.done("counter", "open", *COUNTER, "--new-numbers")
    assert "sudah dibuka" in opened("counter", "open", *COUNTER).refusal


def test_a_counter_opens_for_some_services_only(verbs: Verbs) -> None:
    verbs.done("counter", "open", *COUNTER, "--service", "DUKCAPIL-02", "DUKCAPIL-03")
    issue(verbs, "DUKCAPIL-01")
    second = issue(verbs, "DUKCAPIL-02")
    assert verbs.done("counter", "call-next", *COUNTER).ticket["number"] == second


def test_the_same_command_id_gives_the_same_answer(opened: Verbs) -> None:
    again = ("ticket", "issue", "--service", SERVICE, "--command-id", "karcis-1")
    first = opened.done(*again)
    assert opened.done(*again).value == first.value
    issue(opened)
    called = opened.done("counter", "call-next", *COUNTER, "--command-id", "panggil-1")
    opened.done("counter", "start", *COUNTER)
    assert opened.done("counter", "call-next", *COUNTER, "--command-id", "panggil-1").value == called.value
    assert len(states(opened)) == 2


def test_a_refused_id_may_later_be_accepted(verbs: Verbs) -> None:
    call = ("counter", "call-next", *COUNTER, "--command-id", "panggil-1")
    assert verbs(*call).refusal
    verbs.done("counter", "open", *COUNTER)
    number = issue(verbs)
    assert verbs.done(*call).ticket["number"] == number


def test_the_day_is_closed_and_reopened(opened: Verbs) -> None:
    issue(opened)
    assert opened("day", "close").refusal
    opened.done("day", "close", "--leftovers", "cancel")
    assert states(opened) == {"B-001": "cancelled"}
    opened.done("day", "reopen")
    assert issue(opened) == "B-002"
    opened.done("day", "close", "--leftovers", "outside")
    tomorrow = (datetime.now(ZoneInfo("Asia/Jakarta")).date() + timedelta(days=1)).isoformat()
    opened.done("day", "open", "--date", tomorrow)
    assert issue(opened) == "B-001"
    assert len(opened.done("ticket", "list", "--day", tomorrow).value["tickets"]) == 1


def test_a_day_far_ahead_is_a_wrong_clock(opened: Verbs) -> None:
    assert "jam komputer" in opened("day", "open", "--date", "2999-12-31").refusal
    assert opened("day", "open", "--date", "besok").code == 2


def test_a_process_of_its_own_says_the_same(opened: Verbs) -> None:
    issued = run_program("ticket", "issue", "--service", SERVICE, "--data", str(opened.folder), "--json")
    assert issued.code == 0
    assert issued.ticket["number"] == "B-001"
    assert issued.err == "B-001: menunggu.\n"
    plain = run_program("ticket", "list", "--data", str(opened.folder))
    assert plain.code == 0
    assert plain.out.startswith("B-001  menunggu  ")
    assert plain.err == ""


def test_a_refusal_names_the_verb_and_no_key(opened: Verbs) -> None:
    """Keys are for windows; each verb that a sentence may name is one the program has."""
    number = issue(opened)
    issue(opened)
    opened.done("counter", "call-next", *COUNTER)
    opened.done("counter", "start", *COUNTER)

    refused = opened("counter", "call-next", *COUNTER).refusal

    assert refused.endswith(f"Selesaikan {number} dahulu (mppdesk counter finish).")
    for verb in VERBS.values():
        with pytest.raises(SystemExit) as asked_for_help:
            build_parser("").parse_args([*verb.split(), "--help"])
        assert asked_for_help.value.code == 0
