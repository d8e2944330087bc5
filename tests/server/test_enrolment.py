"""Enrolment: one code, one station, one token; wrong codes void the rest, and a revoked station commands nothing."""

from typing import Any

import httpx
from sqlalchemy import select

from mppdesk.db.journal.logs import Journal
from mppdesk.db.replication import held
from mppdesk.db.replication.replica import Outcome
from mppdesk.db.replication.stations import CODE_LIFE_MS, MOST_WRONG_CODES
from mppdesk.db.sql import Statement
from mppdesk.db.tables import view_anomalies
from mppdesk.domain.entries import Draft, Subject, SubjectType
from mppdesk.domain.facts import StationRevoked
from mppdesk.sync.protocol import Push
from tests.fakes.office import Office
from tests.fakes.running_hub import RunningHub, StationOf, signer_of
from tests.sync.hostile import HostileLog, log_id_of


def asked(code: str, lane: int = 1, **more: str) -> dict[str, str]:
    signer = signer_of(lane)
    return {"code": code, "device_id": signer.device_id, "public_key": signer.public_key.hex(), **more}


NO_ENROLMENTS: tuple[Any, ...] = (
        [], None, "x", {}, {"code": 7}, {"code": None}, asked("000000", device_id="x"), asked("000000", device_id=""),
        asked("000000", public_key="00"), asked("000000", public_key="Z" * 64), asked("\0" * 9, device_id="\0" * 32),
)  # fmt: skip
_anomalies = Statement(select(view_anomalies))
ODD_CODES = ("", "\0", "x" * 10_000, "１２３４５６", "\u202e123456", "'; DROP TABLE x; --")


def enrol(hub: RunningHub, message: Any) -> httpx.Response:
    return httpx.post(f"{hub.url}/v1/enrol", json=message, timeout=10.0)


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06d}"


def test_the_same_device_asked_again_gets_the_same_answer(hub: RunningHub) -> None:
    code = hub.code()

    first, again = enrol(hub, asked(code)), enrol(hub, asked(code))

    assert first.status_code == httpx.codes.OK
    assert again.json() == first.json()
    assert first.json()["issuer_no"] >= 2


def test_a_used_code_is_worth_nothing_to_another_device(hub: RunningHub) -> None:
    code = hub.code()
    enrol(hub, asked(code))

    assert enrol(hub, asked(code, lane=2)).status_code == httpx.codes.FORBIDDEN


def test_nobody_takes_the_name_of_the_hub_or_of_another_station(office: Office, hub: RunningHub) -> None:
    """Whoever did would put that computer out of the building, and might pass for it."""
    enrol(hub, asked(hub.code(), lane=1))
    code = hub.code(label="Loket 3")
    for name in (signer_of(1).device_id, office.writer.author.device_id):
        answer = enrol(hub, {**asked(code, lane=2), "device_id": name})
        assert answer.status_code == httpx.codes.FORBIDDEN
        assert "kunci lain" in answer.text

    assert enrol(hub, asked(code, lane=2)).status_code == httpx.codes.OK


def test_what_waited_for_a_place_is_taken_with_it(office: Office, hub: RunningHub) -> None:
    """A station whose enrolment the hub lost, enrolled anew: nothing that it recorded meanwhile is lost."""
    site_id, signer = office.home.site_id, signer_of(1)
    log = HostileLog(site_id, signer, log_id_of(1))
    answer = hub.building.answerer.push(Push(site_id, (log.segment(),), ()))
    assert [each.outcome for each in answer.results] == [Outcome.HELD]

    enrol(hub, asked(hub.code(), lane=1))

    with office.home.database.reading() as store:
        assert held.devices(store, site_id) == ()
        assert Journal(store, site_id).head(log.log_id) == log.segment().heads()[-1]


def test_each_station_has_a_number_and_a_token_of_its_own(hub: RunningHub) -> None:
    one, two = (enrol(hub, asked(hub.code(label=f"Loket {lane}"), lane)).json() for lane in (1, 2))

    assert one["issuer_no"] != two["issuer_no"]
    assert one["token"] != two["token"]


def test_a_code_ends_after_a_quarter_of_an_hour(office: Office, hub: RunningHub) -> None:
    in_time, late = hub.code(), hub.code(label="Loket 3")

    office.clock.forward(CODE_LIFE_MS / 1000)
    assert enrol(hub, asked(in_time)).status_code == httpx.codes.OK
    office.clock.forward(1)
    assert enrol(hub, asked(late, lane=2)).status_code == httpx.codes.FORBIDDEN


