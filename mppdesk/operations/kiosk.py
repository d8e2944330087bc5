"""What a citizen does at the kiosk, and the information desk for her: take a ticket."""

from mppdesk.domain import commands
from mppdesk.domain.commands import Answer
from mppdesk.domain.entries import Actor
from mppdesk.operations.ports import Hub


def take_ticket(
    hub: Hub, actor: Actor, command_id: str, service: str, priority: str | None = None, printer: str | None = None
) -> Answer:
    """Issue a ticket; its slip is queued in the same transaction.

    The caller makes `command_id` once for one wish: a second touch or a retry gives the same ticket.
    """
    command = commands.IssueTicket(command_id=command_id, service=service, priority=priority, printer=printer)
    return hub.ask(command, actor)
