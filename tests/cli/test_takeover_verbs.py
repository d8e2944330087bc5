"""`mppdesk hub take-over` and `hub rehearse`, as a supervisor calls them."""

from pathlib import Path

import pytest

from mppdesk.db.privacy.secret_store import SecretPlace
from mppdesk.server.takeover import take_over
from mppdesk.sync.joining import join
from tests.cli.conftest import Verbs
from tests.fakes.clock import CountedIds, FakeClock
from tests.fakes.office import open_office
from tests.fakes.running_hub import hub_of
from tests.server.test_central import until
from tests.server.test_takeover import book_of, digest, standby_of


def test_without_the_word_nothing_happens_and_a_single_pc_has_nothing_to_take_over(verbs: Verbs) -> None:
    assert "AMBIL belum ditulis" in verbs("hub", "take-over").refusal
    assert "tidak terdaftar di gedung" in verbs("hub", "take-over", "--type", "AMBIL").refusal
    assert "milik hub sendiri" in verbs("hub", "rehearse").refusal


def test_the_repaired_hub_is_taken_back_by_its_own_verb(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    clock, standby, ids = FakeClock(), tmp_path / "standby", CountedIds("standby")
    with open_office(tmp_path / "hub", clock) as office:
        with hub_of(office) as hub:
            join(standby, hub.url, hub.code("standby", "Cadangan"), clock, ids, place=SecretPlace.FILE)
            with standby_of(standby, office, "warm") as (opened, running):
                until(lambda: digest(opened) == digest(office.home))
        with standby_of(standby, office, "hub now", running.port) as (opened, _):
            take_over(opened, book_of(opened), office.actor, 0)
            with hub_of(office, hub.port):
                until(lambda: digest(opened) == digest(office.home))

    taken_back = Verbs(tmp_path / "hub", capsys)("hub", "take-over", "--type", "AMBIL")
    assert taken_back.code == 0, taken_back
    assert taken_back.value == {"takeover": {"term": 3, "first": 1000}}
    assert "Hub sekarang: Cadangan." in taken_back.err