def test_ten_wrong_codes_make_every_open_code_worthless(hub: RunningHub) -> None:
    code = hub.code()
    for _ in range(MOST_WRONG_CODES):
        assert enrol(hub, asked(wrong(code))).status_code == httpx.codes.FORBIDDEN

    assert enrol(hub, asked(code)).status_code == httpx.codes.FORBIDDEN
    assert enrol(hub, asked(hub.code())).status_code == httpx.codes.OK


def test_a_station_goes_on_after_somebody_guessed(hub: RunningHub) -> None:
    station = hub.enrol()
    for number in range(MOST_WRONG_CODES):
        enrol(hub, asked(f"{number:06d}", lane=9))

    assert station.client.get("/v1/queue").status_code == httpx.codes.OK
    station.close()


def test_what_is_no_enrolment_is_refused_in_words(hub: RunningHub) -> None:
    for message in NO_ENROLMENTS:
        answer = enrol(hub, message)

        assert answer.status_code in (httpx.codes.BAD_REQUEST, httpx.codes.FORBIDDEN), message
        assert answer.json()["refused"]["what_to_do"]


def test_odd_codes_are_only_wrong(hub: RunningHub) -> None:
    for code in ODD_CODES:
        assert enrol(hub, asked(code)).status_code == httpx.codes.FORBIDDEN
    assert enrol(hub, asked(hub.code())).status_code == httpx.codes.OK


def test_only_the_hub_and_supervisors_make_codes(hub: RunningHub, station: StationOf) -> None:
    assert station.post("/v1/codes", {"role": "counter", "label": "Loket 9"}).status_code == httpx.codes.FORBIDDEN
    supervisor = hub.enrol(2, role="supervisor", label="Penyelia")
    assert supervisor.post("/v1/codes", {"role": "counter", "label": "Loket 9"}).status_code == httpx.codes.OK
    supervisor.close()


def test_an_enrolment_is_in_the_name_of_who_made_the_code(office: Office, hub: RunningHub) -> None:
    """It stands in the journal, so that a hub which was started anew meanwhile knows it too."""
    wanted = {"role": "counter", "label": "Loket 9", "actor": {"user": office.actor.user, "via": "desktop"}}
    code = hub.itself.post("/v1/codes", wanted).json()["code"]
    enrol(hub, asked(code, lane=4))
    enrol(hub, asked(hub.code(), lane=5))

    with office.home.database.reading() as store:
        journal = Journal(store, office.home.site_id)
        by = [journal.entries_of(Subject(SubjectType.STATION, signer_of(lane).device_id))[0].actor for lane in (4, 5)]
        anomalies = store.all(_anomalies)

    assert [(actor.user, actor.via) for actor in by] == [(office.actor.user, "desktop"), ("system", "hub")]
    assert anomalies == []
    stranger = {**wanted, "actor": {"user": "nobody-here", "via": "desktop"}}
    assert hub.itself.post("/v1/codes", stranger).status_code == httpx.codes.FORBIDDEN


def test_a_code_needs_a_role_and_a_name(hub: RunningHub) -> None:
    for role, label in (("hub", "Hub 2"), ("boss", "x"), ("counter", " "), ("counter", "a\0b")):
        assert hub.itself.post("/v1/codes", {"role": role, "label": label}).status_code == httpx.codes.BAD_REQUEST


def test_a_revoked_station_commands_nothing_and_reads_on(office: Office, hub: RunningHub, station: StationOf) -> None:
    """It is told so in a sentence; the others go on."""
    with office.writer.begin(office.actor) as unit:
        subject = Subject(SubjectType.STATION, signer_of(1).device_id)
        unit.record(Draft(unit.new_id(), subject, StationRevoked()))

    answer = station.command("c1", "issue", service="DUKA-01")

    assert answer.status_code == httpx.codes.FORBIDDEN
    assert "Loket 2" in answer.json()["refused"]["what_happened"]
    assert station.client.post("/v1/commands/c1/withdrawal").status_code == httpx.codes.FORBIDDEN
    assert hub.itself.command("c2", "issue", service="DUKA-01").status_code == httpx.codes.OK
