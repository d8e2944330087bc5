"""A visit: one person with one number, folded from the set of its entries."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any

from mppdesk.domain import facts
from mppdesk.domain.entries import Entry
from mppdesk.domain.facts import Stop
from mppdesk.domain.fold import Folded, Folding
from mppdesk.domain.ticket_number import ticket_number
from mppdesk.domain.visit_state import Call, TicketStatus, Visit
from mppdesk.domain.visit_state import with_changes as _with

__all__ = [
    "LAST_POSITION",
    "Call",
    "TicketStatus",
    "Visit",
    "allowed_statuses",
    "can_be_undone",
    "fold_visit",
    "folding_visit",
]


# Beyond what any day needs, and with room before the last whole number of a database.
LAST_POSITION = 2**53
_LAST_NUMBER = 10**6
_MOST_DIGITS = 6
# The clocks of a building differ by less; an issue that much later is another person's.
_CLOCKS_DIFFER_MS = 5 * 60_000
_UNKNOWN_ISSUER = -1


def fold_visit(entries: Iterable[Entry]) -> Folded[Visit]:
    """Fold the set of a visit's entries, in any order of arrival; total: it never raises."""
    return folding_visit(entries).folded


def folding_visit(entries: Iterable[Entry]) -> Folding[Visit]:
    """Fold a visit so that its next entries can be added."""
    before: dict[str, Visit | None] = {}
    decided: set[tuple[str, str]] = set()

    def step(visit: Visit | None, entry: Entry) -> Visit | str | None:
        decision = (getattr(entry.fact, "command_id", ""), entry.kind)
        if visit is not None and decision[0] and decision in decided:
            return visit  # the hub and the station that did not hear it decided one command alike
        if entry.kind == "ActUndone":
            after = _undo(visit, entry, before)
        elif entry.kind == "TicketIssued" and visit is not None:
            after = _heard_of(visit, entry, before)
        elif entry.kind == "SlipReprinted":
            after = visit  # paper changes nobody's place, also where the ticket itself is still on its way here
        else:
            after = _step(visit, entry)
        if entry.kind in _UNDOABLE and not isinstance(after, str):
            before[entry.entry_id] = visit
        if not isinstance(after, str):
            decided.add(decision)
        return after

    folding = Folding(step)
    folding.go_on(entries)
    return folding


def _undo(visit: Visit | None, entry: Entry, before: dict[str, Visit | None]) -> Visit | str | None:
    fact: facts.ActUndone = entry.fact
    if visit is None:
        return "not_issued"
    if visit.last_act != fact.undoes or fact.undoes not in before:
        return "not_the_last_act"
    earlier = before[fact.undoes]
    return earlier and _with(earlier, undone_calls=(*visit.undone_calls, *_last_call(visit)))


def _heard_of(visit: Visit, entry: Entry, before: dict[str, Visit | None]) -> Visit | str:
    """The ticket whose slip was seen first: as it was issued, and with what was done to it since."""
    issued = _issued(entry)
    if isinstance(issued, str):
        return issued
    if not visit.is_unheard:
        return "issued_twice"
    if issued.issued_ms - visit.issued_ms > _CLOCKS_DIFFER_MS:
        return "issued_after_its_claim"
    for act, earlier in before.items():
        before[act] = _as_issued(earlier, issued) if earlier else issued
    return _as_issued(visit, issued)


def _as_issued(visit: Visit, issued: Visit) -> Visit:
    return _with(
        visit,
        issuer_no=issued.issuer_no,
        kiosk_no=issued.kiosk_no,
        token=issued.token,
        priority=issued.priority,
        position=issued.position,
        issued_ms=issued.issued_ms,
        issued_by=issued.issued_by,
        is_unheard=False,
    )


def _last_call(visit: Visit) -> tuple[Call, ...]:
    """The call that was the last act, as it is kept when it is taken back; none for another act."""
    if visit.last_act is None or visit.last_kind not in ("TicketCalled", "TicketRecalled"):
        return ()
    return (replace(visit.calls[-1], entry_id=visit.last_act, times=0),)


def _step(visit: Visit | None, entry: Entry) -> Visit | str:
    """Answer the visit after an entry, or the reason why the entry does not fit."""
    if entry.kind == "TicketIssued":
        return _issued(entry)
    if visit is None:
        shown = _shown_on_paper(entry)
        if isinstance(shown, str):
            return shown
        visit = shown
    if entry.kind == "PersonForgotten":
        return visit
    rule = _RULES.get(entry.kind)
    if rule is None:
        return "unknown_kind"
    allowed, change = rule
    if visit.status not in allowed:
        return f"while_{visit.status}"
    changed: Visit | str = change(visit, entry)
    if isinstance(changed, str) or entry.kind not in _UNDOABLE:
        return changed
    return _with(
        changed,
        last_act=entry.entry_id,
        last_kind=entry.kind,
        last_actor=entry.actor.user,
        last_ms=entry.wall_ms,
        undo_counter=visit.counter if visit.is_at_counter else None,
    )


