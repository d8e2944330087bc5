"""A member of staff acts only at the counters where she may sign in."""

from dataclasses import replace

import pytest

from mppdesk.domain import commands
from mppdesk.domain.site import UserProfile
from tests.domain.hub.building import Building

DEWI = UserProfile("dewi", "Dewi C.", ("clerk",), counters=("Loket 1",))


def building_with(user: UserProfile) -> Building:
    building = Building()
    building.view.users["dewi"] = user
    return building


@pytest.mark.parametrize(
    ("user", "allowed"),
    [
        (replace(DEWI, counters=()), ("Loket 1", "Loket 2", "Loket 3", "Loket 4")),
        (DEWI, ("Loket 1",)),
        (replace(DEWI, counters=(), agencies=("DUKA",)), ("Loket 1", "Loket 2")),
        (replace(DEWI, counters=("Loket 4",), agencies=("DUKA",)), ("Loket 1", "Loket 2", "Loket 4")),
    ],
)
def test_a_counter_is_opened_where_she_may_work(user: UserProfile, allowed: tuple[str, ...]) -> None:
    building = building_with(user)
    for label in ("Loket 1", "Loket 2", "Loket 3", "Loket 4"):
        command = building.command(commands.OpenCounter, label)
        if label in allowed:
            building.ask(command)
        else:
            assert f"Dewi C. tidak terdaftar di {label}." in building.refused(command)


def test_the_refusal_names_the_places_that_are_hers() -> None:
    building = building_with(replace(DEWI, agencies=("POLI",)))
    refusal = building.refused(building.command(commands.OpenCounter, "Loket 2"))
    assert "Pilih tempat kerja yang terdaftar: Loket 1, POLI." in refusal


def test_every_act_at_a_foreign_counter_is_refused_also_when_somebody_else_opened_it() -> None:
    building = building_with(DEWI)
    building.user = "bayu"
    building.open("Loket 2")
    visit = building.issue()
    building.user = "dewi"
    for kind, more in (
        (commands.CallNext, {}),
        (commands.CallTicket, {"visit": visit.visit_id, "reason": "recalled"}),
        (commands.TransferTicket, {"visit": visit.visit_id, "service": "POLI-01"}),
        (commands.CloseCounter, {}),
    ):
        assert "tidak terdaftar" in building.refused(building.command(kind, "Loket 2", **more))
