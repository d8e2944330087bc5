"""After the storm: what must be true of every journal, every view, every number and every word that was told."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable

import msgspec

from mppdesk.domain import facts
from mppdesk.domain.entries import Entry, SubjectType
from mppdesk.domain.station import FIRST_TERM, StationRole
from tests.scenarios.storm import ledger
from tests.scenarios.storm.building import Building
from tests.scenarios.storm.ledger import Told, Written
from tests.scenarios.storm.people import FAMILY_NAME, NIK_START
from tests.scenarios.storm.stores import CENTRE, HUB, Stores, Texts, places_of_bytes

_RELEASES = (
    facts.CallExpired, facts.TicketNoShow, facts.TicketRequeued, facts.TicketTransferred, facts.TicketHeld,
    facts.TicketFinished, facts.TicketCancelled, facts.ActUndone,
)  # fmt: skip
_PERSONAL = re.compile(rb"%s|%s\d{12}" % (FAMILY_NAME.encode(), NIK_START.encode()))


class Reckoning(msgspec.Struct):
    """What was found; everything from `lost` on must be empty. Texts say what and where."""

    acknowledged: int
    decided_alone: int
    personal: int
    entries: int
    tickets: int
    calls: int
    term: int
    lost: list[str]
    doubles: list[str]
    differences: list[str]
    unread: list[str]
    in_the_clear: list[str]
    troubles: list[str]

    @property
    def is_good(self) -> bool:
        return not any(
            (self.lost, self.doubles, self.differences, self.unread, self.in_the_clear, self.troubles)
        )  # fmt: skip


def reckon(building: Building, stores: Stores) -> Reckoning:
    """Hold everything against everything."""
    told, written = ledger.read(path for each in building.stations if (path := building.ledger_of(each)).exists())
    entries = stores.entries(HUB)
    return Reckoning(
        acknowledged=len(told),
        decided_alone=_decided_alone(told, entries),
        personal=len(written),
        entries=len(entries),
        tickets=sum(isinstance(each.fact, facts.TicketIssued) for each in entries),
        calls=sum(isinstance(each.fact, facts.TicketCalled) for each in entries),
        term=max((each.fact.term for each in entries if isinstance(each.fact, facts.HubTakenOver)), default=FIRST_TERM),
        lost=[*_lost(told, entries, HUB), *_lost(told, stores.entries(CENTRE), CENTRE), *_slips(told, stores)],
        doubles=[*_same_numbers(entries), *_same_calls(entries), *_told_twice(told)],
        differences=[*_differences(stores)],
        unread=[each for hub in stores.hubs for each in _unread(written, hub, stores.texts(hub, entries))],
        in_the_clear=[where for where, content in places_of_bytes(building) if _PERSONAL.search(content)],
        troubles=[f"{name}: {each}" for name in stores.names for each in stores.troubles(name)],
    )


def _lost(told: list[Told], entries: list[Entry], where: str) -> Iterable[str]:
    known = {each.entry_id for each in entries}
    for each in told:
        if each.act is not None and each.act not in known:
            yield f"{each.station} was told of {each.kind} {each.number or each.visit}; it is not at {where}"


def _slips(told: list[Told], stores: Stores) -> Iterable[str]:
    """Who was told a number at a kiosk has it on paper, once."""
    kiosks = {each.station for each in told if each.person is not None}
    slips = {name: stores.slips(name) for name in kiosks}
    for each in told:
        if each.person is not None and each.visit is not None and slips[each.station][each.visit] != 1:
            yield f"{each.number} has {slips[each.station][each.visit]} slips at {each.station}"


def _decided_alone(told: list[Told], entries: list[Entry]) -> int:
    """How many answers came from the station itself, cut off from the hub."""
    devices = {each.log_id: each.fact.device_id for each in entries if isinstance(each.fact, facts.LogOpened)}
    hubs = {each.subject.id for each in entries if isinstance(each.fact, facts.StationEnrolled) and _is_hub(each)}
    alone = {each.entry_id for each in entries if devices.get(each.log_id) not in hubs}
    return sum(each.act in alone for each in told)


def _is_hub(entry: Entry) -> bool:
    return entry.fact.role in (StationRole.HUB, StationRole.STANDBY)


def _same_numbers(entries: list[Entry]) -> Iterable[str]:
    tickets = [each for each in entries if isinstance(each.fact, facts.TicketIssued)]
    numbers = Counter((each.fact.day, each.fact.prefix, each.fact.number) for each in tickets)
    registered = [each.fact.register_number for each in entries if isinstance(each.fact, facts.SubmissionRegistered)]
    for given, count in (*numbers.items(), *Counter(registered).items()):
        if count > 1:
            yield f"number {given} was given {count} times"


def _same_calls(entries: list[Entry]) -> Iterable[str]:
    """In one term nobody is called by a second counter before the first let go, in the order of cause."""
    at: dict[str, tuple[int, str | None]] = {}
    visits = [each for each in entries if each.subject.type is SubjectType.VISIT]
    for entry in sorted(visits, key=lambda each: each.order):
        if isinstance(entry.fact, facts.TicketCalled):
            now = (entry.fact.term, entry.fact.counter)
            term, counter = at.get(entry.subject.id, now)
            if term == now[0] and counter != now[1]:
                yield f"{entry.fact.number} was called by two counters in term {term}"
            at[entry.subject.id] = now
        elif isinstance(entry.fact, _RELEASES):
            at.pop(entry.subject.id, None)


def _told_twice(told: list[Told]) -> Iterable[str]:
    """No number in two hands, no call at two counters, and one answer to one question."""
    persons: dict[str, set[str]] = defaultdict(set)
    counters: dict[str, set[str]] = defaultdict(set)
    answers: dict[tuple[str, str], set[tuple[str | None, ...]]] = defaultdict(set)
    for each in told:
        if each.person is not None and each.visit is not None:
            persons[each.visit].add(each.person)
        if each.kind == "call_next" and each.act is not None:
            counters[each.act].add(each.station)
        if each.act is not None:  # that nobody waits is no decision, and may be otherwise a moment later
            answers[each.station, each.command_id].add((each.act, each.number, each.register_number))
    yield from (f"ticket {visit} is in {len(held)} hands" for visit, held in persons.items() if len(held) > 1)
    yield from (f"call {act} is at {', '.join(sorted(at))}" for act, at in counters.items() if len(at) > 1)
    yield from (f"{asked} was answered {given}" for asked, given in answers.items() if len(given) > 1)


def _differences(stores: Stores) -> Iterable[str]:
    heads, said = stores.heads(HUB), stores.digests(HUB)
    for name in stores.names:
        theirs, digests = stores.heads(name), stores.digests(name)
        logs = [log for log in heads.keys() | theirs.keys() if heads.get(log) != theirs.get(log)]
        if logs:
            yield f"{name} differs from the hub in {len(logs)} logs"
        if digests.live != said.rebuilt:
            yield f"the views of {name} are not what the hub's journal says"
        if digests.rebuilt != said.rebuilt:
            yield f"the journal of {name} says something else than the hub's"


def _unread(written: list[Written], hub: str, texts: Texts) -> Iterable[str]:
    for each in written:
        if (each.name, each.nik) not in texts.get(each.submission, set()):
            yield f"{hub} cannot read what {each.station} wrote of {each.submission}"
