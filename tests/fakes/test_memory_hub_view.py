"""The HubView in memory answers as the stored one does, after a busy morning on a real database."""

import random
from datetime import timedelta
from pathlib import Path

from mppdesk.db.deciding.hub_view import StoredHubView
from mppdesk.db.journal.logs import Journal
from mppdesk.domain import commands
from mppdesk.domain.entries import Draft, Entry
from mppdesk.domain.errors import Refused
from mppdesk.domain.hub import HubView
from tests.fakes.memory_hub_view import MemoryHubView
from tests.fakes.office import AGENCIES, COUNTERS, SERVICES, SITE, Office, open_office

LABELS = ("Loket 1", "Loket 2", "Loket 3")
DAY = "2026-11-23"


def act_by_chance(office: Office, chance: random.Random) -> None:
    """One act at a counter or one new ticket; a refusal is part of the morning."""
    office.clock.forward(timedelta(seconds=chance.randrange(5, 90)).total_seconds())
    acts = (
        commands.CallNext, commands.CallNext, commands.StartService, commands.RecallTicket, commands.MarkNoShow,
        commands.HoldTicket, commands.FinishTicket, commands.TakeBreak, commands.EndBreak,
    )  # fmt: skip
    try:
        if chance.random() < 0.4:
            service = chance.choice(("DUKA-01", "DUKA-02", "POLI-01"))
            office.issue(service, chance.choice((None, None, "elderly")))
        else:
            office.act(chance.choice(acts), chance.choice(LABELS))
    except Refused:
        pass


def answers(view: HubView, counters: list[str]) -> list[object]:
    """Everything a decision may ask about the day."""
    services = [view.serves(counter, DAY) for counter in counters]
    told: list[object] = [
        view.last_day(),
        view.highest_position(DAY),
        view.highest_call(DAY),
        view.counts(DAY),
        {each.visit_id: each for each in view.undecided_visits(DAY)},
        view.is_restored_since(DAY),
        view.hundreds_left_free("DUKA"),
        view.highest_register("DUKA", 2026),
    ]
    for counter, codes in zip(counters, services, strict=True):
        told += [view.counter_day(counter, DAY), codes, view.at_counter(counter, DAY), view.recent_calls(codes, DAY, 3)]
        told.append(sorted(view.waiting(codes, DAY), key=lambda each: each.position))
    for agency in AGENCIES:
        told += [view.queue_length(agency.code, DAY), view.open_counters(agency.code, DAY)]
        told.append(view.highest_number(DAY, agency.queue_prefix, 1, 599))
        told += [view.nth_waiting_position(agency.code, DAY, n) for n in range(4)]
    return told


def replayed(entries: list[Entry], counters: dict[str, str]) -> MemoryHubView:
    view = MemoryHubView(SITE, AGENCIES, SERVICES, COUNTERS, ids=counters)
    for entry in sorted(entries, key=lambda each: each.seq):
        draft = Draft(entry.entry_id, entry.subject, entry.fact, by_system=entry.actor.user == "system")
        view.record([draft], entry.wall_ms, entry.actor.user)
    return view


def test_both_views_answer_alike_all_through_a_morning(tmp_path: Path) -> None:
    chance = random.Random(20261123)
    with open_office(tmp_path / "home") as office:
        office.open(*LABELS)
        counters = {office.counter(label): label for label in LABELS}
        for _ in range(4):
            for _ in range(20):
                act_by_chance(office, chance)
            with office.readers.moment() as moment:
                stored: StoredHubView = moment.view
                found = [entry for _, entries in Journal(moment.store, moment.site_id).subjects() for entry in entries]
                today = [each for each in found if each.subject.type in ("visit", "counter_day", "service_day")]
                memory = replayed(today, counters)
                assert answers(memory, list(counters)) == answers(stored, list(counters))