def _issued(entry: Entry) -> Visit | str:
    fact: facts.TicketIssued = entry.fact
    if not fact.stops:
        return "no_stop"
    return _new_visit(entry, fact, fact.stops, fact.issuer_no, fact.token, fact.priority, fact.kiosk_no)


def _shown_on_paper(entry: Entry) -> Visit | str:
    """What is known of a ticket from its slip alone."""
    paper = entry.fact.paper if entry.kind == "TicketClaimedOffline" else None
    if paper is None:
        return "not_issued"
    ticket = _new_visit(entry, paper, (paper.stop,))
    return ticket if isinstance(ticket, str) else _with(ticket, is_unheard=True)


def _new_visit(
    entry: Entry,
    on_it: facts.TicketIssued | facts.ShownPaper,
    stops: tuple[Stop, ...],
    issuer_no: int = _UNKNOWN_ISSUER,
    token: str = "",
    priority: str | None = None,
    kiosk_no: int = 0,
) -> Visit | str:
    if not (0 <= on_it.number < _LAST_NUMBER and 0 < on_it.digits <= _MOST_DIGITS and _is_position(on_it.position)):
        return "impossible_number"
    return Visit(
        visit_id=entry.subject.id,
        day=entry.fact.day,
        prefix=on_it.prefix,
        number=on_it.number,
        label=ticket_number(on_it.prefix, on_it.number, on_it.digits),
        issuer_no=issuer_no,
        token=token,
        priority=priority,
        position=on_it.position,
        stops=stops,
        stop_index=0,
        status=TicketStatus.WAITING,
        issued_ms=entry.wall_ms,
        issued_by=entry.actor.user,
        since_ms=entry.wall_ms,
        kiosk_no=kiosk_no,
    )


def _called(visit: Visit, entry: Entry) -> Visit:
    fact: facts.TicketCalled = entry.fact
    call = Call(
        entry.entry_id,
        fact.ordinal,
        fact.counter or "",
        fact.counter_label or "",
        visit.stop.service,
        visit.stop.agency,
        entry.wall_ms,
    )
    return _with(
        visit,
        status=TicketStatus.CALLED,
        since_ms=entry.wall_ms,
        counter=fact.counter,
        counter_label=fact.counter_label,
        calls=(*visit.calls, call),
        is_shown=False,
    )


def _shown(visit: Visit, entry: Entry) -> Visit | str:
    return _with(visit, is_shown=True) if visit.calls[-1].entry_id == entry.fact.call else "another_call"


def _expired(visit: Visit, entry: Entry) -> Visit | str:
    if visit.is_shown or visit.calls[-1].entry_id != entry.fact.call:
        return "call_was_shown"
    return _back_to_queue(visit, entry)


def _recalled(visit: Visit, entry: Entry) -> Visit:
    last = visit.calls[-1]
    again = replace(last, times=last.times + 1, ordinal=entry.fact.ordinal, called_ms=entry.wall_ms)
    return _with(visit, calls=(*visit.calls[:-1], again))


def _serving(visit: Visit, entry: Entry) -> Visit:
    return _with(
        visit,
        status=TicketStatus.SERVING,
        since_ms=entry.wall_ms,
        counter=entry.fact.counter,
        counter_label=entry.fact.counter_label,
        started_ms=visit.started_ms or entry.wall_ms,
    )


def _claimed(visit: Visit, entry: Entry) -> Visit | str:
    """Who read the slip said for what it is; that stands also where it was issued for something else."""
    paper: facts.ShownPaper | None = entry.fact.paper
    is_sent_on = paper is not None and paper.is_sent_on
    if visit.status is TicketStatus.SERVING and not is_sent_on:
        return "while_serving"
    served = _serving(visit, entry)
    if paper is None or paper.stop.service == visit.stop.service:
        return served
    at = visit.stop_index + is_sent_on
    stops = (*visit.stops[:at], paper.stop, *visit.stops[visit.stop_index + 1 :])
    return _with(served, stops=stops, stop_index=at, was_transferred=visit.was_transferred or is_sent_on)


def _held(visit: Visit, entry: Entry) -> Visit:
    return _with(
        visit,
        status=TicketStatus.ON_HOLD,
        since_ms=entry.wall_ms,
        note=entry.fact.note or visit.note,
        note_entry=entry.entry_id if entry.fact.note else visit.note_entry,
    )


