"""The hub's answers as JSON and as sentences."""

from typing import Any

from mppdesk.cli.output import DONE, Output
from mppdesk.domain.commands import Answer
from mppdesk.operations.readings import QueueRow
from mppdesk.texts import Text, msg

_STATES = {
    "waiting": msg("menunggu"),
    "called": msg("dipanggil"),
    "serving": msg("dilayani"),
    "on_hold": msg("ditunda"),
    "no_show": msg("tidak hadir"),
    "finished": msg("selesai"),
    "cancelled": msg("dibatalkan"),
}


def ticket_json(answer: Answer) -> dict[str, str] | None:
    if answer.ticket is None:
        return None
    ticket = answer.ticket
    return {"id": ticket.id, "number": ticket.number, "service": ticket.service, "state": ticket.state}


def row_json(row: QueueRow) -> dict[str, Any]:
    """A ticket of a list; no personal data."""
    return {
        "id": row.visit,
        "number": row.number,
        "service": row.service_code,
        "state": str(row.status),
        "is_priority": row.is_priority,
        "counter": row.counter_label,
        "issued_ms": row.issued_ms,
    }


def state_text(state: str) -> Text | str:
    return _STATES.get(state, state)


def show(output: Output, answer: Answer) -> int:
    """Say what the hub accepted: the ticket, and why it was this one."""
    if answer.ticket is None:
        output.say(msg("Tidak ada yang menunggu.") if answer.why == "nobody_waiting" else msg("Tersimpan."))
    else:
        output.say(msg("{number}: {state}.", number=answer.ticket.number, state=state_text(answer.ticket.state)))
    value: dict[str, Any] = {"ticket": ticket_json(answer), "why": answer.why}
    if answer.register_number:
        output.say(msg("Nomor register {number}.", number=answer.register_number))
        value["register_number"] = answer.register_number
    output.result(value)
    return DONE
