"""Each benchmark still runs, at its smallest; what it measures is for `python -m tests.benchmarks...` alone."""

import json
import sys
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from sqlalchemy import URL

from mppdesk.db.journal.verify import verify
from tests.benchmarks import board, commands, contention, hub_http, ingest, kiosk, paper, polling, windows
from tests.benchmarks.figures import Figure, medians, percentile, report
from tests.benchmarks.old_tickets import ENTRIES_A_TICKET

OLD = 12


def test_the_cost_of_commands(tmp_path: Path) -> None:
    found = commands.measure(tmp_path, old=OLD, samples=2, runs=1)
    assert {figure.name.partition(".")[0] for figure in found} == {"issue", "call_next"}
    assert all(figure.floor > 0 for figure in found)


def test_the_past_is_a_real_one(tmp_path: Path) -> None:
    with commands.open_home(tmp_path / "home") as office:
        with office.home.database.reading() as store:
            before = verify(store, office.home.site_id).entries
        commands.lay_down_past(office, OLD)
        with office.home.database.reading() as store:
            found = verify(store, office.home.site_id)
        assert found.is_sound, found.findings
        opening = 2  # of the log and of its one day
        assert found.entries - before == ENTRIES_A_TICKET * OLD + opening


def test_nobody_is_called_twice_by_threads(tmp_path: Path) -> None:
    counters = ["Loket 11", "Loket 12"]
    with contention.busy_office(tmp_path / "home", counters, 6) as office:
        called = contention.race(contention.through_the_port(office), counters, 6)
    assert len(called) == len(set(called)) == 6


@pytest.mark.skipif(sys.platform != "linux", reason="reads the hub's processor time from /proc")
def test_a_hub_asked_over_http(tmp_path: Path) -> None:
    figures, facts = hub_http.measure(tmp_path, clients=2, asked=12, listeners=2)
    assert {figure.name: figure.value for figure in figures}["hub_http.2.doubles"] == 0
    assert facts["rate"] > 0


def test_the_way_to_the_printer(tmp_path: Path) -> None:
    figures = {figure.name: figure.value for figure in kiosk.measure(tmp_path, samples=2, runs=1)}
    assert figures["kiosk.first_byte_p99_ms"] < figures["kiosk.last_byte_p99_ms"]


def test_the_cost_of_paper(tmp_path: Path) -> None:
    assert all(figure.value > 0 for figure in paper.render(samples=1, runs=1))
    figures = paper.confirmed(tmp_path, samples=1, runs=1, speeds=(0,))
    assert [figure.name.rpartition("_p50")[0] for figure in figures[::2]] == ["paper.by_order_0", "paper.by_tag_0"]
    growth = {figure.name: figure.value for figure in paper.growth(tmp_path, jobs=2, warm=1)}
    assert growth["paper.growth_threads"] == 0


def test_the_counter_window(tmp_path: Path, qapp: QApplication) -> None:
    found = windows.measure(tmp_path, old=OLD, warm=1, tickets=2, runs=1)
    assert all(figure.value > 0 for figure in found if figure.name != "windows.growth_mb")
    assert all(figure.floor > 0 for figure in found if figure.name != "windows.growth_mb")


def test_a_board_on_another_computer(tmp_path: Path, qapp: QApplication) -> None:
    assert all(figure.value > 0 for figure in board.measure(tmp_path, calls=2))


def test_figures_are_medians_in_json(capsys: pytest.CaptureFixture[str]) -> None:
    runs = [[Figure("a", 9, 2)], [Figure("a", 3, 3)], [Figure("a", 4, 2, 4)]]
    report(medians(lambda number: runs[number], 3), {"old": 0})
    assert json.loads(capsys.readouterr().out) == {
        "figure": "a", "value": 4, "floor": 2, "ratio": 2, "goal": 4, "reached": True, "old": 0,
    }  # fmt: skip
    assert [percentile([3, 1, 2, 4], each) for each in (1, 50, 99)] == [1, 2, 4]


def test_the_centre_takes_a_backlog_and_answers_many(tmp_path: Path, postgres_server: URL) -> None:
    backlog = ingest.make_backlog(tmp_path, 14)
    found = ingest.measure(postgres_server, backlog, runs=1, folds=True)
    assert [figure.name for figure in found] == ["ingest_s", "ingest_over_copy_s", "folding_s"]
    assert backlog.entries > ENTRIES_A_TICKET * 14
    if sys.platform == "linux":
        answered, facts = polling.measure(postgres_server, count=10, logs=3, seconds=0.5, every_s=0.2)
        assert facts["answers"] >= 10 and answered[0].value > 0