def _no_show(visit: Visit, entry: Entry) -> Visit:
    return _with(visit, status=TicketStatus.NO_SHOW, since_ms=entry.wall_ms)


def _back_to_queue(visit: Visit, entry: Entry) -> Visit:
    return _with(
        visit, status=TicketStatus.WAITING, since_ms=entry.wall_ms, counter=None, counter_label=None, started_ms=None
    )


def _is_position(position: int) -> bool:
    return 0 <= position <= LAST_POSITION


def _requeued(visit: Visit, entry: Entry) -> Visit | str:
    if not _is_position(entry.fact.position):
        return "impossible_position"
    return _with(_back_to_queue(visit, entry), position=entry.fact.position, outcome=None)


def _transferred(visit: Visit, entry: Entry) -> Visit:
    fact: facts.TicketTransferred = entry.fact
    done, rest = visit.stops[: visit.stop_index + 1], visit.stops[visit.stop_index + 1 :]
    onward = (fact.to,) if fact.back is None else (fact.to, fact.back)
    return _with(
        _back_to_queue(visit, entry),
        stops=(*done, *onward, *rest),
        stop_index=visit.stop_index + 1,
        note=fact.note or visit.note,
        note_entry=entry.entry_id if fact.note else visit.note_entry,
        was_transferred=True,
    )


def _finished(visit: Visit, entry: Entry) -> Visit:
    if visit.stop_index + 1 < len(visit.stops) and entry.fact.outcome != "outside":
        onward = _with(_back_to_queue(visit, entry), stop_index=visit.stop_index + 1)
        return _with(onward, outcome=entry.fact.outcome)
    return _with(visit, status=TicketStatus.FINISHED, since_ms=entry.wall_ms, outcome=entry.fact.outcome)


def _taken_up(visit: Visit, entry: Entry) -> Visit | str:
    to: Stop = entry.fact.to
    if visit.status is TicketStatus.FINISHED:
        stops = visit.stops if visit.stop.service == to.service else (*visit.stops, to)
        index = visit.stop_index if stops is visit.stops else len(visit.stops)
        return _with(_serving(visit, entry), stops=stops, stop_index=index, started_ms=entry.wall_ms, outcome=None)
    return _serving(visit, entry) if visit.stop.service == to.service else "another_service"


def _cancelled(visit: Visit, entry: Entry) -> Visit:
    return _with(visit, status=TicketStatus.CANCELLED, since_ms=entry.wall_ms)


_W, _C, _S = TicketStatus.WAITING, TicketStatus.CALLED, TicketStatus.SERVING
_H, _N, _F = TicketStatus.ON_HOLD, TicketStatus.NO_SHOW, TicketStatus.FINISHED
_OPEN = frozenset({_W, _C, _S, _H, _N})

_RULES: dict[str, tuple[frozenset[TicketStatus], Callable[[Visit, Entry], Any]]] = {
    "TicketCalled": (frozenset({_W, _N, _H}), _called),
    "CallShown": (frozenset({_C}), _shown),
    "CallExpired": (frozenset({_C}), _expired),
    "TicketRecalled": (frozenset({_C}), _recalled),
    "ServiceStarted": (frozenset({_C}), _serving),
    "TicketClaimedOffline": (frozenset({_W, _C, _S, _N, _H}), _claimed),
    "TicketHeld": (frozenset({_C, _S}), _held),
    "TicketResumed": (frozenset({_H}), _serving),
    "TicketNoShow": (frozenset({_C}), _no_show),
    "TicketRequeued": (frozenset({_N, _F}), _requeued),
    "TicketTransferred": (frozenset({_C, _S, _H, _W}), _transferred),
    "TicketFinished": (_OPEN, _finished),
    "TicketCancelled": (_OPEN, _cancelled),
    "ReturnTakenUp": (frozenset({_C, _S, _F}), _taken_up),
}
"""Which act fits which status, and what it changes; everything else is an anomaly."""

_UNDOABLE = frozenset(
    {
        "TicketCalled", "TicketRecalled", "ServiceStarted", "TicketClaimedOffline", "TicketHeld", "TicketResumed",
        "TicketNoShow", "TicketRequeued", "TicketTransferred", "TicketFinished", "TicketCancelled", "ReturnTakenUp",
    }
)  # fmt: skip


def allowed_statuses(kind: str) -> frozenset[TicketStatus]:
    """The statuses in which an act on an issued ticket fits; the hub refuses it in every other one."""
    return _RULES[kind][0]


def can_be_undone(visit: Visit) -> bool:
    """Whether the visit's last act can be taken back at all."""
    return visit.last_act is not None
