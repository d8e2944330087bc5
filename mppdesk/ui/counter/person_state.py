"""The person at the desk: called and awaited, or being served against the clock of the standard."""

from dataclasses import dataclass
from datetime import datetime

from mppdesk.domain.submission import CheckState
from mppdesk.operations.readings import CurrentTicket
from mppdesk.texts import Text, msg
from mppdesk.ui.counter.key_state import CALLS_BEFORE_NO_SHOW
from mppdesk.ui.counter.queue_state import minutes_since


@dataclass(frozen=True, slots=True)
class CalledView:
    """A number on the board, its person on the way."""

    number: str
    service: str
    wait: Text
    is_priority: bool
    state: Text
    reminder: Text
    is_last_call: bool


@dataclass(frozen=True, slots=True)
class PersonView:
    """The head of the desk while somebody is served; `lacking` is set once the file is known to be incomplete."""

    number: str
    service: str
    wait: Text
    is_priority: bool
    timer: str
    target: Text
    is_over_target: bool
    lacking: Text | None


def called_view(ticket: CurrentTicket, counter_label: str, now: datetime) -> CalledView:
    """What is shown until the person stands at the desk."""
    state = msg(
        "Dipanggil ke {counter} · panggilan {times} dari {most} · {timer}",
        counter=counter_label,
        times=min(ticket.call_times, CALLS_BEFORE_NO_SHOW),
        most=CALLS_BEFORE_NO_SHOW,
        timer=stopwatch(ticket.called_ms, now),
    )
    return CalledView(
        number=ticket.row.number,
        service=ticket.service_name,
        wait=_waited(ticket, ticket.called_ms),
        is_priority=ticket.row.is_priority,
        state=state,
        reminder=msg("Wajah cocok dengan KTP-el?"),
        is_last_call=ticket.call_times >= CALLS_BEFORE_NO_SHOW,
    )


def person_view(ticket: CurrentTicket, now: datetime) -> PersonView:
    """The head of the desk; over the target it says so in a word, never in red."""
    started_ms = ticket.started_ms or ticket.called_ms
    is_over = minutes_since(started_ms, now) >= ticket.target_minutes > 0
    checklist = ticket.checklist
    asked = len([row for row in checklist.rows if row.state is not CheckState.NOT_APPLICABLE])
    is_incomplete = bool(checklist.lacking) and not checklist.undecided
    return PersonView(
        number=ticket.row.number,
        service=ticket.service_name,
        wait=_waited(ticket, ticket.called_ms),
        is_priority=ticket.row.is_priority,
        timer=stopwatch(started_ms, now),
        target=msg("lewat target") if is_over else msg("target {minutes} menit", minutes=ticket.target_minutes),
        is_over_target=is_over,
        lacking=_lacking(len(checklist.lacking), asked) if is_incomplete else None,
    )


def stopwatch(since_ms: int, now: datetime) -> str:
    """04:18; from an hour on 1:04:18."""
    seconds = max(0, int(now.timestamp() * 1000 - since_ms) // 1000)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes:02}:{seconds:02}"


def _waited(ticket: CurrentTicket, called_ms: int) -> Text:
    minutes = max(0, called_ms - ticket.row.issued_ms) // 60_000
    return msg("menunggu {minutes} mnt", minutes=minutes)


def _lacking(count: int, of: int) -> Text:
    return msg("Belum lengkap: {count} dari {of}", count=count, of=of)
