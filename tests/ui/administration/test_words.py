"""What the pages say, without any window: ages, standings, meanings."""

from dataclasses import replace
from datetime import timedelta

import pytest

from mppdesk.domain.station import StationRole
from mppdesk.ui.administration import anomaly_words, building_words, sync_words
from mppdesk.ui.administration.port import Place, StationRow, StoppedRow, SyncScreen
from mppdesk.ui.administration.view_state import BuildingState, default_label
from mppdesk.ui.shared.ages import age
from tests.ui.administration.fake_port import ANOMALIES, BUILDING, LINKS, NOW, ONE_PC, TROUBLED, minutes, station


@pytest.mark.parametrize(
    ("passed", "said"),
    [
        (timedelta(seconds=59), "kurang dari 1 menit"),
        (timedelta(minutes=59), "59 menit"),
        (timedelta(hours=3, minutes=7), "3 jam 7 menit"),
        (timedelta(days=7, hours=2), "7 hari"),
        (timedelta(seconds=-5), "kurang dari 1 menit"),
    ],
)
def test_an_age_is_as_rough_as_it_is_old(passed: timedelta, said: str) -> None:
    assert str(age(passed)) == said


def test_one_pc_is_told_that_nothing_is_to_be_done() -> None:
    assert "Tidak ada yang perlu dilakukan." in str(sync_words.summary(SyncScreen(NOW, Place.ONE_PC)))
    assert "Tidak ada yang perlu dilakukan." not in str(sync_words.summary(LINKS))
    assert str(sync_words.summary(TROUBLED)).startswith("Ada jurnal yang menunggu keputusan")


def test_a_station_is_connected_for_ninety_seconds_after_it_was_heard() -> None:
    assert str(building_words.standing(station("Loket 1", seen=1.5), NOW)) == "tersambung"
    assert str(building_words.standing(station("Loket 1", seen=1.6), NOW)) == "terakhir 10.02"
    assert str(building_words.standing(station("Loket 1", seen=60 * 24), NOW)) == "terakhir Min, 22 Nov 2026 10.04"


def test_a_code_belongs_to_the_station_of_its_name_that_came_after_it() -> None:
    state = BuildingState(BUILDING)
    assert state.joined is None
    assert not BuildingState(ONE_PC).is_hub
    earlier = replace(BUILDING.stations[1], enrolled=minutes(5))
    assert not building_words.may_revoke(BUILDING, BUILDING.stations[0])
    assert building_words.may_revoke(BUILDING, earlier)


def test_a_proposed_name_is_free() -> None:
    assert default_label(StationRole.COUNTER, BUILDING) == "Loket 3"
    assert default_label(StationRole.BOARD, BUILDING) == "Papan 2"
    assert default_label(StationRole.KIOSK, None) == "Kiosk 1"


def test_every_anomaly_has_a_meaning_of_its_own_or_says_that_nothing_is_lost() -> None:
    said = [str(anomaly_words.meaning(row)) for row in ANOMALIES.rows]
    assert said[0].startswith("Dipanggil lagi ketika sudah dilayani: dua loket")
    unknown = replace(ANOMALIES.rows[0], kind="TicketHeld", reason="while_cancelled")
    assert str(anomaly_words.meaning(unknown)).startswith("Langkah ini datang ketika nomornya sudah dibatalkan")
    newest = replace(ANOMALIES.rows[0], reason="a_word_of_a_later_version")
    assert str(anomaly_words.meaning(newest)).endswith("Tidak ada yang hilang.")


def test_a_copied_folder_is_said_as_what_it_is() -> None:
    happened, to_do = sync_words.stopped_words(StoppedRow("77aa", "Loket 2", "copied_folder", 1, NOW))

    assert "Loket 2 dipakai dua kali" in str(happened)
    assert "daftarkan yang lain sebagai komputer baru" in str(to_do)


@pytest.mark.parametrize(("label", "who"), [("Loket 3", "Loket 3 membawa"), ("", "Hub atau pusat membawa")])
def test_a_wrong_data_key_is_told_with_who_brought_it(label: str, who: str) -> None:
    happened, to_do = sync_words.stopped_words(StoppedRow("77aa", label, "wrong_key", 0, NOW))
    assert str(happened).startswith(who) and "Periksa siapa" in str(to_do)


REVOKED = replace(BUILDING.stations[1], is_revoked=True, are_facts_admitted=False)


@pytest.mark.parametrize(
    ("row", "is_offered", "stands", "says"),
    [
        (REVOKED, True, "dicabut", None),
        (replace(REVOKED, held=2), True, "dicabut", "menunggu diterima"),
        (replace(REVOKED, are_facts_admitted=True), False, "dicabut, catatannya diterima", None),
        (replace(REVOKED, are_facts_admitted=True, held=2), False, "sebagian catatan ditahan", "Yang lain sudah"),
        (replace(BUILDING.stations[1], held=2), False, "catatannya ditahan", "lalu cabut"),
    ],
)
def test_records_are_taken_only_where_a_word_can_do_it(
    row: StationRow, is_offered: bool, stands: str, says: str | None
) -> None:
    state = BuildingState(replace(BUILDING, stations=(row,)), chosen=row.device_id)
    assert (building_words.may_admit(BUILDING, row), state.admit_button.is_usable) == (is_offered, is_offered)
    assert str(building_words.standing(row, NOW)).endswith(stands)
    assert (state.held_words is None) == (says is None)
    assert (says or "") in str(state.held_words or "")
