"""A station refuses in words to record what no other computer would take from it; so nothing of it ever waits."""

from pathlib import Path
from typing import Any

import pytest

from mppdesk.domain.bounds import MOST_PAPER_CLAIMS
from mppdesk.domain.entries import Draft, Subject, SubjectType
from mppdesk.domain.errors import NotAllowed
from mppdesk.domain.facts import (
    CounterOpened,
    DayOpenedAlone,
    SettingChanged,
    ShownPaper,
    StationEnrolled,
    Stop,
    TicketClaimedOffline,
    UserDefined,
)
from mppdesk.domain.station import StationRole
from mppdesk.domain.ticket_number import visit_name
from tests.fakes.clock import CountedIds
from tests.fakes.office import Office, open_office

DECISION: dict[str, Any] = {"command_id": "c", "term": 1, "day": "2026-11-24"}
RULING = (
    (SubjectType.SITE_SETTING, SettingChanged(name="x", value={})),
    (SubjectType.USER, UserDefined(user_name="x", display_name="X", roles=("administrator",))),
)
ALONE = (SubjectType.SERVICE_DAY, DayOpenedAlone(**DECISION))
COUNTER_WORK = (SubjectType.COUNTER_DAY, CounterOpened(**DECISION, counter="loket 1", label="Loket 1"))


def record(office: Office, kind: SubjectType, fact: object, subject_id: str = "") -> None:
    with office.writer.begin(office.actor) as unit:
        unit.record(Draft(unit.new_id(), Subject(kind, subject_id or unit.new_id()), fact))


def place(office: Office, role: StationRole) -> None:
    """Enrol this very computer, after another one that is the hub."""
    own = office.writer.author
    for device, key, of_role in (("h" * 32, b"h", StationRole.HUB), (own.device_id, own.public_key, role)):
        fact = StationEnrolled(public_key=key, label="x", role=of_role, issuer_no=2, token_hash=device)
        record(office, SubjectType.STATION, fact, device)


def allowed(office: Office) -> list[str]:
    """What this computer records, started anew."""
    recorded = []
    for kind, fact in (*RULING, COUNTER_WORK, ALONE):
        try:
            record(office, kind, fact)
        except NotAllowed as refusal:
            assert "Tidak ada yang berubah" in str(refusal.what_happened)
        else:
            recorded.append(type(fact).__name__)
    return recorded


@pytest.mark.parametrize(
    ("role", "kinds"),
    [
        (StationRole.KIOSK, ["DayOpenedAlone"]),
        (StationRole.COUNTER, ["CounterOpened", "DayOpenedAlone"]),
        (StationRole.SUPERVISOR, ["SettingChanged", "UserDefined", "CounterOpened", "DayOpenedAlone"]),
        (StationRole.STANDBY, ["SettingChanged", "UserDefined", "CounterOpened", "DayOpenedAlone"]),
    ],
)
def test_each_place_records_what_the_others_take(tmp_path: Path, role: StationRole, kinds: list[str]) -> None:
    with open_office(tmp_path / "home") as office:
        place(office, role)
    with open_office(tmp_path / "home", ids=CountedIds("again")) as office:
        assert allowed(office) == kinds


def test_a_supervisors_computer_names_no_hub_and_no_centre(tmp_path: Path) -> None:
    with open_office(tmp_path / "home") as office:
        place(office, StationRole.SUPERVISOR)
    with open_office(tmp_path / "home", ids=CountedIds("again")) as office:
        for name in ("centre", f"hub/{office.writer.author.device_id}"):
            with pytest.raises(NotAllowed, match="tidak boleh dicatat dari komputer ini"):
                record(office, SubjectType.SITE_SETTING, SettingChanged(name=name, value={"url": "https://x"}))


def test_a_single_pc_leads_itself(tmp_path: Path) -> None:
    with open_office(tmp_path / "home") as office:
        assert len(allowed(office)) == 4


def test_a_counter_that_served_all_that_it_can_says_so_before_others_hold_its_log(tmp_path: Path) -> None:
    with open_office(tmp_path / "home") as office:
        place(office, StationRole.COUNTER)
    with open_office(tmp_path / "home", ids=CountedIds("again")) as office:
        with office.writer.begin(office.actor) as unit:
            unit.record(*(claim(unit.new_id(), number) for number in range(1, MOST_PAPER_CLAIMS + 1)))
        with (
            pytest.raises(NotAllowed, match="sudah menerima 300 karcis tanpa hub"),
            office.writer.begin(office.actor) as unit,
        ):
            unit.record(claim(unit.new_id(), 400))


def claim(entry_id: str, number: int) -> Draft:
    paper = ShownPaper("B", number, 3, number, Stop("DUKA-01", "DUKA", "v"))
    fact = TicketClaimedOffline(
        **DECISION, number=f"B-{number:03}", service="DUKA-01", counter="x", counter_label="X", paper=paper
    )
    return Draft(entry_id, Subject(SubjectType.VISIT, visit_name(DECISION["day"], "B", number)), fact)
